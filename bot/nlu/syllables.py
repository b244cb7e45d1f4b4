"""The spelling of a Vietnamese syllable: taking it apart, judging it, writing it in one agreed form.

A syllable is onset + rime + tone. The inventory is `data/syllables.yml`. Everything here is pure and cached; one
look-up costs about a microsecond once warm.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.data_files import DATA, read_table

# Combining mark of each tone; "" is the level tone (ngang).
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
STOP_TONES = frozenset("\u0301\u0323")
VOWELS = frozenset("aăâeêioôơuưy")
MARKED_VOWELS = frozenset("ăâêôơư")
LONGEST_SYLLABLE = 7  # "nghiêng"


@dataclass(frozen=True)
class Syllable:
    """One syllable in parts; `rime` carries no tone, `tone` is a combining mark or the empty string."""

    onset: str
    rime: str
    tone: str


@dataclass(frozen=True)
class Inventory:
    """The spelling table, in the shape the questions are asked in."""

    onsets: tuple[str, ...]
    onset_before: dict[str, frozenset[str]]
    onset_not_before: dict[str, frozenset[str]]
    rimes: frozenset[str]
    stops: tuple[str, ...]


@lru_cache(maxsize=1)
def inventory() -> Inventory:
    """The table of onsets and rimes; onsets are tried longest first."""
    table = read_table(DATA / "syllables.yml")
    return Inventory(
        onsets=(*sorted(table["onsets"], key=len, reverse=True), ""),
        onset_before={onset: frozenset(letters) for onset, letters in table["onset_before"].items()},
        onset_not_before={onset: frozenset(letters) for onset, letters in table["onset_not_before"].items()},
        rimes=frozenset(rime for row in table["rimes"] for rime in row),
        stops=tuple(table["stops"]),
    )


def split_tone(text: str) -> tuple[str, str]:
    """The text without tone marks (NFC), and the tone marks that were in it, in order."""
    decomposed = unicodedata.normalize("NFD", text)
    letters = "".join(char for char in decomposed if char not in TONES)
    tones = "".join(char for char in decomposed if char in TONES)
    return unicodedata.normalize("NFC", letters), tones


@lru_cache(maxsize=50_000)
def parse_syllable(text: str) -> Syllable | None:
    """The parts of one lower-case syllable, or None when it cannot be a Vietnamese syllable."""
    letters, tone = split_tone(text)
    if len(tone) > 1 or len(letters) > LONGEST_SYLLABLE:
        return None
    for onset in inventory().onsets:
        rime = letters[len(onset) :]
        if letters.startswith(onset) and _fits(onset, rime, tone):
            return Syllable(onset, rime, tone)
    return None


def _fits(onset: str, rime: str, tone: str) -> bool:
    table = inventory()
    if rime not in table.rimes:
        return False
    if onset in table.onset_before and rime[0] not in table.onset_before[onset]:
        return False
    if rime[0] in table.onset_not_before.get(onset, frozenset()):
        return False
    return not rime.endswith(table.stops) or tone in STOP_TONES


def spell(syllable: Syllable) -> str:
    """The syllable as written, tone mark in the older place (hòa, thúy), which most keyboards produce."""
    at = _tone_place(syllable.rime)
    marked = syllable.rime[: at + 1] + syllable.tone + syllable.rime[at + 1 :]
    return unicodedata.normalize("NFC", syllable.onset + marked)


def _tone_place(rime: str) -> int:
    """Index of the vowel that carries the tone: the last vowel with a mark of its own, or the middle of the vowels."""
    vowels = [index for index, letter in enumerate(rime) if letter in VOWELS]
    own_mark = [index for index in vowels if rime[index] in MARKED_VOWELS]
    if own_mark:
        return own_mark[-1]
    if len(vowels) == 1:
        return vowels[0]
    has_final_consonant = vowels[-1] < len(rime) - 1
    return vowels[1] if len(vowels) == 3 or has_final_consonant else vowels[0]


def canonical(word: str) -> str:
    """The word with its tone mark in the agreed place; a word that is no Vietnamese syllable comes back as it was."""
    syllable = parse_syllable(word)
    return spell(syllable) if syllable else word


@lru_cache(maxsize=50_000)
def strip_marks(text: str) -> str:
    """The text as typed without any Vietnamese mark: tones, hats, horns and the bar of đ removed."""
    decomposed = unicodedata.normalize("NFD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.replace("đ", "d").replace("Đ", "D")


@lru_cache(maxsize=1)
def _plain_parts() -> tuple[frozenset[str], frozenset[str]]:
    table = inventory()
    return frozenset(map(strip_marks, table.onsets)), frozenset(map(strip_marks, table.rimes))


@lru_cache(maxsize=50_000)
def is_plain_syllable(word: str) -> bool:
    """Could this be a Vietnamese syllable typed without marks ("duong", "khong")?"""
    onsets, rimes = _plain_parts()
    return any(word[:cut] in onsets and word[cut:] in rimes for cut in range(min(4, len(word))))
