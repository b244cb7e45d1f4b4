"""Actions of the walkthrough: the controls, typed or pressed, and the question whether a step is done."""

from __future__ import annotations

import json
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.asking_again import ask_what_is_wrong
from actions.base import Answered, HocvuAction
from actions.buttons import onward_buttons
from actions.services import Services
from actions.turn import TurnContext
from hocvu.content.cards import needs
from hocvu.content.pictures.alternative import alternative
from hocvu.content.pictures.served import picture_path
from hocvu.guidance.walkthrough import Control, Move, Say
from hocvu.outcomes import TurnOutcome
from hocvu.people.walkthroughs import Begun, NothingOpen, WalkView, Withdrawn

_CONTROL_OF_INTENT = {
    "control_done": Control.DONE,
    "control_skip": Control.DONE,
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
        moved = await make_move(move, self.services, turn, dispatcher)
        if moved is None and move.control == Control.STUCK:
            moved = ask_what_is_wrong(self.services, turn, dispatcher)
        if moved is None:
            dispatcher.utter_message(response="utter_walk_nothing_open")
        return moved or Answered()


class ActionTakeDontKnow(HocvuAction):
    """ "I do not know": in a guide it is the same as being stuck."""

    def name(self) -> str:
        return "action_take_dont_know"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        moved = await make_move(Move(Control.STUCK), self.services, turn, dispatcher)
        if moved is None:
            dispatcher.utter_message(response="utter_say_again")
        return moved or Answered(TurnOutcome.CLARIFIED)


class ActionCheckIn(HocvuAction):
    """A bare yes or no: in a guide it is asked whether the step is done, elsewhere what is wanted."""

    def name(self) -> str:
        return "action_check_in"

    async def answer(self, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered:
        view = await self.services.walkthroughs.open_one(learner_id=turn.learner_id)
        if view is None:
            dispatcher.utter_message(response="utter_what_next")
        else:
            say_step(dispatcher, view, "utter_walk_check_in")
        return Answered()


async def make_move(
    move: Move, services: Services, turn: TurnContext, dispatcher: CollectingDispatcher
) -> Answered | None:
    """Move in a guide and say what it came to. None, and nothing said, when no guide is open."""
    result = await services.walkthroughs.move(
        move, learner_id=turn.learner_id, turn_id=turn.turn_id, guide_slug=turn.said.get("guide")
    )
    match result:
        case NothingOpen():
            return None
        case Withdrawn():
            dispatcher.utter_message(response="utter_walk_withdrawn")
            return Answered(TurnOutcome.ERROR_WITHDRAWN_PAGE)
        case Begun(view):
            say_step(dispatcher, view)
        case WalkView(say=Say.FINISHED) as view:
            await _say_finished(view, services, turn, dispatcher)
        case WalkView() as view:
            say_view(dispatcher, view, none_title=services.phrases.none_of_these)
    return Answered(topic=view.guide.slug)


async def _say_finished(
    view: WalkView, services: Services, turn: TurnContext, dispatcher: CollectingDispatcher
) -> None:
    """Praise, what could be done next, and the other guide that is still open."""
    if view.branch is not None:
        dispatcher.utter_message(response="utter_walk_fix_only", **words(view))
    onward = onward_buttons(view.guide, services.shelf.library)
    dispatcher.utter_message(response="utter_walk_finished", done=view.guide.done, buttons=onward)
    other = await services.walkthroughs.open_one(learner_id=turn.learner_id, other_than=view.guide.slug)
    if other is not None:
        say_go_on(dispatcher, other)


def say_begin(dispatcher: CollectingDispatcher, view: WalkView) -> None:
    """The introduction of a guide with what it takes, then the first step."""
    guide, facts = view.guide, view.guide.facts
    response = "utter_walk_begin_safely" if guide.safety else "utter_walk_begin"
    dispatcher.utter_message(
        response=response, intro=guide.intro, papers=needs(facts), time=facts.time, fee=facts.fee, safety=guide.safety
    )
    say_step(dispatcher, view)


def say_view(dispatcher: CollectingDispatcher, view: WalkView, *, none_title: str) -> None:
    """What a move came to short of the end. `none_title` is the title of the button behind all branches."""
    if view.say == Say.BRANCHES:
        say_branches(dispatcher, view, none_title=none_title)
    elif view.say == Say.FIX and view.branch is not None and view.branch.then == "person":
        say_step(dispatcher, view, "utter_walk_fix_person")
    elif view.say == Say.FIX_AND_STEP:
        dispatcher.utter_message(response="utter_walk_fix_only", **words(view))
        say_step(dispatcher, view)
    elif view.say == Say.STOPPED:
        dispatcher.utter_message(response="utter_walk_stopped", **words(view))
    else:
        say_step(dispatcher, view, f"utter_walk_{view.say}")


def say_branches(dispatcher: CollectingDispatcher, view: WalkView, *, none_title: str) -> None:
    """The ways out of the step, to choose from."""
    buttons = [*_branch_buttons(view), _branch_button(view, none_title, NO_BRANCH)]
    dispatcher.utter_message(response="utter_walk_branches", buttons=buttons, json_message={"kind": "choice"})


def say_step(dispatcher: CollectingDispatcher, view: WalkView, response: str = "utter_walk_step") -> None:
    """The step with its card, in this response."""
    picture = picture_path(view.guide, view.step)
    dispatcher.utter_message(response=response, image=picture, json_message=step_card(view), **words(view))


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
        "remaining": view.remaining,
        "do": view.step.do,
        "see": view.step.see,
        "why": view.step.why,
        "fix": view.branch.fix if view.branch else "",
    }


def step_card(view: WalkView) -> dict[str, Any]:
    card = {"kind": "step", "title": view.guide.title, "number": view.number, "of": view.total}
    return card if view.step.picture is None else {**card, "picture": alternative(view.step.picture)}


def _branch_buttons(view: WalkView) -> list[dict[str, str]]:
    return [_branch_button(view, branch.when, branch.id) for branch in view.step.stuck]


def _branch_button(view: WalkView, title: str, branch_id: str) -> dict[str, str]:
    said = {"guide": view.guide.slug, "at": view.step.id, "branch": branch_id}
    return {"title": title, "payload": f"/choose_branch{json.dumps(said)}"}
