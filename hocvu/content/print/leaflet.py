"""A page as a leaflet on paper, for people without a telephone and for the wall of a learning corner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hocvu.content.cards import sources_of
from hocvu.content.library import AnyPage, Library
from hocvu.content.models import Answer, Emergency, Guide, Step
from hocvu.content.pictures.served import svg_of
from hocvu.content.print.typeset import typeset
from hocvu.content.yaml_file import read_yaml

_LABELS = Path(__file__).parent / "labels.yml"


def leaflet(page: AnyPage, library: Library, addressed: Callable[[Any], Any]) -> bytes:
    """The page as a PDF; `addressed` puts the reader's form of address into the texts of lists and dicts."""
    match page:
        case Guide():
            told = _guide(page)
        case Answer():
            told = {"lead": [page.text], "steps": _numbered(page.points)}
        case Emergency():
            hotlines = [hotline.model_dump() for hotline in page.hotlines]
            told = {"lead": [page.calm], "steps": _numbered(page.actions), "hotlines": hotlines}
    data = {
        "title": page.title,
        "needs": _needs(page) if isinstance(page, Guide) else [],
        "hotlines": [],
        "done": None,
        "safety": page.safety,
        "sources": [_source(source) for source in sources_of(page, library)],
        "valid": f"{page.valid_until:%d/%m/%Y}",
        "labels": labels()["leaflet"],
        **told,
    }
    return typeset("leaflet.typ", addressed(data), _drawings(page), kind="pdf")[0]


@cache
def labels() -> dict[str, Any]:
    """The words around printed pages."""
    read: dict[str, Any] = read_yaml(_LABELS)
    return read


def _guide(guide: Guide) -> dict[str, Any]:
    steps = [_step(step, number) for number, step in enumerate(guide.steps, 1)]
    return {"lead": [guide.intro], "steps": steps, "done": guide.done}


def _step(step: Step, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "do": step.do,
        "see": step.see,
        "stuck": [{"when": branch.when, "fix": branch.fix} for branch in step.stuck],
        "picture": _file_name(step) if step.picture else None,
    }


def _source(source: dict[str, Any]) -> str:
    return f"{source['publisher']} ({date.fromisoformat(source['checked_on']):%d/%m/%Y})"


def _numbered(lines: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"number": number, "do": line, "see": None, "stuck": [], "picture": None}
        for number, line in enumerate(lines, 1)
    ]


def _needs(guide: Guide) -> list[dict[str, str]]:
    facts = guide.facts.model_dump()
    return [{"name": name, "words": facts[key]} for key, name in labels()["leaflet"]["facts"].items() if facts[key]]


def _drawings(page: AnyPage) -> dict[str, str]:
    if not isinstance(page, Guide):
        return {}
    return {_file_name(step): svg_of(step.picture) for step in page.steps if step.picture}


def _file_name(step: Step) -> str:
    return f"{step.id}.svg"
