"""Slots of the project's own domain that Rasa itself sets."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.actions.action import ActionExtractSlots
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

DOMAIN = Path(__file__).parents[2] / "bot" / "domain"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(DOMAIN))


def misunderstood_after(intent: str, domain: Domain) -> float:
    events = [
        ActionExecuted("action_listen"),
        SlotSet("misunderstood", 2),
        UserUttered("chào", intent={"name": intent, "confidence": 1.0}),
    ]
    tracker = DialogueStateTracker.from_events("learner", events, slots=domain.slots)
    for event in asyncio.run(ActionExtractSlots(None).run(None, None, tracker, domain)):
        tracker.update(event, domain)
    return float(tracker.get_slot("misunderstood"))


@pytest.mark.parametrize("intent", ["thank", "emergency_medical", "request_quiz"])
def test_a_turn_without_a_custom_action_ends_the_row_of_misunderstandings(intent: str, domain: Domain) -> None:
    assert misunderstood_after(intent, domain) == 0


@pytest.mark.parametrize("intent", ["correct_topic", "nlu_fallback", "ask_fee"])
def test_the_other_turns_are_counted_by_their_actions(intent: str, domain: Domain) -> None:
    assert misunderstood_after(intent, domain) == 2
