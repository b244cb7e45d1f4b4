"""Train Rasa's model, and know when that is due.

A model is due when anything it is made from changed: config.yml, the domain's structure and words, rules, training
data, names, components, the locked libraries, or the sample questions of a page. Other edits of a page need no
training.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tarfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console

from hocvu.content.library import load_library
from hocvu.content.rasa_export import write_training_data
from hocvu.errors import HocvuError
from hocvu.settings import PROJECT_ROOT, Settings

BOT_PYTHON = PROJECT_ROOT / "bot" / ".venv" / "bin" / "python"
BUILD = PROJECT_ROOT / "build" / "nlu"
_INPUTS = ("config.yml", "bot/uv.lock", "bot/domain", "bot/rules", "bot/nlu", "nlu_data", "knowledge/names")
_SUFFIXES = {".yml", ".py", ".lock", ".tsv", ".txt"}
MODELS_KEPT = 3
"""Newest models kept on disk: the live one and two to go back to."""


class TrainingError(HocvuError):
    """Training failed, or the model cannot be used; the message names the fault and the fix."""


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """The record beside the model files: which one is live and what it was made from."""

    file: str
    fingerprint: str
    sha256: str
    seconds: float


def train(settings: Settings, *, only_if_changed: bool, console: Console) -> Path:
    """The path of a model made from the present inputs. Raises TrainingError or ContentError."""
    fingerprint = _fingerprint(write_training_data(load_library(settings.knowledge_dir), BUILD))
    record = read_record(settings)
    if only_if_changed and record is not None and record.fingerprint == fingerprint:
        return usable_model(settings)
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{fingerprint[:8]}"
    seconds = _run_rasa_train(settings, name, console)
    path = settings.models_dir / f"{name}.tar.gz"
    _write_record(settings, TrainedModel(path.name, fingerprint, _sha256(path), round(seconds, 1)))
    _drop_old_models(settings, path)
    return path


def usable_model(settings: Settings) -> Path:
    """The live model's path. Raises TrainingError when it is missing or damaged."""
    record = read_record(settings)
    if record is None:
        raise TrainingError(f"no model in {settings.models_dir}: run `make train`")
    path = settings.models_dir / record.file
    if not path.is_file():
        raise TrainingError(f"model {path} is missing: run `make train`")
    if _sha256(path) != record.sha256 or not tarfile.is_tarfile(path):
        raise TrainingError(f"model {path} is damaged: run `make train`")
    return path


def read_record(settings: Settings) -> TrainedModel | None:
    """What the live model was made from; None without a readable record."""
    try:
        return TrainedModel(**json.loads(_record_path(settings).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _record_path(settings: Settings) -> Path:
    return settings.models_dir / "live.json"


def _write_record(settings: Settings, record: TrainedModel) -> None:
    draft = _record_path(settings).with_suffix(".tmp")
    draft.write_text(json.dumps(asdict(record), indent=2), encoding="utf-8")
    draft.replace(_record_path(settings))


def _run_rasa_train(settings: Settings, name: str, console: Console) -> float:
    """Seconds that the training took. Its long output goes to a file, the console shows the time passing."""
    log = settings.var_dir / "logs" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(  # noqa: S603  # a fixed command of ours
            _train_command(settings, name),
            cwd=PROJECT_ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=rasa_environment(settings),
        )
        console.print("Training the model: usually less than two minutes")
        with console.status("Training the model") as status:
            while process.poll() is None:
                time.sleep(0.5)
                status.update(f"Training the model: {time.monotonic() - started:.0f} s (details: {log})")
    seconds = time.monotonic() - started
    if process.returncode != 0 or not (settings.models_dir / f"{name}.tar.gz").is_file():
        raise TrainingError(f"rasa train failed (exit {process.returncode}): read the end of {log}")
    console.print(f"Model trained in {seconds:.0f} s")
    return seconds


def _train_command(settings: Settings, name: str) -> list[str | Path]:
    """Without Rasa's validation: it reads all data once more, and tests/bot/test_project_data.py validates the same."""
    inputs: list[str | Path] = ["--config", "config.yml", "--domain", "bot/domain", "--data", *_data_files()]
    output: list[str | Path] = ["--out", settings.models_dir, "--fixed-model-name", name]
    return [BOT_PYTHON, "-m", "rasa", "train", *inputs, *output, "--skip-validation"]


def rasa_environment(settings: Settings) -> dict[str, str]:
    """The environment of every Rasa process: what config.yml, endpoints.yml and credentials.yml name."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "TURN_TOKEN": settings.turn_secret,
        "ACTIONS_URL": settings.actions_url,
        "RASA_TRACKER_URL": settings.tracker_database,
        "RASA_LOCK_STORE": settings.rasa_lock_store,
        "REDIS_HOST": settings.redis_host,
        "REDIS_PORT": str(settings.redis_port),
    }


def _data_files() -> list[str]:
    """Training data and rules; the names in knowledge/names are read by the components, not by Rasa."""
    files = [*(PROJECT_ROOT / "nlu_data").glob("*.yml"), *BUILD.glob("*.yml"), PROJECT_ROOT / "bot" / "rules"]
    return [str(path) for path in sorted(files)]


def _fingerprint(exported: Path) -> str:
    digest = hashlib.sha256()
    for path in _input_files(exported):
        digest.update(str(path.relative_to(PROJECT_ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _input_files(exported: Path) -> Iterable[Path]:
    for name in _INPUTS:
        path = PROJECT_ROOT / name
        yield from [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in _SUFFIXES)
    yield exported


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _drop_old_models(settings: Settings, live: Path) -> None:
    models = sorted(settings.models_dir.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in models[MODELS_KEPT:]:
        if path != live:
            path.unlink()
