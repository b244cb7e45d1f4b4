"""Mask personal data in a message before it is stored, logged or understood.

What is looked for: e-mail addresses, bank cards (13-19 digits that pass Luhn), 12-digit identity numbers, telephone
numbers (libphonenumber), 9-digit old identity numbers, one-time codes and passwords named as such. Amounts of money
and service hotlines stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum import luhn


class PersonalData(StrEnum):
    EMAIL = "email"
    BANK_CARD = "bank_card"
    IDENTITY_NUMBER = "identity_number"
    PHONE_NUMBER = "phone_number"
    ONE_TIME_CODE = "one_time_code"
    PASSWORD = "password"  # noqa: S105  # a name of a kind, not a password


@dataclass(frozen=True, slots=True)
class Masked:
    """The text without personal data, and the kinds that were found, in the order of the enum."""

    text: str
    found: tuple[PersonalData, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    kind: PersonalData


_GAP = r"[ .\-]?"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LONG_NUMBER = re.compile(rf"(?<![\d])\d(?:{_GAP}\d){{8,18}}(?![\d])")
_CODE = re.compile(rf"(?<![\d.,])\d(?:{_GAP}\d){{3,7}}(?![\d])(?![.,]\d)")
_CODE_WORD = re.compile(
    r"\b(?:mã|ma|otp|pin|passcode|code|xác thực|xac thuc|xác nhận|xac nhan|bảo mật|bao mat|cvv|cvc)\b", re.IGNORECASE
)
_PASSWORD = re.compile(
    r"\b(?:mật khẩu|mat khau|mk|password|pass)\b[^\d\n]{0,25}?(?:\blà|\bla|:|=)\s*(?P<secret>\S*[\d@#$%!]\S*)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\s*(?:đ|₫|đồng|dong|vnd|vnđ|k|nghìn|ngàn|triệu|trieu|tr|tỷ|ty)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")

CODE_WORD_REACH = 30
"""Characters between a word such as "mã" and its digits; beyond it the digits mean something else."""

_HOTLINES = (PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.UAN)


def mask(text: str, labels: Mapping[PersonalData, str]) -> Masked:
    """`text` with every finding replaced by the label of its kind."""
    spans = _without_overlaps(list(_find(text)))
    pieces, end = [], 0
    for span in spans:
        pieces += [text[end : span.start], labels[span.kind]]
        end = span.end
    found = {span.kind for span in spans}
    return Masked("".join(pieces) + text[end:], tuple(kind for kind in PersonalData if kind in found))


def is_nothing_but_masks(text: str, labels: Mapping[PersonalData, str]) -> bool:
    """Whether a masked text holds no word of its own: then there is no question to answer."""
    for label in labels.values():
        text = text.replace(label, "")
    return not any(char.isalnum() for char in text)


def _find(text: str) -> Iterator[_Span]:
    """Findings, the surer kinds first: where two overlap the earlier one counts."""
    digits = _with_ascii_digits(text)
    yield from (_Span(*match.span(), PersonalData.EMAIL) for match in _EMAIL.finditer(text))
    yield from (_Span(*match.span("secret"), PersonalData.PASSWORD) for match in _PASSWORD.finditer(digits))
    phones = list(_phones(digits))
    yield from _long_numbers(digits, phones)
    yield from phones
    yield from _codes(digits)


def _with_ascii_digits(text: str) -> str:
    """Same length as `text`: full-width and other digits become 0-9."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def _phones(text: str) -> Iterator[_Span]:
    for match in phonenumbers.PhoneNumberMatcher(text, "VN"):
        if phonenumbers.number_type(match.number) not in _HOTLINES:
            yield _Span(match.start, match.end, PersonalData.PHONE_NUMBER)


def _long_numbers(text: str, phones: list[_Span]) -> Iterator[_Span]:
    for match in _LONG_NUMBER.finditer(text):
        number = re.sub(r"\D", "", match.group())
        if _MONEY.match(text, match.end()):
            continue
        if len(number) >= 13 and luhn.is_valid(number):
            yield _Span(*match.span(), PersonalData.BANK_CARD)
        elif len(number) == 12 or (len(number) == 9 and not _inside_any(match, phones)):
            yield _Span(*match.span(), PersonalData.IDENTITY_NUMBER)


def _inside_any(match: re.Match[str], spans: list[_Span]) -> bool:
    return any(span.start <= match.start() and match.end() <= span.end for span in spans)


def _codes(text: str) -> Iterator[_Span]:
    words = [match.span() for match in _CODE_WORD.finditer(text)]
    for match in _CODE.finditer(text):
        near = any(
            0 <= match.start() - end <= CODE_WORD_REACH or 0 <= start - match.end() <= CODE_WORD_REACH
            for start, end in words
        )
        if near and not _MONEY.match(text, match.end()) and not _YEAR.fullmatch(match.group()):
            yield _Span(*match.span(), PersonalData.ONE_TIME_CODE)


def _without_overlaps(spans: list[_Span]) -> list[_Span]:
    kept: list[_Span] = []
    for span in spans:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
