"""Put a file of questions to the running stack and count how well each was served.

A row is: question, expected (slugs joined by `|`, or `oos`, or `pii`), style. Each question is a conversation of
its own. Rates are in 0..1 and stand beside their counts; a rate over nothing is None.
"""

from __future__ import annotations

import asyncio
import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hocvu.content.library import Library
from hocvu.errors import HocvuError
from hocvu.operations.asking import AskedTurn, Visitor
from hocvu.outcomes import TurnOutcome

OUT_OF_SCOPE = "oos"
PERSONAL_DATA = "pii"
HEADER_WORDS = {"question", "expected", "slug", "style", "text", "utterance"}
"""A first row with one of these is a header: none of them is a question, a slug or a style."""
QUESTIONS_AT_ONCE = 4
CALIBRATION_BINS = 10
"""Equal-width bins of the expected calibration error (Guo et al. 2017, On Calibration of Modern Neural Networks)."""


class BadQuestionFile(HocvuError):
    """The file is not what `hocvu evaluate` takes; the message names the line."""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    expected: frozenset[str]
    style: str

    @property
    def is_topic(self) -> bool:
        return not self.expected & {OUT_OF_SCOPE, PERSONAL_DATA}


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its answer; the properties are the definitions of the figures."""

    question: Question
    turn: AskedTurn

    @property
    def is_top1(self) -> bool:
        """The expected page was opened at once."""
        return self.turn.guide in self.question.expected

    @property
    def is_top1_or_clarified(self) -> bool:
        """Opened at once, or among the readings offered."""
        return self.is_top1 or bool(self.question.expected & set(self.turn.offered))

    @property
    def is_wrong_outright(self) -> bool:
        """Another page was opened, or a page for a question that has none."""
        return self.turn.guide is not None and self.turn.guide not in self.question.expected

    @property
    def is_refused(self) -> bool:
        """Not ours, or refused with care: what is unlawful to ask for is recognised, too."""
        return self.turn.outcome in (TurnOutcome.OUT_OF_SCOPE, TurnOutcome.REFUSED_SENSITIVE)

    @property
    def is_masked(self) -> bool:
        """Something was found, and what is stored is not what was sent."""
        return bool(self.turn.masked) and self.turn.stored != self.question.text

    @property
    def is_right(self) -> bool:
        if PERSONAL_DATA in self.question.expected:
            return self.is_masked
        return self.is_refused if OUT_OF_SCOPE in self.question.expected else self.is_top1


def read_questions(path: Path) -> list[Question]:
    """Raises BadQuestionFile on an unreadable file, a row without an expectation, or no rows."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestionFile(f"{path} cannot be read as UTF-8: {error}") from error
    questions = []
    for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        if not row or (number == 1 and HEADER_WORDS & {cell.strip().lower() for cell in row}):
            continue
        expected = frozenset(slug.strip() for slug in (row[1] if len(row) > 1 else "").split("|") if slug.strip())
        if not row[0].strip() or not expected:
            raise BadQuestionFile(f"{path}:{number}: needs question, expected and style, separated by tabs")
        style = row[2].strip() if len(row) > 2 and row[2].strip() else "unknown"
        questions.append(Question(row[0].strip(), expected, style))
    if not questions:
        raise BadQuestionFile(f"{path} holds no questions")
    return questions


async def ask_all(questions: Sequence[Question], visitor: Visitor, *, on_answer: Callable[[], None]) -> list[Judged]:
    """Every question in a fresh conversation, some side by side; `on_answer` is called after each."""
    gate = asyncio.Semaphore(QUESTIONS_AT_ONCE)

    async def ask(question: Question) -> Judged:
        async with gate:
            judged = Judged(question, await visitor.ask(question.text))
        on_answer()
        return judged

    return list(await asyncio.gather(*(ask(question) for question in questions)))


def figures(judged: Sequence[Judged], library: Library) -> dict[str, Any]:
    """The report of `hocvu evaluate --json`."""
    topics = [one for one in judged if one.question.is_topic]
    foreign = [one for one in judged if OUT_OF_SCOPE in one.question.expected]
    private = [one for one in judged if PERSONAL_DATA in one.question.expected]
    return {
        "n": len(judged),
        **_rate("top1", topics, lambda one: one.is_top1),
        **_rate("top1_or_clarified", topics, lambda one: one.is_top1_or_clarified),
        **_rate("wrong_outright", [*topics, *foreign], lambda one: one.is_wrong_outright),
        **_rate("false_refusals", topics, lambda one: one.is_refused),
        **_rate("oos_recall", foreign, lambda one: one.is_refused),
        **_rate("pii_masked", private, lambda one: one.is_masked),
        "calibration_error": calibration_error(
            [(one.turn.confidence, one.is_top1) for one in topics if one.turn.guide and one.turn.confidence is not None]
        ),
        "by_style": _groups(judged, lambda one: [one.question.style]),
        "by_area": _groups(topics, lambda one: sorted(_areas(one.question, library))),
        "misses": [_miss(one) for one in judged if not one.is_right],
    }


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error over (confidence, was right) of the answers given; None without answers."""
    if not pairs:
        return None
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in pairs:
        bins[min(int(confidence * CALIBRATION_BINS), CALIBRATION_BINS - 1)].append((confidence, right))
    gaps = (abs(sum(right for _, right in bin_) - sum(confidence for confidence, _ in bin_)) for bin_ in bins.values())
    return round(sum(gaps) / len(pairs), 4)


def _rate(name: str, judged: Sequence[Judged], is_true: Callable[[Judged], bool]) -> dict[str, Any]:
    count = sum(map(is_true, judged))
    return {name: round(count / len(judged), 4) if judged else None, f"{name}_count": count, f"{name}_of": len(judged)}


def _groups(judged: Sequence[Judged], groups_of: Callable[[Judged], Iterable[str]]) -> dict[str, Any]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        for name in groups_of(one):
            groups[name].append(one)
    return {name: _rate("right", groups[name], lambda one: one.is_right) for name in sorted(groups)}


def _areas(question: Question, library: Library) -> set[str]:
    pages = (library.page(slug) for slug in question.expected)
    return {page.area for page in pages if page is not None} or {"no_page"}


def _miss(one: Judged) -> dict[str, Any]:
    return {
        "question": one.question.text,
        "expected": sorted(one.question.expected),
        "style": one.question.style,
        "guide": one.turn.guide,
        "offered": one.turn.offered,
        "outcome": one.turn.outcome,
        "confidence": one.turn.confidence,
    }
