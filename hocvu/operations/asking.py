"""Ask the running stack a question, as a web visitor would, and read what was understood."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp

from hocvu.content.models import HELP_PAGE
from hocvu.errors import HocvuError
from hocvu.outcomes import TurnOutcome
from hocvu.store import learners, outbox, turns
from hocvu.store.database import Database
from hocvu.store.tables import Turn

POLL_SECONDS = 0.05
LONGEST_WAIT_SECONDS = 60.0


class StackUnreachable(HocvuError):
    """The gateway does not answer, or not in time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page the person could have meant, with a confidence in 0..1."""

    slug: str
    confidence: float


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """One question and what came of it. `offered` are the slugs behind the buttons of a clarification.

    `outcome` is that of the turn, or `refused_<code>` when the gateway did not take the question.
    """

    text: str
    stored: str
    outcome: str
    intent: str | None
    guide: str | None
    confidence: float | None
    guide_ranking: list[Reading]
    offered: list[str]
    masked: list[str]
    replies: list[dict[str, Any]]
    took_ms: int
    actions: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Visitor:
    """A web visitor of its own: asks over HTTP, then reads its turn from the store. Marked as a test."""

    def __init__(self, base_url: str, database: Database) -> None:
        self._base_url = base_url
        self._database = database

    async def ask(self, text: str) -> AskedTurn:
        """One question in a fresh conversation. Raises StackUnreachable."""
        try:
            async with aiohttp.ClientSession(self._base_url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
                conversation_id = await self._open(session)
                return await self._ask_in(session, conversation_id, text)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise StackUnreachable(
                f"{self._base_url} does not answer ({type(error).__name__}): run `make run`"
            ) from error

    async def _open(self, session: aiohttp.ClientSession) -> str:
        async with session.post("/api/webchat/conversation") as response:
            conversation_id = str((await response.json())["conversation_id"])
        async with self._database.writing() as database:
            await learners.mark_as_test(database, conversation_id)
        return conversation_id

    async def _ask_in(self, session: aiohttp.ClientSession, conversation_id: str, text: str) -> AskedTurn:
        async with session.post("/api/webchat/messages", json={"client_id": uuid4().hex, "text": text}) as response:
            body = await response.json()
        if not body["ok"]:
            return _refused(text, body["error"])
        turn = await self._turn_of(session, body["message"]["client_id"], conversation_id)
        async with self._database.reading() as database:
            sent = await outbox.after(database, conversation_id=conversation_id, last_id=0)
        return _asked(text, turn, [message.reply for message in sent])

    async def _turn_of(self, session: aiohttp.ClientSession, client_id: str, conversation_id: str) -> Turn:
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        while time.monotonic() < deadline:
            async with self._database.reading() as database:
                turn = await turns.of_event(database, conversation_id=conversation_id, event_id=client_id)
            if turn is not None:
                return turn
            await asyncio.sleep(POLL_SECONDS)
        raise StackUnreachable(f"no answer within {LONGEST_WAIT_SECONDS:.0f} s: is Rasa up? See `hocvu doctor`")


def _refused(text: str, fault: dict[str, str]) -> AskedTurn:
    """A question that the gateway did not take: nothing was stored, its fault is the answer."""
    reply = {"text": fault["message"], "buttons": []}
    return AskedTurn(text, "", f"refused_{fault['code']}", None, None, None, [], [], [], [reply], 0)


def _asked(text: str, turn: Turn, replies: list[dict[str, Any]]) -> AskedTurn:
    ranking = turn.understanding.get("guide_ranking", [])
    return AskedTurn(
        text=text,
        stored=turn.utterance,
        outcome=turn.outcome,
        intent=turn.intent,
        guide=_opened(turn),
        confidence=turn.confidence,
        guide_ranking=[Reading(reading["slug"], reading["confidence"]) for reading in ranking],
        offered=_offered(turn, replies),
        masked=list(turn.masked),
        replies=[
            {"text": reply["text"], "buttons": [button["title"] for button in reply["buttons"]]} for reply in replies
        ],
        took_ms=turn.total_ms,
        actions=list(turn.actions),
    )


def _opened(turn: Turn) -> str | None:
    """The page that was opened, None when none was."""
    if "action_show_help" in turn.actions:
        return HELP_PAGE
    return turn.guide if "action_open_topic" in turn.actions else None


def _offered(turn: Turn, replies: list[dict[str, Any]]) -> list[str]:
    if turn.outcome != TurnOutcome.CLARIFIED:
        return []
    payloads = [button["payload"] for reply in replies for button in reply["buttons"]]
    return [
        json.loads(payload.removeprefix("/choose_guide"))["guide"]
        for payload in payloads
        if payload.startswith("/choose_guide{")
    ]
