"""Cutting a message into words and the marks between them, each piece knowing where it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Zero-width and direction controls, soft hyphen, variation selectors: invisible, pasted in by web pages and keyboards.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
COMBINING = "\u0300-\u036f"
_PIECE = re.compile(rf"(?P<word>[\w{COMBINING}{INVISIBLE}]+)|(?P<space>\s+)|(?P<mark>[^\w\s{COMBINING}{INVISIBLE}]+)")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Piece:
    """A stretch of the source, `[start, end)`, and what it reads as now."""

    text: str
    start: int
    end: int
    is_word: bool


def split_pieces(source: str) -> list[Piece]:
    """Words (lower-case, NFC, nothing invisible) and marks, in order; spaces are left out. Cost: linear.

    Offsets point into `source` as it is, whatever its Unicode form.
    """
    pieces = []
    for match in _PIECE.finditer(source):
        if match.lastgroup == "space":
            continue
        text = _CONTROL.sub("", _INVISIBLE.sub("", match.group()))
        text = unicodedata.normalize("NFC", text.lower())
        if text:
            pieces.append(Piece(text, match.start(), match.end(), match.lastgroup == "word"))
    return pieces


def join_pieces(pieces: Sequence[Piece], source: str) -> str:
    """One line of text: a single space where the source had any, nothing where pieces touched."""
    parts: list[str] = []
    for index, piece in enumerate(pieces):
        if index and source[pieces[index - 1].end : piece.start] != "":
            parts.append(" ")
        parts.append(piece.text)
    return "".join(parts)
