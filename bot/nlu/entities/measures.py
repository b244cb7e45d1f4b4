"""Numbers, money, dates and lengths of time in the words of a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.nlu.entities.amounts import AmountReader, number_words
from bot.nlu.entities.date_phrases import date_words
from bot.nlu.entities.dates import DATE, DateReader
from bot.nlu.entities.digit_runs import code_end
from bot.nlu.entities.message_words import Found, MessageWords
from bot.nlu.entities.quantities import QuantityReader
from bot.nlu.entities.token_row import TokenRow, token_row

_DIGITS = frozenset("0123456789")


class Reading(NamedTuple):
    """A measure over the tokens `[first, after)`; without a kind it is passed over."""

    first: int
    after: int
    kind: str
    value: str


def find_measures(message: MessageWords, taken: Sequence[bool]) -> list[Found]:
    """Measures in the order they appear; no two overlap, and none has a taken word or a masked one.

    Telephone, identity, account and card numbers are passed over. Cost: 0.01 to 0.05 ms for ten words, 0.1 for forty.
    """
    row = token_row(message, taken)
    found = []
    for reading in _readings(row):
        span = row.span(reading.first, reading.after)
        if span is not None and reading.kind:
            found.append(Found(reading.kind, reading.value, *span))
    return found


def _readings(row: TokenRow) -> Iterator[Reading]:
    amounts = AmountReader(row)
    dates, quantities = DateReader(row, amounts), QuantityReader(row, amounts)
    date_starts, number_starts = _starts(row.unmarked)
    at = 0
    while at < len(row.texts):
        text, reading = row.texts[at], None
        if text in date_starts or text[0] in _DIGITS:
            reading = _date(dates, at) or _code(row, at)
        if reading is None and (text in number_starts or text[0] in _DIGITS):
            reading = _quantity(dates, quantities, at)
        if reading is not None:
            yield reading
        at = reading.after if reading else at + 1


def _date(dates: DateReader, at: int) -> Reading | None:
    date = dates.read(at)
    return Reading(at, date.after, DATE if date.value else "", date.value) if date else None


def _code(row: TokenRow, at: int) -> Reading | None:
    after = code_end(row, at)
    return Reading(at, after, "", "") if after else None


def _quantity(dates: DateReader, quantities: QuantityReader, at: int) -> Reading | None:
    quantity = quantities.read(at)
    if quantity is None:
        return None
    date = dates.ago_or_ahead(quantity.count, quantity.unit, quantity.after)
    if date is not None:
        return Reading(at, date.after, DATE, date.value)
    return Reading(at, quantity.after, quantity.kind, quantity.value)


@lru_cache(maxsize=2)
def _starts(unmarked: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The words with which a date and a number can begin; most words of a message are neither."""
    numbers, dates = number_words(unmarked), date_words(unmarked)
    spoken = frozenset().union(*(numbers[row] for row in ("digits", "ten", "short_tens")))
    phrases = dates.relative.first_words | dates.weekdays.first_words
    of_dates = phrases.union(*(dates.words[row] for row in ("day", "month", "year", "born")))
    return of_dates | spoken, spoken.union(*(numbers[row] for row in ("hundred", "half", "scales")))
