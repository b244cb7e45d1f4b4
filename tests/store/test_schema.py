"""The schema and what the database itself guarantees."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select
from sqlalchemy.exc import StatementError

from hocvu.store.database import Database
from hocvu.store.tables import Base, Learner
from hocvu.store.upgrade import upgrade


async def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    async with database.writing() as session:
        session.add(Learner(id="a", created_at=datetime(2026, 11, 20, tzinfo=UTC)))

    await upgrade(database)

    async with database.reading() as session:
        assert await session.scalar(select(Learner.id)) == "a"


async def test_two_processes_that_upgrade_at_once_wait_for_each_other(empty_database: Database) -> None:
    await asyncio.gather(upgrade(empty_database), upgrade(empty_database))

    async with empty_database.reading() as session:
        assert await session.scalar(select(Learner.id)) is None


async def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    hanoi = datetime(2026, 11, 20, 7, tzinfo=timezone(timedelta(hours=7)))
    async with database.writing() as session:
        session.add(Learner(id="a", created_at=hanoi))

    async with database.reading() as session:
        stored = await session.scalar(select(Learner.created_at))

    assert stored == hanoi
    assert stored is not None
    assert stored.tzinfo is UTC


async def test_a_time_without_offset_is_refused(database: Database) -> None:
    with pytest.raises(StatementError):
        async with database.writing() as session:
            session.add(Learner(id="a", created_at=datetime(2026, 11, 20)))  # noqa: DTZ001  # the fault under test


async def test_leaving_a_transaction_by_an_exception_writes_nothing(database: Database) -> None:
    async def write_and_break() -> None:
        async with database.writing() as session:
            session.add(Learner(id="a", created_at=datetime.now(UTC)))
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        await write_and_break()

    async with database.reading() as session:
        assert await session.scalar(select(Learner.id)) is None
