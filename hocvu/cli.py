"""The command `hocvu`: for operators, trainers and editors."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from hocvu.content.library import load_library
from hocvu.content_commands import content
from hocvu.editor_commands import editing
from hocvu.errors import HocvuError
from hocvu.operations.asking import AskedTurn, Visitor
from hocvu.operations.doctor import examine
from hocvu.operations.evaluation import Question, ask_all, figures, read_questions
from hocvu.operations.running import check_folder, run
from hocvu.operations.training import train
from hocvu.printing import AsJson, err, out, print_json
from hocvu.settings import Settings, load_settings
from hocvu.store.database import Database

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=__doc__)
content.add_typer(editing)
app.add_typer(content, name="content")


@app.command("run")
def run_stack() -> None:
    """Train when due, start everything, stop everything on Ctrl-C."""
    raise typer.Exit(run(load_settings()))


@app.command("train")
def train_model(if_changed: Annotated[bool, typer.Option(help="Only when an input changed")] = False) -> None:
    """Train the model."""
    settings = load_settings()
    check_folder(settings.var_dir)
    out.print(train(settings, only_if_changed=if_changed, console=err).name)


@app.command()
def ask(text: str, as_json: AsJson = False) -> None:
    """Put one question to the running stack, in a conversation of its own."""
    asked = asyncio.run(_ask(load_settings(), text))
    if as_json:
        print_json(asked.as_dict())
        return
    out.print(f"[bold]{asked.outcome}[/bold] {asked.guide or ''} ({asked.took_ms} ms)")
    for reply in asked.replies:
        out.print(reply["text"], markup=False)
        out.print(*[f"[{title}]" for title in reply["buttons"]], markup=False)


@app.command()
def evaluate(file: Path, as_json: AsJson = False) -> None:
    """Put every question of a tab-separated FILE to the running stack: question, expected, style."""
    settings = load_settings()
    report = asyncio.run(_evaluate(settings, read_questions(file)))
    if as_json:
        print_json(report)
        return
    for name in ("top1", "top1_or_clarified", "wrong_outright", "false_refusals", "oos_recall", "pii_masked"):
        out.print(f"{name:18} {report[name]}  ({report[f'{name}_count']} of {report[f'{name}_of']})")
    out.print(f"{'calibration_error':18} {report['calibration_error']}")


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check environment, settings, knowledge, model, stores and the running gateway."""
    findings = asyncio.run(examine())
    if as_json:
        print_json([{"name": f.name, "ok": f.is_fine, "detail": f.detail} for f in findings])
    else:
        for finding in findings:
            out.print(
                f"{'ok   ' if finding.is_fine else 'FAULT'} {finding.name}: {finding.detail}",
                markup=False,
                soft_wrap=True,
            )
    raise typer.Exit(0 if all(finding.is_fine for finding in findings) else 1)


async def _ask(settings: Settings, text: str) -> AskedTurn:
    database = Database(settings.database)
    try:
        return await Visitor(settings.public_url, database).ask(text)
    finally:
        await database.close()


async def _evaluate(settings: Settings, questions: list[Question]) -> dict[str, Any]:
    database = Database(settings.database)
    try:
        with Progress(console=err) as progress:
            task = progress.add_task("Asking", total=len(questions))
            judged = await ask_all(
                questions, Visitor(settings.public_url, database), on_answer=lambda: progress.advance(task)
            )
    finally:
        await database.close()
    return figures(judged, load_library(settings.knowledge_dir))


def main() -> None:
    """Faults of ours end in one line, not in a traceback."""
    try:
        app()
    except HocvuError as error:
        sys.exit(f"hocvu: {error}")
