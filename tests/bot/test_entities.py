"""Numbers, money, dates, lengths of time and places in messages, with marks and without."""

from __future__ import annotations

import json
import statistics
import time
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import rasa.shared.utils.io
from conftest import DATA, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.entities.entity_linker import MOST_ENTITIES, EntityLinker
from bot.nlu.entities.message_words import READ_LENGTH
from bot.nlu.entities.place_data import address_file
from bot.nlu.normalisation import normalised_pieces
from bot.nlu.syllables import strip_marks
from bot.nlu.word_tables import load_word_tables

SAID: dict[str, Any] = rasa.shared.utils.io.read_yaml_file(DATA / "entities.yml")
NAMES = {"lookups": str(ROOT / "knowledge" / "names")}
# Two busy cores may not fail a test of the code.
BUSY = 2
KINDS = ("place", "number", "money", "date", "duration")
Row = tuple[str, list[list[str]]]


def trained(folder: Path, config: dict[str, str | None]) -> EntityLinker:
    storage = LocalModelStorage.create(folder)
    EntityLinker.create(config, storage, Resource("linker"), None).train(TrainingData())
    return EntityLinker.load(config, storage, Resource("linker"), None)


@pytest.fixture(scope="module")
def linker(tmp_path_factory: pytest.TempPathFactory) -> EntityLinker:
    return trained(tmp_path_factory.mktemp("names"), NAMES)


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> EntityLinker:
    return trained(tmp_path_factory.mktemp("nameless"), {"lookups": None})


def entities(component: EntityLinker, text: str) -> list[dict[str, Any]]:
    return list(component.process([Message(data={"text": text})])[0].get("entities"))


def found(component: EntityLinker, text: str) -> list[list[str]]:
    return [[row["entity"], row["value"], text[row["start"] : row["end"]]] for row in entities(component, text)]


def places(component: EntityLinker, text: str) -> list[list[str]]:
    rows = [row for row in entities(component, text) if row["entity"] == "place"]
    return [[row["value"], text[row["start"] : row["end"]], *([row["old"]] if "old" in row else [])] for row in rows]


def without_marks(rows: dict[str, list[list[str]]], part: int) -> Iterator[Row]:
    """The rows as somebody types them without marks: the same is meant, the part loses its marks."""
    for text, expected in rows.items():
        yield strip_marks(text), [[*row[:part], strip_marks(row[part]), *row[part + 1 :]] for row in expected]


BOTH = [*SAID["with_and_without_marks"].items(), *without_marks(SAID["with_and_without_marks"], 2)]
PLACES = [*SAID["places"]["with_and_without_marks"].items()]
PLACES += without_marks(SAID["places"]["with_and_without_marks"], 1)
NOTHING = [*SAID["nothing"]["with_and_without_marks"]]
NOTHING += [*map(strip_marks, NOTHING), *SAID["nothing"]["without_marks"]]


@pytest.mark.parametrize(("text", "expected"), [*BOTH, *SAID["only_with_marks"].items()])
def test_measures_are_found_with_marks_and_without(
    nameless: EntityLinker, text: str, expected: list[list[str]]
) -> None:
    assert found(nameless, text) == expected


@pytest.mark.parametrize(("text", "expected"), [*PLACES, *SAID["places"]["only_with_marks"].items()])
def test_places_have_their_present_name(nameless: EntityLinker, text: str, expected: list[list[str]]) -> None:
    assert places(nameless, text) == expected


@pytest.mark.parametrize(("text", "expected"), SAID["at_the_limits"].items())
def test_each_threshold_is_where_it_says(nameless: EntityLinker, text: str, expected: list[list[str]]) -> None:
    assert found(nameless, text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_other_words_and_secrets_are_nothing(linker: EntityLinker, text: str) -> None:
    assert [row for row in found(linker, text) if row[0] in KINDS] == []


@pytest.mark.parametrize("text", SAID["places"]["nothing"])
def test_other_words_are_no_places(nameless: EntityLinker, text: str) -> None:
    assert places(nameless, text) == []


@pytest.mark.parametrize("code", SAID["codes"])
def test_telephone_identity_and_card_numbers_are_never_numbers(nameless: EntityLinker, code: str) -> None:
    for text in (code, f"({code})", f"a {code} b", f"a:{code}, b"):
        assert found(nameless, text) == []


@pytest.mark.parametrize("mask", SAID["masks"])
def test_nothing_is_read_in_a_mask(nameless: EntityLinker, mask: str) -> None:
    assert found(nameless, f"{mask} 500k {mask}") == [["money", "500000", "500k"]]


@pytest.mark.parametrize(("text", "expected"), SAID["names_first"].items())
def test_names_come_before_places_and_places_before_numbers(
    linker: EntityLinker, text: str, expected: list[list[str]]
) -> None:
    assert found(linker, text) == expected


@pytest.mark.parametrize(("text", "expected"), SAID["as_typed"].items())
def test_written_out_words_are_found_whole_or_not_at_all(
    nameless: EntityLinker, text: str, expected: list[list[str]]
) -> None:
    assert found(nameless, text) == expected


@pytest.mark.parametrize(("text", "expected"), [*SAID["with_and_without_marks"].items(), *PLACES])
def test_offsets_point_into_text_of_any_unicode_form(
    nameless: EntityLinker, text: str, expected: list[list[str]]
) -> None:
    part = 1 if (text, expected) in PLACES else 2
    decomposed = unicodedata.normalize("NFD", text)

    parts = [decomposed[row["start"] : row["end"]] for row in entities(nameless, decomposed)]

    assert [unicodedata.normalize("NFC", text) for text in parts] == [row[part] for row in expected]


def spelled(number: int) -> str:
    """A number from 11 to 999 in words."""
    words = SAID["numerals"]
    digits = words["digits"]
    hundreds, tens, last = number // 100, number // 10 % 10, number % 10
    start = [digits[hundreds], words["hundred"]] if hundreds else []
    if not tens:
        return " ".join([*start, *([words["link"], digits[last]] if last else [])])
    middle = [words["ten"]] if tens == 1 else [digits[tens], words["tens"]]
    end = (
        words["five_behind_tens"] if last == 5 else words["one_behind_tens"] if last == 1 and tens > 1 else digits[last]
    )
    return " ".join([*start, *middle, *([end] if last else [])])


@pytest.mark.parametrize("number", [*range(11, 130), *range(130, 1000, 7)])
def test_every_number_is_read_from_its_words(nameless: EntityLinker, number: int) -> None:
    for text in (spelled(number), strip_marks(spelled(number))):
        assert found(nameless, text) == [["number", str(number), text]]


@given(amount=st.integers(100, 10**12))
@settings(max_examples=200, deadline=None)
def test_every_amount_is_read_from_its_digits(nameless: EntityLinker, amount: int) -> None:
    text = f"{amount:,}đ".replace(",", ".")

    is_long = amount >= 10**7 and amount % 1000  # may be a telephone number
    assert found(nameless, text) == ([] if is_long else [["money", str(amount), text]])


def test_every_old_commune_is_found_with_its_present_name(nameless: EntityLinker) -> None:
    became: dict[tuple[str, ...], set[str]] = {}
    for row in json.loads(address_file().read_text(encoding="utf-8"))["ward_mapping"]:
        if row["old_ward"]:
            place = (row["old_ward"], row["old_district"], row["old_province"])
            became.setdefault(place, set()).add(row["new_ward"])
    wrong = []
    for place, communes in list(became.items())[::3]:
        present = communes.pop() if len(communes) == 1 and "" not in communes else place[0]
        values = [row[0].lower() for row in places(nameless, ", ".join(place))]
        if len(values) != len(place) or values[0] != present.lower():
            wrong.append((place, values))

    assert wrong == []


def test_a_model_without_lookups_still_finds_all_but_names(nameless: EntityLinker) -> None:
    for text, expected in SAID["names_first"].items():
        kinds = [row[0] for row in found(nameless, text)]
        assert set(kinds) <= set(KINDS)
        assert len(kinds) >= len([row for row in expected if row[0] in KINDS])


def test_every_kind_is_an_entity_of_the_domain() -> None:
    assert set(KINDS) <= set(Domain.load(str(ROOT / "bot" / "domain")).entities)


def test_only_the_begin_of_a_page_is_read_and_only_some_entities_are_kept(nameless: EntityLinker) -> None:
    assert found(nameless, "a" * READ_LENGTH + " 500k") == []
    assert len(found(nameless, "500k " * 100)) == MOST_ENTITIES


@pytest.mark.parametrize(("length", "aim"), [("ten", 0.35), ("forty", 1.0)])
def test_a_message_costs_a_third_of_a_millisecond(linker: EntityLinker, length: str, aim: float) -> None:
    text = SAID["speed"][length]
    times = []
    for _ in range(300):
        normalised_pieces(text, load_word_tables())  # as the normaliser does before
        started = time.perf_counter()
        entities(linker, text)
        times.append(1000 * (time.perf_counter() - started))

    assert statistics.median(times) < BUSY * aim


def test_a_model_is_loaded_in_a_second_and_a_half(tmp_path: Path) -> None:
    storage = LocalModelStorage.create(tmp_path)
    EntityLinker.create(NAMES, storage, Resource("linker"), None).train(TrainingData())
    started = time.perf_counter()

    EntityLinker.load(NAMES, storage, Resource("linker"), None)

    assert time.perf_counter() - started < BUSY * 1.5


VOCABULARY = sorted({word for text, _ in [*BOTH, *PLACES] for word in text.split()})
TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="0123456789.,-/:kđtr năm\u0301\u200b‹›", max_size=60),
    st.lists(st.sampled_from(VOCABULARY), max_size=14).map(" ".join),
)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_of_any_text_the_entities_are_in_it_in_order_and_apart(linker: EntityLinker, text: str) -> None:
    rows = entities(linker, text)

    assert all(0 <= row["start"] < row["end"] <= len(text) for row in rows)
    assert all(before["end"] <= after["start"] for before, after in pairwise(rows))
    assert all(isinstance(row["value"], str) and row["value"] for row in rows)
