"""Rules for pages beyond their shape: errors block a change, hints only speak."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from hocvu.content.faults import ContentError, Fault, Severity
from hocvu.content.library import AnyPage, Library, load_library, page_files
from hocvu.content.models import ADDRESS_PLACEHOLDERS, Guide, PageKind, count_words
from hocvu.content.spoken_texts import spoken_texts
from hocvu.content.yaml_file import read_text, read_yaml

MAX_SENTENCE_WORDS = 25
"""Longest sentence before a hint; STYLE.md asks for 20 on average."""

_BRACKETS = re.compile(r"\[[^\]\n]*\]")
_SENTENCE_END = re.compile(r"[.!?:;]\s+|\n")
_ADDRESS_WORDS = Path(__file__).parent / "address_words.yml"


@dataclass(frozen=True, slots=True)
class Topic:
    """A row of knowledge/topics.tsv: what the shelf has to hold in the end."""

    slug: str
    area: str
    title: str
    kind: PageKind


@dataclass(frozen=True, slots=True)
class LintContext:
    library: Library
    topics: dict[str, Topic]
    today: date


Rule = Callable[[AnyPage, LintContext], Iterator[tuple[Severity, str]]]


def lint(knowledge: Path, today: date) -> list[Fault]:
    """Every fault of `knowledge/`, errors first. Shape faults stop the check before the finer rules."""
    try:
        library = load_library(knowledge)
        topics = load_topics(knowledge / "topics.tsv")
    except ContentError as error:
        return error.faults
    context = LintContext(library, topics, today)
    faults = [
        Fault(path, message, severity=severity)
        for path in page_files(knowledge)
        for rule in RULES
        for severity, message in rule(library.pages[path.stem], context)
    ]
    faults += _shared_questions(knowledge, library)
    return sorted(faults, key=lambda fault: (fault.severity != Severity.ERROR, fault.path))


def load_topics(path: Path) -> dict[str, Topic]:
    """Topics by slug. Raises ContentError on a row that does not fit."""
    topics: dict[str, Topic] = {}
    for number, row in enumerate(csv.DictReader(read_text(path).splitlines(), delimiter="\t"), 2):
        try:
            topic = Topic(row["slug"], row["area"], row["title"], PageKind(row["kind"]))
        except (KeyError, ValueError) as error:
            raise ContentError([Fault(path, f"not a topic row: {error}", number)]) from error
        topics[topic.slug] = topic
    return topics


def _fits_its_topic(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    topic = context.topics.get(page.slug)
    if topic is None:
        yield Severity.ERROR, f"slug {page.slug!r} is not in topics.tsv: use a listed slug"
    elif (topic.area, topic.kind) != (page.area, page.kind):
        yield Severity.ERROR, f"topics.tsv says area {topic.area}, kind {topic.kind}"


def _placeholders_are_known(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    for text in spoken_texts(page):
        for bracket in _BRACKETS.findall(text):
            if bracket not in ADDRESS_PLACEHOLDERS:
                yield Severity.ERROR, f"{bracket} is not an address placeholder: use {', '.join(ADDRESS_PLACEHOLDERS)}"


def _nobody_is_called_by_hand(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    for text in spoken_texts(page):
        if found := _bare_address().search(text):
            yield Severity.ERROR, f"{found.group()!r} in {text[:40]!r}: write [bác] so that everyone is called rightly"


@cache
def _bare_address() -> re.Pattern[str]:
    """Finds a reader who is addressed by hand; "kết bạn", "bạn bè" and the like are friends, not the reader."""
    words: dict[str, list[str]] = read_yaml(_ADDRESS_WORDS)
    before = "".join(rf"(?<!\b{word} )" for word in words["friend_before"])
    behind = "|".join(words["friend_behind"])
    return re.compile(rf"{before}\b({'|'.join(words['address'])})\b(?! (?:{behind})\b)", re.IGNORECASE)


def _guide_says_what_it_takes(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    if isinstance(page, Guide):
        for name in ("papers", "time", "fee"):
            if getattr(page.facts, name) is None:
                yield Severity.ERROR, f"facts.{name} is missing: people ask it before they start"


def _sentences_are_short(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    for text in spoken_texts(page):
        for sentence in _SENTENCE_END.split(text):
            if (words := count_words(sentence)) > MAX_SENTENCE_WORDS:
                yield Severity.HINT, f"a sentence of {words} words: {sentence[:40]!r}…"


def _page_is_fresh(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    if page.is_expired(context.today):
        yield Severity.HINT, f"expired on {page.valid_until}: hold it against its sources again"
    if any(check.checked_on > context.today for check in page.sources):
        yield Severity.ERROR, "checked_on lies in the future"


def _next_topics_exist(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    for slug in page.next:
        if slug not in context.topics:
            yield Severity.ERROR, f"next: {slug!r} is not in topics.tsv"
        elif slug not in context.library.pages:
            yield Severity.HINT, f"next: {slug!r} has no page yet and is not offered"


RULES: tuple[Rule, ...] = (
    _fits_its_topic,
    _placeholders_are_known,
    _nobody_is_called_by_hand,
    _guide_says_what_it_takes,
    _sentences_are_short,
    _page_is_fresh,
    _next_topics_exist,
)


def _shared_questions(knowledge: Path, library: Library) -> list[Fault]:
    seen: dict[str, str] = {}
    faults = []
    for path in page_files(knowledge):
        page = library.pages[path.stem]
        for question in (page.title, *page.questions):
            key = unicodedata.normalize("NFC", " ".join(question.lower().split()))
            other = seen.setdefault(key, path.stem)
            if other != path.stem:
                faults.append(Fault(path, f"question {question!r} also stands in {other}: one page only"))
    return faults
