"""A conversation over the web-chat API."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from hocvu.people.address import load_pairs
from hocvu.people.learners import Learners
from hocvu.settings import Settings
from hocvu.store.database import Database
from tests.support.rasa_standin import RasaStandIn
from tests.support.visitor import WebVisitor

NewVisitor = Callable[[], Awaitable[WebVisitor]]


async def test_a_question_is_answered_in_the_learners_form_of_address(visitor: WebVisitor) -> None:
    replies = await visitor.say("cài VNeID")

    assert [reply["text"] for reply in replies] == ["Bác hỏi gì ạ?"]


async def test_a_form_of_address_kept_during_a_turn_is_used_by_its_own_replies(
    visitor: WebVisitor, rasa: RasaStandIn, settings: Settings
) -> None:
    rasa.delay_seconds = 0.3
    saying = asyncio.create_task(visitor.say("gọi chị thôi"))
    while not rasa.seen:
        await asyncio.sleep(0.01)
    database = Database(settings.database)
    await Learners(database).call_by(load_pairs()["chi"], learner_id=rasa.seen[0]["learner_id"])
    await database.close()

    assert [reply["text"] for reply in await saying] == ["Chị hỏi gì ạ?"]


async def test_the_history_survives_a_reload_in_the_order_of_talking(visitor: WebVisitor) -> None:
    await visitor.say("câu một")
    await visitor.say("câu hai")

    history = await visitor.history()

    assert [(m["from"], m["text"]) for m in history] == [
        ("learner", "câu một"),
        ("assistant", "Bác hỏi gì ạ?"),
        ("learner", "câu hai"),
        ("assistant", "Bác hỏi gì ạ?"),
    ]


async def test_replies_come_over_the_stream_as_they_are_written(visitor: WebVisitor) -> None:
    listening = asyncio.create_task(visitor.read_events(count=1))
    await asyncio.sleep(0.1)

    await visitor.say("cài VNeID")

    assert (await asyncio.wait_for(listening, 5))[0]["data"]["text"] == "Bác hỏi gì ạ?"


async def test_a_reconnecting_stream_misses_nothing_and_repeats_nothing(visitor: WebVisitor) -> None:
    await visitor.say("một")
    first = await visitor.read_events(count=1)
    await visitor.say("hai")

    second = await visitor.read_events(count=1, last_event_id=first[0]["id"])

    assert second[0]["id"] > first[0]["id"]


async def test_a_pressed_button_becomes_its_payload_and_shows_its_title(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    rasa.replies = [{"text": "Chọn", "buttons": [{"title": "Xong rồi", "payload": "/control_done"}]}]
    await visitor.say("bắt đầu")

    await visitor.press("Xong rồi")

    assert (rasa.seen[-1]["payload"], rasa.seen[-1]["text"]) == ("/control_done", None)
    assert "Xong rồi" in [message["text"] for message in await visitor.history()]


async def test_payloads_never_reach_the_page(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    rasa.replies = [{"text": "Chọn", "buttons": [{"title": "Xong", "payload": "/control_done"}]}]

    replies = await visitor.say("bắt đầu")

    assert "payload" not in replies[0]["buttons"][0]


async def test_a_button_of_another_conversation_is_refused(new_visitor: NewVisitor, rasa: RasaStandIn) -> None:
    rasa.replies = [{"text": "Chọn", "buttons": [{"title": "Xong", "payload": "/control_done"}]}]
    one, other = await new_visitor(), await new_visitor()
    button = (await one.say("bắt đầu"))[0]["buttons"][0]["id"]

    status, body = await other.post(button=button)

    assert (status, body["error"]["code"]) == (409, "unknown_button")


async def test_a_typed_command_is_text(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    await visitor.say("/restart")

    assert (rasa.seen[-1]["text"], rasa.seen[-1]["payload"]) == ("/restart", None)


async def test_the_same_message_twice_is_handled_once(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    first, second = await asyncio.gather(
        visitor.post(client_id="same-client-id", text="một"), visitor.post(client_id="same-client-id", text="một")
    )
    await visitor.say("hai")

    assert sorted(body["duplicate"] for _, body in (first, second)) == [False, True]
    assert [turn["text"] for turn in rasa.seen] == ["một", "hai"]


async def test_two_messages_at_once_from_one_person_are_worked_one_after_the_other(
    visitor: WebVisitor, rasa: RasaStandIn
) -> None:
    rasa.delay_seconds = 0.05

    await asyncio.gather(*(visitor.post(text=f"câu {number}") for number in range(4)))
    await visitor.say("cuối")

    assert not rasa.broke_order
    assert len(rasa.seen) == 5


async def test_different_people_are_answered_side_by_side(new_visitor: NewVisitor, rasa: RasaStandIn) -> None:
    people = [await new_visitor() for _ in range(4)]
    rasa.delay_seconds = 0.3

    await asyncio.gather(*(person.say("chào") for person in people))

    assert rasa.most_side_by_side == 4


async def test_the_learner_id_is_ours_and_never_the_channels(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    await visitor.say("chào")
    cookie = next(iter(visitor.session.cookie_jar)).value

    assert rasa.seen[0]["learner_id"] not in cookie
    assert len(rasa.seen[0]["learner_id"]) == 36


async def test_personal_data_is_masked_before_rasa_and_storage_and_the_person_is_told(
    visitor: WebVisitor, rasa: RasaStandIn
) -> None:
    replies = await visitor.say("căn cước 012345678901 làm sao tích hợp")

    assert "012345678901" not in rasa.seen[0]["text"]
    assert "012345678901" not in str(await visitor.history())
    assert "số căn cước" in replies[0]["text"]


async def test_nothing_but_personal_data_is_not_sent_to_rasa(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    replies = await visitor.say("012345678901")

    assert rasa.seen == []
    assert len(replies) == 1


async def test_an_answer_without_replies_still_says_something(visitor: WebVisitor, rasa: RasaStandIn) -> None:
    rasa.replies = []

    assert (await visitor.say("chào"))[0]["text"]
