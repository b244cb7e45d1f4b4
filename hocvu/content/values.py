"""Amounts, limits, ages and dates of rules: each stands once in `knowledge/values.yml` and is quoted by name.

A text quotes a value as `{phi-doi-can-cuoc}`. Every value has periods; the words of the period that covers today take
the place of the quote, so a rule that changes is one edit, and an old value expires by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from hocvu.content.faults import ContentError, Fault
from hocvu.content.models import ContentModel, Slug, Text
from hocvu.content.yaml_file import line_of

_NOT_SPOKEN = frozenset({"questions"})
"""What people ask may hold any sign; values are quoted in what is said."""
_QUOTE = re.compile(r"\{([^{}]*)\}")

Place = tuple[str | int, ...]


class Period(ContentModel):
    """The words of a value from one day to another, both included; `to` is empty while no end is known."""

    says: Text
    start: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    source: Slug
    checked_on: date

    @model_validator(mode="after")
    def check_order(self) -> Period:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"ends on {self.end}, before it starts on {self.start}")
        return self

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


class Value(ContentModel):
    """`what` tells editors what the value is; `periods` stand in their order and do not overlap."""

    id: Slug
    what: Text
    periods: tuple[Period, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def check_periods(self) -> Value:
        for earlier, later in zip(self.periods, self.periods[1:], strict=False):
            if earlier.end is None or earlier.end >= later.start:
                raise ValueError(f"the period from {earlier.start} must end before {later.start}: set its `to`")
        return self

    def on(self, day: date) -> Period | None:
        """The period that covers the day."""
        return next((period for period in self.periods if period.covers(day)), None)

    def latest_by(self, day: date) -> Period | None:
        """The period that covers the day, else the last one before it; None when none has begun."""
        return next((period for period in reversed(self.periods) if period.start <= day), None)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Page data with the values' words in place of their quotes, and the ids that were quoted."""

    data: Any
    ids: frozenset[str]


def quote_values(path: Path, data: Any, values: Mapping[str, Value], today: date) -> Quoted:
    """Replaces every quote in the strings of `data`. An expired value still gives its last words: `Library` says
    that the page is out of date.

    Raises ContentError that names every unknown value and every value that has not begun.
    """
    ids: set[str] = set()
    faults: list[Fault] = []

    def words(place: Place, text: str) -> str:
        def replace(quote: re.Match[str]) -> str:
            value = values.get(quote[1])
            period = value.latest_by(today) if value else None
            if period is None:
                fault = "has no period for today" if value else "is not in values.yml"
                faults.append(Fault(path, f"value {quote[1]!r} {fault}: add it there", line_of(path, place)))
                return quote[0]
            ids.add(quote[1])
            return period.says

        return _QUOTE.sub(replace, text)

    quoted = _map_strings(data, words)
    if faults:
        raise ContentError(faults)
    return Quoted(quoted, frozenset(ids))


def _map_strings(data: Any, change: Any, place: Place = ()) -> Any:
    if isinstance(data, str):
        return change(place, data) if "{" in data else data
    if isinstance(data, dict):
        return {
            key: item if key in _NOT_SPOKEN else _map_strings(item, change, (*place, key)) for key, item in data.items()
        }
    if isinstance(data, list):
        return [_map_strings(item, change, (*place, index)) for index, item in enumerate(data)]
    return data
