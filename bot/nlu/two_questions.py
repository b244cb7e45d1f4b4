"""Two questions in one message: "quên mật khẩu VNeID rồi, với lại cho hỏi làm mã QR bán hàng kiểu gì"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.data_files import DATA, read_table
from bot.nlu.label_model import Ranking
from bot.nlu.normalisation import normalise
from bot.nlu.ranking import is_guide
from bot.nlu.syllables import strip_marks
from bot.nlu.word_tables import load_word_tables

# A question has at least this many words; what is shorter beside a connector is part of the other one.
FEWEST_WORDS = 3
# Each try costs two rankings; a message with more connectors than this is a story.
MOST_SPLITS = 4
# Both sides have to be this sure (probability of the guide). Set on development questions, alone and joined in pairs.
SURE = 0.7
_WORD_OR_MARK = re.compile(r"\w+|[^\w\s]+")
_ENDS = frozenset("?.!;…")
_MARKS = _ENDS | {","}


@dataclass(frozen=True)
class TwoQuestions:
    """The slugs of both questions in the order asked, and what was found for the first."""

    first: Ranking
    second_label: str


def two_questions(text: str, rank: Callable[[str], Ranking]) -> TwoQuestions | None:
    """Both questions of a normalised text when it clearly holds two about different guides, else None.

    Of several places to split the one whose weaker side is surest wins. Cost: nothing without a connector, else two
    rankings a connector.
    """
    best: TwoQuestions | None = None
    surest = SURE
    for left, right in _splits(text):
        first = rank(left)
        if _sureness(first) < surest:
            continue
        second = rank(right)
        sureness = min(_sureness(first), _sureness(second))
        if sureness >= surest and first.scores[0].label != second.scores[0].label:
            best, surest = TwoQuestions(first, second.scores[0].label), sureness
    return best


def _sureness(ranking: Ranking) -> float:
    top = ranking.scores[0]
    return top.probability if is_guide(top.label) else 0.0


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Left and right of every connector and end of a sentence that leaves a question on both sides."""
    tokens = _WORD_OR_MARK.findall(text)
    found = 0
    for at in range(FEWEST_WORDS, len(tokens) - FEWEST_WORDS):
        if tokens[at] not in _beginnings() and tokens[at][0] not in _MARKS:
            continue
        right = tokens[at + _connector_width(tokens, at) :]
        if len(right) >= FEWEST_WORDS and len(right) < len(tokens) - at:
            yield " ".join(tokens[:at]), " ".join(right)
            found += 1
            if found == MOST_SPLITS:
                return


def _connector_width(tokens: list[str], at: int) -> int:
    """How many tokens the connector at this place has; 0 when there is none.

    The end of a sentence is one, with or without a connecting word; a comma only with one.
    """
    width = 0
    while at + width < len(tokens) and set(tokens[at + width]) <= _MARKS:
        width += 1
    phrase = _longest_phrase(tuple(tokens[at + width : at + width + _longest()]))
    is_end = any(_ENDS & set(token) for token in tokens[at : at + width])
    return width + phrase if phrase or is_end else 0


def _longest_phrase(tokens: tuple[str, ...]) -> int:
    return next((width for width in range(len(tokens), 0, -1) if tokens[:width] in _connectors()), 0)


@lru_cache(maxsize=1)
def _connectors() -> frozenset[tuple[str, ...]]:
    """Every connector as written and without marks."""
    tables = load_word_tables()
    rows = read_table(DATA / "connectors.yml")["connectors"]
    phrases = {tuple(normalise(str(row), tables).split()) for row in rows}
    return frozenset(phrases | {tuple(map(strip_marks, phrase)) for phrase in phrases})


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _connectors())


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _connectors()))
