"""The commands `hocvu content ...`: for editors of knowledge/ and of the training data."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hocvu.clock import vietnam_today
from hocvu.content.faults import Severity
from hocvu.content.library import load_library
from hocvu.content.lint import lint
from hocvu.content.rasa_export import write_training_data
from hocvu.content.schema import write_schemas
from hocvu.content.training_examples import by_label, dialogue_examples
from hocvu.content.wordings import Variety, varieties
from hocvu.operations.training import BUILD
from hocvu.printing import AsJson, out, print_json
from hocvu.settings import PROJECT_ROOT, load_settings

NLU_DATA = PROJECT_ROOT / "nlu_data"

content = typer.Typer(no_args_is_help=True, help="The pages in knowledge/ and the examples in nlu_data/")


@content.command("lint")
def lint_content(knowledge: Annotated[Path | None, typer.Argument(help="Default: KNOWLEDGE_DIR")] = None) -> None:
    """Check every page: errors fail, hints only speak."""
    folder = knowledge or load_settings().knowledge_dir
    faults = lint(folder, vietnam_today())
    for fault in faults:
        out.print(str(fault), markup=False, highlight=False, soft_wrap=True)
    errors = sum(fault.severity == Severity.ERROR for fault in faults)
    out.print(f"{errors} errors, {len(faults) - errors} hints")
    raise typer.Exit(1 if errors else 0)


@content.command("schema")
def write_content_schemas() -> None:
    """Write the JSON Schemas that editors check pages with."""
    for path in write_schemas(load_settings().knowledge_dir / "schemas"):
        out.print(path, soft_wrap=True)


@content.command("export")
def export_questions(
    folder: Annotated[Path, typer.Argument(help="Default: build/nlu", show_default=False)] = BUILD,
) -> None:
    """Write the pages' sample questions as Rasa training data, as `train` does first."""
    out.print(write_training_data(load_library(load_settings().knowledge_dir), folder), soft_wrap=True)


@content.command("wordings")
def count_wordings(
    knowledge: Annotated[Path | None, typer.Argument(help="Default: KNOWLEDGE_DIR")] = None,
    nlu_data: Annotated[Path, typer.Argument(help="Folder of the intents", show_default=False)] = NLU_DATA,
    every_row: Annotated[bool, typer.Option("--all", help="Print every row, not only those below")] = False,
    as_json: AsJson = False,
) -> None:
    """Count the examples and the clearly different wordings of every page and intent: too few fail."""
    library = load_library(knowledge or load_settings().knowledge_dir)
    rows = varieties(library, by_label(dialogue_examples(nlu_data)))
    below = [row for row in rows if not row.is_enough]
    shown = rows if every_row else below
    if as_json:
        print_json({"looked_at": len(rows), "below": len(below), "rows": [_as_dict(row) for row in shown]})
    else:
        for row in shown:
            out.print(_line(row), markup=False, highlight=False, soft_wrap=True)
        out.print(f"{len(below)} of {len(rows)} pages and intents are below the least wanted")
    raise typer.Exit(1 if below else 0)


def _as_dict(row: Variety) -> dict[str, object]:
    return {**asdict(row), "is_enough": row.is_enough}


def _line(row: Variety) -> str:
    verdict = "     " if row.is_enough else "BELOW"
    examples = _count(row.examples, row.least.examples, "examples")
    return f"{verdict} {row.kind:6} {row.name:40} {examples}, {_count(row.wordings, row.least.wordings, 'wordings')}"


def _count(number: int, least: int, what: str) -> str:
    return f"{number:4} {what}" + (f" (least {least})" if least else "")
