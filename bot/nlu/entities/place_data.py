"""From underthesea's address data to the table of places that a model keeps; runs while training only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.nlu.entities.message_words import written_forms
from bot.nlu.entities.phrase_table import Phrase
from bot.nlu.entities.place_table import COMMUNE, DISTRICT, PROVINCE, NamedPlaces, Unit, place_writing
from bot.nlu.word_tables import load_word_tables

Record = Mapping[str, Any]
_DASH = " - "


def address_file() -> Path:
    """underthesea's table of old and new units, made from the package vietnamadminunits; in force since 2025-07-01."""
    return Path(str(files("underthesea") / "address" / "data" / "mapping.json"))


def read_places() -> list[NamedPlaces]:
    """Every old and new unit, grouped by the words of its name, aliases included. Cost: about 1 s and 60 MB.

    A record whose name the data do not give is left out; an old unit that became such a one has no present name.
    """
    data = json.loads(address_file().read_text(encoding="utf-8"))
    records = data["ward_mapping"]
    units = [*_provinces(data), *_districts(records), *_old_communes(records), *_new_communes(records)]
    by_form: dict[tuple[Phrase, Phrase], list[Unit]] = defaultdict(list)
    for unit in dict.fromkeys(units):
        for form in {form for name in _names(unit) for form in _forms(name)}:
            by_form[form].append(unit)
    return [NamedPlaces(words, plain, tuple(found)) for (words, plain), found in sorted(by_form.items())]


def _provinces(data: Record) -> Iterator[Unit]:
    present = data["province_names"]
    for key, row in data["old_province_names"].items():
        now = present[data["province_mapping"][key]]
        kind, name = _split_kind(row["name"])
        yield Unit(PROVINCE, kind, name, _full_name(now["name"]), key in present, (row["short"], now["short"]), "")


def _districts(records: Iterable[Record]) -> Iterator[Unit]:
    """Districts were abolished: a present name only where one whole district became one commune, as the islands did."""
    became: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in records:
        became[row["old_province"], row["new_province"], row["old_district"]].add(row["new_ward"])
    for (old, new, district), communes in became.items():
        kind, name = _split_kind(district)
        yield Unit(DISTRICT, kind, name, _only_one(communes), False, (_short(old), _short(new)), "")


def _old_communes(records: Iterable[Record]) -> Iterator[Unit]:
    became: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for row in records:
        if row["old_ward"]:
            place = (row["old_province"], row["new_province"], row["old_district"], row["old_ward"])
            became[place].add(row["new_ward"])
    for (old, new, district, commune), communes in became.items():
        kind, name = _split_kind(commune)
        provinces = (_short(old), _short(new))
        yield Unit(COMMUNE, kind, name, _only_one(communes), False, provinces, _short(district))


def _new_communes(records: Iterable[Record]) -> Iterator[Unit]:
    for province, commune in dict.fromkeys(
        (row["new_province"], row["new_ward"]) for row in records if row["new_ward"]
    ):
        kind, name = _split_kind(commune)
        yield Unit(COMMUNE, kind, name, _full_name(commune), True, (_short(province),), "")


def _only_one(communes: set[str]) -> str:
    """The commune a unit became; empty when there are several, or when the data do not give its name."""
    return _full_name(next(iter(communes))) if len(communes) == 1 else ""


def _split_kind(full: str) -> tuple[str, str]:
    """("xã", "Tân Lập") of "Xã Tân Lập"."""
    lower = full.lower()
    kind = next(kind for kind in place_writing()["units"] if lower.startswith(f"{kind} "))
    return kind, full[len(kind) + 1 :]


def _short(full: str) -> str:
    return _split_kind(full)[1]


def _full_name(full: str) -> str:
    return " ".join(_split_kind(full)) if full else ""


@lru_cache(maxsize=10_000)
def _forms(name: str) -> list[tuple[Phrase, Phrase]]:
    return written_forms(name, load_word_tables())


def _names(unit: Unit) -> set[str]:
    """The name, with its dash and without, and further names of a province."""
    aliases = place_writing()["aliases"].get(unit.name, ()) if unit.level == PROVINCE else ()
    return {unit.name, unit.name.replace(_DASH, " "), *aliases}
