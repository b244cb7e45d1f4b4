"""The sentences of `bot/domain/responses/`, for showing a page outside of a conversation as it will be spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hocvu.content.yaml_file import read_yaml


@dataclass(frozen=True, slots=True)
class Said:
    """One reply: its words and the titles of its buttons. Placeholders for the form of address are still in it."""

    text: str
    buttons: tuple[str, ...]


class Responses:
    """The first variation of every response, by name."""

    def __init__(self, folder: Path) -> None:
        """Raises ContentError when a file cannot be read."""
        self._variations: dict[str, dict[str, Any]] = {}
        for path in sorted(folder.glob("*.yml")):
            for name, variations in (read_yaml(path).get("responses") or {}).items():
                self._variations[name] = variations[0]

    def say(self, name: str, words: Mapping[str, Any]) -> Said:
        """The response with `words` in its blanks. Raises KeyError for an unknown response or blank."""
        variation = self._variations[name]
        buttons = (button["title"].format_map(words) for button in variation.get("buttons") or [])
        return Said(variation["text"].format_map(words), tuple(buttons))
