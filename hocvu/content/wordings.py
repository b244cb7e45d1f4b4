"""How varied sample questions are: the clearly different wordings among them, and where there are too few.

Texts are lower-cased, marks stripped, punctuation dropped, and the words of filler_words.yml left out. Two texts are
near-duplicates when their sets of words resemble each other (Jaccard similarity, `LEAST_SIMILARITY` or more), or when
one set is contained in the other and at most `MOST_EXTRA_WORDS` are more. Near-duplicates of near-duplicates belong
together: a wording is a connected component, as in single-linkage clustering.

Sources: P. Jaccard 1912, The Distribution of the Flora in the Alpine Zone (the similarity of sets); A. Broder 1997, On
the Resemblance and Containment of Documents (both measures for near-duplicate texts; here on single words, since a
question is too short for longer shingles); R. Sibson 1973, SLINK (single linkage).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from pathlib import Path
from typing import Literal

from hocvu.content.library import Library
from hocvu.content.yaml_file import read_yaml
from hocvu.privacy.secret_words import without_marks

LEAST_SIMILARITY = 0.6
"""Jaccard similarity in 0..1 from which two texts are one wording. Chosen for this project: of two texts of equally
many words it takes those that share three words of four."""
MOST_EXTRA_WORDS = 1
"""Words that the longer of two texts may have beside all words of the shorter one. Chosen for this project: it joins
one word to two ("xong", "xong hết"), which are below LEAST_SIMILARITY; longer pairs of this kind reach it anyway."""

_FILLERS = Path(__file__).parent / "filler_words.yml"
_WORD = re.compile(r"[^\W_]+")

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Least:
    """The fewest examples and wordings wanted; 0 asks for none."""

    examples: int
    wordings: int


LEAST_OF_PAGE = Least(examples=25, wordings=15)
LEAST_OF_INTENT = Least(examples=40, wordings=0)
"""Both chosen for this project. An intent of the dialogue is named by few words, so its wordings are only counted."""


@dataclass(frozen=True, slots=True)
class Variety:
    """How many examples and wordings a page (named by its slug) or an intent has."""

    kind: Literal["page", "intent"]
    name: str
    examples: int
    wordings: int
    least: Least

    @property
    def is_enough(self) -> bool:
        return self.examples >= self.least.examples and self.wordings >= self.least.wordings


def varieties(library: Library, intents: Mapping[str, Sequence[str]]) -> list[Variety]:
    """One of each page (its sample questions, without the title) and of each intent, in the order of their names."""
    pages = sorted(library, key=lambda page: page.slug)
    return [
        *(_variety("page", page.slug, page.questions, LEAST_OF_PAGE) for page in pages),
        *(_variety("intent", name, intents[name], LEAST_OF_INTENT) for name in sorted(intents)),
    ]


def wordings(texts: Iterable[str]) -> list[list[str]]:
    """The texts in groups of near-duplicates; each text must hold something else than blanks.

    The groups do not depend on the order of the texts. Cost: every pair is compared, less than a second for 600 texts.
    """
    left = [(text, compared_words(text)) for text in texts]
    groups = []
    while left:
        group, left = _first_group(left)
        groups.append([text for text, _ in group])
    return groups


def plain(text: str) -> str:
    """Lower-case words without marks and punctuation, one blank between them; a text without words as it stands."""
    return " ".join(_WORD.findall(without_marks(text).lower())) or text.strip()


def compared_words(text: str) -> Words:
    """The words by which a text is compared; all of them when it has none but fillers ("bác ơi")."""
    words = frozenset(plain(text).split())
    return words - _fillers() or words


def are_near(one: Words, other: Words) -> bool:
    """Whether texts of these words are near-duplicates. Neither set may be empty."""
    if (one <= other or other <= one) and len(one ^ other) <= MOST_EXTRA_WORDS:
        return True
    return len(one & other) / len(one | other) >= LEAST_SIMILARITY


def _first_group(texts: list[tuple[str, Words]]) -> tuple[list[tuple[str, Words]], list[tuple[str, Words]]]:
    """All that hangs together with the first text, and the others."""
    group, left = texts[:1], texts[1:]
    for _, words in group:  # grows while it is walked
        near = [are_near(words, other) for _, other in left]
        group += compress(left, near)
        left = [text for text, is_near in zip(left, near, strict=True) if not is_near]
    return group, left


def _variety(kind: Literal["page", "intent"], name: str, texts: Sequence[str], least: Least) -> Variety:
    return Variety(kind, name, len(texts), len(wordings(texts)), least)


@cache
def _fillers() -> Words:
    lists: dict[str, list[str]] = read_yaml(_FILLERS)
    return frozenset(plain(word) for words in lists.values() for word in words)
