"""The same store tests on SQLite and on PostgreSQL, each test on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from hocvu.store.database import Database
from hocvu.store.upgrade import upgrade
from tests.support.postgres import new_database


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database without tables."""
    async with AsyncExitStack() as stack:
        on_sqlite = request.param == "sqlite"
        url = (
            f"sqlite+aiosqlite:///{tmp_path / 'store.db'}"
            if on_sqlite
            else await stack.enter_async_context(new_database())
        )
        database = Database(url)
        stack.push_async_callback(database.close)
        yield database


@pytest.fixture
async def database(empty_database: Database) -> Database:
    await upgrade(empty_database)
    return empty_database
