"""A web visitor for tests: speaks the web-chat API as the page does."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import uuid4

import aiohttp


class WebVisitor:
    """Holds its own cookies. `base_url` is the gateway's address."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def open(self) -> str:
        async with self.session.post("/api/webchat/conversation") as response:
            return str((await response.json())["conversation_id"])

    async def post(self, **body: Any) -> tuple[int, dict[str, Any]]:
        """Status and body of one sent message; a client id is made when none is given."""
        async with self.session.post("/api/webchat/messages", json={"client_id": uuid4().hex, **body}) as response:
            return response.status, await response.json()

    async def history(self) -> list[dict[str, Any]]:
        async with self.session.get("/api/webchat/messages?limit=200") as response:
            return list((await response.json())["messages"])

    async def replies(self) -> list[dict[str, Any]]:
        return [message for message in await self.history() if message["from"] == "assistant"]

    async def say(self, text: str, *, timeout_seconds: float = 20) -> list[dict[str, Any]]:
        """Type a message and wait for what is answered to it."""
        return await self._after_answer({"text": text}, timeout_seconds)

    async def press(self, title: str, *, timeout_seconds: float = 20) -> list[dict[str, Any]]:
        """Press the newest button with this title and wait for what is answered to it."""
        buttons = [button for reply in await self.replies() for button in reply["buttons"] if button["title"] == title]
        assert buttons, f"no button {title!r}"
        return await self._after_answer({"button": buttons[-1]["id"]}, timeout_seconds)

    async def _after_answer(self, body: dict[str, Any], timeout_seconds: float) -> list[dict[str, Any]]:
        known = {message["id"] for message in await self.history()}
        status, sent = await self.post(**body)
        assert status == 202, sent
        async with asyncio.timeout(timeout_seconds):
            while True:
                messages = await self.history()
                mine = next(message for message in messages if message["id"] == sent["message"]["id"])
                if mine["answered"]:
                    return [m for m in messages if m["from"] == "assistant" and m["id"] not in known]
                await asyncio.sleep(0.03)

    async def read_events(
        self, *, count: int, after: int = 0, last_event_id: int | None = None
    ) -> list[dict[str, Any]]:
        """The first `count` events of the reply stream, as (id, data) dictionaries."""
        headers = {} if last_event_id is None else {"Last-Event-ID": str(last_event_id)}
        events: list[dict[str, Any]] = []
        async with self.session.get(f"/api/webchat/events?after={after}", headers=headers) as response:
            event: dict[str, Any] = {}
            async for raw in response.content:
                line = raw.decode().rstrip("\r\n")
                name, _, value = line.partition(": ")
                if name == "id":
                    event["id"] = int(value)
                elif name == "data":
                    event["data"] = json.loads(value)
                elif not line and event:
                    events.append(event)
                    event = {}
                if len(events) == count:
                    break
        return events
