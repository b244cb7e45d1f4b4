"""Finds listed phrases in what somebody typed: whole words, in lower case.

A phrase of several words is found without its marks too. A single word is found only as it is listed, since without
marks it is often another word ("cô", "có"); a list that wants both forms names both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from hocvu.privacy.secret_words import without_marks

T = TypeVar("T")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a phrase in the text stands for, and of how many words it was."""

    value: T
    words: int


def find_phrases(text: str, phrases: Mapping[str, T]) -> list[Found[T]]:
    """The phrases in `text`, in their order and side by side; where several begin the longest counts."""
    listed = _word_forms(phrases)
    longest = max(map(len, listed), default=0)
    said = _words(text)
    found: list[Found[T]] = []
    at = 0
    while at < len(said):
        here = (said[at : at + length] for length in range(longest, 0, -1))
        match = next((words for words in here if words in listed), None)
        if match is not None:
            found.append(Found(listed[match], len(match)))
        at += len(match) if match else 1
    return found


def _word_forms(phrases: Mapping[str, T]) -> dict[tuple[str, ...], T]:
    """Each phrase as words; a form without marks never takes the place of a listed one."""
    as_listed = {_words(phrase): value for phrase, value in phrases.items()}
    bare = {_words(without_marks(phrase)): value for phrase, value in phrases.items()}
    return {words: value for words, value in bare.items() if len(words) > 1} | as_listed


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).lower()))
