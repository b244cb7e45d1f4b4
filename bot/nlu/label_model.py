"""One model over all labels: linear scores, turned into calibrated probabilities."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.nlu.calibration import Calibration, fit_calibration
from bot.nlu.linear_scorer import LinearScorer
from bot.nlu.noise import noisy_copies
from bot.nlu.text_features import TextFeatures, read_text

FOLDS = 4
# Training time grows with rows times labels. Above this product only two copies of each example are added: the
# accuracy in grouped cross-validation was the same as with four, in half the time.
MOST_WORK = 6_000_000
MOST_COPIES, FEWEST_COPIES = 5, 2


@dataclass(frozen=True)
class Example:
    """One sample sentence, as typed and in normal form, and the label it stands for."""

    typed: str
    text: str
    label: str


@dataclass(frozen=True)
class Rows:
    """Sentences and their copies, with the index of their label; copies share the fold of their sentence."""

    texts: list[str]
    targets: NDArray[np.int64]
    folds: NDArray[np.int64]
    is_copy: NDArray[np.bool_]


class LabelScore(NamedTuple):
    """What the model holds of one label."""

    label: str
    probability: float


@dataclass(frozen=True)
class Ranking:
    """All labels, the likeliest first, and the share of the words that the training data know (0..1)."""

    scores: list[LabelScore]
    known: float


class LabelModel:
    """Ranks labels for a text. Ranking costs about 0.5 ms; `fit` is deterministic for a seed."""

    def __init__(
        self, labels: Sequence[str], features: TextFeatures, scorer: LinearScorer, calibration: Calibration
    ) -> None:
        self.labels = tuple(labels)
        self._label_array = np.array(labels, dtype=object)
        self.calibration = calibration
        self._features = features
        self._scorer = scorer

    @classmethod
    def fit(cls, examples: Sequence[Example], *, seed: int, renormalise: Callable[[str], str]) -> LabelModel:
        """Learns from examples of at least two labels; `renormalise` brings noisy copies to the form of the texts."""
        labels = sorted({example.label for example in examples})
        rows = _with_copies(examples, labels, seed=seed, renormalise=renormalise)
        features, vectors = TextFeatures.fit(rows.texts)
        scorer = LinearScorer.fit(vectors, rows.targets, label_count=len(labels), seed=seed)
        return cls(labels, features, scorer, _calibrate(vectors, rows, label_count=len(labels), seed=seed))

    def rank(self, text: str) -> Ranking:
        """All labels, the likeliest first, and how much of the text was known."""
        reading = read_text(text)
        probabilities = self.calibration.probabilities(self._scorer.row_margins(self._features.row(reading)))
        order = np.argsort(-probabilities, kind="stable")
        scores = list(map(LabelScore, self._label_array[order].tolist(), probabilities[order].tolist()))
        return Ranking(scores, self._features.known_share(reading))


def _with_copies(
    examples: Sequence[Example], labels: Sequence[str], *, seed: int, renormalise: Callable[[str], str]
) -> Rows:
    rng = random.Random(seed)  # noqa: S311 - noise for training, nothing secret
    is_small = len(examples) * MOST_COPIES * len(labels) <= MOST_WORK
    most_copies = MOST_COPIES if is_small else FEWEST_COPIES
    index_of = {label: index for index, label in enumerate(labels)}
    table: list[tuple[str, int, int, bool]] = []
    for example, fold in zip(examples, _folds(examples), strict=True):
        copies = noisy_copies(example.typed, example.text, rng, renormalise)[:most_copies]
        table.append((example.text, index_of[example.label], fold, False))
        table.extend((copy, index_of[example.label], fold, True) for copy in copies)
    texts, targets, folds, is_copy = zip(*table, strict=True)
    return Rows(list(texts), np.array(targets), np.array(folds), np.array(is_copy))


def _folds(examples: Sequence[Example]) -> list[int]:
    """Runs of lines of each label: neighbours in a file are often one wording in two forms, and have to stay together
    or the held-out fold would look easier than a stranger's words."""
    counts = Counter(example.label for example in examples)
    seen: Counter[str] = Counter()
    folds = []
    for example in examples:
        folds.append(seen[example.label] * FOLDS // counts[example.label])
        seen[example.label] += 1
    return folds


def _calibrate(vectors: csr_matrix, rows: Rows, *, label_count: int, seed: int) -> Calibration:
    """The temperature fitted on sentences of one fold, scored by a model of the others.

    Copies are left out on both sides: the temperature is one number, and training on them again would cost as much as
    the model itself. Rows of a label that the other folds lack say nothing and are left out too.
    """
    learned = (rows.folds != FOLDS - 1) & ~rows.is_copy
    known = np.unique(rows.targets[learned])
    held = (rows.folds == FOLDS - 1) & ~rows.is_copy & np.isin(rows.targets, known)
    if len(known) < 2 or not held.any():
        return Calibration()
    scorer = LinearScorer.fit(vectors[learned], rows.targets[learned], label_count=label_count, seed=seed)
    return fit_calibration(scorer.margins(vectors[held]), rows.targets[held])
