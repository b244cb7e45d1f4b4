"""Rules for pages beyond their shape: errors block a change, hints only speak."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hocvu.content.faults import ContentError, Fault, Severity
from hocvu.content.library import AnyPage, Library, load_library, page_files
from hocvu.content.models import ADDRESS_PLACEHOLDERS, Guide, PageKind, SourceCheck, count_words
from hocvu.content.print.infographic import load_infographics
from hocvu.content.spoken_texts import spoken_texts
from hocvu.content.topics import Topic, load_topics
from hocvu.content.yaml_file import read_yaml

MAX_SENTENCE_WORDS = 25
"""Longest sentence before a hint; STYLE.md asks for 20 on average."""
MOST_MEAN_WORDS = 20
"""STYLE.md: a reader with five years of school keeps about so many words together."""

_BRACKETS = re.compile(r"\[[^\]\n]*\]")
_SENTENCE_END = re.compile(r"[.!?:;]\s+|\n")
_FIGURE = re.compile(r"\d+(?:[.,/:-]\d+)*")
_SCREEN_WORDS = Path(__file__).parent / "screen_words.yml"
_TERMINOLOGY = Path(__file__).parent / "terminology.yml"
_FIGURE_NAMES = Path(__file__).parent / "figure_names.yml"
_ADDRESS_WORDS = Path(__file__).parent / "address_words.yml"


@dataclass(frozen=True, slots=True)
class LintContext:
    library: Library
    topics: dict[str, Topic]
    today: date


Rule = Callable[[AnyPage, LintContext], Iterator[tuple[Severity, str]]]


def lint(knowledge: Path, today: date) -> list[Fault]:
    """Every fault of `knowledge/`, errors first. Shape faults stop the check before the finer rules."""
    try:
        library = load_library(knowledge, today=today)
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
    faults += _values_have_run_out(knowledge / "values.yml", context)
    faults += _glossary_leads_somewhere(knowledge / "glossary.yml", context)
    faults += _infographics_lead_somewhere(knowledge, context)
    return sorted(faults, key=lambda fault: (fault.severity != Severity.ERROR, fault.path))


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


def _sentences_are_short_on_average(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    sentences = [part for text in spoken_texts(page) for part in _SENTENCE_END.split(text) if count_words(part)]
    mean = sum(map(count_words, sentences)) / len(sentences)
    if mean > MOST_MEAN_WORDS:
        yield Severity.ERROR, f"{mean:.0f} words a sentence on average: at most {MOST_MEAN_WORDS}, shorten"


def _one_term_for_each_thing(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    terms, pattern = _avoided_terms()
    for text in spoken_texts(page):
        for found in pattern.finditer(_names_and_labels().sub(" ", text)):
            yield Severity.ERROR, f"{found.group()!r} in {text[:40]!r}: write {terms[found.group().lower()]!r}"


def _jargon_is_explained(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    texts = " ".join(spoken_texts(page))
    for word in _terminology()["jargon"]:
        explained = rf"{_word(word)}[^.!?()]{{0,12}}\(|\([^()]*{_word(word)}"
        flags = re.NOFLAG if word.isupper() else re.IGNORECASE  # PIN is a code, "pin" a battery
        if re.search(_word(word), texts, flags) and not re.search(explained, texts, flags):
            yield Severity.HINT, f"{word} is not explained: write what it is in brackets behind it, once"


def _word(word: str) -> str:
    return rf"\b{re.escape(word)}\b"


@cache
def _names_and_labels() -> re.Pattern[str]:
    """Names, and what stands on a button: quoted as it is, in whatever language."""
    return re.compile("|".join([r'"[^"]*"', *map(re.escape, _terminology()["names"])]))


@cache
def _terminology() -> dict[str, Any]:
    read: dict[str, Any] = read_yaml(_TERMINOLOGY)
    return read


@cache
def _avoided_terms() -> tuple[dict[str, str], re.Pattern[str]]:
    """The wanted term by each avoided one, and what finds the avoided ones."""
    wanted = {avoided: term for term, others in _terminology()["terms"].items() for avoided in others}
    longest_first = sorted(wanted, key=len, reverse=True)
    return wanted, re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


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


def _figures_are_backed(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    quoted = (context.library.values[name] for name in context.library.quotes[page.slug])
    backed = {
        figure
        for text in (
            *(text for check in page.sources for text in check.figures),
            *(period.says for value in quoted for period in value.periods),
        )
        for figure in _FIGURE.findall(text)
    }
    for text in spoken_texts(page):
        for figure in _FIGURE.findall(_named_figures().sub(" ", text)):
            if figure not in backed:
                yield (
                    Severity.ERROR,
                    f"figure {figure} in {text[:40]!r} has no source: quote a value of values.yml, or name it under"
                    " `figures` of the source that says it",
                )


@cache
def _named_figures() -> re.Pattern[str]:
    names: list[str] = read_yaml(_FIGURE_NAMES)["names"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def _a_step_on_the_screen_has_a_picture(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    if isinstance(page, Guide):
        for step in page.steps:
            if step.picture is None and _look_or_tap().search(step.do):
                yield Severity.ERROR, f"step {step.id} tells to look or tap: describe the screen under `picture`"


@cache
def _look_or_tap() -> re.Pattern[str]:
    words: list[str] = read_yaml(_SCREEN_WORDS)["words"]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def _a_way_out_has_an_alternative(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    if isinstance(page, Guide):
        for step in page.steps:
            if len(step.stuck) == 1:
                yield Severity.ERROR, f"step {step.id} has one stuck branch: where people fail there are two or more"


def _a_page_serves_a_skill(page: AnyPage, context: LintContext) -> Iterator[tuple[Severity, str]]:
    if not page.skills and page.kind != PageKind.EMERGENCY:
        yield Severity.ERROR, "no skill: name the ones it serves under `skills`"


RULES: tuple[Rule, ...] = (
    _fits_its_topic,
    _placeholders_are_known,
    _nobody_is_called_by_hand,
    _guide_says_what_it_takes,
    _sentences_are_short,
    _sentences_are_short_on_average,
    _one_term_for_each_thing,
    _jargon_is_explained,
    _page_is_fresh,
    _next_topics_exist,
    _figures_are_backed,
    _a_step_on_the_screen_has_a_picture,
    _a_way_out_has_an_alternative,
    _a_page_serves_a_skill,
)


def _values_have_run_out(path: Path, context: LintContext) -> Iterator[Fault]:
    quoted = frozenset[str]().union(*context.library.quotes.values())
    for name in sorted(quoted):
        if context.library.values[name].on(context.today) is None:
            yield Fault(path, f"value {name!r} has no period for today: add one; pages that quote it carry a warning")


def _glossary_leads_somewhere(path: Path, context: LintContext) -> Iterator[Fault]:
    for term in context.library.glossary:
        yield from _unknown(path, f"term {term.id}", [term.topic] if term.topic else [], term.sources, context)


def _infographics_lead_somewhere(knowledge: Path, context: LintContext) -> Iterator[Fault]:
    try:
        sheets = load_infographics(knowledge)
    except ContentError as error:
        yield from error.faults
        return
    for slug, sheet in sheets.items():
        path = knowledge / "infographics" / f"{slug}.yml"
        yield from _unknown(path, "the infographic", sheet.topics, sheet.sources, context)


def _unknown(
    path: Path, who: str, topics: Iterable[str], checks: Iterable[SourceCheck], context: LintContext
) -> Iterator[Fault]:
    for slug in topics:
        if slug not in context.topics:
            yield Fault(path, f"{who}: topic {slug!r} is not in topics.tsv: use a listed slug")
    for check in checks:
        if check.source not in context.library.sources:
            yield Fault(path, f"{who}: unknown source {check.source!r}: add it to knowledge/sources.yml")


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
