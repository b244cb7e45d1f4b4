"""A turn that arrives again is told what it was told the first time."""

from __future__ import annotations

import pytest

from hocvu.clock import utc_now
from hocvu.content.shelf import Shelf
from hocvu.guidance.walkthrough import Control, Move
from hocvu.people.walkthroughs import Walkthroughs
from hocvu.store import learners
from hocvu.store.database import Database
from hocvu.store.upgrade import upgrade
from tests.unit.factories import page_data, write_knowledge


@pytest.fixture
async def database(tmp_path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'unit.db'}")
    await upgrade(database)
    yield database
    await database.close()


@pytest.fixture
async def learner_id(database):
    async with database.writing() as session:
        opened, _ = await learners.open_conversation(session, channel="web", channel_user_id="u", now=utc_now())
    return opened.learner_id


async def test_the_fix_of_a_repeated_turn_is_that_of_its_own_step(tmp_path, database, learner_id):
    branch = {"id": "khong-thay", "when": "Không thấy"}
    steps = [{**step, "stuck": [{**branch, "fix": f"Gỡ {step['id']}."}]} for step in page_data()["steps"]]
    shelf = Shelf(write_knowledge(tmp_path / "knowledge", page_data(steps=steps)))
    walker = Walkthroughs(database, shelf, utc_now)
    await walker.open(shelf.library.guide("doi-mat-khau"), learner_id=learner_id, turn_id="t1")
    await walker.move(Move(Control.DONE), learner_id=learner_id, turn_id="t2")
    choice = Move(Control.CHOOSE_BRANCH, target="khong-thay")

    first = await walker.move(choice, learner_id=learner_id, turn_id="t3")
    again = await walker.move(choice, learner_id=learner_id, turn_id="t3")

    assert (first.branch.fix, again) == ("Gỡ hai.", first)


async def test_a_turn_that_moved_a_guide_is_known_afterwards(tmp_path, database, learner_id):
    shelf = Shelf(write_knowledge(tmp_path / "knowledge", page_data()))
    walker = Walkthroughs(database, shelf, utc_now)
    await walker.open(shelf.library.guide("doi-mat-khau"), learner_id=learner_id, turn_id="t1")

    assert await walker.is_known(turn_id="t1")
    assert not await walker.is_known(turn_id="t2")


async def test_a_guide_is_stuck_from_its_branches_until_one_is_chosen(tmp_path, database, learner_id):
    shelf = Shelf(write_knowledge(tmp_path / "knowledge", page_data()))
    walker = Walkthroughs(database, shelf, utc_now)
    await walker.open(shelf.library.guide("doi-mat-khau"), learner_id=learner_id, turn_id="t1")
    before = await walker.open_one(learner_id=learner_id)
    await walker.move(Move(Control.STUCK), learner_id=learner_id, turn_id="t2")
    stuck = await walker.open_one(learner_id=learner_id)
    await walker.move(Move(Control.CHOOSE_BRANCH, target="khong-thay-nut"), learner_id=learner_id, turn_id="t3")
    after = await walker.open_one(learner_id=learner_id)

    assert (before.is_stuck, stuck.is_stuck, after.is_stuck) == (False, True, False)
    assert (stuck.number, stuck.remaining) == (1, 2)
