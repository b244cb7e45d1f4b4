"""What can be wrong with a file in `knowledge/`, in one shape for the linter, the loader and the console."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hocvu.errors import HocvuError


class Severity(StrEnum):
    ERROR = "error"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding: where it is, what is wrong and how to mend it. `line` counts from 1; None is the whole file."""

    path: Path
    message: str
    line: int | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.severity}: {self.message}"


class ContentError(HocvuError):
    """`knowledge/` cannot be used as it is; `faults` names every file, line and fix."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
