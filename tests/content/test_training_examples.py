"""What the model is trained on: every example stands once, for one thing, and measures nothing."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

import pytest

from hocvu.content.library import load_library
from hocvu.content.training_examples import Example, dialogue_examples, shelf_examples
from hocvu.content.wordings import plain
from hocvu.settings import PROJECT_ROOT
from tests.support.benchmark_questions import benchmark_files, read_rows

LONGEST_DIGIT_RUN = 8
"""From nine digits on it could be somebody's number: old identity cards have nine, telephone numbers ten digits."""


def all_examples():
    knowledge = PROJECT_ROOT / "knowledge"
    return [*dialogue_examples(PROJECT_ROOT / "nlu_data"), *shelf_examples(knowledge, load_library(knowledge))]


def repeated(examples):
    """Examples with the same words as an earlier one, behind that one."""
    first = {}
    return [(earlier, one) for one in examples if (earlier := first.setdefault(plain(one.text), one)) is not one]


def measured(examples):
    """Examples with the place of the benchmark's row that has the same words."""
    rows = {plain(row.question): row.place for path in benchmark_files() for row in read_rows(path)}
    return [(rows[plain(one.text)], one) for one in examples if plain(one.text) in rows]


def decomposed(examples):
    return [one for one in examples if not unicodedata.is_normalized("NFC", one.text)]


def with_long_numbers(examples):
    return [one for one in examples if re.search(rf"\d{{{LONGEST_DIGIT_RUN + 1}}}", one.text)]


def named(pairs):
    return [f"{one.label}: {one.text} = {earlier.label}: {earlier.text}" for earlier, one in pairs]


def invented(*texts, label="greet"):
    return [Example(text, label, PROJECT_ROOT / "nlu_data" / "invented.yml") for text in texts]


@pytest.fixture(scope="module")
def examples():
    found = all_examples()
    assert len(found) > 3000
    return found


def test_no_example_stands_in_two_intents_or_pages(examples):
    assert named((first, one) for first, one in repeated(examples) if first.label != one.label) == []


def test_no_example_stands_twice_within_an_intent_or_page(examples):
    groups = defaultdict(list)
    for one in examples:
        groups[one.label].append(one)

    assert [line for group in groups.values() for line in named(repeated(group))] == []


def test_no_example_is_a_question_that_measures_understanding(examples):
    assert [f"{one.label}: {one.text} = {place}" for place, one in measured(examples)] == []


def test_every_example_is_composed_unicode(examples):
    assert decomposed(examples) == []


def test_no_example_holds_a_number_as_long_as_a_real_one(examples):
    assert with_long_numbers(examples) == []


@pytest.mark.parametrize("other", ["quen mat khau", "Quên mật khẩu", "quên mật khẩu?", "quên  mật, khẩu"])
def test_a_repetition_with_other_marks_case_or_punctuation_is_seen(other):
    first, second = invented("quên mật khẩu", other)

    assert repeated([first, second]) == [(first, second)]


@pytest.mark.parametrize("other", ["quên mật khẩu rồi", "mật khẩu quên", "👍"])
def test_other_words_are_no_repetition(other):
    assert repeated(invented("quên mật khẩu", "🙏", other)) == []


def test_a_row_of_every_benchmark_file_is_seen_without_its_marks():
    rows = [read_rows(path)[0] for path in benchmark_files()]

    assert [place for place, _ in measured(invented(*(plain(row.question) for row in rows)))] == [
        row.place for row in rows
    ]


@pytest.mark.parametrize(("text", "seen"), [("mã 12345678", False), ("số 123456789", True), ("a0912345678b", True)])
def test_nine_digits_in_a_row_are_seen(text, seen):
    assert bool(with_long_numbers(invented(text))) is seen


def test_decomposed_letters_are_seen():
    assert len(decomposed(invented("khẩu", unicodedata.normalize("NFD", "khẩu")))) == 1
