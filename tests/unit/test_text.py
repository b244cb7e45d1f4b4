from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.channels.text import MAX_MESSAGE_CHARS, EmptyMessage, MessageTooLong, clean_text


def cleaned_or_none(text: str) -> str | None:
    try:
        return clean_text(text)
    except (EmptyMessage, MessageTooLong):
        return None


def test_decomposed_vietnamese_is_composed():
    decomposed = unicodedata.normalize("NFD", "Quên mật khẩu")

    assert clean_text(decomposed) == "Quên mật khẩu"


@pytest.mark.parametrize("char", ["\u200b", "\u200c", "\u2060", "\ufeff", "\u00ad"])
def test_zero_width_characters_go(char):
    assert clean_text(f"mật{char} khẩu{char}") == "mật khẩu"


@pytest.mark.parametrize("char", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f"])
def test_direction_characters_go(char):
    assert clean_text(f"{char}mật {char}khẩu") == "mật khẩu"


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\ue000"])
def test_control_and_private_characters_go(char):
    assert clean_text(f"mật{char} khẩu") == "mật khẩu"


@pytest.mark.parametrize("emoji", ["👍", "👨‍👩‍👧", "❤️", "👍🏽", "1️⃣", "🇻🇳"])
def test_emoji_stay(emoji):
    assert clean_text(f"cảm ơn {emoji} nhé") == f"cảm ơn {emoji} nhé"


def test_a_joiner_between_digits_goes_so_that_the_number_is_seen():
    assert clean_text("0912\u200d345\u200d678") == "0912345678"


def test_a_mark_behind_a_zero_width_character_is_composed():
    assert clean_text("a\u200b\u0301") == "á"


@pytest.mark.parametrize(("raw", "clean"), [("a \t b", "a b"), ("a\u00a0\u3000b", "a b"), ("  a  ", "a")])
def test_blanks_are_folded(raw, clean):
    assert clean_text(raw) == clean


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\u0085"])
def test_every_line_break_becomes_the_same_one(line_break):
    assert clean_text(f"a{line_break}b") == "a\nb"


@pytest.mark.parametrize("line_break", ["\x0b", "\x0c"])
def test_a_page_or_column_break_does_not_glue_words(line_break):
    assert clean_text(f"mật{line_break}khẩu").split() == ["mật", "khẩu"]


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200e", "\x00", "\u200d", " \u200d \u200d \u200d "])
def test_a_message_without_anything_readable_is_refused(text):
    with pytest.raises(EmptyMessage):
        clean_text(text)


def test_the_longest_message_is_taken():
    assert clean_text("ắ" * MAX_MESSAGE_CHARS) == "ắ" * MAX_MESSAGE_CHARS


def test_length_is_that_of_the_cleaned_text():
    assert len(clean_text("\u200b" * 500 + unicodedata.normalize("NFD", "ắ" * MAX_MESSAGE_CHARS))) == MAX_MESSAGE_CHARS


def test_a_longer_message_is_refused_with_its_length():
    with pytest.raises(MessageTooLong, match="1001"):
        clean_text("a" * (MAX_MESSAGE_CHARS + 1))


@given(st.text(st.characters() | st.sampled_from("\u200b\u200d\u0301\u0323 aă\n\x00"), max_size=60))
def test_cleaned_text_is_composed_and_stays_as_it_is_when_cleaned_again(text):
    cleaned = cleaned_or_none(text)

    if cleaned is not None:
        assert unicodedata.is_normalized("NFC", cleaned)
        assert clean_text(cleaned) == cleaned
