"""Dates as day, month and year: those written in digits ("1/7/2025", "20-11"), and the value of any of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from bot.nlu.entities.digit_runs import stands_inside
from bot.nlu.entities.token_row import TokenRow

# Years people speak of: births of the oldest and ends of validity.
FIRST_YEAR, LAST_YEAR = 1900, 2099
# A year in which every day exists; for dates without one.
LEAP_YEAR = 2000
_MARKS = ("/", "-", ".")


class DateParts(NamedTuple):
    """What is known of a date (0 or empty is unknown), and the index after its last token."""

    after: int
    day: int = 0
    month: int = 0
    year: int = 0
    short_year: str = ""


def date_value(parts: DateParts, forms: Mapping[str, str], kind: str = "day") -> str:
    """ISO 8601 as far as known where the year is, otherwise the form of dates.yml; empty for a day that never was."""
    if not _exists(parts):
        return ""
    if parts.year:
        return "-".join([f"{parts.year:04}", *(f"{part:02}" for part in (parts.month, parts.day) if part)])
    if not parts.day:
        return forms["month"].format(month=parts.month)
    form = f"{kind}_month_short_year" if parts.short_year else f"{kind}_month" if parts.month else kind
    return forms[form].format(day=parts.day, month=parts.month, year=parts.short_year)


def read_digit_date(row: TokenRow, at: int) -> DateParts | None:
    """Day, month and year in the order Vietnamese has them, or the year first; glued by one kind of mark."""
    numbers, after = _joined(row, at)
    if stands_inside(row, at) or (row.is_glued(after) and row.text(after)[:1].isalnum()):
        return None
    lengths = tuple(map(len, numbers))
    if len(numbers) == 3 and lengths[0] == 4:
        numbers, lengths = numbers[::-1], lengths[::-1]
    if len(numbers) not in (2, 3) or lengths[0] > 2 or (len(numbers) == 3 and lengths[1] > 2):
        return None
    if len(numbers) == 2:
        return _of_two(after, numbers, lengths[1]) if row.text(at + 1) != "." else None
    day, month = int(numbers[0]), int(numbers[1])
    if lengths[2] == 2:
        return DateParts(after, day, month, short_year=numbers[2])
    return DateParts(after, day, month, int(numbers[2])) if lengths[2] == 4 else None


def _of_two(after: int, numbers: list[str], length: int) -> DateParts | None:
    """Month and year, or day and month."""
    if length == 4:
        return DateParts(after, 0, int(numbers[0]), int(numbers[1]))
    return DateParts(after, int(numbers[0]), int(numbers[1])) if length <= 2 else None


def year_at(row: TokenRow, at: int) -> int:
    """The year in four digits at a token; 0 when there is none."""
    text = row.text(at)
    is_year = row.is_digits(at) and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR
    return int(text) if is_year else 0


def _joined(row: TokenRow, at: int) -> tuple[list[str], int]:
    """Digits joined by one kind of mark without spaces, and where they end."""
    numbers = [row.text(at)] if row.is_digits(at) else []
    mark, after = row.text(at + 1), at + 1
    while numbers and mark in _MARKS and row.text(after) == mark and row.is_digits(after + 1):
        if not (row.is_glued(after) and row.is_glued(after + 1)):
            break
        numbers.append(row.text(after + 1))
        after += 2
    return numbers, after


def _exists(parts: DateParts) -> bool:
    if parts.year and not FIRST_YEAR <= parts.year <= LAST_YEAR:
        return False
    if not (parts.day or parts.month or parts.year):
        return False
    try:
        datetime.date(parts.year or LEAP_YEAR, parts.month or 1, parts.day or 1)
    except ValueError:
        return False
    return bool(parts.month or not parts.day or not parts.year)
