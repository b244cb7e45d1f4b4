"""The same code on PostgreSQL and Redis, as a province runs it."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest

from hocvu.settings import Settings
from tests.support.postgres import new_database
from tests.support.stack import Stack
from tests.support.visitor import WebVisitor


def require_redis(settings: Settings) -> None:
    """Skips where no Redis answers; in CI that is a failure."""
    try:
        socket.create_connection((settings.redis_host, settings.redis_port), timeout=2).close()
    except OSError as error:
        if "CI" in os.environ:
            raise
        pytest.skip(f"no Redis at {settings.redis_host}:{settings.redis_port} ({error}); set REDIS_HOST and REDIS_PORT")


@pytest.fixture
async def province(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """A stack with our store and Rasa's on PostgreSQL and Rasa's locks in Redis."""
    async with new_database() as ours, new_database() as rasas:
        stack = Stack(
            tmp_path_factory.mktemp("province"),
            database_url=ours,
            rasa_tracker_url=rasas.replace("+asyncpg", ""),
            rasa_lock_store="redis",
        )
        require_redis(stack.settings)
        with stack.running():
            yield stack


async def test_a_guide_is_walked_on_postgresql_and_redis(province: Stack) -> None:
    async with aiohttp.ClientSession(province.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        visitor = WebVisitor(session)
        await visitor.open()

        first = await visitor.say("quen mat khau vneid", timeout_seconds=60)
        second = await visitor.press("Xong rồi")

    assert first[-1]["card"]["number"] == 1
    assert second[-1]["card"]["number"] == 2
