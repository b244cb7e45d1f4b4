"""Actions of the walkthrough: the controls, typed or pressed, and the question whether a step is done."""

from __future__ import annotations

import json
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered, HocvuAction, TurnContext
from actions.buttons import onward_buttons
from hocvu.guidance.walkthrough import Control, Move, Say
from hocvu.outcomes import TurnOutcome
from hocvu.people.walkthroughs import Begun, NothingOpen, WalkView, Withdrawn

_CONTROL_OF_INTENT = {
    "control_done": Control.DONE,
    "control_repeat": Control.REPEAT,
    "control_back": Control.BACK,
    "control_stuck": Control.STUCK,
    "control_stop": Control.STOP,
    "control_resume": Control.RESUME,
    "control_restart": Control.RESTART,
    "choose_branch": Control.CHOOSE_BRANCH,
}

NO_BRANCH = "none"
"""Button value for "none of these": the machine offers a person."""


class ActionWalkControl(HocvuAction):
    def name(self) -> str:
        return "action_walk_control"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        move = Move(_CONTROL_OF_INTENT[turn.intent], at=turn.said.get("at"), target=turn.said.get("branch"))
        result = await self.services.walkthroughs.move(
            move, learner_id=turn.learner_id, turn_id=turn.turn_id, guide_slug=turn.said.get("guide")
        )
        match result:
            case NothingOpen():
                dispatcher.utter_message(response="utter_walk_nothing_open")
                return Answered()
            case Withdrawn():
                dispatcher.utter_message(response="utter_walk_withdrawn")
                return Answered(TurnOutcome.ERROR_WITHDRAWN_PAGE)
            case Begun(view):
                _say_step(dispatcher, "utter_walk_step", view)
            case WalkView(say=Say.FINISHED) as view:
                await self._say_finished(turn, view, dispatcher)
            case WalkView() as view:
                say_view(dispatcher, view, none_title=self.services.phrases.none_of_these)
        return Answered(topic=view.guide.slug)

    async def _say_finished(self, turn: TurnContext, view: WalkView, dispatcher: CollectingDispatcher) -> None:
        """Praise, what could be done next, and the other guide that is still open."""
        if view.branch is not None:
            dispatcher.utter_message(response="utter_walk_fix_only", **words(view))
        onward = onward_buttons(view.guide, self.services.shelf.library)
        dispatcher.utter_message(response="utter_walk_finished", done=view.guide.done, buttons=onward)
        other = await self.services.walkthroughs.open_one(learner_id=turn.learner_id, other_than=view.guide.slug)
        if other is not None:
            say_go_on(dispatcher, other)


class ActionCheckIn(HocvuAction):
    """A bare yes or no: in a guide it is asked whether the step is done, elsewhere what is wanted."""

    def name(self) -> str:
        return "action_check_in"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        view = await self.services.walkthroughs.open_one(learner_id=turn.learner_id)
        if view is None:
            dispatcher.utter_message(response="utter_what_next")
        else:
            dispatcher.utter_message(response="utter_walk_check_in", json_message=step_card(view), **words(view))
        return Answered()


def say_begin(dispatcher: CollectingDispatcher, view: WalkView) -> None:
    """The introduction of a guide with what it takes, then the first step."""
    guide, facts = view.guide, view.guide.facts
    response = "utter_walk_begin_safely" if guide.safety else "utter_walk_begin"
    dispatcher.utter_message(
        response=response, intro=guide.intro, papers=facts.papers, time=facts.time, fee=facts.fee, safety=guide.safety
    )
    _say_step(dispatcher, "utter_walk_step", view)


def say_view(dispatcher: CollectingDispatcher, view: WalkView, *, none_title: str) -> None:
    """What a move came to short of the end. `none_title` is the title of the button behind all branches."""
    if view.say == Say.BRANCHES:
        buttons = [*_branch_buttons(view), _branch_button(view, none_title, NO_BRANCH)]
        dispatcher.utter_message(response="utter_walk_branches", buttons=buttons, json_message={"kind": "choice"})
    elif view.say == Say.FIX and view.branch is not None and view.branch.then == "person":
        _say_step(dispatcher, "utter_walk_fix_person", view)
    elif view.say == Say.FIX_AND_STEP:
        dispatcher.utter_message(response="utter_walk_fix_only", **words(view))
        _say_step(dispatcher, "utter_walk_step", view)
    elif view.say == Say.STOPPED:
        dispatcher.utter_message(response="utter_walk_stopped", **words(view))
    else:
        _say_step(dispatcher, f"utter_walk_{view.say}", view)


def say_go_on(dispatcher: CollectingDispatcher, view: WalkView) -> None:
    """The offer to go on with a guide that is open."""
    dispatcher.utter_message(response="utter_walk_go_on", json_message={"kind": "choice"}, **words(view))


def words(view: WalkView) -> dict[str, Any]:
    """The values that walkthrough responses may name."""
    return {
        "guide": view.guide.slug,
        "title": view.guide.title,
        "step": view.step.id,
        "number": view.number,
        "total": view.total,
        "do": view.step.do,
        "see": view.step.see,
        "fix": view.branch.fix if view.branch else "",
    }


def step_card(view: WalkView) -> dict[str, Any]:
    return {"kind": "step", "title": view.guide.title, "number": view.number, "of": view.total}


def _branch_buttons(view: WalkView) -> list[dict[str, str]]:
    return [_branch_button(view, branch.when, branch.id) for branch in view.step.stuck]


def _branch_button(view: WalkView, title: str, branch_id: str) -> dict[str, str]:
    said = {"guide": view.guide.slug, "at": view.step.id, "branch": branch_id}
    return {"title": title, "payload": f"/choose_branch{json.dumps(said)}"}


def _say_step(dispatcher: CollectingDispatcher, response: str, view: WalkView) -> None:
    dispatcher.utter_message(response=response, json_message=step_card(view), **words(view))
