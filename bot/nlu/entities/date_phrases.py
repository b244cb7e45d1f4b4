"""Days that are said relative to today: "hôm qua", "thứ hai tuần sau", "mai"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from bot.nlu.data_files import DATA, read_table
from bot.nlu.entities.phrase_table import Phrase, PhraseTable
from bot.nlu.entities.token_row import BARRIER, TokenRow, cut_words
from bot.nlu.entities.word_lists import compared, word_lists


class DateWords(NamedTuple):
    """dates.yml for messages with marks or without; phrases mean their own written form."""

    words: dict[str, Any]
    relative: PhraseTable[str]
    weekdays: PhraseTable[str]
    weeks: PhraseTable[str]
    unsure_weekdays: frozenset[str]
    not_dates: PhraseTable[str]
    forms: dict[str, str]
    units: dict[str, str]


@lru_cache(maxsize=2)
def date_words(unmarked: bool) -> DateWords:
    """The words of dates in the form in which a message is compared."""
    table = read_table(DATA / "dates.yml")
    phrases = table["phrases"]
    excluded = set(phrases["not_without_marks"]) if unmarked else set()

    def meaning_themselves(name: str) -> dict[str, str]:
        return {form: form for form in phrases[name] if form not in excluded}

    return DateWords(
        words=word_lists(table["words"], unmarked),
        relative=_phrase_table({**meaning_themselves("relative"), **_forms(phrases["other_words"])}, unmarked),
        weekdays=_phrase_table(_forms(phrases["weekdays"]), unmarked),
        weeks=_phrase_table(meaning_themselves("weeks"), unmarked),
        unsure_weekdays=frozenset(phrases["unsure_without_marks"] if unmarked else ()),
        not_dates=_phrase_table({form: form for form in phrases["not_dates"]}, unmarked),
        forms=table["forms"],
        units=table["units"],
    )


def _forms(table: Mapping[str, list[str]]) -> dict[str, str]:
    """By form: what it means."""
    return {form: meaning for meaning, forms in table.items() for form in forms}


def _phrase_table(meanings: dict[str, str], unmarked: bool) -> PhraseTable[str]:
    found: dict[Phrase, str] = {}
    for form, meaning in meanings.items():
        found.setdefault(tuple(cut_words(compared(form, unmarked))), meaning)
    return PhraseTable(found)


class DatePhrase(NamedTuple):
    """A date in words, and the index after its last token."""

    value: str
    after: int


def read_date_phrase(row: TokenRow, at: int) -> DatePhrase | None:
    """The relative date that begins at a token. Cost: 1 microsecond."""
    words = date_words(row.unmarked)
    if row.is_glued(at) and row.text(at - 1)[-1:].isalnum():
        return None
    return _weekday(row, words, at) or _relative(row, words, at)


def _weekday(row: TokenRow, words: DateWords, at: int) -> DatePhrase | None:
    for after, day in words.weekdays.at(row.texts, at)[:1]:
        if row.text(at - 1) in words.words["no_weekday_after"] or row.text(after) in words.words["no_weekday_before"]:
            return None
        for end, week in words.weeks.at(row.texts, after)[:1]:
            return DatePhrase(f"{day} {week}", end)
        return DatePhrase(day, after) if day not in words.unsure_weekdays else None
    return None


def _relative(row: TokenRow, words: DateWords, at: int) -> DatePhrase | None:
    for after, phrase in words.relative.at(row.texts, at)[:1]:
        if row.text(at - 1) in words.words["no_relative_after"]:
            return None
        is_lone = after == at + 1 and row.text(at) in words.words["lone"]
        return None if is_lone and _is_other_word(row, words, at) else DatePhrase(phrase, after)
    return None


def _is_other_word(row: TokenRow, words: DateWords, at: int) -> bool:
    """Is a lone "mai" a name or a part of another word, or, without marks, perhaps "mãi"?"""
    before = row.text(at - 1)
    if before in words.words["no_lone_after"] or row.text(at + 1) in words.words["no_lone_before"]:
        return True
    follows_word = before == BARRIER or before[:1].isalnum()
    return row.unmarked and follows_word and before not in words.words["lone_after"]
