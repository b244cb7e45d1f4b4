"""How varied sample questions are, in invented cases and in the real data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.content.library import load_library, page_files
from hocvu.content.training_examples import by_label, dialogue_examples
from hocvu.content.wordings import (
    Least,
    Variety,
    are_near,
    compared_words,
    plain,
    varieties,
    wordings,
)
from hocvu.privacy.secret_words import without_marks
from hocvu.settings import PROJECT_ROOT
from tests.unit.factories import page_data, write_knowledge


def are_one_wording(one, other):
    return len(wordings([one, other])) == 1


@pytest.fixture(scope="module")
def real():
    library = load_library(PROJECT_ROOT / "knowledge")
    return varieties(library, by_label(dialogue_examples(PROJECT_ROOT / "nlu_data")))


def test_every_page_of_the_shelf_has_25_questions_in_15_wordings(real):
    pages = [row for row in real if row.kind == "page"]

    assert {row.name for row in pages} == {path.stem for path in page_files(PROJECT_ROOT / "knowledge")}
    assert [row for row in pages if row.examples < 25 or row.wordings < 15] == []


def test_every_intent_and_family_has_40_examples(real):
    intents = [row for row in real if row.kind == "intent"]

    assert {"greet", "out_of_scope/near_miss"} < {row.name for row in intents}
    assert [row for row in intents if row.examples < 40] == []


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("a b c d", "a b c e", True),  # 3 of 5
        ("a b c d", "a b e f", False),  # 2 of 6
        ("a b c d e", "a b c d f g", False),  # 4 of 7
        ("a b c d e f g h", "a b c d e f i j", True),  # 6 of 10
        ("a b c", "a b d", False),  # 2 of 4
        ("a", "a b", True),  # contained, one word more
        ("a", "a b c", False),  # contained, two words more
        ("a b c", "a b c d e", True),  # contained, two words more, but 3 of 5
        ("a b", "b a", True),
        ("a", "b", False),
    ],
)
def test_near_duplicates_share_most_words_or_differ_by_one_word_more(one, other, near):
    words = frozenset(one.split()), frozenset(other.split())

    assert (are_near(*words), are_near(*reversed(words))) == (near, near)


@pytest.mark.parametrize(
    "other", ["quen mat khau zalo", "QUÊN MẬT KHẨU ZALO", "quên mật khẩu Zalo?!", "  quên, mật-khẩu… zalo "]
)
def test_case_marks_and_punctuation_make_no_new_wording(other):
    assert plain(other) == plain("quên mật khẩu zalo")
    assert are_one_wording("quên mật khẩu zalo", other)


@pytest.mark.parametrize("filler", ["ạ", "nhé", "cháu ơi", "tui", "bác", "giùm"])
def test_particles_pronouns_and_forms_of_address_are_not_compared(filler):
    assert compared_words(f"quên mật khẩu {filler}") == {"quen", "mat", "khau"}


@pytest.mark.parametrize("word", ["mã", "thẻ", "ảnh", "vay", "nhà", "chữ", "có"])
def test_a_word_that_only_looks_like_a_filler_without_marks_is_compared(word):
    assert without_marks(word) in compared_words(f"hỏi {word}")


def test_a_text_of_fillers_alone_keeps_its_words():
    assert compared_words("bác ơi") == {"bac", "oi"}
    assert not are_one_wording("bác ơi", "tui nè")


def test_signs_without_words_are_wordings_of_their_own():
    assert len(wordings(["👍", "🙏", "?", "👍 "])) == 3


def test_what_hangs_together_through_a_third_text_is_one_wording():
    chain = ["a b c d", "b c d z", "c d z y"]

    assert not are_one_wording(chain[0], chain[2])
    assert len(wordings(chain)) == 1


def test_every_text_stands_in_one_group():
    texts = ["quên mật khẩu", "mất thẻ", "quen mat khau", "mất thẻ rồi"]

    assert wordings(texts) == [["quên mật khẩu", "quen mat khau"], ["mất thẻ", "mất thẻ rồi"]]


def test_no_texts_have_no_wordings():
    assert wordings([]) == []


@given(st.lists(st.lists(st.sampled_from("bdghkl"), min_size=1, max_size=5).map(" ".join), max_size=8), st.randoms())
def test_the_order_of_the_texts_makes_no_difference(texts, random):
    shuffled = random.sample(texts, len(texts))

    def groups(of):
        return sorted(sorted(group) for group in wordings(of))

    assert groups(shuffled) == groups(texts)


@pytest.mark.parametrize(
    ("least", "is_enough"),
    [(Least(3, 2), True), (Least(4, 2), False), (Least(3, 3), False), (Least(0, 0), True)],
)
def test_both_examples_and_wordings_must_reach_the_least(least, is_enough):
    assert Variety("page", "mot", 3, 2, least).is_enough is is_enough


def test_pages_come_before_intents_each_in_the_order_of_their_names(tmp_path):
    library = load_library(write_knowledge(tmp_path, page_data("hai"), page_data("ba")))
    intents = {"thank": ["cảm ơn"], "out_of_scope/law": ["kiện ai", "kiện ai đó"], "greet": ["chào", "alo"]}

    rows = [(row.kind, row.name, row.examples, row.wordings) for row in varieties(library, intents)]

    assert [row[:2] for row in rows[:2]] == [("page", "ba"), ("page", "hai")]
    assert rows[2:] == [("intent", "greet", 2, 2), ("intent", "out_of_scope/law", 2, 1), ("intent", "thank", 1, 1)]


def test_the_title_of_a_page_is_no_sample_question(tmp_path):
    (row,) = varieties(load_library(write_knowledge(tmp_path, page_data("mot"))), {})

    assert row.examples == len(page_data("mot")["questions"])
