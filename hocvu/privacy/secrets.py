"""One-time codes and passwords: digits and words that are secret because of the word beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hocvu.privacy.numbers import HOTLINE, MONEY
from hocvu.privacy.personal_data import PersonalData, Span
from hocvu.privacy.secret_words import any_of

CODE_WORD_REACH = 30
"""Characters between a word such as "mã" and its digits; beyond it the digits mean something else."""

_CODE = re.compile(r"(?<![\d.,/-])\d(?:[ .\-]?\d){3,7}(?![\d])(?![.,/]\d)")
_NAMED_CODE = re.compile(
    rf"\b{any_of('named_code')}\b(?:\s*{any_of('between_name_and_code')})*\s*(?P<secret>\d{{3,8}})(?!\d)", re.IGNORECASE
)
_CODE_WORD = re.compile(rf"\b{any_of('code')}\b(?!\s+{any_of('public_code')})", re.IGNORECASE)
_NUMBER_OF_A_RULE = re.compile(rf"{any_of('rule')}\s+(?:số\s+|so\s+)?$", re.IGNORECASE)
_PASSWORD = re.compile(
    rf"\b{any_of('password')}\b[^\d\n]{{0,25}}?(?:\b{any_of('says')}\b\s*[:=]?|[:=])\s*(?P<secret>\S*[\d@#$%!]\S*)",
    re.IGNORECASE,
)
_LENGTH = re.compile(rf"\s*{any_of('length')}\b", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)\d{1,2}[-./]\d{1,2}[-./]\d{4}(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)")


def find_secrets(text: str) -> Iterator[Span]:
    """Secrets of `text` (ASCII digits).

    Passwords, codes right behind their name, codes near a word for code, and the same codes said again.
    """
    for match in _PASSWORD.finditer(text):
        if not _LENGTH.match(text, match.end()):
            yield Span(*match.span("secret"), PersonalData.PASSWORD)
    codes = [Span(*match.span("secret"), PersonalData.ONE_TIME_CODE) for match in _NAMED_CODE.finditer(text)]
    codes += _codes_beside_a_word(text)
    yield from codes
    for secret in {text[span.start : span.end] for span in codes}:
        for match in re.finditer(rf"(?<!\d){re.escape(secret)}(?!\d)", text):
            yield Span(*match.span(), PersonalData.ONE_TIME_CODE)


def _codes_beside_a_word(text: str) -> list[Span]:
    words = [match.span() for match in _CODE_WORD.finditer(text)]
    public = [match.span() for pattern in (HOTLINE, _DATE) for match in pattern.finditer(text)]
    return [
        Span(*match.span(), PersonalData.ONE_TIME_CODE)
        for match in _CODE.finditer(text)
        if _is_near(match, words) and not _is_inside(match, public) and not _is_public(text, match)
    ]


def _is_near(match: re.Match[str], words: list[tuple[int, int]]) -> bool:
    return any(
        0 <= match.start() - end <= CODE_WORD_REACH or 0 <= start - match.end() <= CODE_WORD_REACH
        for start, end in words
    )


def _is_inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in spans)


def _is_public(text: str, match: re.Match[str]) -> bool:
    """An amount of money, or the number of a rule."""
    return bool(MONEY.match(text, match.end()) or _NUMBER_OF_A_RULE.search(text[: match.start()]))
