"""Which unit a mentioned place is, going by the places around it, and what it is called now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.nlu.entities.message_words import Found, MessageWords
from bot.nlu.entities.place_table import DISTRICT, PROVINCE, Unit

PLACE = "place"
SEPARATORS = {",", "-"}


class Mention(NamedTuple):
    """Words `[first, after)` that name one of `units`; the name without its unit word begins at `name_at`.

    A weak mention counts only in front of another place; a province also behind one.
    """

    first: int
    name_at: int
    after: int
    units: tuple[Unit, ...]
    weak: bool

    @property
    def level(self) -> int:
        return self.units[0].level

    def holds(self, unit: Unit) -> bool:
        """Can the unit be a part of this place?"""
        if unit.level <= self.level or (self.level == DISTRICT and unit.district not in _names(self.units)):
            return False
        return any(set(unit.provinces) & set(whole.provinces) for whole in self.units)


def settled(mentions: Sequence[Mention], message: MessageWords) -> list[Found]:
    """The places meant, in order. A commune or district is looked for in the place that follows it."""
    found: list[Found] = []
    whole: Mention | None = None
    for index in reversed(range(len(mentions))):
        mention = mentions[index]
        follows = index + 1 < len(mentions) and _adjacent(mention, mentions[index + 1], message)
        preceded = mention.level == PROVINCE and index > 0 and _adjacent(mentions[index - 1], mention, message)
        if mention.weak and not follows and not preceded:
            whole = None
            continue
        mention = _inside(mention, whole) if follows and whole is not None else mention
        place = _found(mention, message)
        whole = mention
        if place is not None:
            found.insert(0, place)
    return found


def _adjacent(place: Mention, after: Mention, message: MessageWords) -> bool:
    between = message.words[place.after : after.first]
    return not between or (len(between) == 1 and between[0] in SEPARATORS)


def _inside(mention: Mention, whole: Mention) -> Mention:
    """The mention with those of its units that lie in the place that follows, if any does.

    Behind "tỉnh Trà Vinh" units of the old Trà Vinh come before others of the province it went into.
    """
    units = [unit for unit in mention.units if whole.holds(unit)]
    firsts = {unit.provinces[0] for unit in whole.units}
    strict = [unit for unit in units if unit.provinces[0] in firsts]
    return mention._replace(units=tuple(strict or units or mention.units))


def _found(mention: Mention, message: MessageWords) -> Found | None:
    place = message.span(mention.first, mention.after)
    if place is None:
        return None
    said = _said(mention, message)
    value = _present_name(mention.units) or said
    more = {"old": said} if value != said else {}
    return Found(PLACE, value, *place, more)


def _said(mention: Mention, message: MessageWords) -> str:
    """Kind and name; the words as typed where marks are missing and several names are possible."""
    kinds = {unit.kind for unit in mention.units}
    names = {unit.name.lower(): unit.name for unit in sorted(mention.units, key=lambda unit: unit.is_present)}
    typed = message.typed(mention.name_at, mention.after).lower()
    name = next(iter(names.values())) if len(names) == 1 else typed
    return f"{kinds.pop()} {name}" if len(kinds) == 1 else name


def _present_name(units: Sequence[Unit]) -> str:
    """The one name all these units have now; empty when they have several, or when one of them is still there."""
    names = {unit.now for unit in units}
    return names.pop() if len(names) == 1 and not any(unit.is_present for unit in units) else ""


def _names(units: Sequence[Unit]) -> set[str]:
    return {unit.name for unit in units}
