"""Learners, their channel identities and conversations."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hocvu.store.tables import ChannelIdentity, Conversation, Learner


async def open_conversation(
    session: AsyncSession, *, channel: str, channel_user_id: str, now: datetime
) -> tuple[Conversation, bool]:
    """The conversation of a channel's user, made with its learner when new; and whether it is new."""
    if (found := await find_conversation(session, channel=channel, channel_user_id=channel_user_id)) is not None:
        return found, False
    learner = Learner(id=str(uuid4()), created_at=now)
    session.add(learner)
    await session.flush()
    session.add(
        ChannelIdentity(learner_id=learner.id, channel=channel, channel_user_id=channel_user_id, created_at=now)
    )
    conversation = Conversation(id=str(uuid4()), learner_id=learner.id, channel=channel, is_test=False, created_at=now)
    session.add(conversation)
    await session.flush()
    return conversation, True


async def find_conversation(session: AsyncSession, *, channel: str, channel_user_id: str) -> Conversation | None:
    query = (
        select(Conversation)
        .join(ChannelIdentity, ChannelIdentity.learner_id == Conversation.learner_id)
        .where(
            ChannelIdentity.channel == channel,
            ChannelIdentity.channel_user_id == channel_user_id,
            Conversation.channel == channel,
        )
    )
    return await session.scalar(query)


async def address_pair_of(session: AsyncSession, learner_id: str) -> str | None:
    """Id of the learner's form of address, None while unknown."""
    return await session.scalar(select(Learner.address_pair).where(Learner.id == learner_id))


async def mark_as_test(session: AsyncSession, conversation_id: str) -> None:
    """Keep a conversation out of every figure about people."""
    await session.execute(update(Conversation).where(Conversation.id == conversation_id).values(is_test=True))


async def set_address_pair(session: AsyncSession, *, learner_id: str, pair_id: str) -> None:
    """Keep how the learner wants to be called. Doing it again changes nothing."""
    await session.execute(update(Learner).where(Learner.id == learner_id).values(address_pair=pair_id))
