"""Text as a sparse vector: character n-grams and words, with marks and without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.syllables import strip_marks

SHORTEST_GRAM = 2
LONGEST_GRAM = 5
# Keeps the weights of 300 labels near 50 MB; the n-grams beyond it occur once or twice and decide nothing.
MOST_FEATURES = 40_000
# A question is decided by its first words; a pasted page may not cost more than a long question.
READ_LENGTH = 1_000


@lru_cache(maxsize=100_000)
def _grams_of(word: str) -> tuple[str, ...]:
    """N-grams of one word with its borders, each once per occurrence."""
    bordered = f" {word} "
    return tuple(
        bordered[at : at + size]
        for size in range(SHORTEST_GRAM, LONGEST_GRAM + 1)
        for at in range(len(bordered) - size + 1)
    )


def _channel(words: Sequence[str], mark: str) -> Iterator[str]:
    for word in words:
        for gram in _grams_of(word):
            yield mark + gram
    yield from (f"{mark}_{word}" for word in words)
    yield from (f"{mark}_{first}_{second}" for first, second in pairwise(words))


def features_of(text: str) -> list[str]:
    """Names of all features of a normalised text: "m" with its marks, "p" with the marks taken off."""
    words = text[:READ_LENGTH].split()
    return [*_channel(words, "m"), *_channel([strip_marks(word) for word in words], "p")]


class TextFeatures:
    """TF-IDF over both channels. Fitted once; then about 0.5 ms for a sentence of ten words."""

    def __init__(self) -> None:
        self._vectoriser = TfidfVectorizer(analyzer=features_of, sublinear_tf=True, max_features=MOST_FEATURES)

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learns the vocabulary, and returns the vectors of `texts`."""
        vectors = self._vectoriser.fit_transform(texts)
        # Neither is used again, and both are large in the stored model: the terms left out, numpy's integers.
        del self._vectoriser.stop_words_
        self._vectoriser.vocabulary_ = {term: int(index) for term, index in self._vectoriser.vocabulary_.items()}
        return vectors

    def vectors(self, texts: Sequence[str]) -> csr_matrix:
        return self._vectoriser.transform(texts)
