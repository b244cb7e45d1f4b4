"""docs/settings.md and the settings say the same."""

from __future__ import annotations

import re

import pytest
from pydantic import SecretStr

from hocvu.settings import PROJECT_ROOT, Settings

TEXT = (PROJECT_ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = {
    name: (default, meaning)
    for name, default, meaning in re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", TEXT, re.MULTILINE)
}
OUTSIDE_THE_PROGRAM = {"PYTHON"}  # read by the Makefile


def shown(value: object) -> str:
    if isinstance(value, SecretStr) or value == "":
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{str(value).removeprefix(f'{PROJECT_ROOT}/')}`"


def test_the_table_lists_exactly_the_settings():
    assert ROWS.keys() == {name.upper() for name in Settings.model_fields} | OUTSIDE_THE_PROGRAM


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_table_names_the_default_of_a_setting(name):
    assert ROWS[name.upper()][0] == shown(Settings.model_fields[name].default)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_table_gives_the_meaning_of_a_setting(name):
    assert ROWS[name.upper()][1].startswith(Settings.model_fields[name].description)


def test_the_default_python_is_that_of_the_makefile():
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")

    assert f"PYTHON ?= {ROWS['PYTHON'][0].strip('`')}\n" in makefile


@pytest.mark.parametrize("file", ["endpoints.yml", "credentials.yml", "Procfile"])
def test_every_variable_of_rasas_files_is_explained(file):
    used = set(re.findall(r"\$\{?([A-Z_]+)", (PROJECT_ROOT / file).read_text(encoding="utf-8")))

    assert {name for name in used if f"`{name}`" not in TEXT} == set()
