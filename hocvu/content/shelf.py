"""The live library: an edit of knowledge/ is seen within seconds, a broken edit leaves the last good one in use."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import structlog

from hocvu.content.faults import ContentError
from hocvu.content.library import AnyPage, Library, load_library, load_page, page_files
from hocvu.content.own_words import OwnWords, own_words

CHECK_SECONDS = 5.0
"""How long an edit may stay unseen; looking costs one `stat` for each page."""

log = structlog.get_logger()

Signature = tuple[tuple[Path, int, int], ...]


class Shelf:
    """Holds the newest good library of a folder. Pages that did not change are not read again."""

    def __init__(
        self, knowledge: Path, *, check_seconds: float = CHECK_SECONDS, timer: Callable[[], float] = time.monotonic
    ) -> None:
        """Raises ContentError when the folder cannot be used as it is."""
        self._knowledge = knowledge
        self._check_seconds = check_seconds
        self._timer = timer
        self._pages: dict[tuple[Path, int, int], AnyPage] = {}
        self._signature = self._look()
        self._library = load_library(knowledge, read_page=self._read_page)
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
            self._library = load_library(self._knowledge, read_page=self._read_page)
        except ContentError as error:
            log.error("knowledge.refused", faults=[str(fault) for fault in error.faults])
            return
        self._own_words = own_words(self._library)
        self._pages = {key: page for key, page in self._pages.items() if key in signature}
        log.info("knowledge.reloaded", pages=len(self._library.pages))

    def _look(self) -> Signature:
        return tuple(
            key
            for path in [self._knowledge / "sources.yml", *page_files(self._knowledge)]
            if (key := _file_key(path)) is not None
        )

    def _read_page(self, path: Path) -> AnyPage:
        key = _file_key(path)
        if key is None or key not in self._pages:
            page = load_page(path)
            if key is not None:
                self._pages[key] = page
            return page
        return self._pages[key]


def _file_key(path: Path) -> tuple[Path, int, int] | None:
    """What changes when the file does; None when it is gone."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return (path, stat.st_mtime_ns, stat.st_size)
