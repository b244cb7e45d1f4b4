"""What a turn that fails answers, and what it leaves in the log."""

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
