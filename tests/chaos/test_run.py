"""`hocvu run` as an operator uses it: it starts, stops cleanly, and names what is wrong in one line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import psutil
import pytest
from aiohttp.test_utils import unused_port

from hocvu.settings import PROJECT_ROOT, load_settings

HOCVU = PROJECT_ROOT / ".venv" / "bin" / "hocvu"
READY_SECONDS = 60
STOP_SECONDS = 20
KILL_SECONDS = 5
"""After so long honcho kills what does not stop by itself."""


@pytest.fixture
def var_dir(tmp_path: Path) -> Path:
    """A folder with the trained model, so that nothing has to be trained."""
    shutil.copytree(load_settings().models_dir, tmp_path / "var" / "models")
    return tmp_path / "var"


@pytest.fixture
def environment(var_dir: Path) -> dict[str, str]:
    ports = {name: str(unused_port()) for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    return {**os.environ, **ports, "VAR_DIR": str(var_dir)}


@pytest.fixture
def running(environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`hocvu run` after its ready line."""
    log = tmp_path / "run.log"
    with log.open("wb") as out:
        process = subprocess.Popen([HOCVU, "run"], cwd=PROJECT_ROOT, env=environment, stdout=out, stderr=out)
    try:
        wait_for(lambda: f"is ready: http://127.0.0.1:{environment['PORT']}" in log.read_text("utf-8"), READY_SECONDS)
        yield process
    finally:
        for child in [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []:
            child.kill()
        process.kill()
        process.wait(STOP_SECONDS)


def wait_for(condition, seconds: float) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def refused(environment: dict[str, str]) -> str:
    """What a `hocvu run` says that cannot start: one line on standard error, and a failure's exit code."""
    done = subprocess.run(
        [HOCVU, "run"], cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_leaves_no_process_behind_though_a_page_is_open(
    running: subprocess.Popen[bytes], environment: dict[str, str], number: signal.Signals
) -> None:
    with open_page(f"http://127.0.0.1:{environment['PORT']}/api/webchat"):
        check_clean_stop(running, number)


def open_page(api: str) -> HTTPResponse:
    """The reply stream of a new visitor, as an open page holds it."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    browser.open(urllib.request.Request(f"{api}/conversation", method="POST")).close()
    stream: HTTPResponse = browser.open(f"{api}/events")
    return stream


def check_clean_stop(running: subprocess.Popen[bytes], number: signal.Signals) -> None:
    children = psutil.Process(running.pid).children(recursive=True)

    asked_at = time.monotonic()
    running.send_signal(number)
    running.wait(STOP_SECONDS)

    assert time.monotonic() - asked_at < KILL_SECONDS, "a part had to be killed"
    assert len(children) >= 3
    assert [child for child in children if child.is_running()] == []


@pytest.mark.parametrize("part", ["hocvu.app", "rasa run", "actions.server"])
def test_one_dead_part_stops_all_the_others(running: subprocess.Popen[bytes], part: str) -> None:
    children = psutil.Process(running.pid).children(recursive=True)
    victim = next(child for child in children if part in " ".join(child.cmdline()))

    victim.kill()
    code = running.wait(STOP_SECONDS)

    assert code != 0
    assert [child for child in children if child.is_running()] == []


@pytest.mark.parametrize("name", ["PORT", "RASA_PORT", "ACTIONS_PORT"])
def test_a_taken_port_is_named_with_the_fix(environment: dict[str, str], name: str) -> None:
    with socket.create_server(("127.0.0.1", int(environment[name]))):
        said = refused(environment)

    assert f"{name} {environment[name]}" in said
    assert f"set {name}" in said


def test_a_folder_that_cannot_be_written_is_named_with_the_fix(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()

    said = refused({**environment, "VAR_DIR": str(tmp_path / "a-file" / "var")})

    assert "VAR_DIR" in said


def test_a_damaged_model_is_named_with_the_fix(environment: dict[str, str], var_dir: Path) -> None:
    name = json.loads((var_dir / "models" / "live.json").read_text("utf-8"))["file"]
    model = var_dir / "models" / name
    model.write_bytes(model.read_bytes()[:1000])

    said = refused(environment)

    assert name in said
    assert "make train" in said


def test_every_faulty_setting_is_named_at_once(environment: dict[str, str]) -> None:
    said = refused({**environment, "PORT": "abc", "LOG_LEVEL": "LOUD"})

    assert "PORT" in said
    assert "LOG_LEVEL" in said


def test_broken_knowledge_is_named_with_file_and_line(environment: dict[str, str], tmp_path: Path) -> None:
    knowledge = Path(shutil.copytree(PROJECT_ROOT / "knowledge", tmp_path / "knowledge"))
    page = knowledge / "guides" / "vneid" / "vneid-quen-mat-khau.yml"
    page.write_text(page.read_text("utf-8").replace("kind: guide", "kind: guide\ncolour: red"), encoding="utf-8")

    said = refused({**environment, "KNOWLEDGE_DIR": str(knowledge)})

    assert "vneid-quen-mat-khau.yml:" in said
    assert "colour" in said
