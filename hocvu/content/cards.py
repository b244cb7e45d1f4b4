"""A page as a reply: its text, complete by itself, and the card that shows the same with structure.

The shape of a card is `Card` of the web-chat API; a page that shows the card leaves out lines that repeat it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hocvu.content.library import AnyPage, Library
from hocvu.content.models import Answer, Emergency, Facts, Source


def answer_card(page: Answer, library: Library) -> dict[str, Any]:
    return {"kind": "answer", "title": page.title, "points": list(page.points), "sources": sources_of(page, library)}


def emergency_card(page: Emergency, library: Library) -> dict[str, Any]:
    """`points` are the actions in their order."""
    return {
        "kind": "emergency",
        "title": page.title,
        "points": list(page.actions),
        "hotlines": [hotline.model_dump() for hotline in page.hotlines],
        "sources": sources_of(page, library),
    }


def answer_text(page: Answer) -> str:
    """All of an answer in words, for channels and readers that show no card."""
    return "\n".join([page.text, *(f"- {point}" for point in page.points)])


def emergency_text(page: Emergency) -> str:
    """All of an emergency in words, its actions numbered."""
    return "\n".join([page.calm, *(f"{number}. {action}" for number, action in enumerate(page.actions, 1))])


def needs(facts: Facts) -> str:
    """What to have before one starts: papers, the account it takes, the age; whole sentences."""
    return " ".join(text for text in (facts.papers, facts.account, facts.age) if text)


def sources_of(page: AnyPage, library: Library) -> list[dict[str, Any]]:
    """Where a page's statements come from, as shown to people."""
    return [
        {
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "checked_on": checked_on.isoformat(),
        }
        for source, checked_on in _checked_sources(page, library)
    ]


def sources_text(page: AnyPage, library: Library) -> str:
    """The sources in words: publisher, title, the day they were held against the page, and the address."""
    return "\n".join(_source_line(source, checked_on) for source, checked_on in _checked_sources(page, library))


def _checked_sources(page: AnyPage, library: Library) -> list[tuple[Source, date]]:
    """Each source of the page and of the values it quotes once, with the latest day it was looked at."""
    checks = [(check.source, check.checked_on) for check in page.sources]
    for name in sorted(library.quotes[page.slug]):
        period = library.values[name].latest_by(library.day)
        checks += [(period.source, period.checked_on)] if period else []
    latest: dict[str, date] = {}
    for source, checked_on in checks:
        latest[source] = max(checked_on, latest.get(source, checked_on))
    return [(library.sources[source], checked_on) for source, checked_on in latest.items()]


def _source_line(source: Source, checked_on: date) -> str:
    line = f"- {source.publisher}: {source.title} ({checked_on:%d/%m/%Y})"
    return f"{line} {source.url}" if source.url else line
