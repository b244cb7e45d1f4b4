"""A learner's walkthroughs on a real database: resumed after days, applied once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from hocvu.content.library import Library
from hocvu.content.models import Guide
from hocvu.guidance.walkthrough import Control, Move, Say
from hocvu.people.walkthroughs import Begun, NothingOpen, Resumable, Walkthroughs, WalkView, Withdrawn
from hocvu.store.database import Database
from tests.store.factories import make_conversation
from tests.support.guides import make_guide


class FixedShelf:
    """A shelf whose pages a test puts there and takes away."""

    def __init__(self, *guides: Guide) -> None:
        self.library = Library({guide.slug: guide for guide in guides}, {}, {}, {}, date(2026, 11, 21))


class Walker:
    """One learner with a clock; every call is a turn of its own unless a turn id is given."""

    def __init__(self, database: Database, learner_id: str, *guides: Guide) -> None:
        self.shelf = FixedShelf(*guides)
        self.now = datetime(2026, 11, 20, tzinfo=UTC)
        self.learner_id = learner_id
        self._use = Walkthroughs(database, self.shelf, lambda: self.now)  # type: ignore[arg-type]
        self._turns = count()

    async def open(self, guide: Guide, turn_id: str | None = None) -> Begun | Resumable:
        return await self._use.open(guide, learner_id=self.learner_id, turn_id=turn_id or self._turn())

    async def move(
        self, control: Control, *, turn_id: str | None = None, guide: str | None = None, **fields: str
    ) -> object:
        move = Move(control, **fields)
        return await self._use.move(move, learner_id=self.learner_id, turn_id=turn_id or self._turn(), guide_slug=guide)

    async def stands_at(self) -> int | None:
        view = await self._use.open_one(learner_id=self.learner_id)
        return view.number if view else None

    def _turn(self) -> str:
        self.now += timedelta(seconds=1)
        return f"turn-{next(self._turns)}"


@pytest.fixture
def guide() -> Guide:
    return make_guide("guide-one", steps=4)


@pytest.fixture
async def walker(database: Database, guide: Guide) -> Walker:
    conversation = await make_conversation(database)
    return Walker(database, conversation.learner_id, guide, make_guide("guide-two", steps=3))


async def test_a_guide_begins_at_its_first_step(walker: Walker, guide: Guide) -> None:
    begun = await walker.open(guide)

    assert isinstance(begun, Begun)
    assert begun.view.number == 1


async def test_a_guide_left_in_the_middle_is_resumed_at_the_same_step_after_days(walker: Walker, guide: Guide) -> None:
    await walker.open(guide)
    await walker.move(Control.DONE)
    await walker.move(Control.DONE)
    walker.now += timedelta(days=30)

    opened = await walker.open(guide)
    resumed = await walker.move(Control.RESUME, guide=guide.slug)

    assert isinstance(opened, Resumable)
    assert isinstance(resumed, WalkView)
    assert resumed.number == 3


async def test_a_turn_that_arrives_again_gets_the_same_and_changes_nothing(walker: Walker, guide: Guide) -> None:
    await walker.open(guide)

    first = await walker.move(Control.DONE, turn_id="same")
    again = await walker.move(Control.DONE, turn_id="same")

    assert first == again
    assert await walker.stands_at() == 2


async def test_beginning_again_under_the_same_turn_changes_nothing(walker: Walker, guide: Guide) -> None:
    await walker.open(guide, turn_id="begin")
    await walker.move(Control.DONE)

    await walker.open(guide, turn_id="begin")

    assert await walker.stands_at() == 2


async def test_a_control_without_an_open_guide_says_so(walker: Walker) -> None:
    assert await walker.move(Control.DONE) == NothingOpen()


async def test_a_typed_control_means_the_guide_touched_last(walker: Walker, guide: Guide) -> None:
    await walker.open(guide)
    await walker.open(walker.shelf.library.pages["guide-two"])  # type: ignore[arg-type]

    view = await walker.move(Control.DONE)

    assert isinstance(view, WalkView)
    assert view.guide.slug == "guide-two"


async def test_a_button_moves_its_own_guide(walker: Walker, guide: Guide) -> None:
    await walker.open(guide)
    await walker.open(walker.shelf.library.pages["guide-two"])  # type: ignore[arg-type]

    view = await walker.move(Control.DONE, guide=guide.slug, at=guide.steps[0].id)

    assert isinstance(view, WalkView)
    assert (view.guide.slug, view.number) == (guide.slug, 2)


async def test_a_stopped_guide_is_resumed_by_words(walker: Walker, guide: Guide) -> None:
    await walker.open(guide)
    await walker.move(Control.DONE)
    await walker.move(Control.STOP)

    resumed = await walker.move(Control.RESUME)

    assert isinstance(resumed, WalkView)
    assert (resumed.say, resumed.number) == (Say.STEP, 2)


async def test_restarting_begins_again(walker: Walker, guide: Guide) -> None:
    await walker.open(guide)
    await walker.move(Control.DONE)

    assert isinstance(await walker.move(Control.RESTART), Begun)
    assert await walker.stands_at() == 1


async def test_a_finished_guide_is_open_no_more(walker: Walker, guide: Guide) -> None:
    await walker.open(guide)
    for _ in guide.steps:
        view = await walker.move(Control.DONE)

    assert isinstance(view, WalkView)
    assert view.say == Say.FINISHED
    assert await walker.stands_at() is None


async def test_a_guide_removed_while_it_is_walked_is_said_and_closed(walker: Walker, guide: Guide) -> None:
    await walker.open(guide)
    del walker.shelf.library.pages[guide.slug]

    withdrawn = await walker.move(Control.DONE)

    assert withdrawn == Withdrawn(guide.slug)
    assert await walker.move(Control.DONE) == NothingOpen()


async def test_another_learners_walkthrough_is_untouched(database: Database, walker: Walker, guide: Guide) -> None:
    other = Walker(database, (await make_conversation(database, "u2")).learner_id, guide)
    await walker.open(guide)

    assert await other.move(Control.DONE, turn_id="others-turn") == NothingOpen()
