"""Turns: append-only records of what was asked, understood and done."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hocvu.store.tables import InboxMessage, Turn


async def add(session: AsyncSession, turn: Turn) -> None:
    session.add(turn)
    await session.flush()


async def of_event(session: AsyncSession, *, conversation_id: str, event_id: str) -> Turn | None:
    """The turn that a channel's event became, None while it is not answered."""
    query = (
        select(Turn)
        .join(InboxMessage, InboxMessage.turn_id == Turn.id)
        .where(InboxMessage.conversation_id == conversation_id, InboxMessage.event_id == event_id)
    )
    return await session.scalar(query)
