"""One turn, one effect: repeats, crashes, failing actions, sessions."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import unused_port
from conftest import ActionServer, Rasa, RasaFactory, a_turn

from bot import turn_runner
from bot.log_guard import INTERPOLATOR_LOGGER, guard_logs

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


async def test_a_failed_action_gets_503_and_runs_again_on_repeat(
    rasa_server: Rasa, actions: ActionServer, phrases: Phrases
) -> None:
    turn = a_turn(text=phrases["forgotten_password"], turn_id="t-1")
    actions.mode = "broken"
    status, answer = await rasa_server.post(turn)
    assert (status, answer["error"]["code"]) == (503, "action_failed")

    actions.mode = "ok"
    status, answer = await rasa_server.post(turn)

    assert (status, answer["outcome"], len(answer["replies"])) == (200, "answered", 1)
    assert [call["next_action"] for call in actions.calls] == ["action_open_topic"] * 2
    status, again = await rasa_server.post(turn)
    assert without_time(again) == without_time(answer)
    assert len(actions.calls) == 2


async def test_an_action_server_that_is_down_is_told_apart(start_rasa: RasaFactory, phrases: Phrases) -> None:
    rasa = await start_rasa(actions_url=f"http://127.0.0.1:{unused_port()}/webhook")

    status, answer = await rasa.post(a_turn(text=phrases["forgotten_password"]))

    assert (status, answer["error"]["code"]) == (503, "action_server_down")


async def test_a_failing_action_leaves_no_words_of_the_learner_in_the_log(
    rasa_server: Rasa, actions: ActionServer, phrases: Phrases, caplog: pytest.LogCaptureFixture
) -> None:
    actions.mode = "broken"
    with caplog.at_level(logging.INFO):
        await rasa_server.post(a_turn(text=phrases["private"]))

    assert "action_open_topic" in caplog.text
    assert "0912345678" not in caplog.text


async def test_an_intent_without_a_rule_ends_without_a_reply(rasa_server: Rasa, phrases: Phrases) -> None:
    answer = await rasa_server.say(phrases["person"])

    assert (answer["replies"], answer["actions"], answer["outcome"]) == ([], [], "error_no_reply")


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


async def test_a_turn_that_could_not_be_stored_gets_503(
    rasa_server: Rasa, phrases: Phrases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await rasa_server.say(phrases["greeting"], turn_id="t-1")
    with sqlite3.connect(tmp_path / "rasa.db") as database:
        database.execute("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END")

    status, answer = await rasa_server.post(a_turn(text=phrases["greeting"], turn_id="t-2"))

    assert (status, answer["error"]["code"]) == (503, "not_stored")


async def test_a_turn_that_takes_too_long_gets_503(
    rasa_server: Rasa, phrases: Phrases, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def sleep_on_it(*_: object) -> None:
        await asyncio.sleep(5)

    monkeypatch.setattr(turn_runner, "TURN_DEADLINE_SECONDS", 0.05)
    monkeypatch.setattr(rasa_server.agent.processor, "handle_message", sleep_on_it)

    status, answer = await rasa_server.post(a_turn(text=phrases["greeting"]))

    assert (status, answer["error"]["code"]) == (503, "too_slow")


async def test_an_unforeseen_error_gets_500_and_says_nothing_of_the_message(
    rasa_server: Rasa, phrases: Phrases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def quote(message: Any) -> None:
        raise RuntimeError(message.text)

    monkeypatch.setattr(rasa_server.agent.processor, "handle_message", quote)

    status, answer = await rasa_server.post(a_turn(text=phrases["private"]))

    assert (status, answer["error"]["code"]) == (500, "internal")
    assert "RuntimeError" in caplog.text
    assert "0912345678" not in caplog.text + str(answer)


@pytest.mark.parametrize(
    "line", ['{"event": "gap", "exception": [{"locals": "0912345678"}]}', "gap\nlocals: 0912345678"]
)
def test_a_response_that_lacks_a_value_is_logged_without_the_values(
    line: str, caplog: pytest.LogCaptureFixture
) -> None:
    guard_logs()

    logging.getLogger(INTERPOLATOR_LOGGER).error(line)

    assert "gap" in caplog.text
    assert "0912345678" not in caplog.text


async def test_an_action_that_answers_nonsense_has_failed(
    rasa_server: Rasa, actions: ActionServer, phrases: Phrases
) -> None:
    actions.mode = "nonsense"

    status, answer = await rasa_server.post(a_turn(text=phrases["forgotten_password"]))

    assert (status, answer["error"]["code"]) == (503, "action_failed")
