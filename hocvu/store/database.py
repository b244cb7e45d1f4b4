"""The database: one engine, read and write transactions.

SQLite runs in WAL mode with `synchronous=FULL` (a stored message survives a power cut) and takes its write lock at
the start of a write transaction, so that two processes wait for each other instead of failing half-way.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from hocvu.errors import HocvuError

SQLITE_BUSY_SECONDS = 5
"""How long a writer waits for another one before DatabaseBusy; our write transactions last milliseconds."""


class DatabaseBusy(HocvuError):
    """The database did not answer in time (locked or unreachable). Nothing was written; the caller may try again."""


class Database:
    """Owns the engine. `reading` and `writing` give a session; leaving `writing` without an exception commits."""

    def __init__(self, url: str) -> None:
        self.engine = _make_engine(url)
        self.write_engine = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self._read = async_sessionmaker(self.engine, expire_on_commit=False)
        self._write = async_sessionmaker(self.write_engine, expire_on_commit=False)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with self._read() as session:
            with _busy_is_ours():
                yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction. Raises DatabaseBusy when the database is locked or out of reach."""
        with _busy_is_ours():
            async with self._write() as session, session.begin():
                yield session

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    async def ping(self) -> None:
        """Raises DatabaseBusy when the database does not answer."""
        async with self.reading() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self.engine.dispose()


class _busy_is_ours:
    """Translates the driver's "locked" and "connection lost" into DatabaseBusy."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) or (isinstance(error, DBAPIError) and _is_passing(error)):
            raise DatabaseBusy("the database is locked or out of reach: try again") from error


def _is_passing(error: DBAPIError) -> bool:
    return error.connection_invalidated or "locked" in str(error.orig)


def _make_engine(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True)
    engine = create_async_engine(url, connect_args={"timeout": SQLITE_BUSY_SECONDS})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy sends BEGIN itself, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', 'DEFERRED')}")
