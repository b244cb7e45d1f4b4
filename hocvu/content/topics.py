"""The list of topics: what the shelf has to hold in the end, and how far it is."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from hocvu.content.faults import ContentError, Fault
from hocvu.content.library import Library
from hocvu.content.models import PageKind
from hocvu.content.yaml_file import read_text


@dataclass(frozen=True, slots=True)
class Topic:
    """A row of knowledge/topics.tsv."""

    slug: str
    area: str
    title: str
    kind: PageKind


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """Pages there are and topics there should be, by kind, and the topics without a page."""

    area: str
    there: Counter[PageKind]
    wanted: Counter[PageKind]
    missing: tuple[str, ...]


def load_topics(path: Path) -> dict[str, Topic]:
    """Topics by slug. Raises ContentError on a row that does not fit."""
    topics: dict[str, Topic] = {}
    for number, row in enumerate(csv.DictReader(read_text(path).splitlines(), delimiter="\t"), 2):
        try:
            topic = Topic(row["slug"], row["area"], row["title"], PageKind(row["kind"]))
        except (KeyError, ValueError) as error:
            raise ContentError([Fault(path, f"not a topic row: {error}", number)]) from error
        topics[topic.slug] = topic
    return topics


def coverage(library: Library, topics: dict[str, Topic]) -> list[AreaCoverage]:
    """One row for each area, in the order of their names."""
    return [
        _area_coverage(area, library, [topic for topic in topics.values() if topic.area == area])
        for area in sorted({topic.area for topic in topics.values()})
    ]


def pages_by_skill(library: Library) -> dict[str, list[str]]:
    """Slugs of the pages that serve each skill, by skill code."""
    codes = sorted({code for page in library for code in page.skills})
    return {code: sorted(page.slug for page in library if code in page.skills) for code in codes}


def _area_coverage(area: str, library: Library, topics: list[Topic]) -> AreaCoverage:
    return AreaCoverage(
        area,
        there=Counter(topic.kind for topic in topics if topic.slug in library.pages),
        wanted=Counter(topic.kind for topic in topics),
        missing=tuple(topic.slug for topic in topics if topic.slug not in library.pages),
    )
