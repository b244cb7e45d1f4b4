"""What is counted. Rates are in 0..1; every rate has a 95 % bootstrap interval over its questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from benchmarks.understanding.suites import FOREIGN, GUIDE_PREFIX, Question
from benchmarks.understanding.systems import Reading, Trained

FALLBACK = "nlu_fallback"
RESAMPLES = 1_000
CALIBRATION_BINS = 10
# What the figures over all leave out: no single question about a guide or a foreign matter, or one counted already.
APART = frozenset({"two_in_one", "follow_up", "dialogue", "sensitive", "standard, marks off", "standard, as Telex"})


@dataclass(frozen=True)
class Read:
    """One question and what a system made of it. The properties are the definitions of the figures."""

    question: Question
    reading: Reading

    @property
    def is_guide(self) -> bool:
        return self.question.label.startswith(GUIDE_PREFIX)

    @property
    def is_foreign(self) -> bool:
        return self.question.label == FOREIGN

    @property
    def is_first(self) -> bool:
        """The right label is the likeliest, whether or not the system dared to act on it."""
        return self.reading.labels[:1] == [self.question.label]

    @property
    def is_in_three(self) -> bool:
        return self.question.label in self.reading.labels

    @property
    def is_right_outright(self) -> bool:
        return self.reading.verdict == self.question.label

    @property
    def is_right_or_offered(self) -> bool:
        offered = self.reading.offered or self.reading.labels
        return self.is_right_outright or (self.reading.verdict == FALLBACK and self.question.label in offered)

    @property
    def is_wrong_outright(self) -> bool:
        """Another guide was answered, or a guide where there is none."""
        return self.reading.verdict.startswith(GUIDE_PREFIX) and not self.is_right_outright

    @property
    def is_refused(self) -> bool:
        return self.reading.verdict.split("/")[0] == FOREIGN


def figures_of(reads: Mapping[str, Sequence[Read]], trained: Trained, seed: int) -> dict[str, Any]:
    """All figures of one system: per suite, over all questions about guides and foreign matters, and its cost."""
    rng = np.random.default_rng(seed)
    everything = [read for rows in reads.values() for read in rows]
    scope = [read for name, rows in reads.items() if name not in APART for read in rows]
    guides, foreign = [read for read in scope if read.is_guide], [read for read in scope if read.is_foreign]
    times = [read.reading.ms for read in everything]
    return {
        "suites": {name: rate(rows, lambda read: read.is_first, rng) for name, rows in reads.items()},
        "second_question_kept": rate(
            [read for read in everything if read.question.second],
            lambda read: read.is_right_outright and read.reading.second == read.question.second,
            rng,
        ),
        "right_first": rate(guides, lambda read: read.is_first, rng),
        "in_three": rate(guides, lambda read: read.is_in_three, rng),
        "right_outright": rate(guides, lambda read: read.is_right_outright, rng),
        "right_or_offered": rate(guides, lambda read: read.is_right_or_offered, rng),
        "wrong_outright": rate([*guides, *foreign], lambda read: read.is_wrong_outright, rng),
        "foreign_recognised": rate(foreign, lambda read: read.is_refused, rng),
        "false_refusals": rate(guides, lambda read: read.is_refused, rng),
        "macro_f1": macro_f1([*guides, *foreign] or everything),
        "calibration_error": calibration_error(scope),
        "training_seconds": round(trained.seconds, 1),
        "training_cpu_seconds": round(trained.cpu_seconds, 1),
        "model_megabytes": round(trained.megabytes, 1),
        "parse_ms_p50": round(float(np.percentile(times, 50)), 2),
        "parse_ms_p95": round(float(np.percentile(times, 95)), 2),
    }


def rate(reads: Sequence[Read], is_true: Callable[[Read], bool], rng: np.random.Generator) -> dict[str, Any] | None:
    """Count, share and bootstrap interval; None over nothing."""
    if not reads:
        return None
    hits = np.array([is_true(read) for read in reads], dtype=float)
    means = rng.choice(hits, size=(RESAMPLES, len(hits))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return {
        "rate": round(float(hits.mean()), 4),
        "of": len(hits),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
    }


def macro_f1(reads: Sequence[Read]) -> float:
    """Mean F1 over the labels that are asked for, so that a rare guide counts as much as a common one."""
    asked = [read.question.label for read in reads]
    first = [read.reading.labels[0] if read.reading.labels else "" for read in reads]
    return round(float(f1_score(asked, first, labels=sorted(set(asked)), average="macro", zero_division=0)), 4)


def calibration_error(reads: Sequence[Read]) -> float | None:
    """Expected calibration error over the guides answered outright (Guo et al. 2017); None without answers."""
    answered = [read for read in reads if read.reading.verdict.startswith(GUIDE_PREFIX)]
    if not answered:
        return None
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for read in answered:
        at = min(int(read.reading.confidence * CALIBRATION_BINS), CALIBRATION_BINS - 1)
        bins[at].append((read.reading.confidence, read.is_right_outright))
    gaps = (abs(sum(right for _, right in rows) - sum(confidence for confidence, _ in rows)) for rows in bins.values())
    return round(sum(gaps) / len(answered), 4)
