"""A local page for editors: every page of knowledge/ as it will be spoken on the web and on Zalo, and all pictures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hocvu.channels.pictures import Pictures
from hocvu.content.models import Guide
from hocvu.content.pictures.alternative import alternative
from hocvu.content.pictures.served import picture_path
from hocvu.content.responses import Responses
from hocvu.content.shelf import Shelf
from hocvu.operations.preview.spoken_page import spoken_page
from hocvu.people.address import AddressPair, address

_HERE = Path(__file__).parent


class Preview:
    """`shelf` follows edits: reloading the page shows them."""

    def __init__(self, shelf: Shelf, responses: Responses, pair: AddressPair) -> None:
        self._shelf = shelf
        self._responses = responses
        self._templates = Environment(
            loader=FileSystemLoader(_HERE),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self._templates.filters["spoken"] = partial(address, pair=pair)

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.get("/", self.contents),
                web.get("/gallery", self.gallery),
                web.get("/page/{slug}", self.page),
                web.static("/style", _HERE / "style"),
                *Pictures(self._shelf).routes(),
            ]
        )
        return app

    async def contents(self, request: web.Request) -> web.Response:
        """All pages by area."""
        pages = sorted(self._shelf.library, key=lambda page: (page.area, page.title))
        areas = [(area, list(group)) for area, group in groupby(pages, key=lambda page: page.area)]
        return self._render("contents.html.j2", {"areas": areas})

    async def page(self, request: web.Request) -> web.Response:
        """One page in both forms; 404 when it is not on the shelf."""
        page = self._shelf.library.page(request.match_info["slug"])
        if page is None:
            raise web.HTTPNotFound
        return self._render("page.html.j2", {"page": page, "replies": spoken_page(page, self._responses)})

    async def gallery(self, request: web.Request) -> web.Response:
        """Every picture with its text alternative."""
        guides = sorted((page for page in self._shelf.library if isinstance(page, Guide)), key=lambda page: page.slug)
        pictures = [
            {"guide": guide, "step": step, "path": picture_path(guide, step), "alternative": alternative(step.picture)}
            for guide in guides
            for step in guide.steps
            if step.picture is not None
        ]
        return self._render("gallery.html.j2", {"pictures": pictures})

    def _render(self, template: str, words: Mapping[str, Any]) -> web.Response:
        return web.Response(text=self._templates.get_template(template).render(words), content_type="text/html")
