"""The questions that measure understanding: every row can be read, and expects something there is.

That none of them is trained on is tested in test_training_examples.py.
"""

from __future__ import annotations

import re

import pytest

from hocvu.content.topics import load_topics
from hocvu.content.training_examples import dialogue_examples
from hocvu.operations.evaluation import OUT_OF_SCOPE, PERSONAL_DATA
from hocvu.settings import PROJECT_ROOT
from tests.support.benchmark_questions import benchmark_files, read_rows

JOINED = re.compile(r" > |\|")
"""Between the two things that a message asks for, and between pages that are both right."""


@pytest.fixture(scope="module")
def known():
    intents = {example.label.split("/")[0] for example in dialogue_examples(PROJECT_ROOT / "nlu_data")}
    return {*load_topics(PROJECT_ROOT / "knowledge" / "topics.tsv"), *intents, OUT_OF_SCOPE, PERSONAL_DATA}


def test_the_development_file_and_frozen_files_are_there():
    assert [path.parent.name for path in benchmark_files()[:2]] == ["understanding", "frozen"]


@pytest.mark.parametrize("path", benchmark_files(), ids=lambda path: path.stem)
def test_every_row_has_a_question_and_expects_topics_intents_or_out_of_scope(path, known):
    rows = read_rows(path)

    assert rows
    assert [row.place for row in rows if not (row.question or "").strip()] == []
    assert [row.place for row in rows if not set(map(str.strip, JOINED.split(row.expected or ""))) <= known] == []
