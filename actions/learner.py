"""Actions about the learner: how to call them."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction
from actions.topics import offer_to_go_on
from actions.turn import TurnContext
from hocvu.outcomes import TurnOutcome
from hocvu.people.address import asked_pair, load_pairs


class ActionSetAddress(HocvuAction):
    """Keeps the form of address asked for. Replies are addressed when they leave, so this turn's has it already."""

    def name(self) -> str:
        return "action_set_address"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        pair = asked_pair(turn.text)
        if pair is None:
            forms = ", ".join(pair.learner for pair in load_pairs().values())
            dispatcher.utter_message(response="utter_address_unknown", forms=forms)
            return Answered(TurnOutcome.CLARIFIED)
        await self.services.learners.call_by(pair, learner_id=turn.learner_id)
        dispatcher.utter_message(response="utter_address_set")
        await offer_to_go_on(self.services, turn, dispatcher)
        return Answered()
