"""What is kept about a learner beyond the walkthroughs."""

from __future__ import annotations

from hocvu.people.address import AddressPair
from hocvu.store import learners as store
from hocvu.store.database import Database


class Learners:
    """Use cases over a learner. One call, one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def call_by(self, pair: AddressPair, *, learner_id: str) -> None:
        """From now on the learner is called so, on every channel. A repeated turn does the same once more."""
        async with self._database.writing() as session:
            await store.set_address_pair(session, learner_id=learner_id, pair_id=pair.id)
