"""One sheet of paper for a wall or a Zalo post: what a topic comes to, in six drawn panels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

from hocvu.content.faults import ContentError, Fault
from hocvu.content.models import ContentModel, Slug, SourceCheck, Text
from hocvu.content.pictures.served import svg_of
from hocvu.content.print.leaflet import labels
from hocvu.content.print.typeset import typeset
from hocvu.content.screens import Screen
from hocvu.content.yaml_file import line_of, read_yaml


class Panel(ContentModel):
    title: Text
    words: Text
    picture: Screen


class Infographic(ContentModel):
    """A file of knowledge/infographics/. `topics` are the pages it sums up, `help` says where to ask."""

    slug: Slug
    title: Text
    lead: Text
    panels: tuple[Panel, ...] = Field(min_length=4, max_length=6)
    safety: Text
    help: Text
    topics: tuple[Slug, ...] = Field(min_length=1)
    sources: tuple[SourceCheck, ...] = Field(min_length=1)


SheetKind = Literal["pdf", "png"]
SHEET_KINDS: tuple[SheetKind, ...] = get_args(SheetKind)

_INFOGRAPHIC: TypeAdapter[Infographic] = TypeAdapter(Infographic)


def load_infographics(knowledge: Path) -> dict[str, Infographic]:
    """Every infographic by slug. Raises ContentError that names every fault."""
    found: dict[str, Infographic] = {}
    faults: list[Fault] = []
    for path in sorted((knowledge / "infographics").glob("*.yml")):
        try:
            sheet = _INFOGRAPHIC.validate_python(read_yaml(path))
        except ValidationError as error:
            faults += [
                Fault(path, f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}", line_of(path, fault["loc"]))
                for fault in error.errors()
            ]
            continue
        if sheet.slug != path.stem:
            faults.append(Fault(path, f"slug {sheet.slug!r} must equal the file name {path.stem!r}"))
        found[sheet.slug] = sheet
    if faults:
        raise ContentError(faults)
    return found


def sheet_of_paper(
    sheet: Infographic,
    publishers: Mapping[str, str],
    addressed: Callable[[Any], Any],
    *,
    kind: SheetKind,
) -> list[bytes]:
    """The infographic's pages (there should be one). `publishers` are the names of its sources by id."""
    panels = [
        {"number": number, "title": panel.title, "words": panel.words, "picture": f"panel-{number}.svg"}
        for number, panel in enumerate(sheet.panels, 1)
    ]
    data = {
        **sheet.model_dump(include={"title", "lead", "safety", "help"}),
        "panels": panels,
        "sources": ", ".join(dict.fromkeys(publishers[check.source] for check in sheet.sources)),
        "labels": labels()["infographic"],
    }
    drawings = {f"panel-{number}.svg": svg_of(panel.picture) for number, panel in enumerate(sheet.panels, 1)}
    return typeset("infographic.typ", addressed(data), drawings, kind=kind)
