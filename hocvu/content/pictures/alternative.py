"""The text alternative of a picture: what is on the screen, from the top down, and what the finger points at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hocvu.content.screens import Choice, Dialog, Frame, InputField, MessageBubble, Part, Screen, Switch
from hocvu.content.yaml_file import read_yaml

_PHRASES = Path(__file__).parent / "alternative.yml"
_NAMELESS = {"code": "code", "letters": "keyboard", "numbers": "keyboard"}
"""Targets that have no words on the screen."""


def alternative(screen: Screen) -> str:
    """One to four sentences in Vietnamese."""
    phrases = _phrases()
    parts = "; ".join(_part(part, phrases["parts"]) for part in screen.parts)
    sentences = [phrases["screen"]]
    if screen.title is not None:
        sentences.append(phrases["title"].format(words=screen.title))
    sentences.append(phrases["shown"].format(parts=parts))
    if screen.tap is not None:
        sentences.append(_target("tap", screen.tap, phrases))
    if screen.look is not None:
        sentences.append(_target("look", screen.look, phrases))
    return " ".join(sentences)


def _target(verb: str, label: str, phrases: dict[str, Any]) -> str:
    nameless = _NAMELESS.get(label)
    return str(phrases[f"{verb}_{nameless}" if nameless else verb].format(words=label))


def _part(part: Part, phrases: dict[str, str]) -> str:
    fields = part.model_dump()
    name = next(iter(fields))
    words = fields[name] if isinstance(fields[name], str | int) else _list(fields[name])
    match part:
        case InputField(value=str()):
            return phrases["field_with_value"].format(words=words, value=part.value)
        case Switch(on=True):
            name = "switch_on"
        case Choice(ticked=True):
            name = "choice_ticked"
        case MessageBubble(sender=str()):
            return phrases["message_from"].format(words=words, sender=part.sender)
        case Dialog():
            return phrases["dialog"].format(words=words, buttons=_list(part.buttons))
        case Frame():
            name, words = f"frame_{part.frame}", part.words
    return phrases[name].format(words=words)


def _list(labels: Sequence[str]) -> str:
    return ", ".join(f'"{label}"' for label in labels)


@cache
def _phrases() -> dict[str, Any]:
    phrases: dict[str, Any] = read_yaml(_PHRASES)
    return phrases
