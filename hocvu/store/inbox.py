"""Messages received: stored once, worked in order for each person, side by side for different people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from hocvu.store.tables import OPEN_INBOX, InboxMessage, InboxStatus


async def find_event(session: AsyncSession, *, conversation_id: str, event_id: str) -> InboxMessage | None:
    """The message stored for this event of the channel, if it arrived before."""
    return await session.scalar(
        select(InboxMessage).where(InboxMessage.conversation_id == conversation_id, InboxMessage.event_id == event_id)
    )


async def claim(
    session: AsyncSession, *, worker_id: str, limit: int, now: datetime, lease: timedelta
) -> list[InboxMessage]:
    """Up to `limit` messages to work on now, marked as this worker's until the lease ends.

    A message is free when no earlier message of the same learner is open and nobody else's lease runs on it.
    """
    earlier = aliased(InboxMessage)
    blocked = exists().where(
        earlier.learner_id == InboxMessage.learner_id, earlier.id < InboxMessage.id, earlier.status.in_(OPEN_INBOX)
    )
    free = or_(InboxMessage.claimed_until.is_(None), InboxMessage.claimed_until < now)
    query = (
        select(InboxMessage)
        .where(InboxMessage.status.in_(OPEN_INBOX), free, ~blocked)
        .order_by(InboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = list(await session.scalars(query))
    for message in messages:
        message.status = InboxStatus.WORKING
        message.claimed_by = worker_id
        message.claimed_until = now + lease
    return messages


async def extend_claim(session: AsyncSession, *, message_id: int, worker_id: str, until: datetime) -> bool:
    """Keep a claim for longer and count the attempt. False when the claim was lost to another worker."""
    result = await session.execute(
        update(InboxMessage)
        .where(
            InboxMessage.id == message_id,
            InboxMessage.claimed_by == worker_id,
            InboxMessage.status == InboxStatus.WORKING,
        )
        .values(claimed_until=until, attempts=InboxMessage.attempts + 1)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE always gives a CursorResult


async def release_claims(session: AsyncSession, *, worker_id: str | None = None) -> None:
    """Give claimed messages back: one worker's at its end; everybody's when this process is the only one."""
    query = update(InboxMessage).where(InboxMessage.status == InboxStatus.WORKING)
    if worker_id is not None:
        query = query.where(InboxMessage.claimed_by == worker_id)
    await session.execute(query.values(status=InboxStatus.RECEIVED, claimed_by=None, claimed_until=None))


async def finish(session: AsyncSession, *, message_id: int, worker_id: str, status: InboxStatus) -> bool:
    """Close a message. False when it was closed already or belongs to another worker: then write nothing."""
    result = await session.execute(
        update(InboxMessage)
        .where(
            InboxMessage.id == message_id,
            InboxMessage.claimed_by == worker_id,
            InboxMessage.status == InboxStatus.WORKING,
        )
        .values(status=status, claimed_by=None, claimed_until=None)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


async def newest(session: AsyncSession, *, conversation_id: str, limit: int) -> Sequence[InboxMessage]:
    """The newest messages of a conversation, newest first."""
    query = select(InboxMessage).where(InboxMessage.conversation_id == conversation_id)
    return (await session.scalars(query.order_by(InboxMessage.id.desc()).limit(limit))).all()
