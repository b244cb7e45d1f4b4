"""A page to fill in, where its topic says that it belongs."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hocvu.content.library import FOLDERS
from hocvu.content.topics import Topic
from hocvu.errors import HocvuError

SHORTEST_VALIDITY = timedelta(days=180)
"""STYLE.md: six months for what has fees, limits or rules; an editor who knows better writes a later day."""

_TEMPLATES = Path(__file__).parent / "templates"


class PageExists(HocvuError):
    """There is a page already; nothing was written."""


def write_new_page(knowledge: Path, topic: Topic, today: date) -> Path:
    """Writes the template and gives its path. Raises PageExists."""
    folder = next(name for name, kind in FOLDERS.items() if kind == topic.kind)
    path = knowledge / folder / topic.area / f"{topic.slug}.yml"
    if path.exists():
        raise PageExists(f"{path} exists: edit it instead")
    environment = Environment(  # noqa: S701 - YAML, not HTML
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    page = environment.get_template("page.yml.j2").render(topic=topic, today=today, until=today + SHORTEST_VALIDITY)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page + "\n", encoding="utf-8")
    return path
