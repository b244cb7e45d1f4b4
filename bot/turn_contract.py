"""The turn contract (docs: DESIGN section 5): what a turn request may be, and the errors the channel answers with."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

LONGEST_ID = 64
LONGEST_TEXT = 4_000
LONGEST_PAYLOAD = 1_000
CHANNELS = ("zalo", "web")
FIELDS = frozenset({"turn_id", "learner_id", "text", "channel", "payload"})
# Rasa reads the object up to the first closing brace and on one line; anything else would be cut in two by it.
_PAYLOAD = re.compile(r"/(?P<intent>[a-zA-Z_][a-zA-Z0-9_]*)(?P<entities>\{[^{}\r\n]+\})?")
# Rasa's own commands: a button never carries them.
COMMAND_INTENTS = frozenset({"restart", "back", "session_start"})
# Rasa takes a text that begins with "/" for a command. This invisible character in front makes it text again; the
# normaliser drops it.
SHIELD = "\u200b"


class TurnError(Exception):
    """A turn that gets no answer: HTTP status, a code for the caller, a message for people. Never holds any text."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message

    def as_json(self) -> dict[str, dict[str, str]]:
        return {"error": {"code": self.code, "message": self.message}}


def invalid(message: str) -> TurnError:
    return TurnError(400, "invalid_turn", message)


@dataclass(frozen=True)
class TurnRequest:
    """One checked turn; exactly one of `text` and `payload` is set."""

    turn_id: str
    learner_id: str
    channel: str
    text: str | None
    payload: str | None

    @property
    def rasa_text(self) -> str:
        """What Rasa may read: the payload as it is, typed text never as a command."""
        if self.payload is not None:
            return self.payload
        text = (self.text or "").strip()
        return SHIELD + text if text.startswith("/") else text


def parse_request(body: bytes) -> TurnRequest:
    """The turn in a request body. Raises TurnError with status 400; the payload's intent is checked apart."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise invalid("the body is not JSON") from error
    if not isinstance(fields, dict):
        raise invalid("the body is not a JSON object")
    if unknown := sorted(set(fields) - FIELDS):
        raise invalid(f"unknown fields: {len(unknown)}")
    text = _optional(fields, "text", LONGEST_TEXT)
    payload = _optional(fields, "payload", LONGEST_PAYLOAD)
    if (text is None) == (payload is None):
        raise invalid("exactly one of text and payload has to be given")
    return TurnRequest(
        turn_id=_identifier(fields, "turn_id"),
        learner_id=_identifier(fields, "learner_id"),
        channel=_channel(fields),
        text=text,
        payload=_checked_payload(payload),
    )


def check_intent(turn: TurnRequest, intents: Collection[str]) -> None:
    """Raises TurnError when the payload names an intent that the domain lacks, or one of Rasa's own commands."""
    if turn.payload is None:
        return
    match = _PAYLOAD.fullmatch(turn.payload)
    if match is None or match["intent"] not in intents or match["intent"] in COMMAND_INTENTS:
        raise invalid("payload does not name an intent of the domain")


def _identifier(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_ID or not _is_unicode(value):
        raise invalid(f"{name} has to be a string of 1 to {LONGEST_ID} characters")
    return value


def _channel(fields: dict[str, Any]) -> str:
    value = fields.get("channel")
    if not isinstance(value, str) or value not in CHANNELS:
        raise invalid(f"channel has to be one of {', '.join(CHANNELS)}")
    return value


def _optional(fields: dict[str, Any], name: str, longest: int) -> str | None:
    """The string of a field that may be null; one of only spaces counts as null."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > longest or not _is_unicode(value):
        raise invalid(f"{name} has to be null or a string of at most {longest} characters")
    return value if value.strip() else None


def _is_unicode(value: str) -> bool:
    """JSON can spell half a character (a lone surrogate), which no database and no tokeniser takes."""
    return not any("\ud800" <= char <= "\udfff" for char in value)


def _checked_payload(payload: str | None) -> str | None:
    if payload is None:
        return None
    match = _PAYLOAD.fullmatch(payload)
    if match is None:
        raise invalid("payload has to be /intent or /intent{json object}")
    if match["entities"]:
        _check_entities(match["entities"])
    return payload


def _check_entities(entities: str) -> None:
    try:
        values = json.loads(entities)
    except ValueError as error:
        raise invalid("the object in the payload is not JSON") from error
    if not all(isinstance(value, str | int | float) for value in values.values()):
        raise invalid("the object in the payload may hold strings and numbers only")
