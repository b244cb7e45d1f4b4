"""The tables of shortened, regional and kept words, as the normaliser asks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from bot.nlu.data_files import DATA, read_table
from bot.nlu.syllables import strip_marks


class Neighbours:
    """A set of words in which a word typed without marks is found too."""

    def __init__(self, words: Iterable[str]) -> None:
        self._written = frozenset(words)
        self._plain = frozenset(map(strip_marks, self._written))

    def __contains__(self, word: str) -> bool:
        return word in self._written or (word in self._plain and strip_marks(word) == word)


@dataclass(frozen=True)
class ContextualWord:
    """A word with two readings; which one holds depends on the words beside it (see contextual.yml)."""

    usual: str
    reading: str
    after: Neighbours
    before: Neighbours
    unless_before: Neighbours

    def meaning(self, word_before: str, word_after: str) -> str:
        """The reading between these two words; either is the empty string at the end of the message."""
        if word_after in self.unless_before:
            return self.usual
        return self.reading if word_before in self.after or word_after in self.before else self.usual


@dataclass(frozen=True, eq=False)
class WordTables:
    """Replacements for one word, by context, and for phrases; `kept` words are never respelled.

    Compared by identity, so that what was read with a table can be remembered under it.
    """

    words: Mapping[str, str]
    contextual: Mapping[str, ContextualWord]
    phrases: Mapping[tuple[str, ...], str]
    kept: frozenset[str]

    @cached_property
    def known(self) -> frozenset[str]:
        """Words whose spelling is settled: none of them is a slip or a row of keystrokes."""
        return frozenset((*self.words, *self.contextual, *self.kept))

    @cached_property
    def phrase_widths(self) -> Mapping[str, tuple[int, ...]]:
        """Widths of the phrases that begin with a word, the longest first."""
        widths: dict[str, set[int]] = {}
        for phrase in self.phrases:
            widths.setdefault(phrase[0], set()).add(len(phrase))
        return {word: tuple(sorted(found, reverse=True)) for word, found in widths.items()}


def load_word_tables(extra_abbreviations: Path | None = None) -> WordTables:
    """The shipped tables, with the rows of `extra_abbreviations` (same shape as abbreviations.yml) on top.

    Every caller gets the same object, however the argument is given.
    """
    return _loaded(extra_abbreviations)


@lru_cache(maxsize=8)
def _loaded(extra_abbreviations: Path | None) -> WordTables:
    regional = read_table(DATA / "regional.yml")
    kept = read_table(DATA / "kept_words.yml")
    words = {**regional["words"], **_flatten(read_table(DATA / "abbreviations.yml"))}
    if extra_abbreviations is not None:
        words.update(_flatten(read_table(extra_abbreviations)))
    return WordTables(
        words=words,
        contextual={str(word): _contextual(row) for word, row in read_table(DATA / "contextual.yml").items()},
        phrases={tuple(phrase.split()): meaning for phrase, meaning in regional["phrases"].items()},
        kept=frozenset(kept["names"]) | frozenset(kept["words"]),
    )


def _flatten(table: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {str(word): str(meaning) for section in table.values() for word, meaning in section.items()}


def _contextual(row: Mapping[str, str | list[str]]) -> ContextualWord:
    neighbours = {name: Neighbours(row.get(name, ())) for name in ("after", "before", "unless_before")}
    return ContextualWord(str(row["usual"]), str(row["reading"]), **neighbours)
