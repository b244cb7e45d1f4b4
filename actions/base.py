"""What every action shares: its services, the turn it belongs to, and an outcome at the end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services, services
from actions.turn import TurnContext, read_turn
from hocvu.errors import HocvuError
from hocvu.outcomes import TurnOutcome

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answered:
    """How an action ended: the turn's outcome, and the page talked about when there was one.

    `offered` are the pages that were offered to choose from; None leaves what was offered before. `missed` means that
    the assistant did not see what was meant.
    """

    outcome: TurnOutcome = TurnOutcome.ANSWERED
    topic: str | None = None
    offered: Sequence[str] | None = None
    missed: bool = False


class HocvuAction(Action, ABC):
    """Reads the turn, makes one call, renders. A fault of ours leaves no outcome: the turn is then tried again."""

    def __init__(self, given: Services | None = None) -> None:
        self._given = given

    @property
    def services(self) -> Services:
        return self._given or services()

    @abstractmethod
    def name(self) -> str:
        """Name in the domain."""

    @abstractmethod
    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        """Say something to the dispatcher and tell how it went."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        turn = read_turn(tracker)
        try:
            answered = await self.answer(turn, dispatcher)
        except HocvuError as error:
            dispatcher.messages.clear()
            log.error("action.failed", action=self.name(), turn_id=turn.turn_id, reason=str(error))
            return []
        return [SlotSet("turn_outcome", str(answered.outcome)), *_changes(turn, answered)]


def _changes(turn: TurnContext, answered: Answered) -> list[EventType]:
    """The slots that this turn changes; a tracker full of repetitions would be slow."""
    events: list[EventType] = []
    if answered.topic is not None:
        events.append(SlotSet("topic", answered.topic))
    if (offered := _offered(turn, answered)) != list(turn.offered):
        events.append(SlotSet("offered", offered))
    if (misunderstood := _misunderstood(turn, answered)) != turn.misunderstood:
        events.append(SlotSet("misunderstood", misunderstood))
    return events


def _offered(turn: TurnContext, answered: Answered) -> list[str]:
    """With a page open the list before it is out of sight: "the second one" must not open a page of it then."""
    if answered.offered is not None:
        return list(answered.offered)
    return [] if answered.topic is not None else list(turn.offered)


def _misunderstood(turn: TurnContext, answered: Answered) -> int:
    """Misses in a row. Asking back for another reason neither counts nor ends the row."""
    if answered.missed:
        return turn.misunderstood + 1
    return turn.misunderstood if answered.outcome == TurnOutcome.CLARIFIED else 0
