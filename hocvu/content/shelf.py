"""The live library: an edit of knowledge/ is seen within seconds, a broken edit leaves the last good one in use."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import structlog

from hocvu.clock import vietnam_today
from hocvu.content.faults import ContentError
from hocvu.content.library import Library, load_library, page_files
from hocvu.content.own_words import OwnWords, own_words

CHECK_SECONDS = 5.0
"""How long an edit may stay unseen; looking costs one `stat` for each page."""

log = structlog.get_logger()

Signature = tuple[object, ...]


class Shelf:
    """Holds the newest good library of a folder, with the values of the day.

    The whole folder is read again after an edit and at midnight in Vietnam: about 0.4 s for 217 pages.
    """

    def __init__(
        self,
        knowledge: Path,
        *,
        check_seconds: float = CHECK_SECONDS,
        timer: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = vietnam_today,
    ) -> None:
        """Raises ContentError when the folder cannot be used as it is."""
        self._knowledge = knowledge
        self._today = today
        self._check_seconds = check_seconds
        self._timer = timer
        self._signature = self._look()
        self._library = load_library(knowledge, today=today())
        self._own_words = own_words(self._library)
        self._next_look = timer() + check_seconds

    @property
    def library(self) -> Library:
        """The pages as they are now."""
        if self._timer() >= self._next_look:
            self._next_look = self._timer() + self._check_seconds
            self._reload_if_edited()
        return self._library

    @property
    def own_words(self) -> OwnWords:
        """The questions of the pages as they were at the last look."""
        return self._own_words

    def _reload_if_edited(self) -> None:
        signature = self._look()
        if signature == self._signature:
            return
        self._signature = signature
        try:
            self._library = load_library(self._knowledge, today=self._today())
        except ContentError as error:
            log.error("knowledge.refused", faults=[str(fault) for fault in error.faults])
            return
        self._own_words = own_words(self._library)
        log.info("knowledge.reloaded", pages=len(self._library.pages))

    def _look(self) -> Signature:
        shared = [self._knowledge / name for name in ("sources.yml", "values.yml", "glossary.yml")]
        files = [*shared, *page_files(self._knowledge)]
        return (self._today(), *(_state_of(path) for path in files))


def _state_of(path: Path) -> tuple[Path, int, int] | None:
    """What changes when the file does; None when it is gone."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return (path, stat.st_mtime_ns, stat.st_size)
