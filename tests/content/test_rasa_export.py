from __future__ import annotations

from collections import Counter

import pytest
from ruamel.yaml import YAML

from hocvu.content.library import load_library
from hocvu.content.rasa_export import RETRIEVAL_INTENT, TERM_INTENT, training_data, write_training_data
from hocvu.settings import PROJECT_ROOT
from tests.unit.factories import page_data, write_knowledge


def read(text):
    """Examples by intent, as Rasa reads them: one a line, behind a dash."""
    data = YAML(typ="safe", pure=True).load(text)
    assert data["version"] == "3.1"
    blocks = {block["intent"]: block["examples"].splitlines() for block in data["nlu"]}
    assert all(line.startswith("- ") for lines in blocks.values() for line in lines)
    return {intent: [line.removeprefix("- ") for line in lines] for intent, lines in blocks.items()}


@pytest.fixture
def library(tmp_path):
    return load_library(write_knowledge(tmp_path, page_data("mot"), page_data("hai", "answer")))


def test_a_page_becomes_an_intent_of_its_title_and_questions(library):
    page = library.page("mot")

    assert read(training_data(library))["ask_guide/mot"] == [page.title, *page.questions]


def test_pages_stand_in_the_order_of_their_slugs(library):
    assert list(read(training_data(library))) == ["ask_guide/hai", "ask_guide/mot"]


@pytest.mark.parametrize("question", ["mở: cái gì?", "- gạch đầu dòng", "# thăng", "'nháy' \"kép\"", "{a} & *b !c %d"])
def test_punctuation_in_a_question_survives(tmp_path, question):
    page = page_data("mot", questions=[*page_data("mot")["questions"], question])

    data = training_data(load_library(write_knowledge(tmp_path, page)))

    assert read(data)["ask_guide/mot"][-1] == question


def test_a_title_that_is_also_a_question_stands_once(tmp_path):
    page = page_data("mot", questions=[*page_data("mot")["questions"], "Trang mot"])

    data = training_data(load_library(write_knowledge(tmp_path, page)))

    assert read(data)["ask_guide/mot"].count("Trang mot") == 1


def test_the_same_library_gives_the_same_bytes(library, tmp_path):
    first = write_training_data(library, tmp_path / "a" / "b").read_bytes()

    assert write_training_data(library, tmp_path / "c").read_bytes() == first


def test_the_real_pages_give_one_intent_each_and_the_glossary_one_more():
    library = load_library(PROJECT_ROOT / "knowledge")

    pages = {f"{RETRIEVAL_INTENT}/{slug}" for slug in library.pages}
    assert read(training_data(library)).keys() == pages | {TERM_INTENT}


def test_every_real_question_stands_once():
    examples = read(training_data(load_library(PROJECT_ROOT / "knowledge"))).values()

    counted = Counter(" ".join(text.lower().split()) for texts in examples for text in texts)

    assert [text for text, times in counted.items() if times > 1] == []
