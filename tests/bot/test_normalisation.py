"""The normal form of what people type."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.exceptions import YamlException
from rasa.shared.nlu.training_data.message import Message

from bot.nlu import telex
from bot.nlu.chat_spelling import respell
from bot.nlu.concepts import shipped_concepts
from bot.nlu.data_files import DATA, read_table
from bot.nlu.normalisation import normalise
from bot.nlu.normaliser import VietnameseNormaliser
from bot.nlu.syllables import canonical, parse_syllable, strip_marks
from bot.nlu.word_tables import load_word_tables

TABLES = load_word_tables()
Phrases = dict[str, Any]


def test_every_listed_form_is_brought_to_its_normal_form(phrases: Phrases) -> None:
    for typed, expected in phrases["normal_forms"].items():
        assert normalise(typed, TABLES) == expected


def test_every_regional_phrase_is_found_before_its_words_are_read_alone() -> None:
    phrases = read_table(DATA / "regional.yml")["phrases"]

    assert {phrase: normalise(phrase, TABLES) for phrase in phrases} == phrases


def test_a_normal_form_is_its_own_normal_form(phrases: Phrases) -> None:
    for expected in phrases["normal_forms"].values():
        assert normalise(expected, TABLES) == expected


def test_names_of_apps_and_foreign_words_survive(phrases: Phrases) -> None:
    for word in phrases["unchanged"]:
        assert normalise(word.upper(), TABLES) == word


def test_composed_and_decomposed_text_read_the_same(phrases: Phrases) -> None:
    for typed in phrases["normal_forms"]:
        assert normalise(unicodedata.normalize("NFD", typed), TABLES) == normalise(typed, TABLES)


def test_invisible_characters_are_dropped() -> None:
    assert normalise("\ufeffvn\u200be\u00adid \u202eapp\u200d", TABLES) == "vneid app"


def test_telex_keys_are_decoded_wherever_the_keys_stand(phrases: Phrases) -> None:
    for keys, word in phrases["telex"].items():
        assert telex.decode(keys) == word


def test_what_is_no_keystrokes_is_left_to_others(phrases: Phrases) -> None:
    for word in phrases["not_telex"]:
        assert telex.decode(word) is None


def test_chat_spelling_is_read_by_its_letter_rules(phrases: Phrases) -> None:
    for word, syllable in phrases["respelled"].items():
        assert respell(word) == syllable
    for word in phrases["not_respelled"]:
        assert respell(word) is None, word


def test_no_rule_of_chat_spelling_touches_a_syllable() -> None:
    for row in read_table(DATA / "syllables.yml")["rimes"]:
        for rime in row:
            if parse_syllable(rime) is not None:
                assert normalise(rime, TABLES) in {canonical(rime), TABLES.words.get(rime, canonical(rime))}


def test_the_word_tables_give_every_word_one_reading() -> None:
    shortened = {word for section in read_table(DATA / "abbreviations.yml").values() for word in section}
    regional = set(read_table(DATA / "regional.yml")["words"])
    contextual = set(read_table(DATA / "contextual.yml"))

    assert not shortened & regional
    assert not (shortened | regional) & contextual


def test_a_synonym_stands_in_one_class() -> None:
    reader_phrases = [
        (name, " ".join(normalise(str(phrase), TABLES).split()))
        for name, phrases in read_table(DATA / "synonyms.yml").items()
        for phrase in phrases
    ]
    classes: dict[str, set[str]] = {}
    for name, phrase in reader_phrases:
        classes.setdefault(phrase, set()).add(name)

    assert {phrase: names for phrase, names in classes.items() if len(names) > 1} == {}


def test_concepts_of_a_message_without_marks_are_those_of_the_message_with_them(phrases: Phrases) -> None:
    reader = shipped_concepts()
    for text in (phrases["forgotten_password"], *phrases["synonyms"]["taught"]["scam"]):
        assert reader.read(strip_marks(text).split()) == reader.read(text.split())


def test_every_rime_with_every_tone_survives_being_typed_and_decoded() -> None:
    for row in read_table(DATA / "syllables.yml")["rimes"]:
        for rime in row:
            for key in "sfrxj":
                word = telex.decode(telex.encode(rime) + key)
                if word is not None:
                    assert telex.decode(telex.encode(word)) == word


def test_syllables_are_told_from_other_letters(phrases: Phrases) -> None:
    for word in phrases["syllables"]["right"]:
        assert parse_syllable(word) is not None, word
    for word in phrases["syllables"]["wrong"]:
        assert parse_syllable(word) is None, word


def test_both_places_of_a_tone_mark_become_one() -> None:
    for newer, older in (("ho\u00e0", "h\u00f2a"), ("thu\u00fd", "th\u00fay"), ("kho\u1ebb", "kh\u1ecfe")):
        assert canonical(newer) == canonical(older) == older


def test_no_table_row_replaces_a_word_by_itself_or_leads_to_another_row() -> None:
    for word, meaning in TABLES.words.items():
        assert word != meaning
        assert normalise(meaning, TABLES) == meaning, word


def test_words_of_one_table_row_keep_their_meaning_without_the_others(tmp_path: Path) -> None:
    extra = tmp_path / "more.yml"
    extra.write_text("ours:\n  xyzt: x\u00e3\n", encoding="utf-8")
    config = {"abbreviations": str(extra)}
    message = Message(data={"text": "xyzt"})

    VietnameseNormaliser(config).process([message])

    assert message.get("normalised") == "x\u00e3"
    assert VietnameseNormaliser.fingerprint_addon(config) != VietnameseNormaliser.fingerprint_addon({})


def test_a_damaged_table_names_its_file(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("a: [", encoding="utf-8")

    with pytest.raises(YamlException, match=r"broken\.yml"):
        VietnameseNormaliser({"abbreviations": str(broken)})


def test_the_text_itself_is_left_alone() -> None:
    message = Message(data={"text": "  VNEID  "})

    VietnameseNormaliser({}).process([message])

    assert message.get("text") == "  VNEID  "
    assert message.as_dict(only_output_properties=True)["normalised"] == "vneid"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_normal_form_without_outer_or_double_spaces(text: str) -> None:
    normal = normalise(text, TABLES)

    assert normal == normal.strip(" ")
    assert "  " not in normal


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcdeghiklmnopqrstuvxyfwjz0123456789", max_size=14))
def test_decoding_any_keys_gives_a_syllable_or_nothing(keys: str) -> None:
    word = telex.decode(keys)

    assert word is None or parse_syllable(word) is not None


def test_stripping_marks_leaves_no_vietnamese_letter() -> None:
    for row in read_table(DATA / "syllables.yml")["rimes"]:
        assert strip_marks("".join(row)).isascii()
