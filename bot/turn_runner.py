"""Working one turn with Rasa: once, under the conversation's lock, with a session that stays short."""

from __future__ import annotations

import asyncio

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import LockError
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import DEFAULT_ACTION_NAMES, USER_INTENT_SESSION_START
from rasa.shared.core.trackers import DialogueStateTracker

from bot.turn_contract import TurnError, TurnRequest
from bot.turn_record import TurnRecord, count_turns, read_turn

# Rasa reads and sends the whole session with every turn. Forty turns are longer than any walkthrough and keep the
# session near 200 kB; the turn after them starts a new one, and nothing is lost: no slot holds what must survive.
MAX_TURNS_PER_SESSION = 40
# Rasa's lock lives for 60 seconds. A turn that took longer could meet its own repetition.
TURN_DEADLINE_SECONDS = 45.0
# Rasa's own waiting time of one second would be felt by a learner who writes two messages in a row.
LOCK_POLL_SECONDS = 0.05


class NoOutput(OutputChannel):
    """Swallows what Rasa sends while a turn runs: replies are read from the tracker, where they are stored."""

    async def send_response(self, recipient_id: str, message: dict[str, object]) -> None:
        """Sends nothing."""


async def take_turn(agent: Agent, processor: MessageProcessor, turn: TurnRequest) -> TurnRecord:
    """The stored record of this turn, run now if it was not yet run to its end.

    Raises TurnError: `busy` when the lock was not to be had, `too_slow` after TURN_DEADLINE_SECONDS, `not_stored`
    when Rasa could not write its tracker.
    """
    try:
        async with agent.lock_store.lock(turn.learner_id, wait_time_in_seconds=LOCK_POLL_SECONDS):
            return await _take_locked(processor, turn)
    except LockError as error:
        raise TurnError(503, "busy", "another turn of this learner did not end in time") from error
    except TimeoutError as error:
        raise TurnError(503, "too_slow", f"the turn took more than {TURN_DEADLINE_SECONDS:.0f} seconds") from error


async def _take_locked(processor: MessageProcessor, turn: TurnRequest) -> TurnRecord:
    # Read before Rasa looks at the session: a session that ended an hour ago still knows its last turn.
    tracker = await processor.tracker_store.retrieve(turn.learner_id)
    record = await _earlier_record(processor, tracker, turn)
    if record is not None and record.is_complete:
        return record
    turns = count_turns(tracker.events) if tracker else 0
    await asyncio.wait_for(_run(processor, turn, turns_so_far=turns), TURN_DEADLINE_SECONDS)
    # Read again from the store, not from memory: when the store fails, Rasa goes on in memory without an error.
    record = _record_in(await processor.tracker_store.retrieve(turn.learner_id), processor, turn)
    if record is None:
        raise TurnError(503, "not_stored", "the conversation could not be stored")
    return record


async def _earlier_record(
    processor: MessageProcessor, tracker: DialogueStateTracker | None, turn: TurnRequest
) -> TurnRecord | None:
    record = _record_in(tracker, processor, turn)
    if record is None and tracker is not None and count_turns(tracker.events) == 0:
        # A new session without a turn: a crash fell between its start and the turn. Rare, so the whole past is read.
        tracker = await processor.tracker_store.retrieve_full_tracker(turn.learner_id)
        record = _record_in(tracker, processor, turn)
    return record


def _record_in(
    tracker: DialogueStateTracker | None, processor: MessageProcessor, turn: TurnRequest
) -> TurnRecord | None:
    return read_turn(list(tracker.events), turn.turn_id, own_actions(processor)) if tracker else None


async def _run(processor: MessageProcessor, turn: TurnRequest, *, turns_so_far: int) -> None:
    if turns_so_far >= MAX_TURNS_PER_SESSION:
        restart = UserMessage(f"/{USER_INTENT_SESSION_START}", NoOutput(), turn.learner_id, input_channel=turn.channel)
        await processor.handle_message(restart)
    message = UserMessage(
        turn.rasa_text,
        NoOutput(),
        turn.learner_id,
        input_channel=turn.channel,
        message_id=turn.turn_id,
        metadata={"turn_id": turn.turn_id, "channel": turn.channel, "model": processor.model_filename},
    )
    await processor.handle_message(message)


def own_actions(processor: MessageProcessor) -> frozenset[str]:
    """Custom actions of the domain: those that an action server runs."""
    names = (name for name in processor.domain.user_actions if name.startswith("action_"))
    return frozenset(names) - frozenset(DEFAULT_ACTION_NAMES)
