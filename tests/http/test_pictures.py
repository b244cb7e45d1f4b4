"""The drawn pictures of steps over HTTP: as SVG and as PNG, kept for ever under an address of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from hocvu.channels.pictures import Pictures
from hocvu.content.library import load_library
from hocvu.content.models import Guide
from hocvu.content.pictures.served import picture_path
from hocvu.content.shelf import Shelf
from hocvu.settings import Settings
from tests.unit.factories import page_data, write_knowledge, write_page

MakeClient = Callable[[web.Application], Any]


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    guide = page_data("mot")
    guide["steps"][2]["picture"] = None
    return write_knowledge(tmp_path / "knowledge", guide, page_data("hai", "answer"))


@pytest.fixture
async def client(knowledge: Path, aiohttp_client: MakeClient) -> TestClient[web.Request, web.Application]:
    app = web.Application()
    app.add_routes(Pictures(Shelf(knowledge, check_seconds=0)).routes())
    return await aiohttp_client(app)


async def test_a_picture_is_served_as_svg(client: TestClient) -> None:
    async with client.get("/pictures/mot/hai.svg?v=abc") as response:
        assert (response.status, response.content_type) == (200, "image/svg+xml")
        assert ElementTree.fromstring(await response.text()).tag == "{http://www.w3.org/2000/svg}svg"


async def test_a_picture_is_served_as_png(client: TestClient) -> None:
    async with client.get("/pictures/mot/hai.png") as response:
        assert (response.status, response.content_type) == (200, "image/png")
        assert (await response.read()).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["svg", "png"])
async def test_a_picture_may_be_kept_for_ever(client: TestClient, kind: str) -> None:
    async with client.get(f"/pictures/mot/mot.{kind}") as response:
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("kind", ["svg", "png"])
@pytest.mark.parametrize("place", ["khong-co/mot", "mot/khong-co", "mot/ba", "hai/mot", "mot/mot.svg"])
async def test_what_has_no_picture_is_not_found(client: TestClient, place: str, kind: str) -> None:
    async with client.get(f"/pictures/{place}.{kind}") as response:
        assert response.status == 404
        assert "Cache-Control" not in response.headers


@pytest.mark.parametrize("path", ["mot/mot.gif", "mot/mot", "mot/mot.svg/", "mot.svg", "..%2f..%2fsources.yml"])
async def test_another_path_is_not_found(client: TestClient, path: str) -> None:
    async with client.get(f"/pictures/{path}") as response:
        assert response.status == 404


async def test_an_edited_picture_is_served_without_a_new_start(client: TestClient, knowledge: Path) -> None:
    guide = page_data("mot")
    guide["steps"][0]["picture"]["title"] = "Tên khác hẳn"
    write_page(knowledge, guide)

    async with client.get("/pictures/mot/mot.svg") as response:
        assert ">Tên khác hẳn</text>" in await response.text()


async def test_the_gateway_serves_the_pictures_of_its_shelf(gateway: TestServer, settings: Settings) -> None:
    guide = next(page for page in load_library(settings.knowledge_dir) if isinstance(page, Guide))
    paths = [picture_path(guide, step, kind=kind) for step in guide.steps for kind in ("svg", "png")]
    async with aiohttp.ClientSession(gateway.make_url("/")) as session:
        for path in filter(None, paths):
            async with session.get(path) as response:
                assert response.status == 200
                assert "immutable" in response.headers["Cache-Control"]
    assert any(paths)


async def test_a_picture_that_is_not_there_answers_in_the_shape_of_every_fault(gateway: TestServer) -> None:
    async with aiohttp.ClientSession(gateway.make_url("/")) as session, session.get("/pictures/a/b.svg") as response:
        assert (response.status, (await response.json())["error"]["code"]) == (404, "not_found")
