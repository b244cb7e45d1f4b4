"""Look at an installation and name what is wrong with it, with the fix."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from hocvu.content.library import load_library
from hocvu.errors import HocvuError
from hocvu.operations.running import check_folder
from hocvu.operations.training import BOT_PYTHON, usable_model
from hocvu.settings import Settings, load_settings
from hocvu.store.database import Database


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `detail` is what was found, or the fault and its fix."""

    name: str
    is_fine: bool
    detail: str


async def examine() -> list[Finding]:
    """Every check, in the order in which faults should be mended."""
    try:
        settings = load_settings()
    except HocvuError as error:
        return [Finding("settings", False, str(error))]
    checks: list[tuple[str, Callable[[Settings], Awaitable[str]]]] = [
        ("environment", _environment),
        ("var folder", _folder),
        ("knowledge", _knowledge),
        ("model", _model),
        ("database", _database),
        ("gateway", _gateway),
    ]
    return [Finding("settings", True, "complete"), *[await _find(name, check, settings) for name, check in checks]]


async def _find(name: str, check: Callable[[Settings], Awaitable[str]], settings: Settings) -> Finding:
    try:
        return Finding(name, True, await check(settings))
    except HocvuError as error:
        return Finding(name, False, str(error))


async def _environment(settings: Settings) -> str:
    if not os.access(BOT_PYTHON, os.X_OK):
        raise HocvuError(f"Rasa's environment {BOT_PYTHON.parents[1]} is missing: run `make setup`")
    command = [str(BOT_PYTHON), "-c", "import importlib.metadata as m; print(m.version('rasa'))"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: ASYNC221, S603  # a fixed command, nothing else to do meanwhile
    if done.returncode != 0:
        raise HocvuError("Rasa's environment is broken: remove bot/.venv and run `make setup`")
    return f"Python {sys.version.split()[0]}, Rasa {done.stdout.strip()}"


async def _folder(settings: Settings) -> str:
    check_folder(settings.var_dir)
    return str(settings.var_dir)


async def _knowledge(settings: Settings) -> str:
    return f"{len(load_library(settings.knowledge_dir).pages)} pages"


async def _model(settings: Settings) -> str:
    return usable_model(settings).name


async def _database(settings: Settings) -> str:
    database = Database(settings.database)
    try:
        await database.ping()
    finally:
        await database.close()
    return database.engine.dialect.name


async def _gateway(settings: Settings) -> str:
    try:
        timeout = aiohttp.ClientTimeout(total=5)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{settings.public_url}/readyz") as response,
        ):
            parts = await response.json()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise HocvuError(f"{settings.public_url} does not answer: run `make run`") from error
    if not parts.pop("ok"):
        raise HocvuError("not ready: " + ", ".join(name for name, is_up in parts.items() if not is_up))
    return f"ready at {settings.public_url}"
