"""The project's own domain, rules and training data, as Rasa's validator sees them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
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
