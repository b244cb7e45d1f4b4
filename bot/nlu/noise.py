"""Training copies: the same sentence without marks, with a slip of the finger, as Telex keys."""

from __future__ import annotations

import random
from collections.abc import Callable

from bot.nlu import telex
from bot.nlu.syllables import strip_marks

# Share of words left as raw Telex keys in a copy: learners whose keyboard is off leave most words so.
TELEX_WORDS = 0.7
# Slips per word; more than one in ten words stops looking like typing and starts teaching noise.
SLIP_RATE = 0.1


def noisy_copies(typed: str, text: str, rng: random.Random, renormalise: Callable[[str], str]) -> list[str]:
    """Copies of one sentence that mean the same, the one without marks first; never equal to `text` or each other.

    `typed` is the sentence as it was written, `text` its normal form. `renormalise` is what a message goes through
    before it is classified: what it mends vanishes, and only what it could not mend is left to learn from.
    Deterministic for a seeded `rng`.
    """
    copies = [
        renormalise(strip_marks(typed.lower())),
        with_slips(text, rng),
        strip_marks(text),
        strip_marks(with_slips(text, rng)),
        renormalise(as_telex(text, rng)),
    ]
    return [copy for copy in dict.fromkeys(copies) if copy != text]


def as_telex(text: str, rng: random.Random) -> str:
    """The sentence with most of its words as Telex keys."""
    return " ".join(telex.encode(word) if rng.random() < TELEX_WORDS else word for word in text.split())


def with_slips(text: str, rng: random.Random) -> str:
    """The sentence with a few letters dropped, doubled or swapped with their neighbour; at least one word is hit."""
    words = text.split()
    long_words = [index for index, word in enumerate(words) if len(word) >= 3]
    if not long_words:
        return text
    hit = {index for index in long_words if rng.random() < SLIP_RATE} or {rng.choice(long_words)}
    return " ".join(_slip(word, rng) if index in hit else word for index, word in enumerate(words))


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) - 1)
    kind = rng.choice(("drop", "double", "swap"))
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[: at + 1] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
