"""Replies to deliver, each written once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hocvu.store.tables import OutboxKind, OutboxMessage, OutboxStatus


async def add_reply(
    session: AsyncSession, *, conversation_id: str, turn_id: str, position: int, reply: dict[str, Any], now: datetime
) -> None:
    """The `position`-th reply of a turn, counted from 0."""
    session.add(
        OutboxMessage(
            conversation_id=conversation_id,
            turn_id=turn_id,
            kind=OutboxKind.REPLY,
            reply=reply,
            once_key=f"{turn_id}:{position}",
            status=OutboxStatus.PENDING,
            created_at=now,
        )
    )
    await session.flush()


async def add_notice(
    session: AsyncSession, *, conversation_id: str, turn_id: str, name: str, reply: dict[str, Any], now: datetime
) -> bool:
    """A notice of the service, once for each turn and name. False when it was given before."""
    once_key = f"{turn_id}:{name}"
    if await session.scalar(select(OutboxMessage.id).where(OutboxMessage.once_key == once_key)) is not None:
        return False
    session.add(
        OutboxMessage(
            conversation_id=conversation_id,
            turn_id=turn_id,
            kind=OutboxKind.NOTICE,
            reply=reply,
            once_key=once_key,
            status=OutboxStatus.PENDING,
            created_at=now,
        )
    )
    await session.flush()
    return True


async def after(session: AsyncSession, *, conversation_id: str, last_id: int) -> Sequence[OutboxMessage]:
    """Replies of a conversation behind `last_id`, oldest first."""
    query = select(OutboxMessage).where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.id > last_id)
    return (await session.scalars(query.order_by(OutboxMessage.id))).all()


async def newest(session: AsyncSession, *, conversation_id: str, limit: int) -> Sequence[OutboxMessage]:
    """The newest replies of a conversation, newest first."""
    query = select(OutboxMessage).where(OutboxMessage.conversation_id == conversation_id)
    return (await session.scalars(query.order_by(OutboxMessage.id.desc()).limit(limit))).all()


async def find(session: AsyncSession, *, conversation_id: str, message_id: int) -> OutboxMessage | None:
    """A reply, if it was sent in this conversation."""
    return await session.scalar(
        select(OutboxMessage).where(OutboxMessage.id == message_id, OutboxMessage.conversation_id == conversation_id)
    )


async def last_id(session: AsyncSession, *, conversation_id: str) -> int:
    """Id of the newest reply, 0 when there is none."""
    query = select(func.max(OutboxMessage.id)).where(OutboxMessage.conversation_id == conversation_id)
    return await session.scalar(query) or 0


async def mark_delivered(session: AsyncSession, *, message_ids: Sequence[int], now: datetime) -> None:
    """Note that the channel has these replies."""
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(message_ids), OutboxMessage.status == OutboxStatus.PENDING)
        .values(status=OutboxStatus.DELIVERED, delivered_at=now)
    )
