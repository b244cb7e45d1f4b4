"""Which of several offered things somebody means by "cái thứ hai", "số 1" or "cái cuối"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from hocvu.content.phrases import find_phrases

T = TypeVar("T")

NO_POSITION = 0
"""Key of phrases that hold a number and choose nothing; what was named before them does not count either."""


def named_position(text: str, words: Mapping[int, Sequence[str]]) -> int | None:
    """The position that is named first, counted from 1, or from -1 backwards; None when none is named.

    In "ba, à không, hai" the second is meant: with "à không" the count begins anew.
    """
    phrases = {phrase: position for position, listed in words.items() for phrase in listed}
    positions = [found.value for found in find_phrases(text, phrases)]
    while NO_POSITION in positions:
        positions = positions[positions.index(NO_POSITION) + 1 :]
    return next(iter(positions), None)


def at_position(things: Sequence[T], position: int | None) -> T | None:
    """The thing that stands there, or None."""
    if position is None:
        return None
    index = position - 1 if position > 0 else position
    return things[index] if -len(things) <= index < len(things) else None
