"""The tables of shortened, regional and kept words, as the normaliser asks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.nlu.data_files import DATA, read_table


@dataclass(frozen=True)
class WordTables:
    """Replacements for one word and for phrases; `kept` words are never touched."""

    words: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]
    kept: frozenset[str]

    @property
    def longest_phrase(self) -> int:
        return max((len(phrase) for phrase in self.phrases), default=1)


def _flatten(table: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {str(word): str(meaning) for section in table.values() for word, meaning in section.items()}


@lru_cache(maxsize=8)
def load_word_tables(extra_abbreviations: Path | None = None) -> WordTables:
    """The shipped tables, with the rows of `extra_abbreviations` (same shape as abbreviations.yml) on top."""
    regional = read_table(DATA / "regional.yml")
    kept = read_table(DATA / "kept_words.yml")
    words = {**regional["words"], **_flatten(read_table(DATA / "abbreviations.yml"))}
    if extra_abbreviations is not None:
        words.update(_flatten(read_table(extra_abbreviations)))
    return WordTables(
        words=words,
        phrases={tuple(phrase.split()): meaning for phrase, meaning in regional["phrases"].items()},
        kept=frozenset(kept["names"]) | frozenset(kept["words"]),
    )
