"""Numbers that belong to a person: bank cards, identity numbers, telephone numbers.

A number may be written in groups ("0790 8500 1234") and may stand beside other numbers ("năm 2024 079085001234"), so
neighbouring groups are tried together and apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum import luhn

from hocvu.privacy.personal_data import PersonalData, Span
from hocvu.privacy.secret_words import any_of

CARD_DIGITS = range(13, 20)
"""Length of a primary account number (ISO/IEC 7812); Luhn tells it from other long numbers."""
IDENTITY_DIGITS = 12
OLD_IDENTITY_DIGITS = 9
SHORTEST_GROUP = 3
"""People group identity and card numbers by three or more digits; dates and times have shorter groups."""

HOTLINE = re.compile(r"(?<!\d)1[89]00(?:[ .\-]?\d){4,6}(?!\d)")
MONEY = re.compile(rf"\s*{any_of('money')}\b", re.IGNORECASE)

_GROUP = re.compile(r"\d+")
_SEPARATORS = (" ", ".", "-")
_SERVICE_NUMBERS = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.UAN,
)


def find_numbers(text: str) -> Iterator[Span]:
    """Findings in `text` (ASCII digits), surest first: whole numbers, telephones, then numbers in groups."""
    groups = [match for match in _GROUP.finditer(text) if not MONEY.match(text, match.end())]
    for group in groups:
        if kind := _kind_of(group.group(), may_be_old_identity=False):
            yield Span(*group.span(), kind)
    yield from _telephones(text)
    for group in groups:
        if kind := _kind_of(group.group(), may_be_old_identity=True):
            yield Span(*group.span(), kind)
    yield from _grouped(text, groups)


def _kind_of(digits: str, *, may_be_old_identity: bool) -> PersonalData | None:
    if len(digits) in CARD_DIGITS and luhn.is_valid(digits):
        return PersonalData.BANK_CARD
    if len(digits) == IDENTITY_DIGITS or (may_be_old_identity and len(digits) == OLD_IDENTITY_DIGITS):
        return PersonalData.IDENTITY_NUMBER
    return None


def _telephones(text: str) -> Iterator[Span]:
    for match in phonenumbers.PhoneNumberMatcher(text, "VN"):
        if phonenumbers.number_type(match.number) not in _SERVICE_NUMBERS:
            yield Span(match.start, match.end, PersonalData.PHONE_NUMBER)


def _grouped(text: str, groups: list[re.Match[str]]) -> Iterator[Span]:
    """Numbers written in two or more groups with one kind of separator, longest first."""
    for first in range(len(groups)):
        for last in range(min(len(groups), first + 7) - 1, first, -1):
            window = groups[first : last + 1]
            if not _belong_together(text, window):
                continue
            if kind := _kind_of("".join(group.group() for group in window), may_be_old_identity=True):
                yield Span(window[0].start(), window[-1].end(), kind)


def _belong_together(text: str, window: list[re.Match[str]]) -> bool:
    gaps = {text[one.end() : other.start()] for one, other in pairwise(window)}
    return len(gaps) == 1 and gaps <= set(_SEPARATORS) and min(len(group.group()) for group in window) >= SHORTEST_GROUP
