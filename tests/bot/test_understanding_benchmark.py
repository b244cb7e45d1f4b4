"""The comparison of systems: what it asks, what it counts, what it writes down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import DATA

from benchmarks.understanding import report
from benchmarks.understanding.figures import FALLBACK, Read, calibration_error, figures_of, macro_f1, rate
from benchmarks.understanding.suites import (
    FOREIGN,
    Example,
    Question,
    as_telex,
    frozen_suites,
    read_examples,
    split,
)
from benchmarks.understanding.systems import LinearBaseline, Reading, Trained
from bot.nlu.normalisation import normalise
from bot.nlu.word_tables import load_word_tables

TRAINED = Trained(Path("model"), 2.0, 3.0, 1.5)


def read(label: str, *labels: str, verdict: str | None = None, confidence: float = 0.9, ms: float = 1.0) -> Read:
    reading = Reading(list(labels), verdict or labels[0], confidence, list(labels), None, ms)
    return Read(Question("?", label), reading)


def test_an_answer_a_clarification_and_a_refusal_are_counted_apart() -> None:
    right = read("ask_guide/a", "ask_guide/a")
    offered = read("ask_guide/a", "ask_guide/b", "ask_guide/a", verdict=FALLBACK)
    wrong = read("ask_guide/a", "ask_guide/b")
    refused = read("ask_guide/a", "ask_guide/a", verdict=FOREIGN)
    recognised = read(FOREIGN, FOREIGN, verdict="out_of_scope/law")

    found = figures_of({"standard": [right, offered, wrong, refused], "foreign": [recognised]}, TRAINED, seed=1)

    assert found["right_first"]["rate"] == 0.5
    assert found["in_three"]["rate"] == 0.75
    assert found["right_outright"]["rate"] == 0.25
    assert found["right_or_offered"]["rate"] == 0.5
    assert found["wrong_outright"]["rate"] == 0.2
    assert found["false_refusals"]["rate"] == 0.25
    assert found["foreign_recognised"]["rate"] == 1
    assert found["suites"]["standard"]["of"] == 4
    assert found["training_seconds"] == 2


def test_a_kept_second_question_counts_only_behind_the_right_first() -> None:
    both = Question("?", "ask_guide/a", "ask_guide/b")
    kept = Reading(["ask_guide/a"], "ask_guide/a", 0.9, [], "ask_guide/b", 1.0)
    lost = Reading(["ask_guide/c"], "ask_guide/c", 0.9, [], "ask_guide/b", 1.0)

    found = figures_of({"two_in_one": [Read(both, kept), Read(both, lost)]}, TRAINED, seed=1)

    assert found["second_question_kept"]["rate"] == 0.5
    assert found["right_first"] is None


def test_the_interval_holds_the_rate_and_narrows_with_more_questions() -> None:
    few = [read("a", "a"), read("a", "b")] * 5
    rng = np.random.default_rng(1)

    wide, narrow = (rate(rows, lambda one: one.is_first, rng) for rows in (few, few * 50))

    assert wide["low"] <= wide["rate"] <= wide["high"]
    assert narrow["high"] - narrow["low"] < wide["high"] - wide["low"]


def test_a_rare_label_counts_as_much_as_a_common_one() -> None:
    assert macro_f1([read("a", "a")] * 9 + [read("b", "a")]) == pytest.approx(0.4737, abs=1e-4)


def test_calibration_compares_confidence_with_how_often_it_was_right() -> None:
    right, wrong = (read("ask_guide/a", given, confidence=1.0) for given in ("ask_guide/a", "ask_guide/b"))

    assert calibration_error([right, wrong]) == 0.5
    assert calibration_error([read("ask_guide/a", "ask_guide/a", verdict=FALLBACK)]) is None


def test_questions_whose_guide_is_missing_wait() -> None:
    suites, waiting = frozen_suites({"ask_guide/vneid-quen-mat-khau", FOREIGN})

    assert waiting > 1500
    assert {question.label for question in suites["standard"]} == {"ask_guide/vneid-quen-mat-khau"}
    assert len(suites["near_miss"]) >= 200
    assert len(suites["standard, as Telex"]) == len(suites["standard, marks off"]) == len(suites["standard"])


def test_all_suites_hold_two_thousand_questions() -> None:
    suites, waiting = frozen_suites({FOREIGN})

    assert waiting + len(suites["foreign"]) + len(suites["near_miss"]) >= 2_000
    assert len(suites["foreign"]) + len(suites["near_miss"]) >= 400


def test_telex_keys_are_what_a_keyboard_would_turn_back(phrases: dict[str, Any]) -> None:
    tables = load_word_tables()
    for text in phrases["synonyms"]["taught"]["scam"]:
        assert normalise(as_telex(text), tables) == normalise(text, tables)


def test_other_data_are_split_by_label_and_kept_apart() -> None:
    examples = read_examples(DATA / "nlu")

    training, suites = split(examples, seed=1)

    assert len(training) + len(suites["clean"]) == len(examples)
    assert not {example.text for example in training} & {question.text for question in suites["clean"]}
    assert {question.label for question in suites["clean"]} == {example.label for example in examples}
    assert suites["marks off"][0].text.isascii()


def test_the_linear_baseline_learns_and_answers(tmp_path: Path) -> None:
    system = LinearBaseline()
    trained = system.train([Example("rain today", "weather"), Example("buy a phone", "shop")] * 3, tmp_path)

    assert system.read(trained, ["will it rain"])[0].labels[0] == "weather"


def test_the_tables_go_between_the_marks_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results.json")
    figures = figures_of({"standard": [read("ask_guide/a", "ask_guide/a")]}, TRAINED, seed=1)

    report.store({"systems": {"ours": figures}})

    written = page.read_text(encoding="utf-8")
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "old" not in written
    assert "| standard | 1 | 100.0 (100.0–100.0) |" in written


def test_a_page_without_marks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing", encoding="utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results.json")

    with pytest.raises(ValueError, match="lacks the lines"):
        report.store({"systems": {}})
