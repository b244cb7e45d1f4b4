"""The questions that systems are compared on: frozen suites of ours, or a held-out part of any Rasa NLU data."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from rasa.shared.importers.utils import training_data_from_paths
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT

from bot.nlu import telex
from bot.nlu.syllables import strip_marks

FROZEN = Path(__file__).parent / "frozen"
FOREIGN = "out_of_scope"
GUIDE_PREFIX = "ask_guide/"
HELD_OUT = 0.2
# One slip in ten words, as in the starting points this benchmark is compared with.
SLIP_RATE = 0.1
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Question:
    """A text and the label that a careful person would choose; `second` for a message with two questions."""

    text: str
    label: str
    second: str | None = None


@dataclass(frozen=True)
class Example:
    text: str
    label: str


def frozen_suites(labels: Collection[str]) -> tuple[dict[str, list[Question]], int]:
    """All suites, as far as their labels are in the training data, and how many questions wait for their guide.

    The standard suite comes a second and third time without marks and as Telex keys: the same questions, so that the
    loss can be read off.
    """
    suites: dict[str, list[Question]] = {}
    waiting = 0
    for path in sorted(FROZEN.glob("*.tsv")):
        questions = _read(path)
        suites[path.stem] = [question for question in questions if question.label in labels]
        waiting += len(questions) - len(suites[path.stem])
    suites["standard, marks off"] = _rewritten(suites["standard"], strip_marks)
    suites["standard, as Telex"] = _rewritten(suites["standard"], as_telex)
    return suites, waiting


def split(examples: Sequence[Example], seed: int) -> tuple[list[Example], dict[str, list[Question]]]:
    """A training part, and the held-out part four times: as it is, without marks, as Telex keys, with slips."""
    rng = random.Random(seed)
    by_label: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_label[example.label].append(example)
    training, held = [], []
    for label in sorted(by_label):
        rows = by_label[label]
        rng.shuffle(rows)
        cut = int(len(rows) * HELD_OUT)
        held += [Question(row.text, label) for row in rows[:cut]]
        training += rows[cut:]
    return training, rewritings(held, rng)


def rewritings(questions: Sequence[Question], rng: random.Random) -> dict[str, list[Question]]:
    return {
        "clean": list(questions),
        "marks off": _rewritten(questions, strip_marks),
        "as Telex": _rewritten(questions, as_telex),
        "10 % typos": _rewritten(questions, lambda text: with_typos(text, rng)),
    }


def as_telex(text: str) -> str:
    """Every word as the Telex keys that would have given it."""
    return _WORD.sub(lambda match: telex.encode(match.group().lower()), text)


def with_typos(text: str, rng: random.Random) -> str:
    """One word in ten with a letter dropped, replaced, put in or swapped with its neighbour."""
    return " ".join(_slip(word, rng) if len(word) > 1 and rng.random() < SLIP_RATE else word for word in text.split())


def read_examples(folder: Path) -> list[Example]:
    """All examples with an intent of a folder of Rasa NLU data; retrieval intents with their full name."""
    paths = [str(path) for path in sorted(folder.rglob("*.yml"))]
    data = training_data_from_paths(paths, language="vi")
    return [
        Example(message.get(TEXT), message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))
        for message in data.intent_examples
    ]


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) - 1)
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    return rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def _rewritten(questions: Sequence[Question], rewrite: Callable[[str], str]) -> list[Question]:
    return [Question(rewrite(question.text), question.label, question.second) for question in questions]


def _read(path: Path) -> list[Question]:
    header, *rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    text, expected = header.index("question"), header.index("expected")
    return [_question(row[text], row[expected], is_follow_up="before" in header) for row in rows]


def _question(text: str, expected: str, *, is_follow_up: bool) -> Question:
    """`expected` is a slug, an intent, `oos`, two slugs in order, or for a follow-up an intent and the slug before."""
    first, _, second = (part.strip() for part in expected.partition(">"))
    if is_follow_up:
        return Question(text, first)
    return Question(text, _label(first), _label(second) if second else None)


def _label(expected: str) -> str:
    if expected == "oos":
        return FOREIGN
    return GUIDE_PREFIX + expected if "-" in expected else expected
