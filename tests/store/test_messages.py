"""Inbox and outbox: once, in order, side by side."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from hocvu.store import inbox, learners, outbox
from hocvu.store.database import Database
from hocvu.store.tables import InboxMessage, InboxStatus
from tests.store.factories import NOW, make_conversation, make_message

LEASE = timedelta(seconds=60)
REPLY = {"text": "chào", "buttons": [], "image": None, "card": None}


async def claim(
    database: Database, worker: str = "w1", limit: int = 10, at: timedelta = timedelta(0)
) -> list[InboxMessage]:
    async with database.writing() as session:
        return await inbox.claim(session, worker_id=worker, limit=limit, now=NOW + at, lease=LEASE)


async def finish(database: Database, message: InboxMessage, worker: str = "w1") -> bool:
    async with database.writing() as session:
        return await inbox.finish(session, message_id=message.id, worker_id=worker, status=InboxStatus.DONE)


async def test_one_channel_user_has_one_conversation(database: Database) -> None:
    first = await make_conversation(database, "u1")
    again = await make_conversation(database, "u1")
    other = await make_conversation(database, "u2")

    assert first.id == again.id
    assert first.learner_id != other.learner_id


async def test_an_event_is_stored_once(database: Database) -> None:
    conversation = await make_conversation(database)
    await make_message(database, conversation, "e1")

    with pytest.raises(IntegrityError):
        await make_message(database, conversation, "e1")


async def test_one_persons_messages_are_given_out_one_at_a_time_in_order(database: Database) -> None:
    conversation = await make_conversation(database)
    first, second = [await make_message(database, conversation) for _ in range(2)]

    taken = await claim(database)
    await finish(database, first)
    then = await claim(database)

    assert [message.id for message in taken] == [first.id]
    assert [message.id for message in then] == [second.id]


async def test_different_people_are_given_out_side_by_side(database: Database) -> None:
    for user in ("u1", "u2", "u3"):
        await make_message(database, await make_conversation(database, user))

    assert len(await claim(database)) == 3


async def test_a_claimed_message_is_nobody_elses_until_its_lease_ends(database: Database) -> None:
    message = await make_message(database, await make_conversation(database))
    await claim(database, "w1")

    early = await claim(database, "w2", at=LEASE / 2)
    late = await claim(database, "w2", at=LEASE * 2)

    assert early == []
    assert [taken.id for taken in late] == [message.id]


async def test_only_the_holder_of_a_claim_can_finish_or_keep_it(database: Database) -> None:
    message = await make_message(database, await make_conversation(database))
    await claim(database, "w1")

    async with database.writing() as session:
        kept = await inbox.extend_claim(session, message_id=message.id, worker_id="w2", until=NOW + LEASE)

    assert not kept
    assert not await finish(database, message, "w2")
    assert await finish(database, message, "w1")
    assert not await finish(database, message, "w1")


async def test_released_claims_are_given_out_again(database: Database) -> None:
    message = await make_message(database, await make_conversation(database))
    await claim(database, "w1")

    async with database.writing() as session:
        await inbox.release_claims(session, worker_id="w1")

    assert [taken.id for taken in await claim(database, "w2")] == [message.id]


async def test_two_workers_at_once_never_get_the_same_message(database: Database) -> None:
    for number in range(20):
        await make_message(database, await make_conversation(database, f"u{number}"))

    one, other = await asyncio.gather(claim(database, "w1", 20), claim(database, "w2", 20))
    rest = await claim(database, "w3", 20)

    ids = [message.id for message in [*one, *other, *rest]]
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) == 20


async def test_a_reply_is_written_once(database: Database) -> None:
    conversation = await make_conversation(database)

    async def write() -> None:
        async with database.writing() as session:
            await outbox.add_reply(
                session, conversation_id=conversation.id, turn_id="t1", position=0, reply=REPLY, now=NOW
            )

    await write()
    with pytest.raises(IntegrityError):
        await write()


async def test_a_notice_is_given_once_for_each_turn_and_name(database: Database) -> None:
    conversation = await make_conversation(database)
    given = []
    for turn_id in ("t1", "t1", "t2"):
        async with database.writing() as session:
            given.append(
                await outbox.add_notice(
                    session, conversation_id=conversation.id, turn_id=turn_id, name="waiting", reply=REPLY, now=NOW
                )
            )

    assert given == [True, False, True]


async def test_replies_behind_a_cursor_are_those_of_this_conversation(database: Database) -> None:
    mine, other = await make_conversation(database, "u1"), await make_conversation(database, "u2")
    async with database.writing() as session:
        for conversation, turn_id in ((mine, "t1"), (other, "t2"), (mine, "t3")):
            await outbox.add_reply(
                session, conversation_id=conversation.id, turn_id=turn_id, position=0, reply=REPLY, now=NOW
            )

    async with database.reading() as session:
        all_of_mine = await outbox.after(session, conversation_id=mine.id, last_id=0)
        rest = await outbox.after(session, conversation_id=mine.id, last_id=all_of_mine[0].id)

    assert [message.turn_id for message in all_of_mine] == ["t1", "t3"]
    assert [message.turn_id for message in rest] == ["t3"]


async def test_a_reply_is_found_only_in_its_own_conversation(database: Database) -> None:
    mine, other = await make_conversation(database, "u1"), await make_conversation(database, "u2")
    async with database.writing() as session:
        await outbox.add_reply(session, conversation_id=mine.id, turn_id="t1", position=0, reply=REPLY, now=NOW)

    async with database.reading() as session:
        sent = await outbox.after(session, conversation_id=mine.id, last_id=0)
        assert await outbox.find(session, conversation_id=mine.id, message_id=sent[0].id) is not None
        assert await outbox.find(session, conversation_id=other.id, message_id=sent[0].id) is None


async def test_the_form_of_address_is_unknown_at_first(database: Database) -> None:
    conversation = await make_conversation(database)

    async with database.reading() as session:
        assert await learners.address_pair_of(session, conversation.learner_id) is None
