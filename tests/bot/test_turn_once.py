"""One turn, one effect: repeats, crashes, sessions."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from conftest import ActionServer, Rasa, RasaFactory, a_turn

from bot import turn_runner

Phrases = dict[str, Any]


def without_time(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "took_ms"}


async def test_a_repeated_turn_id_gets_the_same_answer(
    rasa_server: Rasa, actions: ActionServer, phrases: Phrases
) -> None:
    first = await rasa_server.say(phrases["forgotten_password"], turn_id="t-1")
    again = await rasa_server.say(phrases["forgotten_password"], turn_id="t-1")

    assert without_time(again) == without_time(first)
    assert len(actions.calls) == 1
    assert len(await rasa_server.events("learner-1", "user")) == 1


async def test_an_older_turn_of_the_session_is_answered_from_memory_too(rasa_server: Rasa, phrases: Phrases) -> None:
    first = await rasa_server.say(phrases["greeting"], turn_id="t-1")
    await rasa_server.say(phrases["thanks"], turn_id="t-2")

    assert without_time(await rasa_server.say(phrases["greeting"], turn_id="t-1")) == without_time(first)


async def test_a_turn_answered_before_a_crash_is_not_run_again_after_it(
    start_rasa: RasaFactory, actions: ActionServer, phrases: Phrases
) -> None:
    before = await start_rasa()
    first = await before.say(phrases["forgotten_password"], turn_id="t-1")

    after = await start_rasa()
    again = await after.say(phrases["forgotten_password"], turn_id="t-1")

    assert without_time(again) == without_time(first)
    assert len(actions.calls) == 1
    assert len(await after.events("learner-1", "user")) == 1


async def test_two_calls_at_once_run_the_turn_once(rasa_server: Rasa, actions: ActionServer, phrases: Phrases) -> None:
    turn = a_turn(text=phrases["forgotten_password"], turn_id="t-1")

    (_, one), (_, other) = await asyncio.gather(rasa_server.post(turn), rasa_server.post(turn))

    assert without_time(one) == without_time(other)
    assert len(actions.calls) == 1


async def test_an_action_sees_the_turn_id_in_the_latest_message(
    rasa_server: Rasa, actions: ActionServer, phrases: Phrases
) -> None:
    await rasa_server.say(phrases["forgotten_password"], turn_id="t-9", channel="zalo")

    call = actions.calls[0]
    message = call["tracker"]["latest_message"]
    event = next(event for event in reversed(call["tracker"]["events"]) if event["event"] == "user")
    assert message["message_id"] == event["message_id"] == "t-9"
    assert message["metadata"]["turn_id"] == event["metadata"]["turn_id"] == "t-9"
    assert message["metadata"]["channel"] == call["tracker"]["latest_input_channel"] == "zalo"
    assert "domain" not in call or not call["domain"]


async def test_a_long_talk_starts_a_new_session_and_stays_short(
    rasa_server: Rasa, phrases: Phrases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn_runner, "MAX_TURNS_PER_SESSION", 3)

    for number in range(7):
        await rasa_server.say(phrases["greeting"], turn_id=f"t-{number}")
    tracker = await rasa_server.agent.tracker_store.retrieve("learner-1")

    assert len(await rasa_server.events("learner-1", "session_started")) == 3
    assert sum(event.type_name == "user" for event in tracker.events) == 1
    latest = await rasa_server.say(phrases["greeting"], turn_id="t-6")
    assert latest["turn_id"] == "t-6"
    assert sum(event["message_id"] == "t-6" for event in await rasa_server.events("learner-1", "user")) == 1


async def test_the_last_turn_is_remembered_when_only_the_new_session_was_stored(
    rasa_server: Rasa, phrases: Phrases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn_runner, "MAX_TURNS_PER_SESSION", 1)
    first = await rasa_server.say(phrases["greeting"], turn_id="t-1")
    processor = rasa_server.agent.processor
    restart = turn_runner.UserMessage("/session_start", turn_runner.NoOutput(), "learner-1")
    await processor.handle_message(restart)

    again = await rasa_server.say(phrases["greeting"], turn_id="t-1")

    assert without_time(again) == without_time(first)
    assert sum(event["message_id"] == "t-1" for event in await rasa_server.events("learner-1", "user")) == 1
