from __future__ import annotations

import pytest
from hypothesis import settings as hypothesis_settings

from hocvu.settings import Settings

# The first example of a test loads the telephone tables: its time says nothing about the code.
hypothesis_settings.register_profile("unit", deadline=None)
hypothesis_settings.load_profile("unit")


@pytest.fixture(autouse=True)
def environment_without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine has set must not reach a test."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)
