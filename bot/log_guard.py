"""Keeping learners' words out of Rasa's log."""

from __future__ import annotations

import json
import logging

# Logs a failed action with its traceback, and the last line of that quotes the action server's answer, which may
# quote the learner.
PROCESSOR_LOGGER = "rasa.core.processor"
# Logs a response that lacks a value together with every variable around it: all slots, all values.
INTERPOLATOR_LOGGER = "rasa.core.nlg.interpolator"


class NoTracebacks(logging.Filter):
    """Replaces a record's traceback by the names of the exceptions in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.getMessage()} [{_names(record.exc_info[1])}]"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True


class NoRenderedTracebacks(logging.Filter):
    """The same for structlog, which has put the traceback into the message: as a JSON field, or as further lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        try:
            entry = json.loads(message)
            record.msg = json.dumps({key: value for key, value in entry.items() if key != "exception"})
        except (ValueError, AttributeError):
            record.msg = message.partition("\n")[0]
        record.args = ()
        return True


def _names(error: BaseException | None) -> str:
    names = []
    while error is not None:
        names.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return " <- ".join(names)


def guard_logs() -> None:
    """Installs the filters once; calling it again changes nothing."""
    for name, guard in ((PROCESSOR_LOGGER, NoTracebacks), (INTERPOLATOR_LOGGER, NoRenderedTracebacks)):
        target = logging.getLogger(name)
        if not any(isinstance(each, guard) for each in target.filters):
            target.addFilter(guard())
