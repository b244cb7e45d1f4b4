"""Places as the model keeps them: every old and new unit, found by the words of its name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from bot.nlu.data_files import DATA, read_table
from bot.nlu.entities.phrase_table import Phrase

PROVINCE, DISTRICT, COMMUNE = range(3)


class Unit(NamedTuple):
    """One province, district or commune as it was or is.

    `now` is the present name of an old unit, empty when it is unknown or the unit was split. `provinces` are the short
    names of the old province and of the one it belongs to now; `district` is the short name of the old district.
    """

    level: int
    kind: str
    name: str
    now: str
    is_present: bool
    provinces: tuple[str, ...]
    district: str


class NamedPlaces(NamedTuple):
    """All units that share a written name, and its words with marks and without."""

    words: Phrase
    plain: Phrase
    units: tuple[Unit, ...]


@lru_cache(maxsize=1)
def place_writing() -> Any:
    """The table of how people write places (places.yml)."""
    return read_table(DATA / "places.yml")


def pack_places(places: Sequence[NamedPlaces]) -> str:
    """The table as JSON: joblib would unpickle it in Python, which takes 0.7 s instead of 0.1."""
    units = {unit: number for number, unit in enumerate(dict.fromkeys(unit for row in places for unit in row.units))}
    rows = [[row.words, row.plain, [units[unit] for unit in row.units]] for row in places]
    return json.dumps({"units": list(units), "names": rows}, ensure_ascii=False)


def unpack_places(packed: str) -> list[NamedPlaces]:
    """What `pack_places` packed."""
    table = json.loads(packed)
    units = [Unit(*row[:5], tuple(row[5]), row[6]) for row in table["units"]]
    return [
        NamedPlaces(tuple(words), tuple(plain), tuple(units[number] for number in numbers))
        for words, plain, numbers in table["names"]
    ]
