"""Telex and VNI keystrokes that the keyboard left undecoded: "ddawng kys" -> "đăng ký", "ca1ch" -> "cách".

Deterministic. A token is followed key by key as a Telex keyboard would, keeping every reading that is still possible,
and the first reading that is a valid Vietnamese syllable wins. Cost: microseconds for a token, answers are cached.
Source of the rules: the Telex and VNI input methods as implemented by the common Vietnamese keyboards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.nlu.syllables import VOWELS, parse_syllable, spell, split_tone

TONE_KEYS = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
HORN = {"a": "ă", "o": "ơ", "u": "ư"}
VNI_TONE_KEYS = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
# The longest syllable takes 7 letters, 3 keys for its marks and 1 for its tone.
LONGEST_TOKEN = 11
# Two letters at least, so that paper sizes and class names ("a4", "2a") stay what they are.
VNI_TOKEN = re.compile(r"(?=.*[^\W\d].*[^\W\d])[^\W\d]+[1-9][^\W0]*")


@dataclass(frozen=True)
class Reading:
    """One way to read the keys pressed so far; `used` counts the keys that changed another letter."""

    letters: tuple[str, ...] = ()
    tone: str = ""
    used: int = 0

    def typed(self, letter: str) -> Reading:
        return replace(self, letters=(*self.letters, letter))

    def changed(self, at: int, letter: str) -> Reading:
        letters = (*self.letters[:at], letter, *self.letters[at + 1 :])
        return replace(self, letters=letters, used=self.used + 1)


@lru_cache(maxsize=50_000)
def decode(token: str) -> str | None:
    """The syllable these lower-case keys were meant to give, or None when they are not keystrokes of one."""
    if not 2 <= len(token) <= LONGEST_TOKEN:
        return None
    keys = _vni_as_telex(token) if VNI_TOKEN.fullmatch(token) else token
    readings = [Reading()]
    for key in keys:
        readings = [after for reading in readings for after in _press(reading, key)]
    return next((word for reading in readings if (word := _word(reading)) is not None), None)


def _word(reading: Reading) -> str | None:
    if not reading.used:
        return None
    syllable = parse_syllable("".join(reading.letters) + reading.tone)
    return spell(syllable) if syllable else None


def _press(reading: Reading, key: str) -> Iterator[Reading]:
    """Every reading after one more key, the one a keyboard would choose first."""
    has_vowel = any(letter in VOWELS for letter in reading.letters)
    if key in TONE_KEYS and has_vowel:
        if not reading.tone:
            yield replace(reading, tone=TONE_KEYS[key], used=reading.used + 1)
    elif key == "w":
        yield from _press_w(reading)
    elif key in CIRCUMFLEX:
        yield from _press_hat(reading, key)
    elif key == "d" and reading.letters[:1] == ("d",):
        yield reading.changed(0, "đ")
    else:
        letter, tone = split_tone(key)
        yield replace(reading.typed(letter), tone=tone or reading.tone)


def _press_hat(reading: Reading, key: str) -> Iterator[Reading]:
    for at in reversed(range(len(reading.letters))):
        if reading.letters[at] == key:
            yield reading.changed(at, CIRCUMFLEX[key])
            break
    yield reading.typed(key)


def _press_w(reading: Reading) -> Iterator[Reading]:
    letters = reading.letters
    for at in reversed(range(len(letters) - 1)):
        if letters[at : at + 2] == ("u", "o"):
            yield reading.changed(at, "ư").changed(at + 1, "ơ")
    open_vowels = [at for at in reversed(range(len(letters))) if letters[at] in HORN]
    for at in open_vowels:
        yield reading.changed(at, HORN[letters[at]])
    if not open_vowels:
        yield replace(reading.typed("ư"), used=reading.used + 1)


def _vni_as_telex(token: str) -> str:
    """VNI digits rewritten as the Telex keys of the same meaning; 6 repeats the vowel it puts a hat on."""
    keys = ""
    for key in token:
        if key == "6":
            keys += next((letter for letter in reversed(keys) if letter in CIRCUMFLEX), key)
        elif key in "78":
            keys += "w"
        elif key == "9":
            keys += "d"
        else:
            keys += VNI_TONE_KEYS.get(key, key)
    return keys


_KEYS_OF_LETTER = {
    **{hat: key * 2 for key, hat in CIRCUMFLEX.items()},
    **{horn: key + "w" for key, horn in HORN.items()},
}
_KEYS_OF_LETTER["đ"] = "dd"
_KEY_OF_TONE = {mark: key for key, mark in TONE_KEYS.items()}


def encode(word: str) -> str:
    """The Telex keys of one lower-case word, tone key last; used to make training copies and tests."""
    letters, tones = split_tone(word)
    return "".join(_KEYS_OF_LETTER.get(letter, letter) for letter in letters) + "".join(_KEY_OF_TONE[t] for t in tones)
