"""What is not ours to answer."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction
from actions.topics import offer_to_go_on
from actions.turn import TurnContext
from hocvu.outcomes import TurnOutcome

FAMILIES = (
    "health",
    "law",
    "farming",
    "money",
    "weather_news",
    "fun",
    "family",
    "repair",
    "study",
    "travel_shopping",
    "assistant_abilities",
    "near_miss",
    "other",
)
"""Families of nlu_data/out_of_scope.yml; each has a response that names who does help."""

_UNKNOWN_FAMILY = "other"


class ActionOutOfScope(HocvuAction):
    """Says so, and who helps instead; somebody in the middle of a guide is offered to go on with it."""

    def name(self) -> str:
        return "action_out_of_scope"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        family = turn.family if turn.family in FAMILIES else _UNKNOWN_FAMILY
        dispatcher.utter_message(response=f"utter_out_of_scope_{family}")
        await offer_to_go_on(self.services, turn, dispatcher)
        return Answered(TurnOutcome.OUT_OF_SCOPE)
