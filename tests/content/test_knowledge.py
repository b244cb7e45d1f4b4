"""The real pages: without faults, and every guide can be walked to its end, also through each stuck branch."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from hocvu.content.faults import Severity
from hocvu.content.library import FOLDERS, load_library, page_files
from hocvu.content.lint import lint
from hocvu.content.models import Guide
from hocvu.content.schema import schemas, write_schemas
from hocvu.content.topics import load_topics
from hocvu.guidance.walkthrough import Control, Move, Phase, Say, advance, current_step, start
from hocvu.settings import PROJECT_ROOT

KNOWLEDGE = PROJECT_ROOT / "knowledge"
FILES = page_files(KNOWLEDGE)
LIBRARY = load_library(KNOWLEDGE)
SCHEMAS = KNOWLEDGE / "schemas"

each_guide = pytest.mark.parametrize(
    "path", [path for path in FILES if path.parts[-3] == "guides"], ids=lambda p: p.stem
)


def press(state, control, guide, target=None):
    return advance(state, Move(control, at=current_step(state, guide).id, target=target), guide)


def walk_to_end(state, guide):
    for _ in guide.steps:
        state = press(state, Control.DONE, guide).state
    return state


def branches_of(guide):
    """Each branch with a state that stands at its step."""
    state = start(guide).state
    for step in guide.steps:
        yield from ((state, branch) for branch in step.stuck)
        state = press(state, Control.DONE, guide).state


def test_there_are_pages_of_every_kind():
    assert {path.parts[-3] for path in FILES} == set(FOLDERS)


def test_the_real_pages_have_no_errors():
    faults = lint(KNOWLEDGE, datetime.now(UTC).date())

    assert [str(fault) for fault in faults if fault.severity == Severity.ERROR] == []


def test_no_page_file_stands_where_nobody_looks():
    found = [path for folder in FOLDERS for path in (KNOWLEDGE / folder).rglob("*") if path.is_file()]

    assert sorted(found) == FILES


def test_every_topic_row_is_read_and_no_slug_stands_twice():
    rows = (KNOWLEDGE / "topics.tsv").read_text(encoding="utf-8").splitlines()[1:]

    assert len(load_topics(KNOWLEDGE / "topics.tsv")) == len(rows)


@each_guide
def test_a_guide_walks_from_its_first_step_to_its_end(path):
    guide = LIBRARY.guide(path.stem)
    state, seen = start(guide).state, []

    for _ in guide.steps:
        seen.append(state.step_id)
        state = press(state, Control.DONE, guide).state

    assert (seen, state.phase) == ([step.id for step in guide.steps], Phase.FINISHED)


@each_guide
def test_a_guide_reaches_its_end_through_every_stuck_branch(path):
    guide = LIBRARY.guide(path.stem)

    for state, branch in branches_of(guide):
        stuck = press(state, Control.STUCK, guide)
        after = press(stuck.state, Control.CHOOSE_BRANCH, guide, branch.id)

        assert (stuck.say, after.branch) == (Say.BRANCHES, branch)
        assert walk_to_end(after.state, guide).phase == Phase.FINISHED


@each_guide
def test_every_stuck_branch_leads_where_it_says(path):
    guide = LIBRARY.guide(path.stem)

    for state, branch in branches_of(guide):
        after = press(press(state, Control.STUCK, guide).state, Control.CHOOSE_BRANCH, guide, branch.id).state

        expected = {"retry": state.step_index, "person": state.step_index, "next": state.step_index + 1}
        if branch.jump_to is not None:
            expected[branch.then] = guide.step_index(branch.jump_to)
        assert after.step_index == expected[branch.then] or after.phase == Phase.FINISHED


@each_guide
def test_no_branch_has_the_name_of_the_button_for_none_of_them(path):
    guide = LIBRARY.guide(path.stem)

    assert isinstance(guide, Guide)
    assert "none" not in {branch.id for step in guide.steps for branch in step.stuck}


@pytest.mark.parametrize("name", schemas())
def test_a_schema_in_the_folder_is_that_of_the_models(name):
    assert (SCHEMAS / name).read_text(encoding="utf-8") == schemas()[name]


def test_no_schema_is_left_from_an_older_model():
    assert {path.name for path in SCHEMAS.iterdir()} == set(schemas())


def test_schemas_are_written_as_they_are_given(tmp_path):
    paths = write_schemas(tmp_path / "schemas")

    assert {path.name: path.read_text(encoding="utf-8") for path in paths} == schemas()
    assert all("$schema" in json.loads(text) or "type" in json.loads(text) for text in schemas().values())
