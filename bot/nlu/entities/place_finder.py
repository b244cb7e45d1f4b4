"""Finding provinces, districts and communes, old and new, in the words of a message."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.nlu.entities.message_words import Found, MessageWords
from bot.nlu.entities.phrase_table import Phrase, PhraseTable
from bot.nlu.entities.place_settling import SEPARATORS, Mention, settled
from bot.nlu.entities.place_table import DISTRICT, PROVINCE, NamedPlaces, Unit, place_writing
from bot.nlu.entities.place_words import place_words

_UNIT_AND_NUMBER = re.compile(r"([a-z])(\d{1,2})")


class PlaceFinder:
    """Finds places; of an old one the value is the present name.

    Provinces are found bare and with their unit word, districts and communes with their unit word or in front of a
    place they belong to. Cost: 0.005 ms for ten words that name none, 0.02 ms for a place; 0.02 s to build.
    Source: underthesea's address data and places.yml.
    """

    def __init__(self, places: Sequence[NamedPlaces]) -> None:
        self._words = place_words()
        self._names = PhraseTable(_by_plain_words(places))
        self._provinces = PhraseTable(_by_plain_words(_only_provinces(places)))
        self._longest_name = self._names.longest
        self._starts = self._words.units.first_words | self._provinces.first_words

    def find(self, message: MessageWords, taken: Sequence[bool]) -> list[Found]:
        """Places in the order they appear; no two overlap, and none has a taken word."""
        mentions: list[Mention] = []
        at = 0
        while at < len(message.words):
            mention = self._beginning(message, at, taken)
            if mention is None or any(taken[mention.name_at : mention.after]):
                at += 1
                continue
            mentions += self._names_before(mention, mentions[-1].after if mentions else 0, message, taken)
            mentions.append(mention)
            at = mention.after
        return settled(mentions, message)

    def _beginning(self, message: MessageWords, at: int, taken: Sequence[bool]) -> Mention | None:
        """The place that begins at a word; most words begin none."""
        word = message.plain[at]
        if word in self._starts:
            return self._with_unit(message, at, taken) or self._bare_province(message, at)
        return self._unit_and_number(message, at) if word[-1].isdigit() else None

    def _with_unit(self, message: MessageWords, at: int, taken: Sequence[bool]) -> Mention | None:
        """A unit word and a name; the unit word may belong to a name ("công an phường") and stays with it then."""
        if at > 0 and message.plain[at - 1] in self._words.no_unit_after:
            return None
        for after_unit, forms in self._words.units.at(message.plain, at):
            for words, kind in forms:
                if message.reads_as(words, at):
                    name_at = after_unit + (message.words[after_unit : after_unit + 1] == ["."])
                    first = name_at if any(taken[at:after_unit]) else at
                    mention = self._named(message, first, name_at, kind)
                    if mention is not None:
                        return mention._replace(weak=mention.weak or words[0] in self._words.near_others)
        return None

    def _named(self, message: MessageWords, first: int, name_at: int, kind: str) -> Mention | None:
        for after, named in self._names.at(message.plain, name_at):
            units = _of_kind(_meant(named, message, name_at), kind)
            if units:
                weak = self._words.is_weak_commune(message, name_at, after, units[0])
                return Mention(first, name_at, after, units, weak)
        return None

    def _unit_and_number(self, message: MessageWords, at: int) -> Mention | None:
        """Both in one word: "q1", "p5"."""
        match = _UNIT_AND_NUMBER.fullmatch(message.words[at])
        if match is None:
            return None
        for _, kind in self._words.units.get((match[1],)) or ():
            named = self._names.get((match[2],)) or ()
            units = _of_kind([unit for place in named for unit in place.units], kind)
            if units:
                return Mention(at, at, at + 1, units, match[1] in self._words.near_others)
        return None

    def _bare_province(self, message: MessageWords, at: int) -> Mention | None:
        for after, named in self._provinces.at(message.plain, at):
            units = _meant(named, message, at)
            if units and self._words.no_province_before.isdisjoint(message.plain[after : after + 1]):
                words = tuple(message.words[at:after])
                marks_left_out = message.unmarked or all(words != place.words for place in named)
                weak = marks_left_out and self._words.is_weak_province(message, at, after)
                return Mention(at, at, after, units, weak)
        return None

    def _names_before(self, place: Mention, floor: int, message: MessageWords, taken: Sequence[bool]) -> list[Mention]:
        """Bare names of districts and communes that lead up to a place: "an bình, ninh kiều, cần thơ"."""
        name = self._name_before(place, floor, message, taken)
        return [*self._names_before(name, floor, message, taken), name] if name is not None else []

    def _name_before(self, place: Mention, floor: int, message: MessageWords, taken: Sequence[bool]) -> Mention | None:
        separated = place.first > floor and message.words[place.first - 1] in SEPARATORS
        after = place.first - separated
        for first in range(max(floor, after - self._longest_name), after - (not separated)):
            named = self._names.get(message.plain[first:after]) or ()
            units = [unit for unit in _meant(named, message, first) if place.holds(unit)]
            if units and not any(taken[first:after]) and not self._words.is_other_word(message, first, after):
                level = min(unit.level for unit in units)
                return Mention(first, first, after, tuple(unit for unit in units if unit.level == level), False)
        return None


def _by_plain_words(places: Iterable[NamedPlaces]) -> dict[Phrase, list[NamedPlaces]]:
    found: dict[Phrase, list[NamedPlaces]] = defaultdict(list)
    for place in places:
        found[place.plain].append(place)
    return found


def _only_provinces(places: Iterable[NamedPlaces]) -> Iterator[NamedPlaces]:
    for place in places:
        provinces = tuple(unit for unit in place.units if unit.level == PROVINCE)
        if provinces:
            yield place._replace(units=provinces)


def _meant(named: Iterable[NamedPlaces], message: MessageWords, at: int) -> tuple[Unit, ...]:
    """Units of the names these words read as; in a message with marks of those that are written so, if any is."""
    names = [place for place in named if message.reads_as(place.words, at)]
    if not message.unmarked:
        names = [place for place in names if message.is_written(place.words, at)] or names
    return tuple(unit for place in names for unit in place.units)


def _of_kind(units: Iterable[Unit], kind: str) -> tuple[Unit, ...]:
    """The units of this kind; a district may be called by the kind it had before it became a town or a city."""
    units = tuple(units)
    exact = tuple(unit for unit in units if unit.kind == kind)
    is_district = kind in place_writing()["districts"]
    former = (unit for unit in units if is_district and unit.level == DISTRICT and " " in unit.name)
    return exact or tuple(former)
