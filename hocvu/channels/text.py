"""What a received text is turned into before anything else sees it."""

from __future__ import annotations

import re
import unicodedata

from hocvu.errors import HocvuError

MAX_MESSAGE_CHARS = 1000
"""Longest message taken; a question never needs more, and a pasted letter is better asked about in parts."""

_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\u0085\x0b\x0c]")
_BLANKS = re.compile(r"[^\S\n]+")
_JOINER_OF_EMOJI = re.compile(r"(?<=[^\w\s])\u200d(?=[^\w\s])")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")
"""Unicode categories control, format, surrogate, private use. Unassigned stays: it is where newer emoji are."""


class EmptyMessage(HocvuError):
    """Nothing readable is left of the message."""


class MessageTooLong(HocvuError):
    """The message has more than MAX_MESSAGE_CHARS characters."""


def clean_text(text: str) -> str:
    """`text` in NFC without control, zero-width and direction characters, blanks folded.

    Zero-width joiners stay inside an emoji such as a family. Raises EmptyMessage or MessageTooLong.
    """
    lines = _LINE_BREAKS.sub("\n", text)
    joiners = {match.start() for match in _JOINER_OF_EMOJI.finditer(lines)}
    visible = "".join(char for place, char in enumerate(lines) if place in joiners or _is_visible(char))
    cleaned = unicodedata.normalize("NFC", _BLANKS.sub(" ", visible)).strip()
    if not cleaned:
        raise EmptyMessage("the message holds nothing readable")
    if len(cleaned) > MAX_MESSAGE_CHARS:
        raise MessageTooLong(f"the message has {len(cleaned)} characters, at most {MAX_MESSAGE_CHARS}")
    return cleaned


def _is_visible(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in _INVISIBLE
