"""Actions for what people say between the steps: slower, how far, all of it, why, a wrong press, fear, a picture."""

from __future__ import annotations

from abc import abstractmethod

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction
from actions.buttons import topic_buttons
from actions.facts import page_talked_about
from actions.turn import TurnContext
from actions.walkthrough import say_step, words
from hocvu.content.library import AnyPage
from hocvu.content.models import Guide
from hocvu.outcomes import TurnOutcome
from hocvu.people.walkthroughs import WalkView


class BetweenSteps(HocvuAction):
    """Has one answer for somebody in a guide and another one for everybody else. Nothing moves."""

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        view = await self.services.walkthroughs.open_one(learner_id=turn.learner_id)
        if view is None:
            page = page_talked_about(turn, None, self.services.shelf.library)
            return self.answer_outside(turn, page, dispatcher)
        self.say_in_guide(turn, view, dispatcher)
        return Answered(topic=view.guide.slug)

    @abstractmethod
    def say_in_guide(self, turn: TurnContext, view: WalkView, dispatcher: CollectingDispatcher) -> None:
        """The answer at the step of `view`."""

    def answer_outside(self, turn: TurnContext, page: AnyPage | None, dispatcher: CollectingDispatcher) -> Answered:
        """The answer without an open guide; `page` is the one talked about last."""
        dispatcher.utter_message(response="utter_walk_nothing_open")
        return Answered()


class ActionSaySimpler(BetweenSteps):
    """The step once more and slower, with the way out."""

    def name(self) -> str:
        return "action_say_simpler"

    def say_in_guide(self, turn: TurnContext, view: WalkView, dispatcher: CollectingDispatcher) -> None:
        say_step(dispatcher, view, "utter_walk_simpler")

    def answer_outside(self, turn: TurnContext, page: AnyPage | None, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response="utter_what_is_unclear")
        return Answered(TurnOutcome.CLARIFIED)


class ActionSayProgress(BetweenSteps):
    """Which step of how many it is, and how many remain."""

    def name(self) -> str:
        return "action_say_progress"

    def say_in_guide(self, turn: TurnContext, view: WalkView, dispatcher: CollectingDispatcher) -> None:
        say_step(dispatcher, view, "utter_walk_progress" if view.remaining else "utter_walk_last_step")


class ActionSayOverview(BetweenSteps):
    """All steps in short, then the one the learner stands at."""

    def name(self) -> str:
        return "action_say_overview"

    def say_in_guide(self, turn: TurnContext, view: WalkView, dispatcher: CollectingDispatcher) -> None:
        _say_steps(view.guide, dispatcher)
        say_step(dispatcher, view)

    def answer_outside(self, turn: TurnContext, page: AnyPage | None, dispatcher: CollectingDispatcher) -> Answered:
        if not isinstance(page, Guide):
            return super().answer_outside(turn, page, dispatcher)
        _say_steps(page, dispatcher, buttons=topic_buttons([page]))
        return Answered(topic=page.slug)


class ActionSayWhy(BetweenSteps):
    """What the step is for: in the page's own words, or by what it leads to."""

    def name(self) -> str:
        return "action_say_why"

    def say_in_guide(self, turn: TurnContext, view: WalkView, dispatcher: CollectingDispatcher) -> None:
        say_step(dispatcher, view, "utter_walk_why" if view.step.why else "utter_walk_why_in_general")

    def answer_outside(self, turn: TurnContext, page: AnyPage | None, dispatcher: CollectingDispatcher) -> Answered:
        if page is None:
            return super().answer_outside(turn, page, dispatcher)
        dispatcher.utter_message(response="utter_fact_unknown", title=page.title)
        return Answered(topic=page.slug)


class ActionReassure(BetweenSteps):
    """For fear: what the step does, what it cannot do, the page's own warning, and a person."""

    def name(self) -> str:
        return "action_reassure"

    def say_in_guide(self, turn: TurnContext, view: WalkView, dispatcher: CollectingDispatcher) -> None:
        dispatcher.utter_message(response="utter_walk_reassure", **words(view))
        _say_safety(view.guide, dispatcher)
        dispatcher.utter_message(response="utter_walk_not_alone", **words(view), json_message={"kind": "choice"})

    def answer_outside(self, turn: TurnContext, page: AnyPage | None, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response="utter_reassure")
        _say_safety(page, dispatcher)
        dispatcher.utter_message(response="utter_not_alone", json_message={"kind": "choice"})
        return Answered()


_RESPONSE_OF_INTENT = {"pressed_wrong": "utter_pressed_wrong", "request_picture": "utter_no_picture"}


class ActionSayThenStep(BetweenSteps):
    """A few words that are the same everywhere; in a guide the step comes behind them."""

    def name(self) -> str:
        return "action_say_then_step"

    def say_in_guide(self, turn: TurnContext, view: WalkView, dispatcher: CollectingDispatcher) -> None:
        dispatcher.utter_message(response=_RESPONSE_OF_INTENT[turn.intent])
        say_step(dispatcher, view)

    def answer_outside(self, turn: TurnContext, page: AnyPage | None, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response=_RESPONSE_OF_INTENT[turn.intent])
        return Answered()


def _say_steps(guide: Guide, dispatcher: CollectingDispatcher, buttons: list[dict[str, str]] | None = None) -> None:
    steps = "\n".join(f"{number}. {step.do}" for number, step in enumerate(guide.steps, 1))
    dispatcher.utter_message(
        response="utter_walk_overview", title=guide.title, total=len(guide.steps), steps=steps, buttons=buttons
    )


def _say_safety(page: AnyPage | None, dispatcher: CollectingDispatcher) -> None:
    if page is not None and page.safety:
        dispatcher.utter_message(response="utter_page_safety", safety=page.safety)
