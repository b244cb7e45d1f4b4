"""The pipeline of config.yml as one: any message, quickly; the files at the root; foreign data."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
import rasa.model_training
import rasa.shared.utils.io
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore, LockStore
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException

# Twice the aim of 50 ms: two busy cores may not fail a test of the code.
LONGEST_PARSE_SECONDS = 0.1


@pytest.fixture(scope="module")
def agent(model: str) -> Agent:
    return Agent.load(model)


def parse(agent: Agent, text: str) -> tuple[dict[str, object], float]:
    started = time.perf_counter()
    return asyncio.run(agent.parse_message(text)), time.perf_counter() - started


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=400))
def test_any_message_is_parsed(agent: Agent, text: str) -> None:
    parsed, _ = parse(agent, text)

    assert parsed["intent"]["name"] is not None


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "\u1ea5",
        "a ",
        "\U0001f642",
        "zalo ",
        "ddawng kys ",
        "1.2.3.",
        "http://",
        "cccd ",
        "\u0301",
        "\u200b",
        "\x00",
    ],
)
def test_the_longest_message_of_any_kind_is_parsed_in_time(agent: Agent, unit: str) -> None:
    text = (unit * 4000)[:4000]
    fastest = min(parse(agent, text)[1] for _ in range(3))

    assert fastest < LONGEST_PARSE_SECONDS


def test_a_model_trains_on_foreign_data_with_the_components_alone(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: weather\n  examples: |\n    - weather today\n    - will it rain\n'
        "- intent: shop\n  examples: |\n    - buy a phone\n    - how much is it\n",
        encoding="utf-8",
    )
    config = rasa.shared.utils.io.read_yaml_file(ROOT / "config.yml")
    pipeline = [{"name": component["name"]} for component in config["pipeline"]]
    rasa.shared.utils.io.write_yaml({**config, "pipeline": pipeline, "policies": []}, tmp_path / "config.yml")

    path = rasa.model_training.train_nlu(str(tmp_path / "config.yml"), str(tmp_path / "nlu.yml"), str(tmp_path))

    parsed, _ = parse(Agent.load(path), "will it rain today")
    assert parsed["intent"]["name"] == "weather"
    assert parsed.get("guide") is None


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The environment that endpoints.yml names; returns the tracker file."""
    tracker_file = tmp_path / "trackers.db"
    for name, value in {
        "ACTIONS_URL": "http://127.0.0.1:5055/webhook",
        "RASA_TRACKER_URL": f"sqlite:///{tracker_file}",
        "RASA_LOCK_STORE": "in_memory",
        "REDIS_HOST": "127.0.0.1",
        "REDIS_PORT": "6379",
    }.items():
        monkeypatch.setenv(name, value)
    return tracker_file


def test_trackers_go_into_the_sqlite_file_that_was_given(environment: Path) -> None:
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))

    store = TrackerStore.create(endpoints.tracker_store)

    assert isinstance(store, SQLTrackerStore)
    assert store.engine.url.database == str(environment)
    assert environment.is_file()


def test_endpoints_are_read_from_the_environment(environment: Path) -> None:
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))

    assert endpoints.action.url == "http://127.0.0.1:5055/webhook"
    assert endpoints.action.kwargs["enable_selective_domain"] is True
    assert isinstance(LockStore.create(endpoints.lock_store), InMemoryLockStore)


def test_the_lock_store_becomes_redis_by_environment_alone(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_LOCK_STORE", "redis")
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))

    connection = LockStore.create(endpoints.lock_store).red.connection_pool.connection_kwargs

    assert (connection["host"], connection["port"]) == ("127.0.0.1", 6379)


def test_a_missing_variable_is_named_at_start(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RASA_TRACKER_URL")

    with pytest.raises(RasaException, match="RASA_TRACKER_URL"):
        AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))


def test_no_module_of_the_bot_imports_the_platform_or_the_actions() -> None:
    for path in (ROOT / "bot").rglob("*.py"):
        if ".venv" in path.parts:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        starts = ("import hocvu", "from hocvu", "import actions", "from actions")
        assert not [line for line in lines if line.strip().startswith(starts)], path
