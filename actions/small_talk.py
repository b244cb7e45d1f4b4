"""Actions around the conversation itself: greeting, help, a person, letters too small."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction
from actions.buttons import pages_on_shelf, topic_buttons
from actions.topics import offer_to_go_on
from actions.turn import TurnContext
from hocvu.content.cards import answer_card, answer_text
from hocvu.content.models import HELP_PAGE, Answer
from hocvu.outcomes import TurnOutcome

LARGER_LETTERS_PAGE = "dt-chu-to-am-luong"

_RESPONSE_OF_INTENT = {"greet": "utter_greet", "introduce_self": "utter_nice_to_meet"}


class ActionGreet(HocvuAction):
    """A greeting, also to somebody who tells about themselves; who is in the middle of a guide is offered to go on."""

    def name(self) -> str:
        return "action_greet"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response=_RESPONSE_OF_INTENT[turn.intent])
        await offer_to_go_on(self.services, turn, dispatcher)
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


class ActionHelpToRead(HocvuAction):
    """Somebody cannot read the letters: how to make them larger, or have them read."""

    def name(self) -> str:
        return "action_help_to_read"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        pages = pages_on_shelf([LARGER_LETTERS_PAGE], self.services.shelf.library)
        dispatcher.utter_message(response="utter_cannot_read", buttons=topic_buttons(pages))
        return Answered()
