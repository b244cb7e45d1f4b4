"""Actions around the conversation itself: greeting, help, a person."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction, TurnContext
from actions.walkthrough import say_go_on
from hocvu.content.cards import answer_card, answer_text
from hocvu.content.models import HELP_PAGE, Answer
from hocvu.outcomes import TurnOutcome


class ActionGreet(HocvuAction):
    """A greeting; somebody in the middle of a guide is offered to go on with it."""

    def name(self) -> str:
        return "action_greet"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response="utter_greet")
        view = await self.services.walkthroughs.open_one(learner_id=turn.learner_id)
        if view is not None:
            say_go_on(dispatcher, view)
        return Answered()


class ActionShowHelp(HocvuAction):
    """What the assistant can do, from its own page, and topics to start with."""

    def name(self) -> str:
        return "action_show_help"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        page = self.services.shelf.library.page(HELP_PAGE)
        if isinstance(page, Answer):
            dispatcher.utter_message(
                text=answer_text(page), json_message=answer_card(page, self.services.shelf.library)
            )
        dispatcher.utter_message(response="utter_help_topics", json_message={"kind": "choice"})
        return Answered()


class ActionRequestHandoff(HocvuAction):
    def name(self) -> str:
        return "action_request_handoff"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response="utter_handoff")
        return Answered(TurnOutcome.HANDED_OFF)
