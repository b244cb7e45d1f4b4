"""Forms of address: how the assistant calls the learner and itself.

Texts are written as if to an elder, with the two words in brackets: "[Bác] bấm nút này, [cháu] chờ." The pair
that fits the learner is put in when a reply leaves for a channel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hocvu.content.models import ADDRESS_PLACEHOLDERS
from hocvu.content.phrases import find_phrases
from hocvu.content.yaml_file import read_yaml

_PLACEHOLDER = re.compile("|".join(re.escape(placeholder) for placeholder in ADDRESS_PLACEHOLDERS))
_PAIRS_FILE = Path(__file__).parent / "forms_of_address.yml"
_NO_PAIR = ""


@dataclass(frozen=True, slots=True)
class AddressPair:
    """One pair, e.g. learner "bác" and assistant "cháu", in lower case."""

    id: str
    learner: str
    assistant: str


def load_pairs() -> dict[str, AddressPair]:
    """Every pair by id, from forms_of_address.yml."""
    return {row["id"]: AddressPair(row["id"], row["learner"], row["assistant"]) for row in _forms_of_address()["pairs"]}


def asked_pair(text: str) -> AddressPair | None:
    """The pair that a learner asks for in these words; None for none, and for a form we have not.

    The longest request counts ("em ơi gọi chị là chị": chị), of equally long ones the last.
    """
    asked = [found for found in find_phrases(text, _requests()) if found.value != _NO_PAIR]
    clearest = max(reversed(asked), key=lambda found: found.words, default=None)
    return load_pairs()[clearest.value] if clearest else None


def address(text: str, pair: AddressPair) -> str:
    """`text` with its placeholders replaced; a capital placeholder gives a capital word."""

    def replace(match: re.Match[str]) -> str:
        word = pair.learner if match.group().lower() == "[bác]" else pair.assistant
        return word.capitalize() if match.group()[1].isupper() else word

    return _PLACEHOLDER.sub(replace, text)


def addressed(value: Any, pair: AddressPair) -> Any:
    """The same lists and dicts with `address` in every text."""
    if isinstance(value, str):
        return address(value, pair)
    if isinstance(value, dict):
        return {key: addressed(item, pair) for key, item in value.items()}
    if isinstance(value, list):
        return [addressed(item, pair) for item in value]
    return value


@cache
def _forms_of_address() -> dict[str, Any]:
    forms: dict[str, Any] = read_yaml(_PAIRS_FILE)
    return forms


@cache
def _requests() -> dict[str, str]:
    """Phrases with the id of the pair they ask for; _NO_PAIR where a form is named and not asked for."""
    forms = _forms_of_address()
    asked = {phrase: row["id"] for row in forms["pairs"] for phrase in row["words"]}
    refused = [f"{refusal} {row['learner']}" for refusal in forms["refusals"] for row in forms["pairs"]]
    return dict.fromkeys([*refused, *forms["other_meanings"]], _NO_PAIR) | asked
