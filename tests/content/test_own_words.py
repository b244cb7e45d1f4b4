"""Readings in the person's own words: a well-written question of the page, or its title."""

from __future__ import annotations

import pytest

from hocvu.content.library import load_library
from hocvu.content.own_words import FEWEST_WORDS, LEAST_ALIKE, own_words
from hocvu.content.wordings import compared_words
from hocvu.settings import PROJECT_ROOT
from tests.unit.factories import page_data, write_knowledge


@pytest.fixture
def title_for(tmp_path):
    def give_title(text, *questions, spoken):
        page = page_data("mot", "answer", title="Tên trang", text=spoken, questions=[*questions, *"abcdefgh"])
        library = load_library(write_knowledge(tmp_path, page))
        return own_words(library).title(library.pages["mot"], text)

    return give_title


SPOKEN = "Quên mật khẩu thì bấm vào chữ quên mật khẩu, máy hỏi lại ngày cấp thẻ."


def test_the_nearest_question_names_the_page(title_for):
    questions = ("quên mật khẩu thì bấm chữ", "máy hỏi ngày cấp thẻ")

    assert title_for("nó hỏi ngày cấp", *questions, spoken=SPOKEN) == "Máy hỏi ngày cấp thẻ"


def test_marks_do_not_have_to_be_typed(title_for):
    assert title_for("quen mat khau", "quên mật khẩu thì bấm chữ", spoken=SPOKEN) == "Quên mật khẩu thì bấm chữ"


@pytest.mark.parametrize("badly_written", ["quen mat khau thi", "quên mk thì bấm", "quên mật khẩu hổng bấm"])
def test_nobody_is_answered_in_chat_spelling_or_without_marks(title_for, badly_written):
    assert title_for(badly_written, badly_written, spoken=SPOKEN) == "Tên trang"


def test_a_question_that_sounds_different_is_not_put_into_the_persons_mouth(title_for):
    assert title_for("nạp tiền điện thoại", "quên mật khẩu thì bấm chữ", spoken=SPOKEN) == "Tên trang"


@pytest.mark.parametrize(("question", "is_shown"), [("mật bấm chữ vào", True), ("mật bấm chữ máy hỏi", False)])
def test_one_common_word_of_four_is_enough_and_one_of_five_is_not(title_for, question, is_shown):
    assert (1 / len(compared_words(question)) >= LEAST_ALIKE) is is_shown
    assert (title_for("mật", question, spoken=SPOKEN) != "Tên trang") is is_shown


@pytest.mark.parametrize(
    ("words", "is_shown"), [(FEWEST_WORDS - 1, False), (FEWEST_WORDS, True), (12, True), (13, False)]
)
def test_a_button_is_neither_a_note_nor_a_story(title_for, words, is_shown):
    question = " ".join((SPOKEN.replace(",", "").replace(".", "").split() * 2)[:words])

    assert (title_for(question, question, spoken=SPOKEN) != "Tên trang") is is_shown


@pytest.mark.parametrize("text", ["", "   ", "?!", "‹số thẻ›"])
def test_a_message_without_words_keeps_the_title(title_for, text):
    assert title_for(text, "quên mật khẩu thì bấm chữ", spoken=SPOKEN) == "Tên trang"


def test_every_page_of_the_shelf_has_questions_to_be_named_by():
    library = load_library(PROJECT_ROOT / "knowledge")
    questions = own_words(library).questions

    assert [page.slug for page in library if len(questions[page.slug]) < 3] == []
