"""Start the whole stack from the Procfile, and stop all of it when one part stops."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

from honcho import environ
from honcho.manager import Manager
from honcho.printer import Printer
from rich.console import Console

from hocvu.errors import HocvuError
from hocvu.operations.training import rasa_environment, train
from hocvu.settings import PROJECT_ROOT, Settings

CTRL_C = 130
"""Exit code of a run that the operator ended (128 + SIGINT)."""


class CannotRun(HocvuError):
    """The machine is not ready for a start; the message names the fault and the fix."""


def run(settings: Settings) -> int:
    """Train when due, then run until Ctrl-C or until a part dies. The exit code of the stack.

    Raises CannotRun, TrainingError or ContentError before anything is started.
    """
    check_folder(settings.var_dir)
    check_ports(settings)
    model = train(settings, only_if_changed=True, console=Console(stderr=True))
    manager = Manager(Printer(sys.stdout))
    for name, command in procfile().items():
        manager.add_process(name, command, env=stack_environment(settings, model), cwd=str(PROJECT_ROOT))
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))  # a closed terminal stops all, too
    manager.loop()
    code = int(manager.returncode or 0)
    if code not in (0, CTRL_C):
        sys.stderr.write(f"hocvu: stopped; what Rasa said is in {settings.var_dir / 'logs' / 'rasa.log'}\n")
    return code


def procfile() -> dict[str, str]:
    """Process names and their commands."""
    text = (PROJECT_ROOT / "Procfile").read_text(encoding="utf-8")
    return dict(environ.parse_procfile(text).processes)


def stack_environment(settings: Settings, model: Path) -> dict[str, str]:
    """What the commands of the Procfile find in their environment."""
    return {
        **rasa_environment(settings),
        **settings.as_environment(),
        "MODEL": str(model),
        "PYTHONUNBUFFERED": "1",
        "OTEL_SDK_DISABLED": "true",
    }


def check_folder(folder: Path) -> None:
    """Raises CannotRun when the folder cannot be made or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotRun(
            f"VAR_DIR {folder} cannot be written ({error.strerror}): set VAR_DIR to a writable folder"
        ) from error


def check_ports(settings: Settings) -> None:
    """Raises CannotRun when a port is taken."""
    ports = (
        ("PORT", settings.host, settings.port),
        ("RASA_PORT", "127.0.0.1", settings.rasa_port),
        ("ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    )
    for name, host, port in ports:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CannotRun(
                    f"{name} {port} cannot be used on {host} ({error.strerror}): "
                    f"stop what uses it or set {name} to another port"
                ) from error
