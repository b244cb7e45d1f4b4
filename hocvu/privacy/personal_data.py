"""The kinds of personal data that are masked, and where one was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PersonalData(StrEnum):
    EMAIL = "email"
    BANK_CARD = "bank_card"
    IDENTITY_NUMBER = "identity_number"
    PHONE_NUMBER = "phone_number"
    ONE_TIME_CODE = "one_time_code"
    PASSWORD = "password"  # noqa: S105  # a name of a kind, not a password


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int
    kind: PersonalData

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end
