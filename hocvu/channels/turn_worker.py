"""Works the inbox: each message becomes one turn, its replies written with the mark that it is done.

Received means stored, stored means answered: while Rasa is away the message waits and the learner is told once.
A crash anywhere is harmless: the claim on the message runs out, the turn is asked again, Rasa answers the same.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential_jitter

from hocvu.channels.news import ConversationNews
from hocvu.channels.turn_client import RasaUnavailable, TurnClient, TurnFailed
from hocvu.channels.turn_contract import TurnAnswer, TurnRequest
from hocvu.channels.turn_record import TurnRecorder
from hocvu.clock import Clock
from hocvu.errors import HocvuError
from hocvu.privacy.masking import is_nothing_but_masks
from hocvu.store import inbox
from hocvu.store.database import Database, DatabaseBusy
from hocvu.store.tables import InboxMessage

MAX_FAILED_TRIES = 5
"""Tries of a message that Rasa refuses while it is up. The last comes some 15 s after the first: long enough for a
restarted action server, short enough that the learner still looks at the page."""
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 10.0
"""A learner should have an answer within seconds of Rasa's return."""
POLL_SECONDS = 1.0
"""How often the inbox is looked at without a wake-up: messages of other processes and claims that ran out."""

log = structlog.get_logger()


class ClaimLost(HocvuError):
    """Another worker has the message now."""


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """`turns_at_once` people side by side; after `notice_after_seconds` the learner is told to wait."""

    turns_at_once: int
    notice_after_seconds: float
    turn_timeout_seconds: float

    @property
    def lease(self) -> timedelta:
        """A claim outlives the longest try and the longest wait behind it."""
        return timedelta(seconds=self.turn_timeout_seconds + LONGEST_WAIT_SECONDS + 10)


class TurnWorker:
    def __init__(
        self,
        database: Database,
        client: TurnClient,
        recorder: TurnRecorder,
        news: ConversationNews,
        clock: Clock,
        limits: WorkerLimits,
    ) -> None:
        self._database = database
        self._client = client
        self._recorder = recorder
        self._news = news
        self._clock = clock
        self._limits = limits
        self._id = str(uuid4())
        self._something_to_do = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Tell the worker that a message was stored or a place became free."""
        self._something_to_do.set()

    async def run(self) -> None:
        """Work until cancelled; on the way out unfinished messages are given back."""
        try:
            while True:
                self._something_to_do.clear()
                await self._claim_and_start()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._something_to_do.wait()
        finally:
            await self._stop()

    async def _claim_and_start(self) -> None:
        free = self._limits.turns_at_once - len(self._tasks)
        if free <= 0:
            return
        try:
            async with self._database.writing() as session:
                messages = await inbox.claim(
                    session, worker_id=self._id, limit=free, now=self._clock(), lease=self._limits.lease
                )
        except DatabaseBusy:
            log.warning("inbox.busy")
            return
        for message in messages:
            task = asyncio.create_task(self._work(message), name=f"turn {message.turn_id}")
            self._tasks.add(task)
            task.add_done_callback(self._task_ended)

    def _task_ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.wake()

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(DatabaseBusy):  # the claims run out by themselves
            async with self._database.writing() as session:
                await inbox.release_claims(session, worker_id=self._id)

    async def _work(self, message: InboxMessage) -> None:
        """One message from claim to done. Whatever goes wrong here, the message stays in the inbox."""
        try:
            await self._answer(message)
        except ClaimLost:
            log.warning("turn.claim_lost", turn_id=message.turn_id)
        except Exception:
            log.exception("turn.broke", turn_id=message.turn_id)
        self._news.announce(message.conversation_id)

    async def _answer(self, message: InboxMessage) -> None:
        if message.masked and is_nothing_but_masks(message.text, self._recorder.notices.masks):
            await self._recorder.record_nothing_but_masks(message, worker_id=self._id)
            return
        asking = asyncio.create_task(self._ask_until_answered(message))
        try:
            await self._tell_to_wait_if_slow(message, asking)
            answer = await asking
        except TurnFailed as error:
            log.error("turn.dead", turn_id=message.turn_id, reason=str(error))
            await self._recorder.record_failure(message, worker_id=self._id)
            return
        finally:
            asking.cancel()
        await self._recorder.record_answer(message, answer, worker_id=self._id)

    async def _tell_to_wait_if_slow(self, message: InboxMessage, asking: asyncio.Task[TurnAnswer]) -> None:
        done, _ = await asyncio.wait({asking}, timeout=self._limits.notice_after_seconds)
        if not done:
            await self._recorder.tell_to_wait(message)
            self._news.announce(message.conversation_id)

    async def _ask_until_answered(self, message: InboxMessage) -> TurnAnswer:
        request = TurnRequest(
            turn_id=message.turn_id,
            learner_id=message.learner_id,
            channel=message.channel,
            text=None if message.payload else message.text,
            payload=message.payload,
        )
        retrying = AsyncRetrying(
            retry=retry_if_exception_type((RasaUnavailable, TurnFailed, DatabaseBusy)),
            wait=wait_exponential_jitter(multiplier=FIRST_WAIT_SECONDS, max=LONGEST_WAIT_SECONDS),
            stop=_AfterFailures(MAX_FAILED_TRIES),
            before_sleep=_log_failed_try,
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                await self._keep_claim(message)
                answer = await self._client.take_turn(request)
        return answer

    async def _keep_claim(self, message: InboxMessage) -> None:
        async with self._database.writing() as session:
            kept = await inbox.extend_claim(
                session, message_id=message.id, worker_id=self._id, until=self._clock() + self._limits.lease
            )
        if not kept:
            raise ClaimLost(f"turn {message.turn_id}")


class _AfterFailures:
    """Stops after `most` failures of a Rasa that is up; a Rasa that is away is waited for without end."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._failures = 0

    def __call__(self, state: RetryCallState) -> bool:
        if state.outcome is not None and isinstance(state.outcome.exception(), TurnFailed):
            self._failures += 1
        return self._failures >= self._most


def _log_failed_try(state: RetryCallState) -> None:
    reason = state.outcome.exception() if state.outcome else None
    log.warning("turn.retry", attempt=state.attempt_number, reason=str(reason))
