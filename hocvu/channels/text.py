"""What a received text is turned into before anything else sees it."""

from __future__ import annotations

import re
import unicodedata

from hocvu.errors import HocvuError

MAX_MESSAGE_CHARS = 1000
"""Longest message taken; a question never needs more, and a pasted letter is better asked about in parts."""

_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\u0085]")
_BLANKS = re.compile(r"[^\S\n]+")
_JOINER = "\u200d"  # zero-width joiner: holds family emoji together
_KEPT = ("\n", _JOINER)


class EmptyMessage(HocvuError):
    """Nothing readable is left of the message."""


class MessageTooLong(HocvuError):
    """The message has more than MAX_MESSAGE_CHARS characters."""


def clean_text(text: str) -> str:
    """`text` in NFC without control, zero-width and direction characters, blanks folded.

    Raises EmptyMessage or MessageTooLong.
    """
    composed = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text))
    visible = "".join(char for char in composed if char in _KEPT or _is_visible(char))
    cleaned = _BLANKS.sub(" ", visible).strip().strip(_JOINER).strip()
    if not cleaned:
        raise EmptyMessage("the message holds nothing readable")
    if len(cleaned) > MAX_MESSAGE_CHARS:
        raise MessageTooLong(f"the message has {len(cleaned)} characters, at most {MAX_MESSAGE_CHARS}")
    return cleaned


def _is_visible(char: str) -> bool:
    """False for control, format, surrogate, private-use and unassigned characters."""
    return not unicodedata.category(char).startswith("C") or char == "\t"
