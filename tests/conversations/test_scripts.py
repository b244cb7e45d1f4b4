"""Whole conversations, played against the running stack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from hocvu.content.shelf import CHECK_SECONDS
from hocvu.store.database import Database
from tests.conversations.runner import play, read_script
from tests.support.stack import Stack
from tests.support.visitor import WebVisitor

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.yml"))


@pytest.fixture
async def database(stack: Stack) -> AsyncIterator[Database]:
    database = Database(stack.settings.database)
    yield database
    await database.close()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_the_conversation_goes_as_written(path: Path, stack: Stack, database: Database) -> None:
    async with aiohttp.ClientSession(stack.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        await play(read_script(path), WebVisitor(session), database)


async def test_a_guide_removed_while_it_is_walked_is_said_and_stops(stack: Stack) -> None:
    page = stack.settings.knowledge_dir / "guides" / "vneid" / "vneid-quen-passcode.yml"
    text = page.read_text(encoding="utf-8")
    async with aiohttp.ClientSession(stack.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        visitor = WebVisitor(session)
        await visitor.open()
        await visitor.say("quên passcode vneid")
        page.unlink()
        try:
            await wait_for_the_shelf()
            replies = await visitor.press("Xong rồi")
            after = await visitor.say("xong rồi")
        finally:
            page.write_text(text, encoding="utf-8")
            await wait_for_the_shelf()

    assert all(reply["card"] is None or reply["card"]["kind"] != "step" for reply in [*replies, *after])
    assert replies[-1]["buttons"]


async def wait_for_the_shelf() -> None:
    """An edit is live after CHECK_SECONDS at the latest."""
    await asyncio.sleep(CHECK_SECONDS + 0.5)
