"""What runs out: pages that have to be held against their sources again, and values without a next period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hocvu.content.library import Library


@dataclass(frozen=True, slots=True)
class RunningOut:
    """`last_day` is the last day on which it may be said without a warning; `pages` quote the value."""

    kind: Literal["page", "value"]
    name: str
    last_day: date
    pages: tuple[str, ...] = ()


def running_out(library: Library, today: date, *, days: int) -> list[RunningOut]:
    """Pages and quoted values whose last day is at most `days` days ahead, the earliest first."""
    until = today + timedelta(days=days)
    found = [RunningOut("page", page.slug, page.valid_until) for page in library if page.valid_until <= until]
    for value in library.values.values():
        pages = tuple(sorted(slug for slug, quoted in library.quotes.items() if value.id in quoted))
        last_day = value.periods[-1].end
        if pages and last_day is not None and last_day <= until:
            found.append(RunningOut("value", value.id, last_day, pages))
    return sorted(found, key=lambda entry: (entry.last_day, entry.kind, entry.name))
