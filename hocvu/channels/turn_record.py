"""Writes what a turn came to: the turn, its replies and the mark that the message is done, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from hocvu.channels.speak import notice, spoken
from hocvu.channels.turn_contract import TurnAnswer, Understanding
from hocvu.clock import Clock
from hocvu.content.notices import Notices
from hocvu.outcomes import TurnOutcome
from hocvu.people.address import AddressPair
from hocvu.privacy.personal_data import PersonalData
from hocvu.store import inbox, learners, outbox, turns
from hocvu.store.database import Database, DatabaseBusy
from hocvu.store.tables import InboxMessage, InboxStatus, Turn

again_when_busy = retry(
    retry=retry_if_exception_type(DatabaseBusy),
    stop=stop_after_attempt(6),
    wait=wait_random_exponential(multiplier=0.2, max=5),
    reraise=True,
)
"""Six tries over some 30 s; after that the claim runs out and the whole turn is asked again."""


class TurnRecorder:
    def __init__(
        self,
        database: Database,
        notices: Notices,
        pairs: dict[str, AddressPair],
        default_pair: AddressPair,
        clock: Clock,
    ) -> None:
        self.notices = notices
        self._database = database
        self._pairs = pairs
        self._default_pair = default_pair
        self._clock = clock

    @again_when_busy
    async def record_answer(self, message: InboxMessage, answer: TurnAnswer, *, worker_id: str) -> None:
        """Rasa's answer. Writes nothing when the message was closed by another worker meanwhile."""
        async with self._database.writing() as session:
            pair = await self._pair_of(session, message.learner_id)
            replies = [spoken(reply, pair) for reply in answer.replies]
            outcome = answer.outcome
            if not replies:
                replies, outcome = [notice(self.notices.notices.failed, pair)], TurnOutcome.ERROR_NO_REPLY
            if await self._close(session, message, InboxStatus.DONE, worker_id):
                await self._write(session, message, outcome, pair, replies, answer)

    @again_when_busy
    async def record_nothing_but_masks(self, message: InboxMessage, *, worker_id: str) -> None:
        """A message of personal data only: told why, not sent to Rasa."""
        async with self._database.writing() as session:
            pair = await self._pair_of(session, message.learner_id)
            if await self._close(session, message, InboxStatus.DONE, worker_id):
                await self._write(session, message, TurnOutcome.REFUSED_SENSITIVE, pair, [])

    @again_when_busy
    async def record_failure(self, message: InboxMessage, *, worker_id: str) -> None:
        """Given up: the message is kept as dead and the learner told what to do instead."""
        async with self._database.writing() as session:
            pair = await self._pair_of(session, message.learner_id)
            if await self._close(session, message, InboxStatus.DEAD, worker_id):
                replies = [notice(self.notices.notices.failed, pair)]
                await self._write(session, message, TurnOutcome.ERROR_CORE_FAILED, pair, replies)

    @again_when_busy
    async def tell_to_wait(self, message: InboxMessage) -> None:
        """Once for each message, however often and by whom it is tried."""
        async with self._database.writing() as session:
            pair = await self._pair_of(session, message.learner_id)
            await outbox.add_notice(
                session,
                conversation_id=message.conversation_id,
                turn_id=message.turn_id,
                name="waiting",
                reply=notice(self.notices.notices.waiting, pair),
                now=self._clock(),
            )

    async def _pair_of(self, session: AsyncSession, learner_id: str) -> AddressPair:
        return self._pairs.get(await learners.address_pair_of(session, learner_id) or "", self._default_pair)

    async def _close(self, session: AsyncSession, message: InboxMessage, status: InboxStatus, worker_id: str) -> bool:
        return await inbox.finish(session, message_id=message.id, worker_id=worker_id, status=status)

    async def _write(
        self,
        session: AsyncSession,
        message: InboxMessage,
        outcome: TurnOutcome,
        pair: AddressPair,
        replies: Sequence[dict[str, Any]],
        answer: TurnAnswer | None = None,
    ) -> None:
        now = self._clock()
        for kind in message.masked:
            text = self.notices.personal_data[PersonalData(kind)]
            await outbox.add_notice(
                session,
                conversation_id=message.conversation_id,
                turn_id=message.turn_id,
                name=kind,
                reply=notice(text, pair),
                now=now,
            )
        for position, reply in enumerate(replies):
            await outbox.add_reply(
                session,
                conversation_id=message.conversation_id,
                turn_id=message.turn_id,
                position=position,
                reply=reply,
                now=now,
            )
        await turns.add(session, _turn(message, outcome, now, answer))


def _turn(message: InboxMessage, outcome: TurnOutcome, now: datetime, answer: TurnAnswer | None) -> Turn:
    understood = answer.understanding if answer else Understanding()
    return Turn(
        id=message.turn_id,
        conversation_id=message.conversation_id,
        learner_id=message.learner_id,
        utterance=message.text,
        masked=message.masked,
        intent=understood.intent,
        confidence=understood.confidence,
        guide=understood.guide,
        understanding=understood.model_dump(),
        actions=answer.actions if answer else [],
        outcome=outcome,
        model=answer.model if answer else None,
        rasa_ms=answer.took_ms if answer else None,
        total_ms=round((now - message.received_at).total_seconds() * 1000),
        received_at=message.received_at,
        answered_at=now,
    )
