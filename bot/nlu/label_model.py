"""One model over all labels: linear scores, nearest sample questions, calibrated probabilities."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.nlu.calibration import Calibration, fit_calibration
from bot.nlu.linear_scorer import LinearScorer
from bot.nlu.nearest_questions import NearestQuestions
from bot.nlu.noise import noisy_copies
from bot.nlu.syllables import strip_marks
from bot.nlu.text_features import TextFeatures

FOLDS = 3
# Calibration has two numbers to find; more rows only cost time.
MOST_CALIBRATION_ROWS = 2_000
# Training time grows with rows times labels. Above this product only the copy without marks is added: 12,000 examples
# of 300 labels then train in about a minute on two cores.
MOST_WORK = 8_000_000
ROWS_PER_EXAMPLE = 5


@dataclass(frozen=True)
class Example:
    """One normalised sample sentence and the label it stands for."""

    text: str
    label: str


@dataclass(frozen=True)
class Rows:
    """Sentences and their copies, with the index of their label; copies share the fold of their sentence."""

    texts: list[str]
    targets: NDArray[np.int64]
    folds: NDArray[np.int64]
    is_copy: NDArray[np.bool_]


@dataclass(frozen=True)
class LabelScore:
    """What the model holds of one label: a probability, and the likeness (0..1) of its nearest sample sentence."""

    label: str
    probability: float
    likeness: float


class LabelModel:
    """Ranks labels for a text. Ranking costs 1 to 2 ms; `fit` is deterministic for a seed."""

    def __init__(
        self,
        labels: Sequence[str],
        features: TextFeatures,
        scorer: LinearScorer,
        nearest: NearestQuestions,
        calibration: Calibration,
    ) -> None:
        self.labels = tuple(labels)
        self.calibration = calibration
        self._features = features
        self._scorer = scorer
        self._nearest = nearest

    @classmethod
    def fit(cls, examples: Sequence[Example], *, seed: int, renormalise: Callable[[str], str]) -> LabelModel:
        """Learns from examples of at least two labels; `renormalise` brings noisy copies to the form of the texts."""
        labels = sorted({example.label for example in examples})
        rows = _with_copies(examples, labels, seed=seed, renormalise=renormalise)
        features = TextFeatures()
        vectors = features.fit(rows.texts)
        plain = features.vectors([strip_marks(text) for text in rows.texts])
        count = len(labels)
        return cls(
            labels,
            features,
            LinearScorer.fit(vectors, rows.targets, label_count=count, seed=seed),
            NearestQuestions(plain[~rows.is_copy], rows.targets[~rows.is_copy], label_count=count),
            _calibrate(vectors, plain, rows, label_count=count, seed=seed),
        )

    def rank(self, text: str) -> list[LabelScore]:
        """All labels, the likeliest first."""
        vectors = self._features.vectors([text, strip_marks(text)])
        margins = self._scorer.margins(vectors[:1])
        similarities = self._nearest.similarities(vectors[1:])
        probabilities = self.calibration.probabilities(margins, similarities)[0]
        order = np.argsort(-probabilities, kind="stable")
        return [LabelScore(self.labels[at], float(probabilities[at]), float(similarities[0, at])) for at in order]


def _with_copies(
    examples: Sequence[Example], labels: Sequence[str], *, seed: int, renormalise: Callable[[str], str]
) -> Rows:
    rng = random.Random(seed)  # noqa: S311 - noise for training, nothing secret
    most_copies = ROWS_PER_EXAMPLE if len(examples) * ROWS_PER_EXAMPLE * len(labels) <= MOST_WORK else 1
    index_of = {label: index for index, label in enumerate(labels)}
    seen: dict[str, int] = defaultdict(int)
    table: list[tuple[str, int, int, bool]] = []
    for example in examples:
        fold = seen[example.label] % FOLDS
        seen[example.label] += 1
        copies = noisy_copies(example.text, rng, renormalise)[:most_copies]
        table.append((example.text, index_of[example.label], fold, False))
        table.extend((copy, index_of[example.label], fold, True) for copy in copies)
    texts, targets, folds, is_copy = zip(*table, strict=True)
    return Rows(list(texts), np.array(targets), np.array(folds), np.array(is_copy))


def _calibrate(vectors: csr_matrix, plain: csr_matrix, rows: Rows, *, label_count: int, seed: int) -> Calibration:
    """Weights fitted on rows scored by a model of the other folds; all copies of a sentence share its fold."""
    parts = [_held_out(vectors, plain, rows, fold, label_count=label_count, seed=seed) for fold in range(FOLDS)]
    margins, similarities, targets = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return fit_calibration(margins, similarities, targets)


def _held_out(
    vectors: csr_matrix, plain: csr_matrix, rows: Rows, fold: int, *, label_count: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Scores of one fold's rows; rows of a label that the other folds lack say nothing and are left out."""
    learned = rows.folds != fold
    known = np.unique(rows.targets[learned])
    held = np.flatnonzero(~learned & np.isin(rows.targets, known))
    rng = np.random.default_rng(seed)
    held = rng.permutation(held)[: MOST_CALIBRATION_ROWS // FOLDS]
    if len(known) < 2 or len(held) == 0:
        return np.empty((0, label_count)), np.empty((0, label_count)), np.empty(0, dtype=np.int64)
    scorer = LinearScorer.fit(vectors[learned], rows.targets[learned], label_count=label_count, seed=seed)
    samples = learned & ~rows.is_copy
    nearest = NearestQuestions(plain[samples], rows.targets[samples], label_count=label_count)
    return scorer.margins(vectors[held]), nearest.similarities(plain[held]), rows.targets[held]
