"""All pages in memory, looked up by slug.

A `Library` is built whole or not at all; an edit that breaks a page leaves the last good library in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hocvu.content.faults import ContentError, Fault
from hocvu.content.models import Answer, Emergency, Guide, Page, PageKind, Source
from hocvu.content.yaml_file import line_of, read_yaml

T = TypeVar("T")
AnyPage = Guide | Answer | Emergency

FOLDERS = {"guides": PageKind.GUIDE, "answers": PageKind.ANSWER, "emergencies": PageKind.EMERGENCY}
"""Folder of `knowledge/` and the one kind of page it holds."""

_PAGE: TypeAdapter[AnyPage] = TypeAdapter(Page)
_SOURCES: TypeAdapter[list[Source]] = TypeAdapter(list[Source])


@dataclass(frozen=True, slots=True)
class Library:
    """Every page by slug and every source by id."""

    pages: dict[str, AnyPage]
    sources: dict[str, Source]

    def page(self, slug: str) -> AnyPage | None:
        return self.pages.get(slug)

    def guide(self, slug: str) -> Guide | None:
        page = self.pages.get(slug)
        return page if isinstance(page, Guide) else None

    def __iter__(self) -> Iterator[AnyPage]:
        return iter(self.pages.values())


def page_files(knowledge: Path) -> list[Path]:
    """Every page file, in a fixed order."""
    return sorted(path for folder in FOLDERS for path in (knowledge / folder).glob("*/*.yml"))


def load_library(knowledge: Path, *, read_page: Callable[[Path], AnyPage] | None = None) -> Library:
    """Read all of `knowledge/`, each page through `read_page` (default: load_page).

    Raises ContentError that names every fault; nothing is half loaded.
    """
    faults: list[Fault] = []
    sources: dict[str, Source] = {}
    pages: dict[str, AnyPage] = {}
    try:
        sources = load_sources(knowledge / "sources.yml")
    except ContentError as error:
        faults += error.faults
    for path in page_files(knowledge):
        try:
            page = (read_page or load_page)(path)
        except ContentError as error:
            faults += error.faults
            continue
        if page.slug in pages:
            faults.append(Fault(path, f"slug {page.slug!r} is used by another page: slugs are never shared"))
        pages[page.slug] = page
        faults += _unknown_sources(path, page, sources)
    if faults:
        raise ContentError(faults)
    return Library(pages, sources)


def load_sources(path: Path) -> dict[str, Source]:
    """Sources by id. Raises ContentError on a malformed file or an id that stands twice."""
    sources = _validate(path, _SOURCES, read_yaml(path) or [])
    ids = [source.id for source in sources]
    if doubles := sorted({source_id for source_id in ids if ids.count(source_id) > 1}):
        raise ContentError([Fault(path, f"source ids used twice: {', '.join(doubles)}")])
    return {source.id: source for source in sources}


def load_page(path: Path) -> AnyPage:
    """One page. Raises ContentError when it is malformed or does not stand where its slug, area and kind say."""
    page = _validate(path, _PAGE, read_yaml(path))
    if page.slug != path.stem:
        raise ContentError([Fault(path, f"slug {page.slug!r} must equal the file name {path.stem!r}")])
    if page.area != path.parent.name:
        raise ContentError([Fault(path, f"area {page.area!r} must equal the folder {path.parent.name!r}")])
    if page.kind != FOLDERS[path.parents[1].name]:
        raise ContentError([Fault(path, f"a page of kind {page.kind} does not belong in {path.parents[1].name}/")])
    return page


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
