"""Serves the drawn pictures of steps: SVG for web pages, PNG for channels that take no SVG."""

from __future__ import annotations

import asyncio

from aiohttp import web

from hocvu.content.pictures.served import png_of, svg_of
from hocvu.content.shelf import Shelf

FOR_EVER = "public, max-age=31536000, immutable"
"""An edited picture has another address."""


class Pictures:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def routes(self) -> list[web.RouteDef]:
        return [web.get(r"/pictures/{guide}/{step}.{kind:svg|png}", self.picture)]

    async def picture(self, request: web.Request) -> web.Response:
        """The drawing; 404 when the guide, the step or its picture is not (any more) on the shelf."""
        guide = self._shelf.library.guide(request.match_info["guide"])
        step = guide.step(request.match_info["step"]) if guide is not None else None
        if step is None or step.picture is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": FOR_EVER}
        if request.match_info["kind"] == "svg":
            return web.Response(text=svg_of(step.picture), content_type="image/svg+xml", headers=headers)
        drawn = await asyncio.to_thread(png_of, step.picture)
        return web.Response(body=drawn, content_type="image/png", headers=headers)
