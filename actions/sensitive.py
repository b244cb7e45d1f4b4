"""What is refused with care. Danger and fraud under way need no action: their rules say the response alone."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction
from actions.turn import TurnContext
from hocvu.outcomes import TurnOutcome

_RESPONSE_OF_INTENT = {
    "disclose_secret": "utter_disclose_secret",
    "disclose_identity": "utter_disclose_identity",
    "ask_illegal": "utter_ask_illegal",
}


class ActionRefuse(HocvuAction):
    """A secret, papers, or help with something unlawful: not taken, with the reason."""

    def name(self) -> str:
        return "action_refuse"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response=_RESPONSE_OF_INTENT[turn.intent])
        return Answered(TurnOutcome.REFUSED_SENSITIVE)
