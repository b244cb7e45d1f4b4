"""Databases on a real PostgreSQL, made and dropped for one test."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+asyncpg://root@127.0.0.1:5432")


@asynccontextmanager
async def new_database() -> AsyncIterator[str]:
    """URL of an empty database. Skips the test when no PostgreSQL is here; in CI that is a failure."""
    name = f"hocvu_test_{uuid4().hex}"
    await _on_server(f'CREATE DATABASE "{name}"')
    try:
        yield f"{POSTGRES}/{name}"
    finally:
        await _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


async def _on_server(statement: str) -> None:
    engine = create_async_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    except OSError as error:
        if "CI" in os.environ:
            raise
        pytest.skip(f"no PostgreSQL at {POSTGRES} ({error}); set TEST_POSTGRES_URL to run this")
    finally:
        await engine.dispose()
