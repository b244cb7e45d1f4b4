"""The way in, the same for every channel: clean, mask, store once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.exc import IntegrityError

from hocvu.channels.text import clean_text
from hocvu.clock import Clock
from hocvu.content.notices import Notices
from hocvu.errors import HocvuError
from hocvu.privacy.masking import mask
from hocvu.store import inbox, outbox
from hocvu.store.database import Database
from hocvu.store.tables import Conversation, InboxMessage, InboxStatus


class UnknownButton(HocvuError):
    """The button was not sent in this conversation."""


@dataclass(frozen=True, slots=True)
class Received:
    """The stored message; `duplicate` when the channel had delivered it before."""

    message: InboxMessage
    duplicate: bool


@dataclass(frozen=True, slots=True)
class _Pressed:
    title: str
    payload: str


class Receiver:
    """Takes messages of a conversation into the inbox. When a call returns, the message is on disk."""

    def __init__(self, database: Database, notices: Notices, clock: Clock) -> None:
        self._database = database
        self._notices = notices
        self._clock = clock

    async def receive_text(self, conversation: Conversation, *, event_id: str, text: str) -> Received:
        """A typed message. Raises EmptyMessage, MessageTooLong or DatabaseBusy."""
        masked = mask(clean_text(text), self._notices.masks)
        return await self._store(conversation, event_id, text=masked.text, masked=[str(kind) for kind in masked.found])

    async def receive_button(self, conversation: Conversation, *, event_id: str, button_id: str) -> Received:
        """A pressed button: only here does a press become a payload. Raises UnknownButton or DatabaseBusy."""
        pressed = await self._find_button(conversation.id, button_id)
        return await self._store(conversation, event_id, text=pressed.title, payload=pressed.payload)

    async def _find_button(self, conversation_id: str, button_id: str) -> _Pressed:
        message_id, _, position = button_id.partition(".")
        async with self._database.reading() as session:
            sent = await outbox.find(session, conversation_id=conversation_id, message_id=int(message_id))
        buttons = sent.reply.get("buttons", []) if sent is not None else []
        if int(position) >= len(buttons):
            raise UnknownButton(f"no button {button_id} in this conversation")
        return _Pressed(**buttons[int(position)])

    async def _store(
        self,
        conversation: Conversation,
        event_id: str,
        *,
        text: str,
        payload: str | None = None,
        masked: list[str] | None = None,
    ) -> Received:
        message = InboxMessage(
            conversation_id=conversation.id,
            learner_id=conversation.learner_id,
            channel=conversation.channel,
            event_id=event_id,
            turn_id=str(uuid4()),
            text=text,
            payload=payload,
            masked=masked or [],
            status=InboxStatus.RECEIVED,
            attempts=0,
            received_at=self._clock(),
        )
        try:
            async with self._database.writing() as session:
                session.add(message)
        except IntegrityError:
            async with self._database.reading() as session:
                known = await inbox.find_event(session, conversation_id=conversation.id, event_id=event_id)
            if known is None:
                raise
            return Received(known, duplicate=True)
        return Received(message, duplicate=False)
