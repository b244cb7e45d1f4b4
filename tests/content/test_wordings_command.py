"""`hocvu content wordings`, with invented pages and intents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from hocvu.cli import app
from tests.unit.factories import page_data, write_knowledge


def different_questions(count):
    return [f"hỏi{number} việc{number} khác{number}" for number in range(count)]


def write_intents(folder, intents):
    folder.mkdir()
    blocks = [{"intent": name, "examples": "".join(f"- {text}\n" for text in texts)} for name, texts in intents.items()]
    with (folder / "nlu.yml").open("w", encoding="utf-8") as file:
        YAML().dump({"version": "3.1", "nlu": blocks}, file)
    return folder


@pytest.fixture
def data(tmp_path):
    """Writes one page with so many different questions and one intent with so many examples; gives both folders."""

    def write(questions, examples):
        page = page_data("mot", questions=different_questions(questions))
        intents = {"greet": different_questions(examples)}
        return [str(write_knowledge(tmp_path / "k", page)), str(write_intents(tmp_path / "n", intents))]

    return write


def run(*arguments):
    return CliRunner().invoke(app, ["content", "wordings", *arguments])


def test_the_command_succeeds_and_prints_one_line_when_nothing_is_below(data):
    result = run(*data(25, 40))

    assert (result.exit_code, result.output) == (0, "0 of 2 pages and intents are below the least wanted\n")


@pytest.mark.parametrize(("questions", "examples", "below"), [(24, 40, "page   mot"), (25, 39, "intent greet")])
def test_the_command_fails_and_names_what_is_below(data, questions, examples, below):
    result = run(*data(questions, examples))

    assert result.exit_code == 1
    assert result.output.startswith(f"BELOW {below} ")
    assert len(result.output.splitlines()) == 2


@pytest.mark.parametrize(("wordings", "exit_code"), [(15, 0), (14, 1)])
def test_a_page_of_few_wordings_fails_however_many_questions_it_has(data, wordings, exit_code):
    knowledge, intents = data(wordings, 40)
    again = [f"{text}?" for text in different_questions(wordings)]
    write_knowledge(Path(knowledge), page_data("mot", questions=[*different_questions(wordings), *again]))

    assert run(knowledge, intents).exit_code == exit_code


def test_the_command_prints_every_row_when_asked(data):
    result = run("--all", *data(25, 40))

    assert result.exit_code == 0
    assert [" ".join(line.split()) for line in result.output.splitlines()[:2]] == [
        "page mot 25 examples (least 25), 25 wordings (least 15)",
        "intent greet 40 examples (least 40), 40 wordings",
    ]


def test_the_command_prints_json(data):
    result = run("--json", *data(24, 40))

    row = {"kind": "page", "name": "mot", "examples": 24, "wordings": 24}
    least = {"examples": 25, "wordings": 15}
    assert result.exit_code == 1
    assert json.loads(result.output) == {
        "looked_at": 2,
        "below": 1,
        "rows": [{**row, "least": least, "is_enough": False}],
    }
