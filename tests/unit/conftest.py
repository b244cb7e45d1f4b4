from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import settings as hypothesis_settings
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from hocvu.content.notices import ButtonTitles
from hocvu.content.shelf import Shelf
from hocvu.settings import Settings
from tests.unit.action_world import POSITIONS, LearnersStandIn, WalkthroughsStandIn
from tests.unit.factories import write_knowledge

# The first example of a test loads the telephone tables: its time says nothing about the code.
hypothesis_settings.register_profile("unit", deadline=None)
hypothesis_settings.load_profile("unit")


@pytest.fixture(autouse=True)
def environment_without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine has set must not reach a test."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(tmp_path):
    """Run an action on a turn; gives what was said and the slots that were set."""

    async def run_action(
        action, tracker, *pages, walkthroughs=None, learners=None, today=datetime(2026, 11, 20, tzinfo=UTC)
    ):
        shelf = Shelf(write_knowledge(tmp_path / "knowledge", *pages))
        titles = ButtonTitles(none_of_these="Không cái nào", other_topic="Việc khác")
        services = Services(
            shelf,
            walkthroughs or WalkthroughsStandIn(),
            learners or LearnersStandIn(),
            titles,
            POSITIONS,
            lambda: today,
        )
        dispatcher = CollectingDispatcher()
        events = await action(services).run(dispatcher, tracker, {})
        return dispatcher.messages, {event["name"]: event["value"] for event in events}

    return run_action
