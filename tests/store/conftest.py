"""The same store tests on SQLite and on PostgreSQL, each test on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hocvu.store.database import Database
from hocvu.store.upgrade import upgrade
from tests.support.postgres import new_database


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    if request.param == "sqlite":
        async for database in _migrated(f"sqlite+aiosqlite:///{tmp_path / 'store.db'}"):
            yield database
        return
    async with new_database() as url:
        async for database in _migrated(url):
            yield database


async def _migrated(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    await upgrade(database)
    yield database
    await database.close()
