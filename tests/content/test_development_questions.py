"""Questions that measure understanding are never trained on."""

from __future__ import annotations

import re
from pathlib import Path

from hocvu.content.library import load_library
from hocvu.content.rasa_export import training_data
from hocvu.operations.evaluation import read_questions
from hocvu.privacy.secret_words import without_marks
from hocvu.settings import PROJECT_ROOT

QUESTIONS = PROJECT_ROOT / "benchmarks" / "understanding" / "development.tsv"


def bare(text: str) -> str:
    """Letters and digits alone, without marks: spellings of the same words are equal."""
    return " ".join(re.findall(r"\w+", without_marks(text).lower()))


def trained_on() -> set[str]:
    files = sorted((PROJECT_ROOT / "nlu_data").glob("*.yml"))
    texts = [
        *(path.read_text("utf-8") for path in files),
        training_data(load_library(Path(PROJECT_ROOT / "knowledge"))),
    ]
    return {bare(line) for text in texts for line in re.findall(r"^\s*- (.+)$", text, re.MULTILINE)}


def test_no_development_question_stands_in_the_training_data() -> None:
    examples = trained_on()

    assert len(examples) > 3000
    assert [question.text for question in read_questions(QUESTIONS) if bare(question.text) in examples] == []


def test_every_expected_page_is_on_the_shelf_or_a_topic_to_come() -> None:
    topics = (PROJECT_ROOT / "knowledge" / "topics.tsv").read_text("utf-8")
    known = {line.split("\t")[0] for line in topics.splitlines()} | {"oos"}

    assert {slug for question in read_questions(QUESTIONS) for slug in question.expected} <= known
