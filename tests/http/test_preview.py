"""The editors' preview: every page as it will be spoken, and the gallery of pictures."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from hocvu.content.library import load_library
from hocvu.content.responses import Responses
from hocvu.content.shelf import Shelf
from hocvu.operations.preview.server import Preview
from hocvu.operations.preview.spoken_page import spoken_page
from hocvu.people.address import load_pairs
from hocvu.settings import PROJECT_ROOT
from tests.unit.factories import page_data, write_knowledge, write_page

MakeClient = Callable[[web.Application], Any]
RESPONSES = Responses(PROJECT_ROOT / "bot" / "domain" / "responses")


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    pages = [
        page_data("mot", safety="Đừng đưa mã <OTP> cho ai."),
        page_data("hai", "answer"),
        page_data("ba", "emergency"),
    ]
    return write_knowledge(tmp_path, *pages)


@pytest.fixture
async def client(knowledge: Path, aiohttp_client: MakeClient) -> TestClient[web.Request, web.Application]:
    shelf = Shelf(knowledge, check_seconds=0)
    return await aiohttp_client(Preview(shelf, RESPONSES, load_pairs()["bac"]).app())


async def get(client: TestClient, path: str) -> str:
    async with client.get(path) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        return await response.text()


async def test_the_contents_name_every_page(client: TestClient) -> None:
    contents = await get(client, "/")

    assert [slug for slug in ("mot", "hai", "ba") if f'href="/page/{slug}"' not in contents] == []


async def test_a_guide_is_shown_from_its_beginning_to_its_end(client: TestClient) -> None:
    page = await get(client, "/page/mot")

    said = [
        "Bác làm trên điện thoại.",
        "Bước 1: Bác bấm nút mot.",
        "Không thấy nút",
        "Bác kéo xuống.",
        "Bước 3: Bác bấm nút ba.",
        "Bác đã xong.",
    ]
    places = [page.find(text) for text in said]
    assert -1 not in places
    assert places == sorted(places)
    assert "[" not in page.partition("<body>")[2]


async def test_the_web_is_shown_svg_and_zalo_png(client: TestClient) -> None:
    web_half, zalo_half = (await get(client, "/page/mot")).split('class="channel zalo"')

    assert (web_half.count(".svg?v="), web_half.count(".png?v=")) == (3, 0)
    assert (zalo_half.count(".svg?v="), zalo_half.count(".png?v=")) == (0, 3)


async def test_the_pictures_of_a_page_can_be_loaded(client: TestClient) -> None:
    page = await get(client, "/page/mot")

    for path in {piece.split('"')[0] for piece in page.split('<img src="')[1:]}:
        async with client.get(path) as response:
            assert response.status == 200


async def test_a_page_cannot_smuggle_markup_in(client: TestClient) -> None:
    page = await get(client, "/page/mot")

    assert "<OTP>" not in page
    assert "Đừng đưa mã <OTP> cho ai." in unescape(page)


async def test_answers_and_emergencies_are_shown(client: TestClient) -> None:
    assert "Bác hỏi ở phường." in await get(client, "/page/hai")
    assert "2. Bác báo công an." in await get(client, "/page/ba")


@pytest.mark.parametrize("path", ["/page/khong-co", "/page/", "/khac", "/pictures/mot/khong-co.svg"])
async def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    async with client.get(path) as response:
        assert response.status == 404


async def test_the_gallery_shows_every_picture_with_its_alternative(client: TestClient) -> None:
    gallery = await get(client, "/gallery")

    assert gallery.count("<img ") == gallery.count('alt="Hình vẽ màn hình điện thoại.') == 3
    assert "Ngón tay chỉ vào &#34;hai&#34;." in gallery


async def test_the_page_has_its_style(client: TestClient) -> None:
    assert "/style/preview.css" in await get(client, "/")
    async with client.get("/style/preview.css") as response:
        assert (response.status, response.content_type) == (200, "text/css")


async def test_an_edit_is_seen_when_the_page_is_loaded_again(client: TestClient, knowledge: Path) -> None:
    write_page(knowledge, page_data("hai", "answer", text="Lời mới hoàn toàn."))

    assert "Lời mới hoàn toàn." in await get(client, "/page/hai")


async def test_an_empty_shelf_says_how_to_begin(tmp_path: Path, aiohttp_client: MakeClient) -> None:
    shelf = Shelf(write_knowledge(tmp_path / "empty"))
    client = await aiohttp_client(Preview(shelf, RESPONSES, load_pairs()["bac"]).app())

    assert "hocvu content new" in await get(client, "/")


def replies_of(knowledge: Path, slug: str) -> list[str]:
    return [reply.text for reply in spoken_page(load_library(knowledge).pages[slug], RESPONSES)]


def test_a_guide_is_a_beginning_three_replies_and_fixes_a_step_and_an_end(knowledge: Path) -> None:
    library = load_library(knowledge)

    replies = spoken_page(library.pages["mot"], RESPONSES)

    assert len(replies) == 1 + 3 * (1 + 1 + 2) + 1
    assert [reply.when for reply in replies[2:5]] == ["", "Không thấy nút", "Nút bị mờ"]
    assert replies[2].buttons == ("Không thấy nút", "Nút bị mờ")


def test_a_step_without_branches_has_no_question_what_is_seen(tmp_path: Path) -> None:
    page = page_data("mot")
    page["steps"][0]["stuck"] = []

    assert len(replies_of(write_knowledge(tmp_path, page), "mot")) == 1 + 1 + 2 * (1 + 1 + 2) + 1


@pytest.mark.parametrize("kind", ["answer", "emergency"])
def test_the_safety_line_is_a_reply_of_its_own(tmp_path: Path, kind: str) -> None:
    knowledge = write_knowledge(tmp_path, page_data("mot", kind, safety="Giữ kín mã."))

    assert replies_of(knowledge, "mot")[1:] == ["Lưu ý: Giữ kín mã."]


def test_the_safety_line_of_a_guide_is_said_at_its_beginning(knowledge: Path) -> None:
    assert "Đừng đưa mã <OTP> cho ai." in replies_of(knowledge, "mot")[0]


def test_the_hotlines_of_an_emergency_are_its_buttons(knowledge: Path) -> None:
    (reply,) = spoken_page(load_library(knowledge).pages["ba"], RESPONSES)

    assert reply.buttons == ("113",)


def test_every_real_page_can_be_spoken_without_a_gap() -> None:
    library = load_library(PROJECT_ROOT / "knowledge")

    gaps = [
        (page.slug, reply.text)
        for page in library
        for reply in spoken_page(page, RESPONSES)
        if not reply.text or "None" in reply.text or "{" in reply.text
    ]
    assert gaps == []
