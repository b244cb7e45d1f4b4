"""Facts of the page that is talked about: fee, time, place, who may do it, where it is written."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction
from actions.buttons import MOST_READINGS, pages_on_shelf, topic_buttons
from actions.turn import TurnContext
from actions.walkthrough import say_go_on
from hocvu.content.cards import sources_of, sources_text
from hocvu.content.library import AnyPage, Library
from hocvu.content.models import Guide
from hocvu.outcomes import TurnOutcome
from hocvu.people.walkthroughs import WalkView

_FACT_OF_INTENT = {
    "ask_fee": "fee",
    "ask_time": "time",
    "ask_papers": "papers",
    "ask_place": "place",
    "ask_age": "age",
    "ask_validity": "valid",
    "ask_proxy": "proxy",
}


class ActionAnswerFact(HocvuAction):
    """A fact of the page talked about last, or of the guide being walked."""

    def name(self) -> str:
        return "action_answer_fact"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        library = self.services.shelf.library
        view = await self.services.walkthroughs.open_one(learner_id=turn.learner_id)
        page = page_talked_about(turn, view, library)
        if page is None:
            return _ask_of_what(turn, library, dispatcher)
        match turn.intent:
            case "ask_source":
                _say_sources(page, library, dispatcher)
            case "ask_result":
                _say_result(page, dispatcher)
            case "ask_safety":
                _say_fact(page.safety, page, dispatcher)
            case "ask_condition":
                _say_fact(page.facts.condition or page.facts.account, page, dispatcher)
            case intent:
                _say_fact(getattr(page.facts, _FACT_OF_INTENT[intent]), page, dispatcher)
        if view is not None:
            say_go_on(dispatcher, view)
        return Answered(topic=page.slug)


def page_talked_about(turn: TurnContext, view: WalkView | None, library: Library) -> AnyPage | None:
    """The page a question without a name is about; a slot may have been lost, an open guide is not."""
    page = library.page(turn.topic) if turn.topic else None
    return page or (view.guide if view else None)


def _ask_of_what(turn: TurnContext, library: Library, dispatcher: CollectingDispatcher) -> Answered:
    pages = pages_on_shelf(turn.readings, library)[:MOST_READINGS]
    dispatcher.utter_message(response="utter_fact_of_what", buttons=topic_buttons(pages))
    return Answered(TurnOutcome.CLARIFIED, offered=[page.slug for page in pages])


def _say_fact(fact: str | None, page: AnyPage, dispatcher: CollectingDispatcher) -> None:
    if fact is None:
        dispatcher.utter_message(response="utter_fact_unknown", title=page.title)
    else:
        dispatcher.utter_message(response="utter_fact", fact=fact)


def _say_result(page: AnyPage, dispatcher: CollectingDispatcher) -> None:
    if isinstance(page, Guide):
        dispatcher.utter_message(response="utter_page_result", done=page.done)
    else:
        _say_fact(None, page, dispatcher)


def _say_sources(page: AnyPage, library: Library, dispatcher: CollectingDispatcher) -> None:
    dispatcher.utter_message(
        response="utter_page_sources",
        title=page.title,
        sources=sources_text(page, library),
        json_message={"kind": "answer", "title": page.title, "sources": sources_of(page, library)},
    )
