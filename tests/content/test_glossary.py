"""The glossary: which term a question names, and how its meanings are asked for in training."""

from __future__ import annotations

import pytest

from hocvu.content.faults import ContentError
from hocvu.content.glossary import (
    FRAMES_OF_FIRST_NAME,
    FRAMES_OF_OTHER_NAMES,
    Term,
    find_term,
    load_glossary,
    ways_to_ask,
)
from hocvu.content.library import load_library
from hocvu.content.rasa_export import examples_by_label
from hocvu.content.wordings import plain
from hocvu.settings import PROJECT_ROOT
from tests.unit.factories import page_data, term_data, write_glossary, write_knowledge

TERMS = [
    Term.model_validate(term_data("otp", "otp", "mã otp")),
    Term.model_validate(term_data("smart-otp", "smart otp", "mã otp thông minh")),
    Term.model_validate(term_data("sinh-trac-hoc", "sinh trắc học")),
    Term.model_validate(term_data("ma-doc", "mã độc")),
]


def faults_of(path):
    with pytest.raises(ContentError) as caught:
        load_glossary(path)
    return caught.value.faults


@pytest.mark.parametrize(
    ("text", "term_id"),
    [
        ("OTP là gì", "otp"),
        ("cái mã OTP là sao hả cháu?", "otp"),
        ("smart otp nghĩa là gì", "smart-otp"),
        ("otp hay là smart otp", "smart-otp"),
        ("mã otp thông minh là gì", "smart-otp"),
        ("sinh trắc học là gì", "sinh-trac-hoc"),
        ("sinh trac hoc la gi", "sinh-trac-hoc"),
        ("ma doc la cai gi", "ma-doc"),
        ("mã độc với otp khác gì nhau", "ma-doc"),
    ],
)
def test_a_question_is_about_the_term_of_the_longest_name_with_and_without_marks(text, term_id):
    assert find_term(text, TERMS).id == term_id


def test_of_equally_long_names_the_first_counts():
    assert find_term("mã độc, mã otp", TERMS).id == "ma-doc"
    assert find_term("mã otp, mã độc", TERMS).id == "otp"


@pytest.mark.parametrize("text", ["", "   ", "👍", "blockchain là gì", "otpx", "sinh học"])
def test_words_without_a_term_name_none(text):
    assert find_term(text, TERMS) is None


def test_no_terms_name_nothing():
    assert find_term("otp là gì", []) is None


def test_terms_are_loaded_in_their_order(tmp_path):
    terms = load_glossary(write_glossary(tmp_path, term_data("otp"), term_data("ai")))

    assert [(term.id, term.says) for term in terms] == [("otp", "Nghĩa của otp."), ("ai", "Nghĩa của ai.")]


def test_an_empty_glossary_has_no_terms(tmp_path):
    path = tmp_path / "glossary.yml"
    path.write_text("# chưa có gì\n", encoding="utf-8")

    assert load_glossary(path) == ()


@pytest.mark.parametrize("name", ["otp", "OTP"])
def test_a_name_of_two_terms_is_a_fault(tmp_path, name):
    path = write_glossary(tmp_path, term_data("otp"), term_data("smart-otp", "smart otp", name))

    (fault,) = faults_of(path)

    assert (fault.path, fault.message) == (path, f"{name!r} stands under otp and smart-otp: one term only")


def test_an_id_of_two_terms_is_a_fault(tmp_path):
    assert len(faults_of(write_glossary(tmp_path, term_data("otp"), term_data("otp", "mã otp")))) == 1


@pytest.mark.parametrize("key", ["id", "term", "names", "says"])
def test_a_missing_key_of_a_term_is_named_with_its_line(tmp_path, key):
    term = term_data("wifi")
    del term[key]
    path = write_glossary(tmp_path, term_data("otp"), term)

    (fault,) = faults_of(path)

    assert f"1.{key}" in fault.message
    assert '"wifi"' in "".join(path.read_text(encoding="utf-8").splitlines()[fault.line - 1 :])


@pytest.mark.parametrize("change", [{"names": []}, {"names": [""]}, {"nghia": "x"}, {"id": "Mã OTP"}, {"says": " "}])
def test_a_malformed_term_is_a_fault(tmp_path, change):
    assert faults_of(write_glossary(tmp_path, term_data("otp") | change))


def test_a_term_explained_by_no_page_is_a_fault(tmp_path):
    (fault,) = faults_of(write_glossary(tmp_path, term_data("otp", explained_by_topic=True)))

    assert "explained_by_topic without `topic`" in fault.message


def test_every_name_is_asked_for_and_the_first_more_often():
    asked = [question for _, question in ways_to_ask([Term.model_validate(term_data("x", "vê en", "định danh"))])]

    assert sum("vê en" in question for question in asked) == FRAMES_OF_FIRST_NAME
    assert sum("định danh" in question for question in asked) == FRAMES_OF_OTHER_NAMES
    assert len(set(asked)) == len(asked)


def test_terms_take_turns_with_the_ways_of_asking():
    first, second = (Term.model_validate(term_data(name)) for name in ("mot", "hai"))

    asked = list(ways_to_ask([first, second]))

    forms = [
        {question.replace(term.id, "…") for asked_term, question in asked if asked_term is term}
        for term in (first, second)
    ]
    assert forms[0].isdisjoint(forms[1])


def library_with(tmp_path, *terms, questions=()):
    page = page_data("mot", questions=[*page_data("mot")["questions"], *questions])
    knowledge = write_knowledge(tmp_path, page)
    write_glossary(knowledge, *terms)
    return load_library(knowledge)


def test_meanings_are_trained_as_an_intent_of_their_own(tmp_path):
    examples = examples_by_label(library_with(tmp_path, term_data("otp"), term_data("wifi", topic="mot")))

    assert list(examples) == ["ask_guide/mot", "ask_term"]
    assert {word for text in examples["ask_term"] for word in ("otp", "wifi") if word in text} == {"otp", "wifi"}
    assert not any("otp" in text or "wifi" in text for text in examples["ask_guide/mot"])


def test_a_term_that_a_page_explains_is_trained_as_that_page(tmp_path):
    examples = examples_by_label(library_with(tmp_path, term_data("otp", topic="mot", explained_by_topic=True)))

    assert "ask_term" not in examples
    assert "otp là gì" in examples["ask_guide/mot"]


def test_a_term_whose_page_is_not_on_the_shelf_is_trained_as_a_meaning(tmp_path):
    examples = examples_by_label(library_with(tmp_path, term_data("otp", topic="khong-co", explained_by_topic=True)))

    assert "otp là gì" in examples["ask_term"]


@pytest.mark.parametrize("question", ["OTP là gì", "otp la gi", "otp là gì?"])
def test_a_question_of_a_page_is_not_trained_as_a_meaning_however_it_is_written(tmp_path, question):
    examples = examples_by_label(library_with(tmp_path, term_data("otp"), questions=[question]))

    assert question in examples["ask_guide/mot"]
    assert {"otp là gì", "otp la gi"}.isdisjoint(examples["ask_term"])


def test_a_meaning_is_not_asked_for_twice_in_the_same_words(tmp_path):
    terms = [term_data("sinh-trac-hoc", "sinh trắc học", "sinh trac hoc"), term_data("otp")]

    asked = [plain(text) for text in examples_by_label(library_with(tmp_path, *terms))["ask_term"]]

    assert len(set(asked)) == len(asked)


def test_without_a_glossary_only_pages_are_trained(tmp_path):
    assert list(examples_by_label(library_with(tmp_path))) == ["ask_guide/mot"]


def test_every_real_term_is_found_by_each_of_its_names():
    terms = load_library(PROJECT_ROOT / "knowledge").glossary

    assert terms
    lost = [(term.id, name) for term in terms for name in term.names if find_term(f"{name} là gì", terms) != term]
    assert lost == []
