"""Spelling of the chat world: letters that stand for others ("khôg" -> "không", "fải" -> "phải", "kái" -> "cái").

Deterministic. Only a word that is no syllable is touched, and only when swapping its first letters, letters in its
middle, its last letters, or several of these, makes it one; the reading with the fewest swaps wins. Cost: microseconds
for a word, answers are cached. Source: the swaps of `data/chat_letters.yml`, with their own note of origin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from bot.nlu.data_files import DATA, read_table
from bot.nlu.syllables import is_plain_syllable, parse_syllable, spell, split_tone

LONGEST_WORD = 9


@dataclass(frozen=True)
class Swaps:
    """What letters may stand for, in order of preference, at the three places of a word."""

    start: Mapping[str, Sequence[str]]
    middle: Mapping[str, Sequence[str]]
    end: Mapping[str, Sequence[str]]


@lru_cache(maxsize=1)
def _swaps() -> Swaps:
    return Swaps(**read_table(DATA / "chat_letters.yml"))


@lru_cache(maxsize=50_000)
def respell(word: str) -> str | None:
    """The syllable this lower-case word was meant to be, or None when no swap makes it one."""
    letters, tone = split_tone(word)
    if not 2 <= len(letters) <= LONGEST_WORD or len(tone) > 1:
        return None
    readings = sorted(_readings(letters), key=lambda reading: reading[1])  # stable: equal counts keep their order
    return next((found for text, swapped in readings if swapped and (found := _syllable(text, tone))), None)


def _syllable(letters: str, tone: str) -> str | None:
    syllable = parse_syllable(letters + tone)
    if syllable is not None:
        return spell(syllable)
    return letters if not tone and is_plain_syllable(letters) else None


def _readings(letters: str) -> Iterator[tuple[str, int]]:
    """Every combination of swaps, with how many it needed."""
    swaps = _swaps()
    starts = _variants(letters, swaps.start, str.startswith)
    ends = _variants(letters, swaps.end, str.endswith)
    for (cut_start, onset), (cut_end, ending) in product(starts, ends):
        body = letters[cut_start : len(letters) - cut_end]
        for middle in (body, *_middles(body, swaps.middle)) if body else ():
            yield onset + middle + ending, bool(onset) + bool(ending) + (middle != body)


def _middles(body: str, table: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from (body.replace(old, new) for old, news in table.items() if old in body for new in news)


def _variants(
    letters: str, table: Mapping[str, Sequence[str]], touches: Callable[[str, str], bool]
) -> list[tuple[int, str]]:
    """How many letters go, and what comes instead; first of all nothing."""
    return [(0, ""), *((len(old), new) for old, news in table.items() if touches(letters, old) for new in news)]
