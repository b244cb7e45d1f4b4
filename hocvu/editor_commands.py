"""The commands `hocvu content ...` of the editors' desk: begin a page, print it, find what is missing."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from aiohttp import web

from hocvu.clock import vietnam_today
from hocvu.content.freshness import running_out
from hocvu.content.library import AnyPage, Library, load_library
from hocvu.content.new_page import write_new_page
from hocvu.content.print.infographic import SHEET_KINDS, load_infographics, sheet_of_paper
from hocvu.content.print.leaflet import leaflet
from hocvu.content.responses import Responses
from hocvu.content.shelf import Shelf
from hocvu.content.topics import coverage, load_topics, pages_by_skill
from hocvu.errors import HocvuError
from hocvu.operations.preview.server import Preview
from hocvu.people.address import addressed, load_pairs
from hocvu.printing import AsJson, out, print_json
from hocvu.settings import PROJECT_ROOT, load_settings

editing = typer.Typer()

RESPONSES = PROJECT_ROOT / "bot" / "domain" / "responses"
LOCALHOST, PREVIEW_PORT = "127.0.0.1", 8090
PRINTED = PROJECT_ROOT / "build" / "print"


class UnknownSlug(HocvuError):
    """A slug that no topic or page has."""


@editing.command("new")
def begin_page(slug: Annotated[str, typer.Argument(help="A slug of knowledge/topics.tsv")]) -> None:
    """Write a template for the page of a topic, where it belongs."""
    knowledge = load_settings().knowledge_dir
    topic = load_topics(knowledge / "topics.tsv").get(slug)
    if topic is None:
        raise UnknownSlug(f"{slug!r} is not in topics.tsv: add its row first")
    out.print(write_new_page(knowledge, topic, vietnam_today()), soft_wrap=True)


@editing.command("stale")
def list_stale(days: Annotated[int, typer.Option(help="How far to look ahead")] = 30, as_json: AsJson = False) -> None:
    """List the pages and values that run out within some days, or have run out."""
    today = vietnam_today()
    entries = running_out(load_library(load_settings().knowledge_dir), today, days=days)
    if as_json:
        print_json([{**asdict(entry), "last_day": entry.last_day.isoformat()} for entry in entries])
        return
    for entry in entries:
        state = "EXPIRED" if entry.last_day < today else "       "
        quoted = f" (quoted by {', '.join(entry.pages)})" if entry.pages else ""
        out.print(f"{state} {entry.last_day} {entry.kind:5} {entry.name}{quoted}", highlight=False, soft_wrap=True)
    out.print(f"{len(entries)} pages and values run out by then")


@editing.command("coverage")
def show_coverage(as_json: AsJson = False) -> None:
    """Count topics with a page by area and kind, list those without, and count the pages of each skill."""
    knowledge = load_settings().knowledge_dir
    library = load_library(knowledge)
    rows, skills = coverage(library, load_topics(knowledge / "topics.tsv")), pages_by_skill(library)
    if as_json:
        areas = [{"area": row.area, "there": row.there, "wanted": row.wanted, "missing": row.missing} for row in rows]
        print_json({"areas": areas, "skills": skills})
        return
    for row in rows:
        kinds = ", ".join(f"{kind} {row.there[kind]}/{row.wanted[kind]}" for kind in sorted(row.wanted))
        missing = f"; missing: {', '.join(row.missing)}" if row.missing else ""
        out.print(f"{row.area:18} {kinds}{missing}", highlight=False, soft_wrap=True)
    there, wanted = (sum(getattr(row, name).total() for row in rows) for name in ("there", "wanted"))
    out.print(f"{there} of {wanted} topics have a page")
    for code, slugs in skills.items():
        out.print(f"{code:18} {len(slugs)} pages", highlight=False)


@editing.command("preview")
def preview_pages(
    slug: Annotated[str | None, typer.Argument(help="The page to show first", show_default=False)] = None,
    port: Annotated[int, typer.Option(help="Port on this machine")] = PREVIEW_PORT,
) -> None:
    """Serve the pages as they will be spoken on the web and on Zalo, and the gallery of pictures, until Ctrl-C."""
    settings = load_settings()
    shelf = Shelf(settings.knowledge_dir)
    path = f"page/{_page(slug, shelf.library).slug}" if slug else ""
    preview = Preview(shelf, Responses(RESPONSES), load_pairs()[settings.default_address])
    out.print(f"http://{LOCALHOST}:{port}/{path}", soft_wrap=True)
    web.run_app(preview.app(), host=LOCALHOST, port=port, print=None, access_log=None)


@editing.command("print")
def print_leaflet(
    slug: Annotated[str, typer.Argument(help="The page to print")],
    to: Annotated[Path | None, typer.Option(help="Default: build/print/SLUG.pdf", show_default=False)] = None,
) -> None:
    """Make a leaflet (PDF, large type) of a page, for people without a telephone."""
    settings = load_settings()
    library = load_library(settings.knowledge_dir)
    pair = load_pairs()[settings.default_address]
    path = to or PRINTED / f"{slug}.pdf"
    sheet = leaflet(_page(slug, library), library, partial(addressed, pair=pair))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sheet)
    out.print(path, soft_wrap=True)


@editing.command("infographics")
def print_infographics(
    to: Annotated[Path, typer.Option(help="Default: build/print", show_default=False)] = PRINTED,
) -> None:
    """Make every infographic of knowledge/infographics/ as PDF and PNG, one A4 page each."""
    settings = load_settings()
    library = load_library(settings.knowledge_dir)
    publishers = {source.id: source.publisher for source in library.sources.values()}
    put = partial(addressed, pair=load_pairs()[settings.default_address])
    to.mkdir(parents=True, exist_ok=True)
    for sheet in load_infographics(settings.knowledge_dir).values():
        for kind in SHEET_KINDS:
            path = to / f"{sheet.slug}.{kind}"
            path.write_bytes(sheet_of_paper(sheet, publishers, put, kind=kind)[0])
            out.print(path, soft_wrap=True)


def _page(slug: str, library: Library) -> AnyPage:
    page = library.page(slug)
    if page is None:
        raise UnknownSlug(f"no page {slug!r}: `hocvu content coverage` lists the missing ones")
    return page
