"""Text as a sparse vector: character n-grams and words, with marks and without, and concepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.concepts import shipped_concepts
from bot.nlu.syllables import strip_marks

SHORTEST_GRAM, LONGEST_GRAM = 3, 4
# Concepts are paired with the concepts that follow within this many words: "quên ... mật khẩu".
CONCEPT_REACH = 4
# Of each kind; keeps the weights of 300 labels under 60 MB. Grouped cross-validation was as good with five times more.
MOST_FEATURES = 10_000
# Units whose features are kept in memory, of each kind: the words that people use, about 10 MB in all.
MOST_UNITS = 30_000
# A question is decided by its first words; a pasted page may not cost more than a long question.
READ_WORDS = 120
_WORD = re.compile(r"\w+")
_BORDER = "|"


@dataclass(frozen=True)
class Reading:
    """The words of one text as the kinds of features need them."""

    words: tuple[str, ...]
    plain: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of features: the units a reading has, the names of a unit's features, and how much the kind weighs.

    Units come again and again in other texts ("vneid"), which is why they are told apart from their features.
    """

    name: str
    units: Callable[[Reading], Iterable[str]]
    names_of: Callable[[str], Iterable[str]]
    weight: float

    def names(self, reading: Reading) -> Iterator[str]:
        """All feature names of a reading, each as often as it occurs."""
        for unit in self.units(reading):
            yield from self.names_of(unit)


@dataclass(frozen=True)
class SparseRow:
    """The features a text has (ascending indices) and their values."""

    indices: NDArray[np.int64]
    values: NDArray[np.float32]


def read_text(text: str) -> Reading:
    """The reading of a normalised text. Cost: about 30 microseconds for ten words."""
    words = tuple(_WORD.findall(text)[:READ_WORDS])
    return Reading(words, tuple(map(strip_marks, words)), tuple(shipped_concepts().read(words)))


def _grams_of(word: str) -> tuple[str, ...]:
    """N-grams of one word with its borders, each once per occurrence."""
    bordered = f" {word} "
    return tuple(
        bordered[at : at + size]
        for size in range(SHORTEST_GRAM, LONGEST_GRAM + 1)
        for at in range(len(bordered) - size + 1)
    )


def _itself(unit: str) -> tuple[str]:
    return (unit,)


def _words_and_pairs(words: Sequence[str]) -> Iterator[str]:
    """Words, and pairs of neighbours; the border of the sentence is a neighbour too."""
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise((_BORDER, *words, _BORDER)))


def _concepts(concepts: Sequence[str]) -> Iterator[str]:
    """Concepts and words, pairs of neighbours, and pairs of concepts with other words between them."""
    yield from _words_and_pairs(concepts)
    for at, first in enumerate(concepts):
        if first.isupper():
            within_reach = concepts[at + 2 : at + 1 + CONCEPT_REACH]
            yield from (f"{first} .. {second}" for second in within_reach if second.isupper())


# Weights chosen by cross-validation on groups of like wordings of our own data: other wordings are the hard part, and
# concepts carry over best.
KINDS = (
    Kind("grams", lambda reading: reading.words, _grams_of, 0.5),
    Kind("plain grams", lambda reading: reading.plain, _grams_of, 0.5),
    Kind("words", lambda reading: _words_and_pairs(reading.words), _itself, 0.5),
    Kind("plain words", lambda reading: _words_and_pairs(reading.plain), _itself, 0.5),
    Kind("concepts", lambda reading: _concepts(reading.concepts), _itself, 0.8),
)
_WEIGHTS = np.array([kind.weight for kind in KINDS])
_PLAIN_WORDS = [kind.name for kind in KINDS].index("plain words")


class TextFeatures:
    """TF-IDF, one unit vector per kind, weighted and joined. Fitted once; then about 0.2 ms for ten words."""

    def __init__(self, vocabularies: Sequence[Vocabulary], rarity: NDArray[np.float32]) -> None:
        self._vocabularies = tuple(vocabularies)
        self._rarity = rarity
        sizes = [len(vocabulary.index_of) for vocabulary in vocabularies]
        self._kind_of = np.repeat(np.arange(len(KINDS)), sizes)

    @classmethod
    def fit(cls, texts: Sequence[str]) -> tuple[TextFeatures, csr_matrix]:
        """Learns the features that `texts` have, and returns the rows of `texts` with them."""
        readings = [read_text(text) for text in texts]
        vocabularies: list[Vocabulary] = []
        blocks, rarities = [], []
        offset = 0
        for kind in KINDS:
            vectoriser = TfidfVectorizer(
                analyzer=kind.names, sublinear_tf=True, max_features=MOST_FEATURES, dtype=np.float32
            )
            blocks.append(vectoriser.fit_transform(readings) * kind.weight)
            rarities.append(vectoriser.idf_)
            vocabularies.append(
                Vocabulary({name: int(index) + offset for name, index in vectoriser.vocabulary_.items()})
            )
            offset += len(vectoriser.vocabulary_)
        features = cls(vocabularies, np.concatenate(rarities).astype(np.float32))
        return features, hstack(blocks, format="csr", dtype=np.float32)

    def known_share(self, reading: Reading) -> float:
        """Share of the words, marks aside, that the training data have; 0 for a text without words."""
        known = self._vocabularies[_PLAIN_WORDS].index_of
        return sum(word in known for word in reading.plain) / max(1, len(reading.plain))

    def row(self, reading: Reading) -> SparseRow:
        """The same vector as `fit` gives for this text; unknown features are left out."""
        found: list[int] = []
        for kind, vocabulary in zip(KINDS, self._vocabularies, strict=True):
            for unit in kind.units(reading):
                found += vocabulary.indices(unit, kind)
        indices, counts = np.unique(np.array(found, dtype=np.int64), return_counts=True)
        values = (1 + np.log(counts)) * self._rarity[indices]
        kinds = self._kind_of[indices]
        squares = np.bincount(kinds, weights=values * values, minlength=len(KINDS))
        scales = _WEIGHTS / np.sqrt(np.maximum(squares, np.finfo(float).tiny))
        return SparseRow(indices, (values * scales[kinds]).astype(np.float32))


class Vocabulary:
    """The index of every feature of one kind.

    The indices of a unit are looked up once and kept, as long as there are no more than MOST_UNITS of them.
    """

    def __init__(self, index_of: dict[str, int]) -> None:
        self.index_of = index_of
        self._indices_of_unit: dict[str, list[int]] = {}

    def __reduce__(self) -> tuple[type[Vocabulary], tuple[dict[str, int]]]:
        return Vocabulary, (self.index_of,)

    def indices(self, unit: str, kind: Kind) -> list[int]:
        """Indices of the known features of a unit of this kind."""
        indices = self._indices_of_unit.get(unit)
        if indices is None:
            names = kind.names_of(unit)
            indices = [index for name in names if (index := self.index_of.get(name)) is not None]
            if len(self._indices_of_unit) < MOST_UNITS:
                self._indices_of_unit[unit] = indices
        return indices
