"""A page as a reply: its text, complete by itself, and the card that shows the same with structure.

The shape of a card is `Card` of the web-chat API; a page that shows the card leaves out lines that repeat it.
"""

from __future__ import annotations

from typing import Any

from hocvu.content.library import AnyPage, Library
from hocvu.content.models import Answer, Emergency, Source, SourceCheck


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


def sources_of(page: AnyPage, library: Library) -> list[dict[str, Any]]:
    """Where a page's statements come from, as shown to people."""
    return [
        {
            "title": library.sources[check.source].title,
            "publisher": library.sources[check.source].publisher,
            "url": library.sources[check.source].url,
            "checked_on": check.checked_on.isoformat(),
        }
        for check in page.sources
    ]


def sources_text(page: AnyPage, library: Library) -> str:
    """The sources in words: publisher, title, the day they were held against the page, and the address."""
    return "\n".join(_source_line(check, library.sources[check.source]) for check in page.sources)


def _source_line(check: SourceCheck, source: Source) -> str:
    line = f"- {source.publisher}: {source.title} ({check.checked_on:%d/%m/%Y})"
    return f"{line} {source.url}" if source.url else line
