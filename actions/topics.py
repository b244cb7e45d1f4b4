"""Actions about the pages: open one, answer a fact of it, offer readings, say that a question is not ours."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction, TurnContext
from actions.buttons import onward_buttons, topic_buttons
from actions.walkthrough import say_begin, say_go_on, words
from hocvu.content.cards import answer_card, answer_text, emergency_card, emergency_text
from hocvu.content.models import Answer, Emergency, Guide
from hocvu.outcomes import TurnOutcome
from hocvu.people.walkthroughs import Begun

MOST_READINGS = 3
"""Buttons that an elder can compare at a glance (DESIGN, idea 3: two or three readings)."""

_FACT_OF_INTENT = {"ask_fee": "fee", "ask_time": "time", "ask_papers": "papers", "ask_place": "place"}
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class ActionOpenTopic(HocvuAction):
    """Opens the page that was asked for or chosen: a guide is walked, the others are said."""

    def name(self) -> str:
        return "action_open_topic"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        slug = turn.said.get("guide") or turn.guide or ""
        page = self.services.shelf.library.page(slug)
        if page is None:
            dispatcher.utter_message(response="utter_page_missing")
            return Answered(TurnOutcome.ERROR_WITHDRAWN_PAGE)
        if page.is_expired(self.services.clock().astimezone(_VIETNAM).date()):
            dispatcher.utter_message(response="utter_page_expired")
        match page:
            case Guide():
                await self._walk(page, turn, dispatcher)
            case Answer():
                self._say_answer(page, dispatcher)
                await self._offer_to_go_on(turn, dispatcher)
            case Emergency():
                self._say_emergency(page, dispatcher)
        return Answered(topic=page.slug)

    async def _walk(self, guide: Guide, turn: TurnContext, dispatcher: CollectingDispatcher) -> None:
        result = await self.services.walkthroughs.open(guide, learner_id=turn.learner_id, turn_id=turn.turn_id)
        if isinstance(result, Begun):
            say_begin(dispatcher, result.view)
        else:
            dispatcher.utter_message(
                response="utter_walk_resumable", json_message={"kind": "choice"}, **words(result.view)
            )

    def _say_answer(self, page: Answer, dispatcher: CollectingDispatcher) -> None:
        library = self.services.shelf.library
        onward = onward_buttons(page, library)
        said = {"text": answer_text(page), "json_message": answer_card(page, library)}
        if page.safety is None:
            dispatcher.utter_message(**said, buttons=onward)
        else:
            dispatcher.utter_message(**said)
            dispatcher.utter_message(response="utter_page_safety", safety=page.safety, buttons=onward)

    def _say_emergency(self, page: Emergency, dispatcher: CollectingDispatcher) -> None:
        dispatcher.utter_message(
            text=emergency_text(page), json_message=emergency_card(page, self.services.shelf.library)
        )
        if page.safety:
            dispatcher.utter_message(response="utter_page_safety", safety=page.safety)

    async def _offer_to_go_on(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> None:
        view = await self.services.walkthroughs.open_one(learner_id=turn.learner_id)
        if view is not None:
            say_go_on(dispatcher, view)


class ActionAnswerFact(HocvuAction):
    """Fee, time, papers or place of the guide being walked, or of the page talked about last."""

    def name(self) -> str:
        return "action_answer_fact"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        view = await self.services.walkthroughs.open_one(learner_id=turn.learner_id)
        page = self.services.shelf.library.page(turn.topic) if turn.topic else None
        page = page or (view.guide if view else None)
        if page is None:
            pages = [found for slug in turn.readings if (found := self.services.shelf.library.page(slug)) is not None]
            dispatcher.utter_message(response="utter_fact_of_what", buttons=topic_buttons(pages[:MOST_READINGS]))
            return Answered(TurnOutcome.CLARIFIED)
        fact = getattr(page.facts, _FACT_OF_INTENT[turn.intent])
        if fact is None:
            dispatcher.utter_message(response="utter_fact_unknown", title=page.title)
        else:
            dispatcher.utter_message(response="utter_fact", fact=fact)
        if view is not None:
            say_go_on(dispatcher, view)
        return Answered(topic=page.slug)


class ActionOfferReadings(HocvuAction):
    """Not sure: two or three readings to tap; with none at hand the learner is asked to say it differently."""

    def name(self) -> str:
        return "action_offer_readings"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        library = self.services.shelf.library
        pages = [page for slug in turn.readings if (page := library.page(slug)) is not None]
        if not pages:
            dispatcher.utter_message(response="utter_say_again")
            return Answered(TurnOutcome.CLARIFIED)
        other = {"title": self.services.phrases.other_topic, "payload": "/none_of_these"}
        dispatcher.utter_message(
            response="utter_readings",
            buttons=[*topic_buttons(pages[:MOST_READINGS]), other],
            json_message={"kind": "choice"},
        )
        return Answered(TurnOutcome.CLARIFIED)


class ActionOutOfScope(HocvuAction):
    def name(self) -> str:
        return "action_out_of_scope"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response="utter_out_of_scope")
        view = await self.services.walkthroughs.open_one(learner_id=turn.learner_id)
        if view is not None:
            say_go_on(dispatcher, view)
        return Answered(TurnOutcome.OUT_OF_SCOPE)
