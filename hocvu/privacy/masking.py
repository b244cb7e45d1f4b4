"""Mask personal data in a message before it is stored, logged or understood.

What is looked for: e-mail addresses, bank cards (13-19 digits that pass Luhn), 12-digit identity numbers, telephone
numbers (libphonenumber), 9-digit old identity numbers, one-time codes and passwords named as such. Amounts of money,
dates, numbers of rules and service hotlines stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hocvu.privacy.numbers import find_numbers
from hocvu.privacy.personal_data import PersonalData, Span
from hocvu.privacy.secrets import find_secrets

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Masked:
    """The text without personal data, and the kinds that were found, in the order of the enum."""

    text: str
    found: tuple[PersonalData, ...]


def mask(text: str, labels: Mapping[PersonalData, str]) -> Masked:
    """`text` with every finding replaced by the label of its kind. Masking again changes nothing."""
    found: set[PersonalData] = set()
    while spans := _without_overlaps(_find(_without_labels(text, labels))):
        text = _replace(text, spans, labels)
        found |= {span.kind for span in spans}
    return Masked(text, tuple(kind for kind in PersonalData if kind in found))


def _replace(text: str, spans: list[Span], labels: Mapping[PersonalData, str]) -> str:
    pieces, end = [], 0
    for span in spans:
        pieces += [text[end : span.start], labels[span.kind]]
        end = span.end
    return "".join(pieces) + text[end:]


def is_nothing_but_masks(text: str, labels: Mapping[PersonalData, str]) -> bool:
    """Whether a masked text holds no word of its own: then there is no question to answer."""
    return not any(char.isalnum() for char in _without_labels(text, labels))


def _without_labels(text: str, labels: Mapping[PersonalData, str]) -> str:
    """Same length as `text`: labels hold words such as "mã" that would make secrets of their neighbours."""
    for label in labels.values():
        text = text.replace(label, " " * len(label))
    return text


def _find(text: str) -> Iterator[Span]:
    """Findings, the surer kinds first: where two overlap the earlier one counts."""
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    yield from (Span(*match.span(), PersonalData.EMAIL) for match in _EMAIL.finditer(text))
    passwords_and_codes = list(find_secrets(digits))
    yield from (span for span in passwords_and_codes if span.kind == PersonalData.PASSWORD)
    yield from find_numbers(digits)
    yield from passwords_and_codes


def _without_overlaps(spans: Iterator[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
