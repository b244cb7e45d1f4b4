"""Opening a page: a guide is walked, an answer and an emergency are said."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction
from actions.buttons import onward_buttons, topic_buttons
from actions.services import Services
from actions.turn import TurnContext
from actions.walkthrough import say_begin, say_go_on, words
from hocvu.clock import VIETNAM
from hocvu.content.cards import answer_card, answer_text, emergency_card, emergency_text
from hocvu.content.library import AnyPage, Library
from hocvu.content.models import Answer, Emergency, Guide
from hocvu.outcomes import TurnOutcome
from hocvu.people.walkthroughs import Begun


class ActionOpenTopic(HocvuAction):
    """Opens the page that was asked for or chosen; a second question of the message is kept as a button."""

    def name(self) -> str:
        return "action_open_topic"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        return await open_page(turn.said.get("guide") or turn.guide or "", self.services, turn, dispatcher)


async def open_page(slug: str, services: Services, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
    """Say or begin the page of this slug, as when its button is pressed."""
    page = services.shelf.library.page(slug)
    if page is None:
        dispatcher.utter_message(response="utter_page_missing")
        return Answered(TurnOutcome.ERROR_WITHDRAWN_PAGE)
    if services.shelf.library.is_out_of_date(slug, services.clock().astimezone(VIETNAM).date()):
        dispatcher.utter_message(response="utter_page_expired")
    match page:
        case Guide():
            await _walk(page, services, turn, dispatcher)
        case Answer():
            _say_answer(page, services.shelf.library, dispatcher)
        case Emergency():
            _say_emergency(page, services.shelf.library, dispatcher)
    _say_second_question(page, services.shelf.library, turn, dispatcher)
    if isinstance(page, Answer):
        await offer_to_go_on(services, turn, dispatcher)
    return Answered(topic=page.slug)


async def offer_to_go_on(services: Services, turn: TurnContext, dispatcher: CollectingDispatcher) -> None:
    """With a guide open: the way back to its step."""
    view = await services.walkthroughs.open_one(learner_id=turn.learner_id)
    if view is not None:
        say_go_on(dispatcher, view)


async def _walk(guide: Guide, services: Services, turn: TurnContext, dispatcher: CollectingDispatcher) -> None:
    result = await services.walkthroughs.open(guide, learner_id=turn.learner_id, turn_id=turn.turn_id)
    if isinstance(result, Begun):
        say_begin(dispatcher, result.view)
    else:
        dispatcher.utter_message(response="utter_walk_resumable", json_message={"kind": "choice"}, **words(result.view))


def _say_answer(page: Answer, library: Library, dispatcher: CollectingDispatcher) -> None:
    onward = onward_buttons(page, library)
    said = {"text": answer_text(page), "json_message": answer_card(page, library)}
    if page.safety is None:
        dispatcher.utter_message(**said, buttons=onward)
    else:
        dispatcher.utter_message(**said)
        dispatcher.utter_message(response="utter_page_safety", safety=page.safety, buttons=onward)


def _say_emergency(page: Emergency, library: Library, dispatcher: CollectingDispatcher) -> None:
    dispatcher.utter_message(text=emergency_text(page), json_message=emergency_card(page, library))
    if page.safety:
        dispatcher.utter_message(response="utter_page_safety", safety=page.safety)


def _say_second_question(first: AnyPage, library: Library, turn: TurnContext, dispatcher: CollectingDispatcher) -> None:
    second = library.page(turn.second_guide) if turn.second_guide else None
    if second is not None and second != first:
        dispatcher.utter_message(
            response="utter_second_question",
            title=second.title,
            buttons=topic_buttons([second]),
            json_message={"kind": "choice"},
        )
