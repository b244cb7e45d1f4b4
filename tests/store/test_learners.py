"""What is kept about a learner, on both databases."""

from __future__ import annotations

from hocvu.store import learners
from hocvu.store.database import Database
from tests.store.factories import make_conversation


async def test_a_form_of_address_is_kept_with_its_learner_alone(database: Database) -> None:
    asking, other = [await make_conversation(database, user) for user in ("u1", "u2")]

    async with database.writing() as session:
        await learners.set_address_pair(session, learner_id=asking.learner_id, pair_id="chi")

    async with database.reading() as session:
        assert await learners.address_pair_of(session, asking.learner_id) == "chi"
        assert await learners.address_pair_of(session, other.learner_id) is None
