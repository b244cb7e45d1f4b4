"""The web-chat API of openapi.yaml."""

from __future__ import annotations

import json

from aiohttp import web
from aiohttp_sse import sse_response
from pydantic import ValidationError

from hocvu.channels.news import ConversationNews
from hocvu.channels.receive import Received, Receiver, UnknownButton
from hocvu.channels.text import EmptyMessage, MessageTooLong
from hocvu.channels.turn_worker import TurnWorker
from hocvu.channels.webchat.faults import ApiFault
from hocvu.channels.webchat.messages import NewMessage, assistant_message, learner_message, read_history
from hocvu.channels.webchat.visitor import VisitorTokens, new_visitor
from hocvu.clock import Clock
from hocvu.store import learners, outbox
from hocvu.store.database import Database
from hocvu.store.tables import Conversation

CHANNEL = "web"
DEFAULT_HISTORY = 100
MAX_HISTORY = 200
STREAM_POLL_SECONDS = 2.0
"""How soon the stream sees a reply that another gateway process wrote; its own replies come at once."""


class WebChat:
    """Handlers over what they need; one instance for each gateway."""

    def __init__(
        self,
        database: Database,
        receiver: Receiver,
        worker: TurnWorker,
        news: ConversationNews,
        tokens: VisitorTokens,
        clock: Clock,
    ) -> None:
        self._database = database
        self._receiver = receiver
        self._worker = worker
        self._news = news
        self._tokens = tokens
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/webchat/conversation", self.open_conversation),
            web.post("/api/webchat/messages", self.send_message),
            web.get("/api/webchat/messages", self.history),
            web.get("/api/webchat/events", self.stream),
        ]

    async def open_conversation(self, request: web.Request) -> web.Response:
        visitor = self._tokens.visitor_of(request) or new_visitor()
        async with self._database.writing() as session:
            conversation, is_new = await learners.open_conversation(
                session, channel=CHANNEL, channel_user_id=visitor, now=self._clock()
            )
        response = web.json_response({"ok": True, "conversation_id": conversation.id}, status=201 if is_new else 200)
        self._tokens.give(response, visitor)
        return response

    async def send_message(self, request: web.Request) -> web.Response:
        conversation = await self._conversation_of(request)
        received = await self._receive(conversation, await _new_message(request))
        self._worker.wake()
        body = {"ok": True, "message": learner_message(received.message), "duplicate": received.duplicate}
        return web.json_response(body, status=202)

    async def history(self, request: web.Request) -> web.Response:
        conversation = await self._conversation_of(request)
        limit = _whole_number(request, "limit", default=DEFAULT_HISTORY, least=1, most=MAX_HISTORY)
        return web.json_response({"ok": True, **await read_history(self._database, conversation.id, limit=limit)})

    async def stream(self, request: web.Request) -> web.StreamResponse:
        conversation = await self._conversation_of(request)
        last_id = _last_event_id(request)
        async with sse_response(request) as response:
            while response.is_connected():
                last_id = await self._send_news(response, conversation.id, last_id)
                await self._news.wait(conversation.id, at_most_seconds=STREAM_POLL_SECONDS)
        return response

    async def _send_news(self, response: object, conversation_id: str, last_id: int) -> int:
        async with self._database.reading() as session:
            messages = await outbox.after(session, conversation_id=conversation_id, last_id=last_id)
        for message in messages:
            data = json.dumps(assistant_message(message), ensure_ascii=False)
            await response.send(data, event="message", id=str(message.id))  # type: ignore[attr-defined]
        if messages:
            async with self._database.writing() as session:
                await outbox.mark_delivered(
                    session, message_ids=[message.id for message in messages], now=self._clock()
                )
        return messages[-1].id if messages else last_id

    async def _receive(self, conversation: Conversation, new: NewMessage) -> Received:
        try:
            if new.button is not None:
                return await self._receiver.receive_button(conversation, event_id=new.client_id, button_id=new.button)
            return await self._receiver.receive_text(conversation, event_id=new.client_id, text=new.text or "")
        except EmptyMessage as error:
            raise ApiFault(422, "empty_message") from error
        except MessageTooLong as error:
            raise ApiFault(413, "message_too_long") from error
        except UnknownButton as error:
            raise ApiFault(409, "unknown_button") from error

    async def _conversation_of(self, request: web.Request) -> Conversation:
        visitor = self._tokens.visitor_of(request)
        if visitor is not None:
            async with self._database.reading() as session:
                conversation = await learners.find_conversation(session, channel=CHANNEL, channel_user_id=visitor)
            if conversation is not None:
                return conversation
        raise ApiFault(401, "no_conversation")


async def _new_message(request: web.Request) -> NewMessage:
    if request.content_type != "application/json":
        raise ApiFault(415, "invalid_json")
    try:
        return NewMessage.model_validate_json(await request.read())
    except ValidationError as error:
        broken = any(detail["type"] == "json_invalid" for detail in error.errors())
        raise ApiFault(400 if broken else 422, "invalid_json" if broken else "invalid_message") from error


def _whole_number(request: web.Request, name: str, *, default: int, least: int, most: int) -> int:
    text = request.query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 18 and least <= int(text) <= most):
        raise ApiFault(422, "invalid_message")
    return int(text)


def _last_event_id(request: web.Request) -> int:
    """Where the browser stands: its Last-Event-ID, else `after`, else the beginning."""
    header = request.headers.get("Last-Event-ID", "")
    if header.isascii() and header.isdigit() and len(header) <= 18:
        return int(header)
    return _whole_number(request, "after", default=0, least=0, most=10**17)
