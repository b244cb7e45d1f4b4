"""Processes are killed in the middle of a turn: every message is answered once and moves the guide once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from hocvu.store.database import Database
from hocvu.store.tables import OutboxKind, OutboxMessage
from tests.support.stack import Stack
from tests.support.visitor import WebVisitor

MIDDLE_OF_A_TURN_SECONDS = 1.0
"""Long enough for a turn to reach the frozen process; a turn takes some 60 ms."""


@pytest.fixture(scope="module")
def killable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("killable")
    with Stack(folder, notice_after_seconds=2, turn_timeout_seconds=10).running() as stack:
        yield stack


@pytest.fixture
async def walker(killable: Stack) -> AsyncIterator[WebVisitor]:
    """A visitor who stands at step 1 of a guide."""
    async with aiohttp.ClientSession(killable.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        visitor = WebVisitor(session)
        await visitor.open()
        replies = await visitor.say("quên mật khẩu vneid", timeout_seconds=60)
        assert replies[-1]["card"]["number"] == 1
        yield visitor


async def press_done(visitor: WebVisitor) -> None:
    """Press "Xong rồi" without waiting for the answer."""
    buttons = [button for reply in await visitor.replies() for button in reply["buttons"]]
    done = [button for button in buttons if button["title"] == "Xong rồi"][-1]
    status, _ = await visitor.post(button=done["id"])
    assert status == 202


async def all_answered(visitor: WebVisitor) -> list[dict[str, Any]]:
    """The assistant's messages once nothing waits any more."""
    async with asyncio.timeout(90):
        while not all(message.get("answered", True) for message in await visitor.history()):
            await asyncio.sleep(0.1)
    return await visitor.replies()


async def replies_by_turn(stack: Stack) -> dict[str, list[str]]:
    database = Database(stack.settings.database)
    async with database.reading() as session:
        rows = await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == OutboxKind.REPLY))
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row.turn_id, []).append(row.once_key)
    await database.close()
    return found


def steps(replies: list[dict[str, Any]]) -> list[int]:
    return [reply["card"]["number"] for reply in replies if reply["card"] and reply["card"]["kind"] == "step"]


async def test_rasa_killed_while_an_action_works_answers_once_after_its_return(
    killable: Stack, walker: WebVisitor
) -> None:
    killable.signal("actions", signal.SIGSTOP)
    await press_done(walker)
    await asyncio.sleep(MIDDLE_OF_A_TURN_SECONDS)

    killable.kill("rasa")
    killable.signal("actions", signal.SIGCONT)  # the action commits its effect and nobody hears of it
    await asyncio.sleep(MIDDLE_OF_A_TURN_SECONDS)
    killable.start("rasa")

    assert steps(await all_answered(walker)) == [1, 2]


async def test_rasa_killed_after_its_work_and_before_we_read_the_answer_answers_once(
    killable: Stack, walker: WebVisitor
) -> None:
    await press_done(walker)
    killable.signal("gateway", signal.SIGSTOP)
    await asyncio.sleep(MIDDLE_OF_A_TURN_SECONDS)

    killable.kill("rasa")
    killable.signal("gateway", signal.SIGCONT)
    killable.start("rasa")

    assert steps(await all_answered(walker)) == [1, 2]


async def test_the_action_server_killed_in_the_middle_delays_and_loses_nothing(
    killable: Stack, walker: WebVisitor
) -> None:
    killable.kill("actions")
    await press_done(walker)
    await asyncio.sleep(3)
    told = [reply["card"] for reply in await walker.replies()][-1]

    killable.start("actions")

    assert told == {"kind": "notice"}
    assert steps(await all_answered(walker)) == [1, 2]


async def test_the_gateway_killed_in_the_middle_answers_once_after_its_return(
    killable: Stack, walker: WebVisitor
) -> None:
    killable.signal("rasa", signal.SIGSTOP)
    await press_done(walker)
    await asyncio.sleep(MIDDLE_OF_A_TURN_SECONDS)

    killable.kill("gateway")
    killable.signal("rasa", signal.SIGCONT)
    killable.start("gateway")
    killable.wait_until_ready()

    assert steps(await all_answered(walker)) == [1, 2]


async def test_no_reply_was_written_twice_and_no_log_holds_a_message(killable: Stack, walker: WebVisitor) -> None:
    secret = "câu này không được nằm trong nhật ký"
    await walker.say(secret)

    assert all(len(keys) == len(set(keys)) for keys in (await replies_by_turn(killable)).values())
    for name in ("gateway", "rasa", "actions"):
        assert secret not in killable.log(name)
