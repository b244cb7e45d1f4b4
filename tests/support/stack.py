"""The whole stack as real processes, started from the Procfile, to be killed, frozen and started again by tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiohttp.test_utils import unused_port

from hocvu.operations.running import procfile, stack_environment
from hocvu.operations.training import usable_model
from hocvu.settings import PROJECT_ROOT, Settings, load_settings

START_SECONDS = 90
"""Rasa's start takes about 10 s alone and several times that on a busy machine."""


class Stack:
    """Gateway, Rasa and action server with databases of their own in `var_dir`, answering with the trained model."""

    def __init__(self, var_dir: Path, **settings: object) -> None:
        self.settings = Settings(
            var_dir=var_dir, port=unused_port(), rasa_port=unused_port(), actions_port=unused_port(), **settings
        )
        self._model = usable_model(load_settings())
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    @contextmanager
    def running(self) -> Iterator[Stack]:
        """All processes, ready to answer; stopped at the end whatever happens."""
        try:
            self.start()
            self.wait_until_ready()
            yield self
        finally:
            self.stop()

    @property
    def url(self) -> str:
        return self.settings.public_url

    def log(self, name: str) -> str:
        """All that a process has written, to its output or to its file in VAR_DIR/logs."""
        paths = (self.settings.var_dir / f"{name}.log", self.settings.var_dir / "logs" / f"{name}.log")
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in paths if path.exists())

    def start(self, *names: str) -> None:
        """Start these processes, all of the Procfile when none is named."""
        commands = procfile()
        environment = stack_environment(self.settings, self._model)
        for name in names or tuple(commands):
            with (self.settings.var_dir / f"{name}.log").open("ab") as log:
                self._processes[name] = subprocess.Popen(
                    commands[name],
                    shell=True,
                    cwd=PROJECT_ROOT,
                    env=environment,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise TimeoutError(f"the stack was not ready in {START_SECONDS} s; logs are in {self.settings.var_dir}")

    def signal(self, name: str, number: signal.Signals) -> None:
        os.killpg(self._processes[name].pid, number)

    def kill(self, name: str) -> None:
        """kill -9, and wait until the process is gone."""
        self.signal(name, signal.SIGKILL)
        self._processes.pop(name).wait(10)

    def stop(self) -> None:
        for name in list(self._processes):
            if self._processes[name].poll() is None:
                self.signal(name, signal.SIGCONT)
                self.signal(name, signal.SIGTERM)
        for process in self._processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
        self._processes.clear()


def copy_of_knowledge(folder: Path) -> Path:
    """A knowledge folder that a test may edit."""
    return Path(shutil.copytree(PROJECT_ROOT / "knowledge", folder / "knowledge"))
