"""The systems that are compared: our pipeline, Rasa's default one, and a plain linear baseline."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from benchmarks.understanding.suites import FOREIGN, Example

ROOT = Path(__file__).parent.parent.parent
# What `rasa init` writes leaves the pipeline to Rasa, and this is what Rasa 3.6 then takes and prints.
DIET_CONFIG = Path(__file__).parent / "diet.yml"
# Rasa's intent names may hold no "/" without becoming retrieval intents.
FLAT = "--"
LABELS_READ = 3


@dataclass(frozen=True)
class Reading:
    """What a system made of one text; see reader.py."""

    labels: list[str]
    verdict: str
    confidence: float
    offered: list[str]
    second: str | None
    ms: float


@dataclass(frozen=True)
class Trained:
    """Where the model lies and what it cost: wall and processor seconds, megabytes on disk."""

    model: Path
    seconds: float
    cpu_seconds: float
    megabytes: float


class System(ABC):
    name: str

    @abstractmethod
    def train(self, examples: Sequence[Example], folder: Path) -> Trained:
        """Trains in `folder`. Raises RuntimeError with the place of the log when it fails."""

    @abstractmethod
    def read(self, trained: Trained, texts: Sequence[str]) -> list[Reading]:
        """Every text, one after the other, on one core."""


class RasaSystem(System):
    """A pipeline trained by `rasa train nlu`, as anybody would."""

    def __init__(self, name: str, config: Path, *, is_flat: bool) -> None:
        self.name = name
        self._config = config
        self._is_flat = is_flat

    def train(self, examples: Sequence[Example], folder: Path) -> Trained:
        data = folder / "nlu.yml"
        data.write_text(_as_yaml(examples, is_flat=self._is_flat), encoding="utf-8")
        log = folder / "train.log"
        command = ["-m", "rasa", "train", "nlu", "-c", self._config, "-u", data, "--out", folder]
        before = os.times()
        started = time.monotonic()
        _run([*command, "--fixed-model-name", "model"], log)
        seconds = time.monotonic() - started
        after = os.times()
        model = folder / "model.tar.gz"
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return Trained(model, seconds, cpu, model.stat().st_size / 1e6)

    def read(self, trained: Trained, texts: Sequence[str]) -> list[Reading]:
        folder = trained.model.parent
        (folder / "questions.json").write_text(json.dumps(list(texts)), encoding="utf-8")
        command = ["-m", "benchmarks.understanding.reader", trained.model]
        _run([*command, folder / "questions.json", folder / "answers.json"], folder / "read.log")
        answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
        return [Reading(**(_unflattened(answer) if self._is_flat else answer)) for answer in answers]


class LinearBaseline(System):
    """Character and word n-grams into a linear SVM: thirty lines that anybody would try first. It never abstains."""

    name = "linear"

    def train(self, examples: Sequence[Example], folder: Path) -> Trained:
        started, cpu = time.monotonic(), time.process_time()
        model = make_pipeline(
            make_union(
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
                TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            ),
            LinearSVC(),
        )
        model.fit([example.text for example in examples], [_family_off(example.label) for example in examples])
        path = folder / "model.pickle"
        path.write_bytes(pickle.dumps(model))
        seconds, cpu_seconds = time.monotonic() - started, time.process_time() - cpu
        return Trained(path, seconds, cpu_seconds, path.stat().st_size / 1e6)

    def read(self, trained: Trained, texts: Sequence[str]) -> list[Reading]:
        model = pickle.loads(trained.model.read_bytes())
        return [_linear_reading(model, text) for text in texts]


def _linear_reading(model: Any, text: str) -> Reading:
    started = time.perf_counter()
    margins = np.atleast_2d(model.decision_function([text]))[0]
    milliseconds = (time.perf_counter() - started) * 1000
    if len(margins) == 1:
        margins = np.array([-margins[0], margins[0]])
    order = np.argsort(-margins)[:LABELS_READ]
    labels = [str(model.classes_[at]) for at in order]
    return Reading(labels, labels[0], float(softmax(margins).max()), [], None, milliseconds)


def _run(arguments: Sequence[Any], log: Path) -> None:
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false"}
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            [sys.executable, *map(str, arguments)], cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=environment
        )
    if done.returncode != 0:
        raise RuntimeError(f"exit {done.returncode}: read the end of {log}")


def _as_yaml(examples: Sequence[Example], *, is_flat: bool) -> str:
    texts: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        texts[_flattened(example.label) if is_flat else example.label].append(example.text)
    blocks = ['version: "3.1"', "nlu:"]
    for label, rows in texts.items():
        blocks += [f"- intent: {label}", "  examples: |", *(f"    - {' '.join(row.split())}" for row in rows)]
    return "\n".join(blocks) + "\n"


def _family_off(label: str) -> str:
    return FOREIGN if label.startswith(f"{FOREIGN}/") else label


def _flattened(label: str) -> str:
    return _family_off(label).replace("/", FLAT)


def _unflattened(answer: dict[str, Any]) -> dict[str, Any]:
    labels = [label.replace(FLAT, "/") for label in answer["labels"]]
    return {**answer, "labels": labels, "verdict": answer["verdict"].replace(FLAT, "/")}
