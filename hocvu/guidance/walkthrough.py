"""The walkthrough: a pure state machine that leads one learner through one guide, one action at a time.

`advance(state, move, guide)` gives the next state and what to say. It never fails: every move has a meaning in
every state, also when the guide was edited since the state was stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from hocvu.content.models import Guide, Step, StuckBranch

FAILURES_BEFORE_PERSON = 2
"""After so many "chưa được" at one step a person is offered: a third try alone is where people give up. At a step
without ways out the second "chưa được" is enough."""


class Phase(StrEnum):
    STEP = "step"
    STUCK = "stuck"
    FINISHED = "finished"
    STOPPED = "stopped"


OPEN_PHASES = (Phase.STEP, Phase.STUCK)


class Control(StrEnum):
    """What a learner can do. The first five are the buttons under every step, always in this order."""

    DONE = "done"
    REPEAT = "repeat"
    BACK = "back"
    STUCK = "stuck"
    STOP = "stop"
    RESUME = "resume"
    RESTART = "restart"
    CHOOSE_BRANCH = "choose_branch"
    JUMP = "jump"


class Say(StrEnum):
    """What the assistant has to say after a move; the words are in bot/domain/responses/walkthrough.yml."""

    STEP = "step"
    STALE_BUTTON = "stale_button"
    AT_FIRST_STEP = "at_first_step"
    BRANCHES = "branches"
    NO_BRANCHES = "no_branches"
    FIX = "fix"
    FIX_AND_STEP = "fix_and_step"
    PERSON = "person"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class WalkState:
    """Where a learner stands. `step_index` counts from 0 and serves when the step's id has left the guide."""

    step_id: str
    step_index: int
    phase: Phase = Phase.STEP
    failures: int = 0

    @property
    def is_open(self) -> bool:
        return self.phase in OPEN_PHASES


@dataclass(frozen=True, slots=True)
class Move:
    """One input. `at` is the step a button was shown for (None when typed); `target` the branch or step chosen."""

    control: Control
    at: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    state: WalkState
    say: Say
    branch: StuckBranch | None = None


def start(guide: Guide) -> Transition:
    """The first step of a guide."""
    return _show(_at(guide, 0))


def current_step(state: WalkState, guide: Guide) -> Step:
    """The step the learner stands at; the nearest one left when it was removed by an edit."""
    return guide.steps[_index(state, guide)]


def advance(state: WalkState, move: Move, guide: Guide) -> Transition:
    """The next state and what to say; `state` is left as it was."""
    if move.control == Control.RESTART:
        return start(guide)
    if move.control == Control.JUMP:
        return _jump(state, move, guide)
    if state.phase == Phase.FINISHED:
        return _after_the_end(state, move, guide)
    if _is_stale(state, move, guide):
        return _say(_show(_stay(state, guide)), Say.STALE_BUTTON)
    return _HANDLERS[move.control](state, move, guide)


def _say(transition: Transition, say: Say) -> Transition:
    return replace(transition, say=say)


def _index(state: WalkState, guide: Guide) -> int:
    index = guide.step_index(state.step_id)
    return index if index is not None else max(0, min(state.step_index, len(guide.steps) - 1))


def _at(guide: Guide, index: int) -> WalkState:
    return WalkState(guide.steps[index].id, index)


def _stay(state: WalkState, guide: Guide) -> WalkState:
    return replace(_at(guide, _index(state, guide)), failures=state.failures)


def _show(state: WalkState) -> Transition:
    return Transition(state, Say.STEP)


def _is_stale(state: WalkState, move: Move, guide: Guide) -> bool:
    """Whether a button of another step was pressed: pressing twice must not skip a step."""
    return move.at is not None and move.at != current_step(state, guide).id


def _done(state: WalkState, move: Move, guide: Guide) -> Transition:
    index = _index(state, guide)
    if guide.step_index(state.step_id) is None:
        return _show(_at(guide, index))  # the step was edited away: the one in its place has not been seen yet
    if index + 1 < len(guide.steps):
        return _show(_at(guide, index + 1))
    return Transition(replace(_at(guide, index), phase=Phase.FINISHED), Say.FINISHED)


def _repeat(state: WalkState, move: Move, guide: Guide) -> Transition:
    return _show(_stay(state, guide))


def _back(state: WalkState, move: Move, guide: Guide) -> Transition:
    index = _index(state, guide)
    if index == 0:
        return _say(_show(_at(guide, 0)), Say.AT_FIRST_STEP)
    return _show(_at(guide, index - 1))


def _stuck(state: WalkState, move: Move, guide: Guide) -> Transition:
    failures = state.failures + 1
    here = replace(_stay(state, guide), failures=failures)
    if not current_step(state, guide).stuck:
        return Transition(here, Say.PERSON if failures >= FAILURES_BEFORE_PERSON else Say.NO_BRANCHES)
    if failures > FAILURES_BEFORE_PERSON:
        return Transition(here, Say.PERSON)
    return Transition(replace(here, phase=Phase.STUCK), Say.BRANCHES)


def _choose_branch(state: WalkState, move: Move, guide: Guide) -> Transition:
    branch = current_step(state, guide).branch(move.target or "")
    here = _stay(state, guide)
    if branch is None:
        return Transition(here, Say.PERSON)
    if branch.then == "next":
        onward = _done(here, move, guide)
        return replace(onward, branch=branch, say=Say.FIX_AND_STEP if onward.say == Say.STEP else onward.say)
    if branch.jump_to is not None and (index := guide.step_index(branch.jump_to)) is not None:
        return Transition(_at(guide, index), Say.FIX_AND_STEP, branch)
    return Transition(here, Say.FIX, branch)


def _stop(state: WalkState, move: Move, guide: Guide) -> Transition:
    return Transition(replace(_stay(state, guide), phase=Phase.STOPPED), Say.STOPPED)


def _jump(state: WalkState, move: Move, guide: Guide) -> Transition:
    index = guide.step_index(move.target or "")
    return _show(_at(guide, index) if index is not None else _stay(state, guide))


def _after_the_end(state: WalkState, move: Move, guide: Guide) -> Transition:
    """A finished guide stays finished, but a learner may look at its last step again."""
    if move.control == Control.BACK:
        return _show(_at(guide, len(guide.steps) - 1))
    return Transition(replace(_at(guide, len(guide.steps) - 1), phase=Phase.FINISHED), Say.FINISHED)


_HANDLERS = {
    Control.DONE: _done,
    Control.REPEAT: _repeat,
    Control.BACK: _back,
    Control.STUCK: _stuck,
    Control.STOP: _stop,
    Control.RESUME: _repeat,
    Control.CHOOSE_BRANCH: _choose_branch,
}
