"""A real gateway over HTTP, with a stand-in for Rasa and a database of its own for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from hocvu.app import make_app
from hocvu.settings import Settings
from tests.support.rasa_standin import TOKEN, RasaStandIn
from tests.support.visitor import WebVisitor


@pytest.fixture
def rasa() -> RasaStandIn:
    return RasaStandIn()


@pytest.fixture
async def rasa_server(rasa: RasaStandIn) -> AsyncIterator[TestServer]:
    async with TestServer(rasa.app(), host="127.0.0.1") as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, rasa_server: TestServer) -> Settings:
    return Settings(
        var_dir=tmp_path,
        rasa_port=rasa_server.port,
        port=1,
        actions_port=2,
        turn_token=TOKEN,
        notice_after_seconds=0.4,
        turn_timeout_seconds=5,
    )


@pytest.fixture
async def gateway(settings: Settings) -> AsyncIterator[TestServer]:
    async with TestServer(await make_app(settings)) as server:
        yield server


@pytest.fixture
async def new_visitor(gateway: TestServer) -> AsyncIterator[Callable[[], Awaitable[WebVisitor]]]:
    async with AsyncExitStack() as stack:

        async def make() -> WebVisitor:
            session = aiohttp.ClientSession(gateway.make_url("/"), cookie_jar=aiohttp.CookieJar(unsafe=True))
            visitor = WebVisitor(await stack.enter_async_context(session))
            await visitor.open()
            return visitor

        yield make


@pytest.fixture
async def visitor(new_visitor: Callable[[], Awaitable[WebVisitor]]) -> WebVisitor:
    return await new_visitor()
