"""The figures as JSON, and as tables between two marks in docs/benchmarks.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "understanding.json"
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- understanding: begin -->", "<!-- understanding: end -->"
RATES = {
    "right_first": "guides: right one first",
    "in_three": "guides: right one among three",
    "right_outright": "guides: answered outright and right",
    "right_or_offered": "guides: right, or among the readings offered",
    "wrong_outright": "answered outright and wrong (lower is better)",
    "foreign_recognised": "not ours: recognised",
    "false_refusals": "ours, but refused (lower is better)",
    "second_question_kept": "two questions: first answered, second kept",
}
NUMBERS = {
    "macro_f1": "macro F1",
    "calibration_error": "calibration error",
    "training_seconds": "training, seconds",
    "training_cpu_seconds": "training, processor seconds",
    "model_megabytes": "model, MB",
    "parse_ms_p50": "parse, ms, median (one core)",
    "parse_ms_p95": "parse, ms, 95 %",
}


def store(report: Mapping[str, Any]) -> None:
    """Writes the JSON file and puts the tables into the page. Raises ValueError when the page has no marks."""
    RESULTS.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{PAGE} lacks the lines {BEGIN} and {END}")
    PAGE.write_text(f"{before}{BEGIN}\n{tables(report)}\n{END}{after}", encoding="utf-8")


def tables(report: Mapping[str, Any]) -> str:
    systems = report["systems"]
    suites = list(dict.fromkeys(name for figures in systems.values() for name in figures["suites"]))
    rows = [_row("accuracy per suite", ["questions", *systems]), _row("---", ["---"] * (len(systems) + 1))]
    for suite in suites:
        rates = [figures["suites"].get(suite) for figures in systems.values()]
        if any(rates):
            rows.append(_row(suite, [str(next(rate for rate in rates if rate)["of"]), *map(_percent, rates)]))
    rows += ["", _row("over all", list(systems)), _row("---", ["---"] * len(systems))]
    rows += [_row(title, [_percent(figures[key]) for figures in systems.values()]) for key, title in RATES.items()]
    rows += [_row(title, [str(figures[key]) for figures in systems.values()]) for key, title in NUMBERS.items()]
    return "\n".join(rows)


def _row(first: str, cells: list[str]) -> str:
    return f"| {first} | {' | '.join(cells)} |"


def _percent(rate: Mapping[str, Any] | None) -> str:
    if rate is None:
        return "–"
    return f"{rate['rate'] * 100:.1f} ({rate['low'] * 100:.1f}–{rate['high'] * 100:.1f})"
