"""A learner's walkthroughs: open one, move in it, come back to it after days or on another channel.

Each effect is written under the id of the turn that caused it. A turn that arrives again (Rasa or the action server
died after our commit) gets what the first one got and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from hocvu.clock import Clock
from hocvu.content.models import Guide, Step, StuckBranch
from hocvu.content.shelf import Shelf
from hocvu.guidance.walkthrough import (
    Control,
    Move,
    Phase,
    Say,
    Transition,
    WalkState,
    advance,
    current_step,
    start,
)
from hocvu.store import walkthroughs as store
from hocvu.store.database import Database
from hocvu.store.tables import Walkthrough, WalkthroughMove


@dataclass(frozen=True, slots=True)
class WalkView:
    """What to tell the learner about one walkthrough. `number` counts from 1.

    `is_stuck` means that the stuck branches of the step were shown and none is chosen yet.
    """

    say: Say
    guide: Guide
    step: Step
    number: int
    branch: StuckBranch | None = None
    is_stuck: bool = False

    @property
    def total(self) -> int:
        return len(self.guide.steps)

    @property
    def remaining(self) -> int:
        """Steps behind this one."""
        return self.total - self.number


@dataclass(frozen=True, slots=True)
class Begun:
    """A guide was started afresh: its introduction is due, then the first step."""

    view: WalkView


@dataclass(frozen=True, slots=True)
class Resumable:
    """The learner stands in the middle of this guide already and is asked: go on, or start again?"""

    view: WalkView


@dataclass(frozen=True, slots=True)
class NothingOpen:
    """The learner is in no guide to which the move could belong."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The guide was taken from the shelf while it was walked; the run is closed. `slug` names it."""

    slug: str


class Walkthroughs:
    """Use cases over the walkthroughs of learners. One call, one transaction."""

    def __init__(self, database: Database, shelf: Shelf, clock: Clock) -> None:
        self._database = database
        self._shelf = shelf
        self._clock = clock

    async def open(self, guide: Guide, *, learner_id: str, turn_id: str) -> Begun | Resumable:
        """Start a guide; when the learner is past its first step, ask first (nothing is written then)."""
        async with self._database.writing() as session:
            if (known := await store.move_of_turn(session, turn_id)) is not None:
                return Begun(self._view_again(known, guide))
            run = await store.find(session, learner_id=learner_id, guide=guide.slug)
            if run is not None and _state_of(run).is_open and run.step_index > 0:
                return Resumable(_view(Transition(_state_of(run), Say.STEP), guide))
            transition = start(guide)
            await self._write(session, run, transition, Control.RESTART, guide, learner_id, turn_id)
            return Begun(_view(transition, guide))

    async def move(
        self, move: Move, *, learner_id: str, turn_id: str, guide_slug: str | None = None
    ) -> WalkView | Begun | NothingOpen | Withdrawn:
        """One control, typed or pressed. `guide_slug` is the guide a button belongs to; typed words mean the open one.

        A RESTART gives Begun.
        """
        async with self._database.writing() as session:
            if (known := await store.move_of_turn(session, turn_id)) is not None:
                return self._repeated(known)
            run = await self._run_meant(session, move, learner_id, guide_slug)
            if run is None:
                return NothingOpen()
            guide = self._shelf.library.guide(run.guide)
            if guide is None:
                run.phase = Phase.STOPPED
                return Withdrawn(run.guide)
            transition = advance(_state_of(run), move, guide)
            await self._write(session, run, transition, move.control, guide, learner_id, turn_id)
            view = _view(transition, guide)
            return Begun(view) if move.control == Control.RESTART else view

    async def is_known(self, *, turn_id: str) -> bool:
        """Whether this turn moved something before: then `move` gives what it came to, whatever it is asked."""
        async with self._database.reading() as session:
            return await store.move_of_turn(session, turn_id) is not None

    async def open_one(self, *, learner_id: str, other_than: str | None = None) -> WalkView | None:
        """The guide the learner is in the middle of, the one touched last first; None when there is none."""
        async with self._database.reading() as session:
            for run in await store.open_runs(session, learner_id=learner_id):
                guide = self._shelf.library.guide(run.guide)
                if guide is not None and guide.slug != other_than:
                    return _view(Transition(_state_of(run), Say.STEP), guide)
        return None

    async def _run_meant(
        self, session: AsyncSession, move: Move, learner_id: str, guide_slug: str | None
    ) -> Walkthrough | None:
        if guide_slug is not None:
            return await store.find(session, learner_id=learner_id, guide=guide_slug)
        open_runs = await store.open_runs(session, learner_id=learner_id)
        if open_runs:
            return open_runs[0]
        if move.control in (Control.RESUME, Control.RESTART):
            return await store.latest(session, learner_id=learner_id)
        return None

    async def _write(
        self,
        session: AsyncSession,
        run: Walkthrough | None,
        transition: Transition,
        control: Control,
        guide: Guide,
        learner_id: str,
        turn_id: str,
    ) -> None:
        state, now = transition.state, self._clock()
        if run is None:
            run = Walkthrough(learner_id=learner_id, guide=guide.slug)
            session.add(run)
        run.step_id, run.step_index, run.phase = state.step_id, state.step_index, state.phase
        run.failures, run.touched_at = state.failures, now
        session.add(
            WalkthroughMove(
                turn_id=turn_id,
                learner_id=learner_id,
                guide=guide.slug,
                control=control,
                say=transition.say,
                branch=_branch_key(transition.branch, guide),
                step_id=state.step_id,
                step_index=state.step_index,
                phase=state.phase,
                failures=state.failures,
                moved_at=now,
            )
        )
        await session.flush()

    def _repeated(self, known: WalkthroughMove) -> WalkView | Begun | Withdrawn:
        guide = self._shelf.library.guide(known.guide)
        if guide is None:
            return Withdrawn(known.guide)
        view = self._view_again(known, guide)
        return Begun(view) if known.control == Control.RESTART else view

    def _view_again(self, known: WalkthroughMove, guide: Guide) -> WalkView:
        state = WalkState(known.step_id, known.step_index, Phase(known.phase), known.failures)
        branch = next((branch for key, branch in _branches(guide) if key == known.branch), None)
        return _view(Transition(state, Say(known.say), branch), guide)


def _state_of(run: Walkthrough) -> WalkState:
    return WalkState(run.step_id, run.step_index, Phase(run.phase), run.failures)


def _view(transition: Transition, guide: Guide) -> WalkView:
    step = current_step(transition.state, guide)
    is_stuck = transition.state.phase == Phase.STUCK
    return WalkView(transition.say, guide, step, guide.steps.index(step) + 1, transition.branch, is_stuck)


def _branches(guide: Guide) -> Iterator[tuple[str, StuckBranch]]:
    """Every stuck branch under a key of its own: branch ids are unique within a step only."""
    for step in guide.steps:
        for branch in step.stuck:
            yield f"{step.id}/{branch.id}", branch


def _branch_key(chosen: StuckBranch | None, guide: Guide) -> str | None:
    return next((key for key, branch in _branches(guide) if branch is chosen), None)
