"""The rows of the files in benchmarks/understanding/, read by the names of their columns."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from hocvu.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "benchmarks" / "understanding"


@dataclass(frozen=True, slots=True)
class Row:
    """`line` counts from 1; `expected` as it is written."""

    path: Path
    line: int
    question: str
    expected: str

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(PROJECT_ROOT)}:{self.line}"


def benchmark_files() -> list[Path]:
    return [FOLDER / "development.tsv", *sorted((FOLDER / "frozen").glob("*.tsv"))]


def read_rows(path: Path) -> list[Row]:
    """Raises KeyError when a column is missing."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Row(path, table.line_num, row["question"], row["expected"]) for row in table]
