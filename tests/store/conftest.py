"""The same store tests on SQLite and on PostgreSQL, each test on a database of its own."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from hocvu.store.database import Database
from hocvu.store.upgrade import upgrade

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+asyncpg://root@127.0.0.1:5432")


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    if request.param == "sqlite":
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'store.db'}")
        await upgrade(database)
        yield database
        await database.close()
        return
    name = f"hocvu_test_{uuid4().hex}"
    await _on_server(f'CREATE DATABASE "{name}"')
    database = Database(f"{POSTGRES}/{name}")
    await upgrade(database)
    yield database
    await database.close()
    await _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


async def _on_server(statement: str) -> None:
    engine = create_async_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    except OSError as error:
        if "CI" in os.environ:
            raise
        pytest.skip(f"no PostgreSQL at {POSTGRES} ({error}); set TEST_POSTGRES_URL to run these")
    finally:
        await engine.dispose()
