"""Tokens, and names linked in a message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import rasa.shared.utils.io
from conftest import ROOT
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.entities.entity_linker import EntityLinker
from bot.nlu.entities.lookups import InvalidLookup
from bot.nlu.tokeniser import SEGMENTED_LENGTH, UndertheseaTokenizer

Phrases = dict[str, Any]
LOOKUPS = {"lookups": str(ROOT / "knowledge" / "names")}


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path)


def linker(storage: LocalModelStorage, config: dict[str, Any]) -> EntityLinker:
    EntityLinker.create(config, storage, Resource("linker"), None).train(TrainingData())
    return EntityLinker.load(config, storage, Resource("linker"), None)


def test_tokens_point_at_their_place_in_the_text(phrases: Phrases) -> None:
    tokenizer = UndertheseaTokenizer(UndertheseaTokenizer.get_default_config())
    for text in [*phrases["normal_forms"], "a  b\u00a0c \U0001f642", "x " * SEGMENTED_LENGTH]:
        for token in tokenizer.tokenize(Message(data={"text": text}), "text"):
            assert text[token.start : token.end] == token.text


def test_compound_words_are_one_token(phrases: Phrases) -> None:
    tokenizer = UndertheseaTokenizer(UndertheseaTokenizer.get_default_config())

    tokens = tokenizer.tokenize(Message(data={"text": phrases["forgotten_password"]}), "text")

    assert any(" " in token.text for token in tokens)


def test_names_are_linked_with_their_place_as_typed(storage: LocalModelStorage, phrases: Phrases) -> None:
    component = linker(storage, LOOKUPS)
    for text, expected in phrases["entities"].items():
        found = component.process([Message(data={"text": text})])[0].get("entities")
        assert [[e["value"], e["entity"], text[e["start"] : e["end"]]] for e in found] == expected


def test_our_lookups_name_eighty_things_or_more() -> None:
    files = [rasa.shared.utils.io.read_yaml_file(path) for path in (ROOT / "knowledge" / "names").glob("*.yml")]

    assert len({row["name"] for table in files for row in table["names"]}) >= 80


def test_without_lookups_nothing_is_linked(storage: LocalModelStorage, phrases: Phrases) -> None:
    component = linker(storage, {"lookups": None})

    assert component.process([Message(data={"text": phrases["forgotten_password"]})])[0].get("entities") == []


def test_a_name_repeated_on_a_whole_page_is_linked_some_times_only(storage: LocalModelStorage) -> None:
    component = linker(storage, LOOKUPS)

    assert len(component.process([Message(data={"text": "zalo " * 700})])[0].get("entities")) == 20


def test_a_lookup_file_of_another_form_is_refused_by_name(storage: LocalModelStorage, tmp_path: Path) -> None:
    folder = tmp_path / "lookups"
    folder.mkdir()
    (folder / "odd.yml").write_text("type: app\nnames: [zalo]\n", encoding="utf-8")

    with pytest.raises(InvalidLookup, match=r"odd\.yml"):
        linker(storage, {"lookups": str(folder)})
