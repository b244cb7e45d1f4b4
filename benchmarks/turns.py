"""How soon a stack with a trained model is ready, and how long people wait for an answer.

Starts the stack as `make run` does, with databases of its own in a temporary folder, asks over the web-chat API as a
page does, and stops it. Times are wall clock, from sending a message to its first reply on the event stream.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp.test_utils import unused_port

from hocvu.content.library import load_library
from hocvu.settings import PROJECT_ROOT, load_settings

RESULTS = Path(__file__).parent / "results" / "turns.json"
QUESTIONS = ("quen mat khau vneid", "xong rồi", "mất bao nhiêu tiền", "chưa được", "hôm nay trời có mưa không")
TURNS_OF_ONE = 100
PEOPLE = 20
TURNS_OF_EACH = 10
REST_OF_A_TURN_SECONDS = 0.3
"""Replies of one turn are written together; this also is the pace at which people read in this benchmark."""


async def main() -> None:
    figures: dict[str, Any] = {"pages": 0, "load_knowledge_ms": 0.0}
    figures["pages"], figures["load_knowledge_ms"] = _measure_knowledge()
    with _running_stack() as (url, start_seconds):
        figures["start_to_ready_seconds"] = round(start_seconds, 1)
        figures["one_person"] = _percentiles(await _talk(url, TURNS_OF_ONE))
        started = time.perf_counter()
        waits = await asyncio.gather(*(_talk(url, TURNS_OF_EACH) for _ in range(PEOPLE)))
        seconds = time.perf_counter() - started
        figures["side_by_side"] = {
            "people": PEOPLE,
            "turns_per_second": round(PEOPLE * TURNS_OF_EACH / seconds, 1),
            **_percentiles([wait for one in waits for wait in one]),
        }
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


def _measure_knowledge() -> tuple[int, float]:
    started = time.perf_counter()
    library = load_library(load_settings().knowledge_dir)
    return len(library.pages), round((time.perf_counter() - started) * 1000, 1)


@contextmanager
def _running_stack() -> Iterator[tuple[str, float]]:
    """Address of a running stack, and the seconds from its start to the ready line."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(load_settings().models_dir, Path(folder) / "models")
        ports = {name: str(unused_port()) for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
        command = [str(PROJECT_ROOT / ".venv" / "bin" / "hocvu"), "run"]
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env={**os.environ, **ports, "VAR_DIR": folder}, stdout=subprocess.PIPE, text=True
        )
        try:
            yield f"http://127.0.0.1:{ports['PORT']}", _wait_for_ready_line(process, started)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)


def _wait_for_ready_line(process: subprocess.Popen[str], started: float) -> float:
    for line in process.stdout or ():
        if "is ready" in line:
            return time.perf_counter() - started
    sys.exit("the stack ended before it was ready: run `make run` to see why")


async def _talk(url: str, turns: int) -> list[float]:
    """Waiting times in milliseconds of one person's turns, one after the other."""
    async with aiohttp.ClientSession(url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.post("/api/webchat/conversation"):
            pass
        async with session.get("/api/webchat/events") as stream:
            return [await _ask(session, stream, QUESTIONS[turn % len(QUESTIONS)]) for turn in range(turns)]


async def _ask(session: aiohttp.ClientSession, stream: aiohttp.ClientResponse, text: str) -> float:
    """Milliseconds from sending to the first reply; the rest of the turn's replies are read before the next one."""
    started = time.perf_counter()
    async with session.post("/api/webchat/messages", json={"client_id": uuid4().hex, "text": text}):
        pass
    await _read_event(stream)
    waited = (time.perf_counter() - started) * 1000
    with contextlib.suppress(TimeoutError):
        while True:
            await asyncio.wait_for(_read_event(stream), REST_OF_A_TURN_SECONDS)
    return waited


async def _read_event(stream: aiohttp.ClientResponse) -> None:
    while not (await stream.content.readline()).startswith(b"data: {"):
        continue


def _percentiles(waits: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(waits, n=100)
    return {
        "turns": len(waits),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
    }
