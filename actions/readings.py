"""Actions when it is not clear what is meant: readings to choose from, a choice made in words, corrections."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.asking_again import ask_again, say_readings
from actions.base import Answered, HocvuAction
from actions.buttons import pages_on_shelf
from actions.services import Services
from actions.topics import open_page
from actions.turn import TurnContext
from actions.walkthrough import make_move, say_branches
from hocvu.content.library import AnyPage
from hocvu.content.positions import at_position, named_position
from hocvu.guidance.walkthrough import Control, Move
from hocvu.outcomes import TurnOutcome


class ActionOfferReadings(HocvuAction):
    """Not sure: two or three readings to tap."""

    def name(self) -> str:
        return "action_offer_readings"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        return ask_again(pages_on_shelf(turn.readings, self.services.shelf.library), self.services, turn, dispatcher)


class ActionCorrectTopic(HocvuAction):
    """The page was the wrong one: an apology, and the other readings."""

    def name(self) -> str:
        return "action_correct_topic"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response="utter_wrong_topic")
        return ask_again(_other_readings(self.services, turn), self.services, turn, dispatcher)


class ActionTakeComplaint(HocvuAction):
    """Somebody is not content with the answers: an apology, and the other readings."""

    def name(self) -> str:
        return "action_take_complaint"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        dispatcher.utter_message(response="utter_apology")
        return ask_again(_other_readings(self.services, turn), self.services, turn, dispatcher)


class ActionNoneOfThese(HocvuAction):
    def name(self) -> str:
        return "action_none_of_these"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        return ask_again([], self.services, turn, dispatcher, instead="utter_none_of_these")


class ActionChooseOption(HocvuAction):
    """ "The second one": opens what was offered there, as its button does."""

    def name(self) -> str:
        return "action_choose_option"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        position = named_position(turn.text, self.services.positions)
        if not turn.offered:
            return await self._choose_branch(position, turn, dispatcher)
        slug = at_position(turn.offered, position)
        if slug is not None:
            return await open_page(slug, self.services, turn, dispatcher)
        dispatcher.utter_message(response="utter_no_such_choice")
        say_readings(pages_on_shelf(turn.offered, self.services.shelf.library), self.services, turn, dispatcher)
        return Answered(TurnOutcome.CLARIFIED)

    async def _choose_branch(
        self, position: int | None, turn: TurnContext, dispatcher: CollectingDispatcher
    ) -> Answered:
        """Where a guide has shown its stuck branches, one of those is meant."""
        walkthroughs = self.services.walkthroughs
        view = await walkthroughs.open_one(learner_id=turn.learner_id)
        branches = view.step.stuck if view is not None and view.is_stuck else ()
        branch = at_position(branches, position)
        if branch is not None or await walkthroughs.is_known(turn_id=turn.turn_id):
            move = Move(Control.CHOOSE_BRANCH, target=branch.id if branch else None)
            if (moved := await make_move(move, self.services, turn, dispatcher)) is not None:
                return moved
        dispatcher.utter_message(response="utter_no_such_choice")
        if view is not None and branches:
            say_branches(dispatcher, view, none_title=self.services.phrases.none_of_these)
        return Answered(TurnOutcome.CLARIFIED)


def _other_readings(services: Services, turn: TurnContext) -> list[AnyPage]:
    """What else may have been meant: neither the page talked about nor what was just offered."""
    seen = {turn.topic, *turn.offered}
    return [page for page in pages_on_shelf(turn.likely_readings, services.shelf.library) if page.slug not in seen]
