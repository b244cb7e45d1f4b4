"""Bring a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from hocvu.store.database import Database


async def upgrade(database: Database) -> None:
    """Run the migrations that are still missing. Safe to call again and by several processes: the second waits."""
    async with database.engine.begin() as connection:
        await connection.run_sync(_upgrade_on)


def alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade_on(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head")
