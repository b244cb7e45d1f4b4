from __future__ import annotations

import unicodedata

import pytest

from hocvu.content.phrases import Found, find_phrases

PHRASES = {"thứ hai": "2", "hai": "hai", "cô": "cô", "gọi cô": "gọi", "goi co": "listed"}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("cái thứ hai", ["2"]),
        ("Thứ Hai, thứ hai!", ["2", "2"]),
        ("hai cái, thứ hai", ["hai", "2"]),
        ("hải", []),
        ("", []),
        ("👍", []),
    ],
)
def test_phrases_are_found_as_whole_words_in_their_order(text, values):
    assert [found.value for found in find_phrases(text, PHRASES)] == values


def test_the_longest_phrase_counts_and_its_words_are_not_looked_at_again():
    assert find_phrases("gọi cô", PHRASES) == [Found("gọi", 2)]


def test_a_phrase_of_several_words_is_found_without_its_marks():
    assert find_phrases("cai thu hai", PHRASES) == [Found("2", 2)]


def test_a_single_word_is_not_found_without_its_marks():
    assert find_phrases("co", PHRASES) == []


def test_a_form_that_is_listed_counts_more_than_one_made_from_another():
    assert find_phrases("goi co", PHRASES) == [Found("listed", 2)]


def test_decomposed_text_is_found_too():
    assert find_phrases(unicodedata.normalize("NFD", "thứ hai"), PHRASES) == [Found("2", 2)]


def test_nothing_is_found_of_no_phrases():
    assert find_phrases("thứ hai", {}) == []
