"""How a learner is called is kept in the database."""

from __future__ import annotations

import pytest

from hocvu.clock import utc_now
from hocvu.people.address import load_pairs
from hocvu.people.learners import Learners
from hocvu.store import learners as store
from hocvu.store.database import Database
from hocvu.store.upgrade import upgrade

PAIRS = load_pairs()


@pytest.fixture
async def database(tmp_path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'unit.db'}")
    await upgrade(database)
    yield database
    await database.close()


async def make_learner(database, user="u"):
    async with database.writing() as session:
        opened, _ = await store.open_conversation(session, channel="web", channel_user_id=user, now=utc_now())
    return opened.learner_id


async def pair_of(database, learner_id):
    async with database.reading() as session:
        return await store.address_pair_of(session, learner_id)


async def test_a_learner_is_called_as_they_asked_and_nobody_else_is(database):
    asking, other = await make_learner(database), await make_learner(database, "other")

    await Learners(database).call_by(PAIRS["chi"], learner_id=asking)

    assert (await pair_of(database, asking), await pair_of(database, other)) == ("chi", None)


async def test_asking_again_changes_nothing_and_another_form_takes_the_place(database):
    learner_id = await make_learner(database)
    learners = Learners(database)

    for pair_id in ("chi", "chi", "co"):
        await learners.call_by(PAIRS[pair_id], learner_id=learner_id)

    assert await pair_of(database, learner_id) == "co"
