"""Bad input gets a clear answer and loses nothing."""

from __future__ import annotations

import io
import json

import pytest
from aiohttp.test_utils import TestServer

from tests.support.rasa_standin import RasaStandIn
from tests.support.visitor import WebVisitor

CLIENT_ID = "client-id-1"


async def post_raw(
    visitor: WebVisitor, body: bytes | io.BytesIO, content_type: str = "application/json"
) -> tuple[int, str]:
    async with visitor.session.post(
        "/api/webchat/messages", data=body, headers={"Content-Type": content_type}
    ) as response:
        return response.status, (await response.json())["error"]["code"]


@pytest.mark.parametrize("text", ["", "   \n\t ", "\u200b\u200b", "\u202e\u202d", "\x00\x01"])
async def test_a_message_without_anything_readable_is_refused(visitor: WebVisitor, text: str) -> None:
    status, body = await visitor.post(text=text)

    assert (status, body["error"]["code"]) == (422, "empty_message")


async def test_a_hundred_thousand_characters_are_refused_kindly(visitor: WebVisitor) -> None:
    status, body = await visitor.post(text="ă" * 100_000)

    assert (status, body["error"]["code"]) == (413, "message_too_long")
    assert "1.000" in body["error"]["message"]


async def test_a_body_beyond_every_bound_is_refused(visitor: WebVisitor) -> None:
    body = io.BytesIO(json.dumps({"client_id": CLIENT_ID, "text": "a" * (2 << 20)}).encode())

    assert await post_raw(visitor, body) == (413, "message_too_long")


async def test_a_thousand_characters_are_taken(visitor: WebVisitor) -> None:
    status, _ = await visitor.post(text="ệ" * 1000)

    assert status == 202


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"\xff\xfe",
        b'{"client_id": "client-id-1", "text": "\xc3\x28"}',
        b'{"client_id": "client-id-1", "text": "\\ud800"}',
    ],
)
async def test_broken_json_or_utf8_is_named(visitor: WebVisitor, body: bytes) -> None:
    assert await post_raw(visitor, body) == (400, "invalid_json")


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        7,
        None,
        {"client_id": CLIENT_ID},
        {"text": "chào"},
        {"client_id": 5, "text": "chào"},
        {"client_id": CLIENT_ID, "text": 5},
        {"client_id": CLIENT_ID, "text": ["chào"]},
        {"client_id": CLIENT_ID, "text": "chào", "payload": "/restart"},
        {"client_id": CLIENT_ID, "text": "chào", "button": "1.0"},
        {"client_id": CLIENT_ID, "button": "/restart"},
        {"client_id": "a'; DROP TABLE", "text": "chào"},
    ],
)
async def test_wrong_types_and_unknown_fields_are_refused(visitor: WebVisitor, body: object) -> None:
    assert await post_raw(visitor, json.dumps(body).encode()) == (422, "invalid_message")


async def test_another_content_type_is_refused(visitor: WebVisitor) -> None:
    body = json.dumps({"client_id": CLIENT_ID, "text": "chào"}).encode()

    assert (await post_raw(visitor, body, "text/plain"))[0] == 415


async def test_hidden_characters_are_dropped_and_emoji_kept(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    await visitor.say("qu\u200bên\u202e mật khẩu 😀\x00")

    assert rasa.seen[0]["text"] == "quên mật khẩu 😀"


async def test_emoji_only_is_a_message(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    await visitor.say("👍👨‍👩‍👧")

    assert rasa.seen[0]["text"] == "👍👨‍👩‍👧"


@pytest.mark.parametrize("token", ["", "forged", "InZpc2l0b3Ii.AAAA", "x" * 3000])
async def test_a_forged_visitor_token_is_no_token(gateway: TestServer, visitor: WebVisitor, token: str) -> None:
    visitor.session.cookie_jar.clear()
    visitor.session.cookie_jar.update_cookies({"hocvu_visitor": token}, gateway.make_url("/"))

    status, body = await visitor.post(text="chào")

    assert (status, body["error"]["code"]) == (401, "no_conversation")


async def test_a_forged_token_opens_a_new_conversation_of_its_own(gateway: TestServer, visitor: WebVisitor) -> None:
    await visitor.say("bí mật")
    visitor.session.cookie_jar.update_cookies({"hocvu_visitor": "forged"}, gateway.make_url("/"))

    await visitor.open()

    assert await visitor.history() == []


@pytest.mark.parametrize("button", ["999999999.0", "1.9"])
async def test_a_button_that_was_never_sent_is_refused(visitor: WebVisitor, button: str) -> None:
    status, body = await visitor.post(button=button)

    assert (status, body["error"]["code"]) == (409, "unknown_button")


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "limit=-1", "limit=٣"])
async def test_a_history_limit_out_of_bounds_is_refused(visitor: WebVisitor, query: str) -> None:
    async with visitor.session.get(f"/api/webchat/messages?{query}") as response:
        assert response.status == 422


async def test_an_unknown_address_answers_in_the_same_shape(visitor: WebVisitor) -> None:
    async with visitor.session.get("/api/nothing") as response:
        assert (response.status, (await response.json())["error"]["code"]) == (404, "not_found")


async def test_files_outside_the_page_are_not_served(visitor: WebVisitor) -> None:
    async with visitor.session.get("/static/chat/%2e%2e/%2e%2e/pyproject.toml") as response:
        assert response.status in (403, 404)
