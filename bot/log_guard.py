"""Keeping learners' words out of Rasa's log."""

from __future__ import annotations

import logging

# Logs a failed action with its traceback, and the last line of that quotes the action server's answer, which may
# quote the learner.
PROCESSOR_LOGGER = "rasa.core.processor"


class NoTracebacks(logging.Filter):
    """Replaces a record's traceback by the names of the exceptions in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.getMessage()} [{_names(record.exc_info[1])}]"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True


def _names(error: BaseException | None) -> str:
    names = []
    while error is not None:
        names.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return " <- ".join(names)


def guard_logs() -> None:
    """Installs the filter once; calling it again changes nothing."""
    target = logging.getLogger(PROCESSOR_LOGGER)
    if not any(isinstance(each, NoTracebacks) for each in target.filters):
        target.addFilter(NoTracebacks())
