"""Buttons that lead to pages."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hocvu.content.library import AnyPage, Library

MOST_NEXT_TOPICS = 2
"""More would hide the one thing to do next."""


def topic_buttons(pages: Sequence[AnyPage]) -> list[dict[str, str]]:
    return [{"title": page.title, "payload": f"/choose_guide{json.dumps({'guide': page.slug})}"} for page in pages]


def onward_buttons(page: AnyPage, library: Library) -> list[dict[str, str]]:
    """What could be done next, as far as it is on the shelf."""
    pages = [found for slug in page.next if (found := library.page(slug)) is not None]
    return topic_buttons(pages[:MOST_NEXT_TOPICS])
