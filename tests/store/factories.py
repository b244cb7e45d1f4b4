"""Rows to start from."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from hocvu.store import learners
from hocvu.store.database import Database
from hocvu.store.tables import Conversation, InboxMessage, InboxStatus

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


async def make_conversation(database: Database, user: str = "u1", channel: str = "web") -> Conversation:
    async with database.writing() as session:
        conversation, _ = await learners.open_conversation(session, channel=channel, channel_user_id=user, now=NOW)
    return conversation


async def make_message(database: Database, conversation: Conversation, event_id: str | None = None) -> InboxMessage:
    message = InboxMessage(
        conversation_id=conversation.id,
        learner_id=conversation.learner_id,
        channel=conversation.channel,
        event_id=event_id or uuid4().hex,
        turn_id=str(uuid4()),
        text="chào",
        masked=[],
        status=InboxStatus.RECEIVED,
        attempts=0,
        received_at=NOW,
    )
    async with database.writing() as session:
        session.add(message)
    return message
