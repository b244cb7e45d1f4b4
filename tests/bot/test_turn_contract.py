"""What the turn channel lets in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Rasa, RasaFactory, a_turn
from rasa.shared.exceptions import InvalidConfigException

from bot.turn_channel import TurnChannel
from bot.turn_contract import SHIELD, TurnError, parse_request


def refused(**fields: Any) -> TurnError:
    with pytest.raises(TurnError) as caught:
        parse_request(json.dumps(a_turn(**fields)).encode())
    return caught.value


@pytest.mark.parametrize("token", ["", "   ", None])
def test_a_channel_without_a_token_is_not_built(token: str | None) -> None:
    with pytest.raises(InvalidConfigException, match="TURN_TOKEN"):
        TurnChannel.from_credentials({"token": token, "actions_url": "http://127.0.0.1:1/webhook"})


@pytest.mark.parametrize(
    "fields",
    [
        {"turn_id": ""},
        {"turn_id": "x" * 65},
        {"turn_id": 7},
        {"learner_id": None},
        {"learner_id": "\ud800"},
        {"channel": "sms"},
        {"channel": ["web"]},
        {"text": "x" * 4001},
        {"text": ["x"]},
        {"text": "half a character \ud800"},
        {"text": None},
        {"text": "  "},
        {"text": "x", "payload": "/greet"},
        {"extra": 1},
        {"text": None, "payload": "greet"},
        {"text": None, "payload": "/greet@0.9"},
        {"text": None, "payload": "/greet{}"},
        {"text": None, "payload": '/greet{"a": {"b": 1}}'},
        {"text": None, "payload": '/greet{"a": 1} /restart'},
        {"text": None, "payload": "/greet{no json}"},
        {"text": None, "payload": '/greet{"a": null}'},
        {"text": None, "payload": "EXTERNAL: greet"},
    ],
)
def test_a_turn_that_breaks_the_contract_is_refused(fields: dict[str, Any]) -> None:
    error = refused(**fields)

    assert (error.status, error.code) == (400, "invalid_turn")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(TurnError, match="JSON"):
        parse_request(body)


@pytest.mark.parametrize("typed", ["/greet", "  /greet", "\n/restart", "\u3000/greet"])
def test_typed_text_that_begins_with_a_slash_is_shielded(typed: str) -> None:
    turn = parse_request(json.dumps(a_turn(text=typed)).encode())

    assert turn.rasa_text == SHIELD + typed.strip()


async def test_a_wrong_token_gets_401(rasa_server: Rasa) -> None:
    for token in ("", "wrong", "sai-m\u1eadt"):
        status, answer = await rasa_server.post(a_turn(), token=token)

        assert (status, answer["error"]["code"]) == (401, "wrong_token")


async def test_a_turn_before_the_model_is_loaded_gets_503(start_rasa: RasaFactory) -> None:
    rasa = await start_rasa(ready=False)

    status, answer = await rasa.post(a_turn())

    assert (status, answer["error"]["code"]) == (503, "not_ready")


async def test_health_tells_life_and_ready_tells_the_model(start_rasa: RasaFactory) -> None:
    for ready, expected in ((False, 503), (True, 200)):
        rasa = await start_rasa(ready=ready)
        async with rasa.session.get(f"{rasa.url}/") as health, rasa.session.get(f"{rasa.url}/ready") as state:
            assert (health.status, state.status) == (200, expected)


async def test_a_bad_body_gets_400_with_one_error_shape(rasa_server: Rasa) -> None:
    status, answer = await rasa_server.post(b"{nonsense")

    assert status == 400
    assert set(answer["error"]) == {"code", "message"}


@pytest.mark.parametrize("intent", ["unheard_of", "restart", "back", "session_start"])
async def test_a_payload_outside_the_domain_or_a_command_gets_400(rasa_server: Rasa, intent: str) -> None:
    status, answer = await rasa_server.post(a_turn(text=None, payload=f"/{intent}"))

    assert (status, answer["error"]["code"]) == (400, "invalid_turn")


async def test_a_payload_goes_through_with_its_entities(rasa_server: Rasa) -> None:
    answer = await rasa_server.say(None, payload='/choose_guide{"guide": "quet-ma-qr"}')

    understanding = answer["understanding"]
    assert understanding["intent"] == "choose_guide"
    assert understanding["entities"][0]["entity"] == "guide"
    assert understanding["entities"][0]["value"] == "quet-ma-qr"
    assert answer["actions"] == ["action_open_topic"]


@pytest.mark.parametrize("name", ["slash", "slash_command", "external"])
async def test_typed_text_is_never_a_command(rasa_server: Rasa, phrases: dict[str, Any], name: str) -> None:
    answer = await rasa_server.say(phrases[name])

    heard = (await rasa_server.events("learner-1", "user"))[-1]
    assert answer["understanding"]["normalised"] == phrases[name].lower()
    assert answer["understanding"]["confidence"] < 1.0
    assert not heard["metadata"].get("is_external")
    assert len(await rasa_server.events("learner-1", "session_started")) == 1


async def test_the_answer_has_the_shape_of_the_contract(rasa_server: Rasa, phrases: dict[str, Any]) -> None:
    answer = await rasa_server.say(phrases["greeting"], turn_id="turn-1")

    assert set(answer) == {"turn_id", "replies", "understanding", "actions", "outcome", "model", "took_ms"}
    assert (answer["turn_id"], answer["outcome"], answer["model"]) == ("turn-1", "answered", "test-world.tar.gz")
    assert answer["actions"] == ["utter_greet", "utter_welcome"]
    first, second = answer["replies"]
    assert first["buttons"][0]["payload"].startswith("/choose_guide{")
    assert first["image"].startswith("https://")
    assert first["card"] is None
    assert second == {"text": "", "buttons": [], "image": None, "card": {"kind": "card"}}
    assert len(answer["understanding"]["ranking"]) == 5


async def test_a_guide_is_named_with_its_ranking(rasa_server: Rasa, phrases: dict[str, Any]) -> None:
    understanding = (await rasa_server.say(phrases["forgotten_password"]))["understanding"]

    assert (understanding["intent"], understanding["guide"]) == ("ask_guide", "vneid-quen-mat-khau")
    assert understanding["guide_ranking"][0]["slug"] == "vneid-quen-mat-khau"
    assert len(understanding["guide_ranking"]) == 5
    assert understanding["entities"] == [{"entity": "app", "value": "VNeID", "start": 14, "end": 19}]
