"""The words of secret_words.yml as parts of regular expressions."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

_FILE = Path(__file__).with_suffix(".yml")


@cache
def any_of(name: str) -> str:
    """A group that matches any word of this list, with or without its marks; longer words are tried first."""
    words = {form for word in _lists()[name] for form in (word, without_marks(word))}
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def without_marks(word: str) -> str:
    """ "mật khẩu" → "mat khau"."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return bare.replace("đ", "d").replace("Đ", "D")


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = YAML(typ="safe", pure=True).load(_FILE.read_text(encoding="utf-8"))
    return lists
