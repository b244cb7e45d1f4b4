"""All pages in memory, looked up by slug.

A `Library` is built whole or not at all; an edit that breaks a page leaves the last good library in use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hocvu.clock import vietnam_today
from hocvu.content.faults import ContentError, Fault
from hocvu.content.glossary import Term, load_glossary
from hocvu.content.models import Answer, Emergency, Guide, Page, PageKind, Source
from hocvu.content.values import Value, quote_values
from hocvu.content.yaml_file import line_of, read_yaml

T = TypeVar("T")
AnyPage = Guide | Answer | Emergency

FOLDERS = {"guides": PageKind.GUIDE, "answers": PageKind.ANSWER, "emergencies": PageKind.EMERGENCY}
"""Folder of `knowledge/` and the one kind of page it holds."""

_PAGE: TypeAdapter[AnyPage] = TypeAdapter(Page)
_SOURCES: TypeAdapter[list[Source]] = TypeAdapter(list[Source])
_VALUES: TypeAdapter[list[Value]] = TypeAdapter(list[Value])


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """A page as it is spoken, and the ids of the values that it quotes."""

    page: AnyPage
    quotes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Library:
    """Every page by slug, every source and value by id, which values a page quotes, and the terms of the glossary.

    `day` is the one whose values are spoken.
    """

    pages: dict[str, AnyPage]
    sources: dict[str, Source]
    values: dict[str, Value]
    quotes: dict[str, frozenset[str]]
    day: date
    glossary: tuple[Term, ...] = ()

    def page(self, slug: str) -> AnyPage | None:
        return self.pages.get(slug)

    def guide(self, slug: str) -> Guide | None:
        page = self.pages.get(slug)
        return page if isinstance(page, Guide) else None

    def is_out_of_date(self, slug: str, today: date) -> bool:
        """Whether the page, or a value that it quotes, has run out."""
        return self.pages[slug].is_expired(today) or any(
            self.values[value].on(today) is None for value in self.quotes[slug]
        )

    def __iter__(self) -> Iterator[AnyPage]:
        return iter(self.pages.values())


def page_files(knowledge: Path) -> list[Path]:
    """Every page file, in a fixed order."""
    return sorted(path for folder in FOLDERS for path in (knowledge / folder).glob("*/*.yml"))


def load_library(knowledge: Path, *, today: date | None = None) -> Library:
    """Read all of `knowledge/` with the values of `today` (default: the day in Vietnam).

    Raises ContentError that names every fault; nothing is half loaded. With a fault in the files that all pages share,
    no page is looked at: each would only repeat it.
    """
    sources = load_sources(knowledge / "sources.yml")
    values = load_values(knowledge / "values.yml", sources)
    glossary = load_glossary(knowledge / "glossary.yml")
    faults: list[Fault] = []
    day = today or vietnam_today()
    loaded: dict[str, LoadedPage] = {}
    for path in page_files(knowledge):
        try:
            read = load_page(path, values, day)
        except ContentError as error:
            faults += error.faults
            continue
        slug = read.page.slug
        if slug in loaded:
            faults.append(Fault(path, f"slug {slug!r} is used by another page: slugs are never shared"))
        loaded[slug] = read
        faults += _unknown_sources(path, read.page, sources)
    if faults:
        raise ContentError(faults)
    pages = {slug: read.page for slug, read in loaded.items()}
    return Library(pages, sources, values, {slug: read.quotes for slug, read in loaded.items()}, day, glossary)


def load_sources(path: Path) -> dict[str, Source]:
    """Sources by id. Raises ContentError on a malformed file or an id that stands twice."""
    return _by_id(path, _validate(path, _SOURCES, read_yaml(path) or []))


def load_values(path: Path, sources: Mapping[str, Source]) -> dict[str, Value]:
    """Values by id; none when the file is not there.

    Raises ContentError on a malformed file, an id that stands twice, or a source that `sources` does not have.
    """
    if not path.exists():
        return {}
    values = _by_id(path, _validate(path, _VALUES, read_yaml(path) or []))
    faults = [
        Fault(path, f"value {value.id!r}: unknown source {period.source!r}: add it to knowledge/sources.yml")
        for value in values.values()
        for period in value.periods
        if period.source not in sources
    ]
    if faults:
        raise ContentError(faults)
    return values


def load_page(path: Path, values: Mapping[str, Value], today: date) -> LoadedPage:
    """One page with the values of today. Raises ContentError when it is malformed, quotes a value that is not there,
    or does not stand where its slug, area and kind say."""
    quoted = quote_values(path, read_yaml(path), values, today)
    page = _validate(path, _PAGE, quoted.data)
    if page.slug != path.stem:
        raise ContentError([Fault(path, f"slug {page.slug!r} must equal the file name {path.stem!r}")])
    if page.area != path.parent.name:
        raise ContentError([Fault(path, f"area {page.area!r} must equal the folder {path.parent.name!r}")])
    if page.kind != FOLDERS[path.parents[1].name]:
        raise ContentError([Fault(path, f"a page of kind {page.kind} does not belong in {path.parents[1].name}/")])
    return LoadedPage(page, quoted.ids)


Named = TypeVar("Named", Source, Value)


def _by_id(path: Path, entries: list[Named]) -> dict[str, Named]:
    ids = [entry.id for entry in entries]
    if doubles := sorted({entry_id for entry_id in ids if ids.count(entry_id) > 1}):
        raise ContentError([Fault(path, f"ids used twice: {', '.join(doubles)}")])
    return {entry.id: entry for entry in entries}


def _validate(path: Path, adapter: TypeAdapter[T], data: Any) -> T:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        raise ContentError(
            [
                Fault(
                    path,
                    f"{'.'.join(str(part) for part in detail['loc'])}: {detail['msg']}",
                    line_of(path, detail["loc"]),
                )
                for detail in _own_faults(error)
            ]
        ) from error


def _own_faults(error: ValidationError) -> list[ErrorDetails]:
    """The faults without "too few items" of a list whose items are the fault."""
    details = error.errors()
    return [
        detail
        for detail in details
        if detail["type"] != "too_short" or not any(_is_inside(other["loc"], detail["loc"]) for other in details)
    ]


def _is_inside(place: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def _unknown_sources(path: Path, page: AnyPage, sources: dict[str, Source]) -> list[Fault]:
    return [
        Fault(
            path,
            f"unknown source {check.source!r}: add it to knowledge/sources.yml",
            line_of(path, ("sources", index, "source")),
        )
        for index, check in enumerate(page.sources)
        if check.source not in sources
    ]
