"""The action server's parts, made once from the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from hocvu.clock import Clock, utc_now
from hocvu.content.notices import ButtonTitles, load_notices
from hocvu.content.shelf import Shelf
from hocvu.people.learners import Learners
from hocvu.people.walkthroughs import Walkthroughs
from hocvu.settings import load_settings
from hocvu.store.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """What actions call. `shelf` follows edits of knowledge/ while the server runs."""

    shelf: Shelf
    walkthroughs: Walkthroughs
    learners: Learners
    phrases: ButtonTitles
    positions: Mapping[int, Sequence[str]]
    clock: Clock = utc_now


@cache
def services() -> Services:
    """The services of this process. Raises SettingsError or ContentError when they cannot be made."""
    settings = load_settings()
    shelf = Shelf(settings.knowledge_dir)
    database = Database(settings.database)
    notices = load_notices(settings.knowledge_dir / "notices.yml")
    walkthroughs = Walkthroughs(database, shelf, utc_now)
    return Services(shelf, walkthroughs, Learners(database), notices.buttons, notices.positions)
