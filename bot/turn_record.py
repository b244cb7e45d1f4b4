"""Reading one turn back from a tracker's events; the only place where an answer is built."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)

OUTCOME_SLOT = "turn_outcome"
ANSWERED = "answered"
NO_REPLY = "error_no_reply"
RANKING_LENGTH = 5
_ENTITY_FIELDS = ("entity", "value", "old", "start", "end")
_SILENT_ACTIONS = (ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME)


@dataclass(frozen=True)
class TurnRecord:
    """One turn as the tracker tells it: what was understood, and everything that followed."""

    user: UserUttered
    events: tuple[Event, ...]
    own_actions: frozenset[str]

    @property
    def is_finished(self) -> bool:
        """Rasa came to the end of the turn, whatever happened on the way."""
        return any(
            isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME for event in self.events
        )

    @property
    def failed_actions(self) -> list[str]:
        """Own actions that left no outcome. Rasa swallows an action server's failure; this is how it shows."""
        failed = [
            event.action_name
            for event in self.events
            if isinstance(event, ActionExecutionRejected) and event.action_name in self.own_actions
        ]
        for name, left in _by_action(self.events):
            if name in self.own_actions and not any(_outcomes(left)):
                failed.append(name)
        return failed

    @property
    def is_complete(self) -> bool:
        return self.is_finished and not self.failed_actions

    def as_json(self) -> dict[str, Any]:
        """The answer of the turn contract, without the time it took."""
        replies = [_reply(event) for event in self.events if isinstance(event, BotUttered)]
        names = [name for name, _ in _by_action(self.events) if name not in _SILENT_ACTIONS]
        outcomes = list(_outcomes(self.events))
        return {
            "turn_id": self.user.message_id,
            "replies": replies,
            "understanding": _understanding(self.user),
            "actions": names,
            "outcome": outcomes[-1] if outcomes else ANSWERED if replies else NO_REPLY,
            "model": self.user.metadata.get("model"),
        }


def read_turn(events: Sequence[Event], turn_id: str, own_actions: Collection[str]) -> TurnRecord | None:
    """The last run of a turn in these events, or None. A turn that failed and was run again is there twice."""
    starts = [at for at, event in enumerate(events) if isinstance(event, UserUttered) and event.message_id == turn_id]
    if not starts:
        return None
    start = starts[-1]
    user = events[start]
    followers: list[Event] = []
    for event in events[start + 1 :]:
        if isinstance(event, UserUttered | SessionStarted):
            break
        followers.append(event)
    return TurnRecord(user, tuple(followers), frozenset(own_actions))


def count_turns(events: Iterable[Event]) -> int:
    """User messages in a session."""
    return sum(isinstance(event, UserUttered) for event in events)


def _by_action(events: Sequence[Event]) -> Iterator[tuple[str | None, list[Event]]]:
    """Each action that ran, with the events it left behind."""
    starts = [at for at, event in enumerate(events) if isinstance(event, ActionExecuted)]
    for start, end in zip(starts, [*starts[1:], len(events)], strict=True):
        yield events[start].action_name, list(events[start + 1 : end])


def _outcomes(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event, SlotSet) and event.key == OUTCOME_SLOT and isinstance(event.value, str) and event.value:
            yield event.value


def _reply(event: BotUttered) -> dict[str, Any]:
    data = event.data
    buttons = data.get("buttons") or []
    return {
        "text": event.text or "",
        "buttons": [{"title": button.get("title", ""), "payload": button.get("payload", "")} for button in buttons],
        "image": data.get("image"),
        "card": data.get("custom"),
    }


def _understanding(user: UserUttered) -> dict[str, Any]:
    parsed: dict[str, Any] = dict(user.parse_data)
    entities = parsed.get("entities") or []
    ranking = parsed.get("intent_ranking") or []
    return {
        "intent": user.intent.get("name"),
        "confidence": user.intent.get("confidence"),
        "ranking": [{key: entry[key] for key in ("name", "confidence")} for entry in ranking[:RANKING_LENGTH]],
        "guide": parsed.get("guide"),
        "guide_ranking": (parsed.get("guide_ranking") or [])[:RANKING_LENGTH],
        "family": parsed.get("family"),
        "second_guide": parsed.get("second_guide"),
        "entities": [{key: entity[key] for key in _ENTITY_FIELDS if key in entity} for entity in entities],
        "normalised": parsed.get("normalised"),
    }
