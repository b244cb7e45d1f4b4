"""The turn that an action works on, read from Rasa's tracker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker

LEAST_LIKELY = 0.05
"""A page less likely than one in twenty is not offered after a correction: a far-fetched list would be the second
mistake in a row."""

_QUESTIONS = ("ask_guide", "nlu_fallback")
_IN_OWN_WORDS = (*_QUESTIONS, "control_stuck")
"""What may be a question itself; every other intent is about one that came before."""
_AFTER_A_QUESTION = ("correct_topic", "complain_bot", "none_of_these", "choose_guide", "choose_option")


@dataclass(frozen=True, slots=True)
class TurnContext:
    """What an action needs of Rasa's tracker.

    `said` are values of a pressed button (guide, at, branch), `readings` the pages this message may mean, the likeliest
    first, `likely_readings` those that it or the question it comes back to does mean quite likely, `question` the words
    of that question in normal form. `offered` and `misunderstood` are slots: the pages offered last, and how many turns
    in a row missed what was meant.
    """

    turn_id: str
    learner_id: str
    intent: str
    text: str = field(repr=False)  # what somebody wrote must not get into a log
    guide: str | None
    second_guide: str | None
    family: str | None
    readings: Sequence[str]
    likely_readings: Sequence[str]
    question: str = field(repr=False)
    said: Mapping[str, str]
    topic: str | None
    offered: Sequence[str]
    misunderstood: int


def read_turn(tracker: Tracker) -> TurnContext:
    """The turn that is being worked, from the newest user event of the tracker."""
    messages = [event for event in reversed(tracker.events) if event["event"] == "user"]
    event, turn_id = messages[0], messages[0]["metadata"]["turn_id"]
    understood = event["parse_data"]
    ranking = understood.get("guide_ranking") or []
    question = _question_before(_earlier(messages, turn_id))
    return TurnContext(
        turn_id=turn_id,
        learner_id=tracker.sender_id,
        intent=understood["intent"]["name"],
        text=event.get("text") or "",
        guide=understood.get("guide"),
        second_guide=understood.get("second_guide"),
        family=understood.get("family"),
        readings=[reading["slug"] for reading in ranking],
        likely_readings=_likely([*ranking, *(question.get("guide_ranking") or [])]),
        question=(understood if understood["intent"]["name"] in _IN_OWN_WORDS else question).get("normalised") or "",
        said={
            entity["entity"]: entity["value"]
            for entity in understood["entities"]
            if entity["entity"] in ("guide", "at", "branch")
        },
        topic=tracker.get_slot("topic"),
        offered=tracker.get_slot("offered") or [],
        misunderstood=int(tracker.get_slot("misunderstood") or 0),
    )


def _earlier(messages: Iterable[Mapping[str, Any]], turn_id: str) -> Iterator[Mapping[str, Any]]:
    """What was understood before this turn, the newest first. A turn that is run again stands there twice."""
    return (event["parse_data"] for event in messages if (event.get("metadata") or {}).get("turn_id") != turn_id)


def _question_before(earlier: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What was understood of the question before this turn; what was said about its answer comes in between. Empty when
    something else was said before."""
    for understood in earlier:
        intent = understood["intent"]["name"]
        if intent not in _AFTER_A_QUESTION:
            return understood if intent in _QUESTIONS else {}
    return {}


def _likely(ranking: Iterable[Mapping[str, Any]]) -> list[str]:
    """Slugs that are likely enough, each once, the likeliest first."""
    by_confidence = sorted(ranking, key=lambda reading: -reading["confidence"])
    likely = (reading["slug"] for reading in by_confidence if reading["confidence"] >= LEAST_LIKELY)
    return list(dict.fromkeys(likely))
