"""Reading a sentence a second time with every group of synonyms as one word.

"tải app định danh" and "cài phần mềm vneid" share hardly a letter and mean the same. Source of the classes:
`data/synonyms.yml`, with its own note of origin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.nlu.data_files import DATA, read_table
from bot.nlu.normalisation import normalise
from bot.nlu.syllables import strip_marks
from bot.nlu.word_tables import load_word_tables

Phrase = tuple[str, ...]


class ConceptReader:
    """Replaces the phrases of a table {class: [phrases]} by the name of their class; the longest phrase wins.

    A message without any mark is compared without marks; in one that has marks a phrase has to carry its own.
    Cost: about 20 microseconds for ten words.
    """

    def __init__(self, classes: Mapping[str, Sequence[str]]) -> None:
        tables = load_word_tables()
        self._written: dict[Phrase, str] = {}
        self._plain: dict[Phrase, str] = {}
        for name, phrases in classes.items():
            for phrase in phrases:
                words = tuple(normalise(str(phrase), tables).split())
                self._written.setdefault(words, name.upper())
                self._plain.setdefault(tuple(map(strip_marks, words)), name.upper())
        self._widths = _widths(self._written)
        self._plain_widths = _widths(self._plain)

    def read(self, words: Sequence[str]) -> list[str]:
        """The words without marks, class names (in capitals) in place of their phrases."""
        plain = [strip_marks(word) for word in words]
        if plain == list(words):
            return _replaced(words, plain, self._plain, self._plain_widths)
        return _replaced(words, plain, self._written, self._widths)


@lru_cache(maxsize=1)
def shipped_concepts() -> ConceptReader:
    """The reader of the shipped synonym table."""
    return ConceptReader(read_table(DATA / "synonyms.yml"))


def _widths(phrases: Mapping[Phrase, str]) -> dict[str, tuple[int, ...]]:
    """By first word: how long its phrases are, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(widths, reverse=True)) for word, widths in found.items()}


def _replaced(
    words: Sequence[str], plain: Sequence[str], names: Mapping[Phrase, str], widths: Mapping[str, tuple[int, ...]]
) -> list[str]:
    read: list[str] = []
    at = 0
    while at < len(words):
        name = None
        for width in widths.get(words[at], ()):
            name = names.get(tuple(words[at : at + width]))
            if name is not None:
                read.append(name)
                at += width
                break
        if name is None:
            read.append(plain[at])
            at += 1
    return read
