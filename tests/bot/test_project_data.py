"""The project's own domain, rules, training data and names, as Rasa's validator and the linker see them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from rasa.shared.core.domain import Domain

from bot.nlu.data_files import read_table
from bot.nlu.entities.lookups import lookup_paths, read_aliases
from bot.nlu.normalisation import normalise
from bot.nlu.syllables import strip_marks
from bot.nlu.word_tables import load_word_tables

ROOT = Path(__file__).parents[2]
NAME_FILES = lookup_paths(ROOT / "knowledge" / "names")
NAMES = ("ACTIONS_URL", "RASA_TRACKER_URL", "RASA_LOCK_STORE", "REDIS_HOST", "REDIS_PORT", "TURN_TOKEN")


def test_rasa_finds_nothing_to_warn_of_in_domain_rules_and_data() -> None:
    data = sorted(str(path) for folder in ("nlu_data", "build/nlu") for path in (ROOT / folder).glob("*.yml"))
    assert any("pages.yml" in path for path in data), "run `hocvu train --if-changed` first: it writes build/nlu"
    command = [sys.executable, "-W", "ignore", "-m", "rasa", "data", "validate", "--fail-on-warnings", "--domain"]

    done = subprocess.run(
        [*command, "bot/domain", "--config", "config.yml", "--data", *data, "bot/rules"],
        cwd=ROOT,
        env={**os.environ, **dict.fromkeys(NAMES, "x"), "RASA_TELEMETRY_ENABLED": "false"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_the_inventory_holds_four_hundred_names_and_aliases_or_more() -> None:
    assert len(read_aliases(NAME_FILES)) >= 400


def test_every_type_of_name_is_an_entity_of_the_domain() -> None:
    assert {alias.kind for alias in read_aliases(NAME_FILES)} <= set(Domain.load(str(ROOT / "bot" / "domain")).entities)


def test_no_alias_stands_twice() -> None:
    rows = [row for path in NAME_FILES for row in read_table(path)["names"]]
    written = Counter(text for row in rows for text in [row["name"].lower(), *row["aliases"]])

    assert [text for text, times in written.items() if times > 1] == []


def test_no_alias_means_two_things_even_without_marks() -> None:
    names = defaultdict(set)
    for alias in read_aliases(NAME_FILES):
        names[strip_marks(normalise(alias.text, load_word_tables()))].add((alias.kind, alias.name))

    assert {text: sorted(meant) for text, meant in names.items() if len(meant) > 1} == {}
