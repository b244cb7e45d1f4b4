"""What a word means: "OTP là gì"."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.asking_again import ask_again
from actions.base import Answered, HocvuAction
from actions.buttons import pages_on_shelf, topic_buttons
from actions.topics import offer_to_go_on, open_page
from actions.turn import TurnContext
from hocvu.content.glossary import find_term


class ActionExplainTerm(HocvuAction):
    """The meaning of a word of the glossary, by its page where there is one; then back to the open guide."""

    def name(self) -> str:
        return "action_explain_term"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        library = self.services.shelf.library
        term = find_term(turn.text, library.glossary)
        if term is None:
            pages = pages_on_shelf(turn.likely_readings, library)
            return ask_again(pages, self.services, turn, dispatcher, instead="utter_term_unknown")
        pages = pages_on_shelf([term.topic] if term.topic else [], library)
        if pages and term.explained_by_topic:
            return await open_page(pages[0].slug, self.services, turn, dispatcher)
        dispatcher.utter_message(response="utter_term", says=term.says, buttons=topic_buttons(pages))
        await offer_to_go_on(self.services, turn, dispatcher)
        return Answered()
