"""Rasa down, slow or failing, the database locked: the person is told and nothing is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp.test_utils import TestServer, unused_port

from hocvu.app import make_app
from hocvu.settings import Settings
from tests.support.rasa_standin import TOKEN, RasaStandIn
from tests.support.visitor import WebVisitor

WAITING = "Máy đang chậm"


def texts(messages: list[dict[str, object]]) -> list[str]:
    return [str(message["text"]) for message in messages]


async def test_a_slow_rasa_tells_the_person_once_and_answers_later(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    rasa.delay_seconds = 1.0

    replies = await visitor.say("chào")

    assert [WAITING in text for text in texts(replies)] == [True, False]


async def test_a_rasa_that_starts_up_is_waited_for(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    rasa.refuse_with, rasa.refusals_left = (503, "not_ready"), 2

    replies = await visitor.say("chào")

    assert texts(replies)[-1] == "Bác hỏi gì ạ?"


async def test_a_dead_action_server_is_waited_for_beyond_the_tries_of_a_failure(
    visitor: WebVisitor, rasa: RasaStandIn
) -> None:
    rasa.refuse_with, rasa.refusals_left = (503, "action_server_down"), 3

    replies = await visitor.say("chào", timeout_seconds=30)

    assert texts(replies)[-1] == "Bác hỏi gì ạ?"
    assert sum(rasa.worked.values()) == 1


async def test_a_message_that_rasa_refuses_for_good_ends_with_words_and_blocks_nobody(
    visitor: WebVisitor, rasa: RasaStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hocvu.channels.turn_worker.FIRST_WAIT_SECONDS", 0.01)
    monkeypatch.setattr("hocvu.channels.turn_worker.LONGEST_WAIT_SECONDS", 0.02)
    rasa.refuse_with = (500, "broken")

    refused = await visitor.say("câu hỏng", timeout_seconds=60)
    rasa.refuse_with = None
    answered = await visitor.say("câu lành")

    assert "chưa trả lời được" in texts(refused)[-1]
    assert texts(answered) == ["Bác hỏi gì ạ?"]


@pytest.fixture
async def rasa_port() -> int:
    return unused_port()


@pytest.fixture
async def lonely_gateway(tmp_path_factory: pytest.TempPathFactory, rasa_port: int) -> AsyncIterator[TestServer]:
    """A gateway whose Rasa is not there yet."""
    settings = Settings(
        var_dir=tmp_path_factory.mktemp("lonely"),
        rasa_port=rasa_port,
        port=1,
        actions_port=2,
        turn_token=TOKEN,
        notice_after_seconds=0.3,
        turn_timeout_seconds=2,
    )
    async with TestServer(await make_app(settings)) as server:
        yield server


async def test_with_rasa_down_the_message_waits_and_is_answered_once_when_rasa_is_back(
    lonely_gateway: TestServer, rasa: RasaStandIn, rasa_port: int
) -> None:
    async with aiohttp.ClientSession(
        lonely_gateway.make_url("/"), cookie_jar=aiohttp.CookieJar(unsafe=True)
    ) as session:
        visitor = WebVisitor(session)
        await visitor.open()
        await visitor.post(text="chào")
        await asyncio.sleep(0.8)
        told = texts(await visitor.replies())

        async with TestServer(rasa.app(), host="127.0.0.1", port=rasa_port):
            replies = await visitor.say("còn đó không", timeout_seconds=30)

        assert WAITING in told[0]
        assert texts(replies)[-1] == "Bác hỏi gì ạ?"
        assert [turn["text"] for turn in rasa.seen] == ["chào", "còn đó không"]


async def test_readiness_names_what_is_missing(lonely_gateway: TestServer) -> None:
    async with aiohttp.ClientSession(lonely_gateway.make_url("/")) as session:
        async with session.get("/readyz") as response:
            assert (response.status, (await response.json())["rasa"]) == (503, False)
        async with session.get("/healthz") as response:
            assert response.status == 200


async def test_a_database_locked_for_a_while_delays_and_loses_nothing(visitor: WebVisitor, settings: Settings) -> None:
    lock = sqlite3.connect(settings.var_dir / "hocvu.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    asking = asyncio.create_task(visitor.say("chào", timeout_seconds=15))
    await asyncio.sleep(1)

    lock.execute("ROLLBACK")
    lock.close()

    assert texts(await asking) == ["Bác hỏi gì ạ?"]


async def test_a_database_locked_for_long_is_said_and_the_same_message_is_taken_later(
    visitor: WebVisitor, settings: Settings
) -> None:
    lock = sqlite3.connect(settings.var_dir / "hocvu.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    refused, body = await visitor.post(client_id="client-id-1", text="chào")
    lock.execute("ROLLBACK")
    lock.close()

    taken, _ = await visitor.post(client_id="client-id-1", text="chào")

    assert (refused, body["error"]["code"]) == (503, "busy")
    assert taken == 202


async def test_a_gateway_that_died_in_the_middle_finishes_at_its_next_start(
    settings: Settings, rasa: RasaStandIn
) -> None:
    rasa.delay_seconds = 30
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        TestServer(await make_app(settings)) as first,
        aiohttp.ClientSession(first.make_url("/"), cookie_jar=jar) as session,
    ):
        visitor = WebVisitor(session)
        await visitor.open()
        await visitor.post(text="chào")
        await asyncio.sleep(0.3)
    rasa.delay_seconds = 0

    async with (
        TestServer(await make_app(settings)) as second,
        aiohttp.ClientSession(second.make_url("/"), cookie_jar=jar) as session,
    ):
        visitor = WebVisitor(session)
        replies = await visitor.say("hai")

        assert texts(replies)[-1] == "Bác hỏi gì ạ?"
        assert [message["answered"] for message in await visitor.history() if message["from"] == "learner"] == [
            True,
            True,
        ]
