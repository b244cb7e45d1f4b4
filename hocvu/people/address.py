"""Forms of address: how the assistant calls the learner and itself.

Texts are written as if to an elder, with the two words in brackets: "[Bác] bấm nút này, [cháu] chờ." The pair
that fits the learner is put in when a reply leaves for a channel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from hocvu.content.models import ADDRESS_PLACEHOLDERS
from hocvu.content.yaml_file import read_yaml

_PLACEHOLDER = re.compile("|".join(re.escape(placeholder) for placeholder in ADDRESS_PLACEHOLDERS))
_PAIRS_FILE = Path(__file__).parent / "forms_of_address.yml"


@dataclass(frozen=True, slots=True)
class AddressPair:
    """One pair, e.g. learner "bác" and assistant "cháu", in lower case."""

    id: str
    learner: str
    assistant: str


def load_pairs() -> dict[str, AddressPair]:
    """Every pair by id, from forms_of_address.yml."""
    return {row["id"]: AddressPair(**row) for row in read_yaml(_PAIRS_FILE)}


def address(text: str, pair: AddressPair) -> str:
    """`text` with its placeholders replaced; a capital placeholder gives a capital word."""

    def replace(match: re.Match[str]) -> str:
        word = pair.learner if match.group().lower() == "[bác]" else pair.assistant
        return word.capitalize() if match.group()[1].isupper() else word

    return _PLACEHOLDER.sub(replace, text)
