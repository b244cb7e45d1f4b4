"""`hocvu content new`, `stale`, `coverage`, `print`, `infographics` and `preview`, with invented pages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from aiohttp.test_utils import unused_port
from typer.testing import CliRunner

from hocvu.cli import app
from hocvu.clock import vietnam_today
from hocvu.content.new_page import PageExists
from hocvu.content.yaml_file import read_yaml
from hocvu.editor_commands import UnknownSlug
from hocvu.settings import PROJECT_ROOT
from tests.unit.factories import (
    infographic_data,
    page_data,
    period_data,
    value_data,
    write_infographic,
    write_knowledge,
    write_values,
)

START_SECONDS = 30
COMMAND = [sys.executable, "-c", "from hocvu.cli import main; main()", "content"]


@pytest.fixture
def knowledge(tmp_path):
    """Two pages, one of them past its day and quoting a value that ended, and a topic without a page."""
    pages = [
        page_data("mot", valid_until="2100-01-01", intro="Mất {phi}."),
        page_data("hai", "answer", valid_until="2026-01-01"),
    ]
    folder = write_knowledge(tmp_path / "knowledge", *pages)
    write_values(folder, value_data("phi", period_data(start="2020-01-01", end="2025-12-31")))
    with (folder / "topics.tsv").open("a", encoding="utf-8") as file:
        file.write("ba\tvneid\tTrang ba\tanswer\t\n")
    return folder


@pytest.fixture
def run(knowledge):
    def run_command(*arguments):
        return CliRunner().invoke(app, ["content", *arguments], env={"KNOWLEDGE_DIR": str(knowledge)})

    return run_command


def test_a_page_is_begun_where_its_topic_belongs(run, knowledge):
    result = run("new", "ba")

    path = knowledge / "answers" / "vneid" / "ba.yml"
    assert (result.exit_code, result.output) == (0, f"{path}\n")
    assert read_yaml(path)["sources"][0]["checked_on"] == vietnam_today().isoformat()


def test_a_page_that_is_there_is_not_begun_again(run, knowledge):
    before = (knowledge / "guides" / "vneid" / "mot.yml").read_bytes()

    result = run("new", "mot")

    assert isinstance(result.exception, PageExists)
    assert (knowledge / "guides" / "vneid" / "mot.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["new", "khong-co"], "add its row first"),
        (["preview", "ba"], "hocvu content coverage"),
    ],
)
def test_an_unknown_slug_is_told_with_what_to_do(run, arguments, hint):
    result = run(*arguments)

    assert (result.exit_code, type(result.exception)) == (1, UnknownSlug)
    assert hint in str(result.exception)


def test_printing_an_unknown_page_leaves_nothing_behind(run, tmp_path):
    result = run("print", "ba", "--to", str(tmp_path / "to" / "ba.pdf"))

    assert (type(result.exception), (tmp_path / "to").exists()) == (UnknownSlug, False)


def test_what_runs_out_is_listed_the_earliest_first(run):
    result = run("stale", "--days", "10")

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "EXPIRED 2025-12-31 value phi (quoted by mot)",
        "EXPIRED 2026-01-01 page  hai",
        "2 pages and values run out by then",
    ]


def test_looking_further_ahead_lists_more(run):
    result = run("stale", "--days", "40000")

    assert "        2100-01-01 page  mot" in result.output.splitlines()


def test_what_runs_out_is_listed_as_json(run):
    assert json.loads(run("stale", "--json").output) == [
        {"kind": "value", "name": "phi", "last_day": "2025-12-31", "pages": ["mot"]},
        {"kind": "page", "name": "hai", "last_day": "2026-01-01", "pages": []},
    ]


def test_coverage_names_what_is_missing_and_counts_skills(run):
    result = run("coverage")

    assert result.exit_code == 0
    assert [" ".join(line.split()) for line in result.output.splitlines()] == [
        "vneid answer 1/2, guide 1/1; missing: ba",
        "2 of 3 topics have a page",
        "ND-4 2 pages",
    ]


def test_coverage_is_given_as_json(run):
    there, wanted = {"guide": 1, "answer": 1}, {"guide": 1, "answer": 2}

    assert json.loads(run("coverage", "--json").output) == {
        "areas": [{"area": "vneid", "there": there, "wanted": wanted, "missing": ["ba"]}],
        "skills": {"ND-4": ["hai", "mot"]},
    }


def test_a_leaflet_is_printed_where_it_is_wanted(run, tmp_path):
    path = tmp_path / "to" / "mot.pdf"

    result = run("print", "mot", "--to", str(path))

    assert (result.exit_code, result.output) == (0, f"{path}\n")
    assert path.read_bytes().startswith(b"%PDF-")


def test_every_infographic_is_printed_as_pdf_and_png(run, knowledge, tmp_path):
    write_infographic(knowledge, infographic_data("to"))
    folder = tmp_path / "to"

    result = run("infographics", "--to", str(folder))

    assert (result.exit_code, result.output) == (0, f"{folder / 'to.pdf'}\n{folder / 'to.png'}\n")
    assert (folder / "to.pdf").read_bytes().startswith(b"%PDF-")
    assert (folder / "to.png").read_bytes().startswith(b"\x89PNG")


def test_a_fault_ends_in_one_line_and_no_traceback(knowledge):
    ended = subprocess.run(
        [*COMMAND, "new", "khong-co"],
        cwd=PROJECT_ROOT,
        env={**os.environ, "KNOWLEDGE_DIR": str(knowledge)},
        capture_output=True,
        text=True,
        check=False,
        timeout=START_SECONDS,
    )

    assert (ended.returncode, ended.stderr) == (1, "hocvu: 'khong-co' is not in topics.tsv: add its row first\n")


def load(url):
    """The page once the server answers."""
    for _ in range(START_SECONDS * 10):
        try:
            with urllib.request.urlopen(url) as response:
                return response.read().decode()
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError(url)


def test_the_preview_serves_pages_until_it_is_interrupted(knowledge):
    port = unused_port()
    process = subprocess.Popen(
        [*COMMAND, "preview", "mot", "--port", str(port)],
        cwd=PROJECT_ROOT,
        env={**os.environ, "KNOWLEDGE_DIR": str(knowledge)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        page = load(f"http://127.0.0.1:{port}/page/mot")
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=START_SECONDS)
    finally:
        process.kill()

    assert "Bước 1: Bác bấm nút mot." in page
    assert (process.returncode, printed) == (0, f"http://127.0.0.1:{port}/page/mot\n")
