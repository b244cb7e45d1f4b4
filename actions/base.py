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
from hocvu.errors import HocvuError
from hocvu.outcomes import TurnOutcome

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class TurnContext:
    """What an action needs of Rasa's tracker. `said` are values of a pressed button (guide, at, branch)."""

    turn_id: str
    learner_id: str
    intent: str
    guide: str | None
    readings: Sequence[str]
    said: dict[str, str]
    topic: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """How an action ended: the turn's outcome, and the page talked about when there was one."""

    outcome: TurnOutcome = TurnOutcome.ANSWERED
    topic: str | None = None


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
        events: list[EventType] = [SlotSet("turn_outcome", str(answered.outcome))]
        if answered.topic is not None:
            events.append(SlotSet("topic", answered.topic))
        return events


def read_turn(tracker: Tracker) -> TurnContext:
    """The turn that is being worked, from the newest user event of the tracker."""
    event = next(event for event in reversed(tracker.events) if event["event"] == "user")
    understood = event["parse_data"]
    return TurnContext(
        turn_id=event["metadata"]["turn_id"],
        learner_id=tracker.sender_id,
        intent=understood["intent"]["name"],
        guide=understood.get("guide"),
        readings=[reading["slug"] for reading in understood.get("guide_ranking") or []],
        said={
            entity["entity"]: entity["value"]
            for entity in event["parse_data"]["entities"]
            if entity["entity"] in ("guide", "at", "branch")
        },
        topic=tracker.get_slot("topic"),
    )
