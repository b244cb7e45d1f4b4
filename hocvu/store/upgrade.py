"""Bring a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from hocvu.store.database import Database

UPGRADE_LOCK = 4_680_217
"""Any number, the same for every process: the key of PostgreSQL's advisory lock around migrations."""


async def upgrade(database: Database) -> None:
    """Run the migrations that are still missing. Safe to call again and by several processes: the second waits."""
    async with database.write_engine.begin() as connection:
        if not database.is_sqlite:  # SQLite's write lock is held already
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
        await connection.run_sync(_upgrade_on)


def alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade_on(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head")
