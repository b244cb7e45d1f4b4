"""Make sure that a Chromium is here for the browser tests: one that is installed, Playwright's own, or Debian's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
DOWNLOAD_SECONDS = 300


def find_chromium() -> str | None:
    """Path of a Chromium to use, None when there is none."""
    if path := next((path for name in NAMES if (path := shutil.which(name))), None):
        return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def main() -> int:
    """Install one when none is here. Without one the browser tests are skipped, in CI this fails."""
    if find_chromium() or (_download() and find_chromium()) or (_from_debian() and find_chromium()):
        return 0
    sys.stderr.write("hocvu: no Chromium could be installed; the browser tests cannot run. Install chromium by hand.\n")
    return 1 if "CI" in os.environ else 0


def _download() -> bool:
    sys.stdout.write("Downloading Playwright's Chromium for the browser tests\n")
    return _succeeds([sys.executable, "-m", "playwright", "install", "chromium"])


def _from_debian() -> bool:
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    sys.stdout.write("Installing Debian's chromium for the browser tests\n")
    command = [apt] if os.geteuid() == 0 else ["sudo", "-n", apt]
    return _succeeds([*command, "update"]) and _succeeds([*command, "install", "-y", "chromium"])


def _succeeds(command: list[str]) -> bool:
    try:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(command, timeout=DOWNLOAD_SECONDS, check=False, env=environment, capture_output=True)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
