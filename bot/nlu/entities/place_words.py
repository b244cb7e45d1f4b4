"""How people write places, and when words that look like one are something else. Source: places.yml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.entities.message_words import MessageWords, normal_words, plain_words
from bot.nlu.entities.phrase_table import Phrase, PhraseTable
from bot.nlu.entities.place_table import COMMUNE, Unit, place_writing
from bot.nlu.word_tables import load_word_tables


@dataclass(frozen=True)
class PlaceWords:
    """The rows of places.yml in normal words; rows of single neighbours without marks."""

    units: PhraseTable[list[tuple[Phrase, str]]]
    near_others: frozenset[str]
    no_unit_after: frozenset[str]
    no_province_before: frozenset[str]
    cues: frozenset[str]
    unsure: frozenset[Phrase]
    never: frozenset[Phrase]
    everyday: frozenset[Phrase]

    def is_other_word(self, message: MessageWords, first: int, after: int) -> bool:
        """Is this bare name an everyday word, or a bare number?"""
        words = tuple(message.words[first:after])
        return words[0].isdigit() or words in self.everyday or (message.unmarked and self._looks_everyday(words))

    def is_weak_commune(self, message: MessageWords, name_at: int, after: int, unit: Unit) -> bool:
        """Is this name behind a unit word too near to other words, such as "xã đông", or "phương án hai" unmarked?"""
        words = tuple(message.words[name_at:after])
        is_one_word = len(words) == 1 and not words[0].isdigit()
        looks_other = is_one_word or (message.unmarked and self._looks_everyday(words))
        return unit.level == COMMUNE and looks_other and not message.is_capital(name_at)

    def is_weak_province(self, message: MessageWords, at: int, after: int) -> bool:
        """Is this bare province, typed without its marks, too near to other words, and nothing says that it is one?"""
        plain = tuple(message.plain[at:after])
        is_cued = message.is_capital(at) or (at > 0 and message.plain[at - 1] in self.cues)
        return plain in self.never or (plain in self.unsure and not is_cued)

    def _looks_everyday(self, plain: Phrase) -> bool:
        return plain in _plain_phrases(self.everyday)


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The rows of places.yml, read once."""
    writing = place_writing()
    plain_rows = ("no_unit_after", "no_province_before", "cues")
    return PlaceWords(
        units=PhraseTable(_unit_words(writing["units"])),
        near_others=frozenset(writing["near_others"]),
        unsure=_plain_phrases(_phrases(writing["unsure_without_marks"])),
        never=_plain_phrases(_phrases(writing["never_without_marks"])),
        everyday=_phrases(writing["everyday"]),
        **{row: frozenset(plain_words(writing[row])) for row in plain_rows},
    )


def _phrases(texts: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(normal_words(text, load_word_tables()) for text in texts)


@lru_cache(maxsize=4)
def _plain_phrases(phrases: frozenset[Phrase]) -> frozenset[Phrase]:
    return frozenset(tuple(plain_words(phrase)) for phrase in phrases)


def _unit_words(forms: dict[str, list[str]]) -> dict[Phrase, list[tuple[Phrase, str]]]:
    """By plain words: the ways to write a unit word, and its kind."""
    found: dict[Phrase, list[tuple[Phrase, str]]] = defaultdict(list)
    for kind, texts in forms.items():
        for words in (normal_words(text, load_word_tables()) for text in texts):
            found[tuple(plain_words(words))].append((words, kind))
    return found
