"""Plays a conversation script over HTTP against the running stack.

A script is a list of turns: `say` (typed) or `press` (a button's title), and what to `expect` of the turn. Expected are
outcomes, actions, pages, steps and buttons, never wording: an edited sentence must not break a test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator
from ruamel.yaml import YAML

from hocvu.outcomes import TurnOutcome
from hocvu.store import turns
from hocvu.store.database import Database
from hocvu.store.tables import Turn
from tests.support.visitor import WebVisitor

CONTROLS = ["Xong rồi", "Nhắc lại", "Quay lại", "Chưa được", "Dừng"]


class ScriptModel(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Expectation(ScriptModel):
    """Every field given is checked. `step` is the number shown; `none` means that no step is shown."""

    outcome: TurnOutcome | None = None
    page: str | None = None
    action: str | None = None
    step: int | Literal["none"] | None = None
    card: str | None = None
    controls: bool | None = None
    buttons: list[str] | None = None
    offers_to_go_on: bool | None = None
    masked: list[str] | None = None
    offers_page: str | None = None


class ScriptTurn(ScriptModel):
    say: str | None = None
    press: str | None = None
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def check_one(self) -> ScriptTurn:
        if (self.say is None) == (self.press is None):
            raise ValueError("a turn either says or presses")
        return self


class Script(ScriptModel):
    name: str
    turns: list[ScriptTurn]


def read_script(path: Path) -> Script:
    return Script.model_validate(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))


async def play(script: Script, visitor: WebVisitor, database: Database) -> None:
    """Play all turns in one conversation; the first unmet expectation fails with the turn's number."""
    conversation_id = await visitor.open()
    for number, turn in enumerate(script.turns, 1):
        replies = await (visitor.say(turn.say) if turn.say is not None else visitor.press(turn.press or ""))
        stored = await _newest_turn(visitor, database, conversation_id)
        _check(turn.expect, replies, stored, where=f"{script.name}, turn {number} ({turn.say or turn.press})")


async def _newest_turn(visitor: WebVisitor, database: Database, conversation_id: str) -> Turn:
    mine = [message for message in await visitor.history() if message["from"] == "learner"]
    async with database.reading() as session:
        turn = await turns.of_event(session, conversation_id=conversation_id, event_id=mine[-1]["client_id"])
    assert turn is not None
    return turn


def _check(expect: Expectation, replies: list[dict[str, Any]], turn: Turn, *, where: str) -> None:
    assert replies, f"{where}: no reply"
    seen = _seen(replies, turn)
    for field in expect.model_fields_set:
        wanted = getattr(expect, field)
        if field in ("page", "offers_page"):
            assert wanted in seen[field], f"{where}: {field} {wanted!r} not in {seen[field]!r}"
        else:
            assert seen[field] == wanted, f"{where}: {field} is {seen[field]!r}, not {wanted!r}: {seen}"


def _seen(replies: list[dict[str, Any]], turn: Turn) -> dict[str, Any]:
    cards = [reply["card"] for reply in replies if reply["card"]]
    steps = [card["number"] for card in cards if card["kind"] == "step"]
    titles = [button["title"] for button in replies[-1]["buttons"]]
    all_titles = [button["title"] for reply in replies for button in reply["buttons"]]
    return {
        "outcome": turn.outcome,
        "page": [turn.guide, *(card.get("title") for card in cards)],
        "action": turn.actions[-1] if turn.actions else None,
        "step": steps[-1] if steps else "none",
        "card": cards[-1]["kind"] if cards else None,
        "controls": titles == CONTROLS,
        "buttons": titles,
        "offers_to_go_on": "Làm tiếp" in all_titles,
        "masked": turn.masked,
        "offers_page": all_titles,
    }
