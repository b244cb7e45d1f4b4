"""Rasa input channel `turn`: POST /webhooks/turn/webhook takes one turn and answers with what was understood and said.

See DESIGN section 5 for the contract. The same turn sent again gets the same answer; nothing is done twice.
"""

from __future__ import annotations

import hmac
import logging
import time
import traceback
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.exceptions import InvalidConfigException
from sanic import Blueprint, Request, Sanic, response
from sanic.response import HTTPResponse

from bot.log_guard import guard_logs
from bot.rasa_speed import settle, speed_up_rasa
from bot.turn_contract import TurnError, check_intent, parse_request
from bot.turn_record import TurnRecord
from bot.turn_runner import take_turn

logger = logging.getLogger(__name__)
TOKEN_HEADER = "X-Turn-Token"  # noqa: S105 - a header's name
HEALTH_TIMEOUT = aiohttp.ClientTimeout(total=2)


class TurnChannel(InputChannel):
    """The gateway's door into Rasa. `GET /` tells that the process lives, `GET /ready` that it has a model."""

    def __init__(self, *, token: str, actions_url: str) -> None:
        """Raises InvalidConfigException for an empty token: a door without a lock is not built."""
        if not token.strip():
            raise InvalidConfigException("credentials.yml: bot.turn_channel.TurnChannel needs a token (TURN_TOKEN).")
        self._token = token.encode()
        self._actions_health = f"{actions_url.rstrip('/').removesuffix('/webhook')}/health"
        guard_logs()
        speed_up_rasa()

    @classmethod
    def name(cls) -> str:
        return "turn"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TurnChannel:
        given = credentials or {}
        return cls(token=str(given.get("token") or ""), actions_url=str(given.get("actions_url") or ""))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. `on_new_message` stays unused: it would take the lock that a turn already holds."""
        blueprint = Blueprint("turn_channel")

        @blueprint.listener("after_server_start")
        async def after_start(app: Sanic, _: AbstractEventLoop) -> None:
            await settle(getattr(app.ctx, "agent", None))

        @blueprint.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            return await _as_response(_ready(request))

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            return await _as_response(self._answer(request))

        return blueprint

    async def _answer(self, request: Request) -> dict[str, Any]:
        started = time.monotonic()
        self._check_token(request)
        turn = parse_request(request.body)
        agent, processor = _ready_agent(request)
        check_intent(turn, processor.domain.intents)
        record = await take_turn(agent, processor, turn)
        if not record.is_complete:
            raise await self._failure(record)
        return {**record.as_json(), "took_ms": round((time.monotonic() - started) * 1000)}

    def _check_token(self, request: Request) -> None:
        given = request.headers.get(TOKEN_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._token):
            raise TurnError(401, "wrong_token", f"{TOKEN_HEADER} is missing or wrong")

    async def _failure(self, record: TurnRecord) -> TurnError:
        """Why a turn is not complete, in a code that tells the caller whether waiting helps."""
        if not record.failed_actions:
            return TurnError(503, "turn_unfinished", "Rasa did not come to the end of the turn")
        names = ", ".join(record.failed_actions)
        if await _answers(self._actions_health):
            return TurnError(503, "action_failed", f"failed: {names}")
        return TurnError(503, "action_server_down", f"the action server does not answer; not run: {names}")


async def _ready(request: Request) -> dict[str, Any]:
    _, processor = _ready_agent(request)
    return {"status": "ready", "model": processor.model_filename}


def _ready_agent(request: Request) -> tuple[Agent, MessageProcessor]:
    agent: Agent | None = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready() or agent.processor is None:
        raise TurnError(503, "not_ready", "no model is loaded")
    return agent, agent.processor


async def _answers(url: str) -> bool:
    """Does anything answer there? What it says does not matter."""
    try:
        async with aiohttp.ClientSession(timeout=HEALTH_TIMEOUT) as session, session.get(url):
            return True
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False


async def _as_response(work: Awaitable[dict[str, Any]]) -> HTTPResponse:
    """The outermost line of the channel: every failure becomes JSON, and no message reaches the log or the caller."""
    try:
        return response.json(await work)
    except TurnError as error:
        return response.json(error.as_json(), status=error.status)
    except Exception as error:
        # The frames say where; the exception's own words may quote a learner and stay out.
        frames = "".join(traceback.format_tb(error.__traceback__))
        logger.error("A turn broke with %s at\n%s", type(error).__name__, frames)
        broken = TurnError(500, "internal", "the turn broke; the log says where")
        return response.json(broken.as_json(), status=broken.status)
