"""Tables of words, read in the form in which a message is compared: with marks, or without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.nlu.syllables import strip_marks

_DIFFERENT = "without_marks"


def word_lists(table: Mapping[str, Any], unmarked: bool) -> dict[str, Any]:
    """The rows of a table: lists as sets of words, tables by the words compared.

    For a message typed without any mark the rows of the section `without_marks` replace those of the same name, and
    the words lose their marks; of two words that fall together then the first one counts.
    """
    rows = {**table, **table[_DIFFERENT]} if unmarked else dict(table)
    return {row: _compared(words, unmarked) for row, words in rows.items() if row != _DIFFERENT}


def _compared(words: Any, unmarked: bool) -> Any:
    if isinstance(words, Mapping):
        return {compared(str(word), unmarked): words[word] for word in reversed(words)}
    return frozenset(compared(str(word), unmarked) for word in words)


def compared(text: str, unmarked: bool) -> str:
    """The text in the form in which a message is compared."""
    return strip_marks(text) if unmarked else text
