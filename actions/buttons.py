"""Buttons that lead to pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from hocvu.content.library import AnyPage, Library
from hocvu.content.own_words import OwnWords

MOST_READINGS = 3
"""Buttons that an elder can compare at a glance (DESIGN, idea 3: two or three readings)."""
MOST_NEXT_TOPICS = 2
"""More would hide the one thing to do next."""


def topic_buttons(pages: Sequence[AnyPage]) -> list[dict[str, str]]:
    return [_topic_button(page.slug, page.title) for page in pages]


def reading_buttons(pages: Sequence[AnyPage], own_words: OwnWords, text: str) -> list[dict[str, str]]:
    """Pages that somebody may mean who wrote `text`, named as close to that as a well-written question comes."""
    return [_topic_button(page.slug, own_words.title(page, text)) for page in pages]


def onward_buttons(page: AnyPage, library: Library) -> list[dict[str, str]]:
    """What could be done next, as far as it is on the shelf."""
    return topic_buttons(pages_on_shelf(page.next, library)[:MOST_NEXT_TOPICS])


def pages_on_shelf(slugs: Iterable[str], library: Library) -> list[AnyPage]:
    return [page for slug in slugs if (page := library.page(slug)) is not None]


def _topic_button(slug: str, title: str) -> dict[str, str]:
    return {"title": title, "payload": f"/choose_guide{json.dumps({'guide': slug})}"}
