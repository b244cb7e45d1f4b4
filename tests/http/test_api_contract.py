"""Every reply of the web-chat API is held against openapi.yaml."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from tests.support.rasa_standin import RasaStandIn
from tests.support.visitor import WebVisitor

SPEC = Path("hocvu/channels/webchat/openapi.yaml")


@pytest.fixture(scope="module")
def openapi() -> OpenAPI:
    return OpenAPI.from_file_path(str(SPEC))


async def check(openapi: OpenAPI, response: aiohttp.ClientResponse) -> dict[str, Any]:
    """The body, after it was found to fit the description of its path, method and status."""
    body = await response.read()
    request = MockRequest("http://host", response.method.lower(), response.url.path)
    openapi.validate_response(
        request, MockResponse(data=body, status_code=response.status, content_type=response.content_type)
    )
    return dict(json.loads(body))


async def test_opening_fits_the_description_new_and_known(openapi: OpenAPI, gateway: TestServer) -> None:
    async with aiohttp.ClientSession(gateway.make_url("/"), cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        for status in (201, 200):
            async with session.post("/api/webchat/conversation") as response:
                assert response.status == status
                await check(openapi, response)


async def test_sending_fits_the_description(openapi: OpenAPI, visitor: WebVisitor) -> None:
    async with visitor.session.post(
        "/api/webchat/messages", json={"client_id": "client-id-1", "text": "chào"}
    ) as response:
        assert (await check(openapi, response))["message"]["answered"] is False


@pytest.mark.parametrize(
    "body", [{}, {"client_id": "client-id-1", "text": " "}, {"client_id": "client-id-1", "button": "9.9"}]
)
async def test_refusals_fit_the_description(openapi: OpenAPI, visitor: WebVisitor, body: dict[str, str]) -> None:
    async with visitor.session.post("/api/webchat/messages", json=body) as response:
        assert (await check(openapi, response))["ok"] is False


CARDS = [
    None,
    {"kind": "step", "title": "Cài VNeID", "number": 1, "of": 8},
    {
        "kind": "answer",
        "title": "Phí",
        "points": ["một"],
        "sources": [{"title": "Tin", "publisher": "Báo", "url": None, "checked_on": "2026-11-20"}],
    },
    {
        "kind": "emergency",
        "title": "Gấp",
        "points": ["gọi"],
        "sources": [],
        "hotlines": [{"name": "Công an", "number": "113"}],
    },
    {"kind": "choice"},
]


@pytest.mark.parametrize("card", CARDS)
async def test_history_with_every_card_fits_the_description(
    openapi: OpenAPI, visitor: WebVisitor, rasa: RasaStandIn, card: dict[str, Any] | None
) -> None:
    rasa.replies = [{"text": "[Cháu] đây", "card": card, "buttons": [{"title": "Xong", "payload": "/x"}]}]
    await visitor.say("chào")

    async with visitor.session.get("/api/webchat/messages") as response:
        assert len((await check(openapi, response))["messages"]) == 2


async def test_the_page_asks_nobody_else(visitor: WebVisitor) -> None:
    async with visitor.session.get("/") as response:
        policy = response.headers["Content-Security-Policy"]

        assert response.status == 200
        assert "default-src 'none'" in policy
        assert "http" not in policy
