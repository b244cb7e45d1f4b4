"""Is the gateway alive, and can it answer people?"""

from __future__ import annotations

from aiohttp import web

from hocvu.channels.turn_client import TurnClient
from hocvu.store.database import Database, DatabaseBusy


class Health:
    def __init__(self, database: Database, client: TurnClient) -> None:
        self._database = database
        self._client = client

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/healthz", self.alive), web.get("/readyz", self.ready)]

    async def alive(self, request: web.Request) -> web.Response:
        """200 while the process serves requests."""
        return web.json_response({"ok": True})

    async def ready(self, request: web.Request) -> web.Response:
        """200 when a question would be answered now, else 503 and what is missing."""
        parts = {"database": await self._database_answers(), "rasa": await self._client.is_ready()}
        is_ready = all(parts.values())
        return web.json_response({"ok": is_ready, **parts}, status=200 if is_ready else 503)

    async def _database_answers(self) -> bool:
        try:
            await self._database.ping()
        except DatabaseBusy:
            return False
        return True
