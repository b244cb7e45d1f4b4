"""Structured logs: one JSON object a line on standard error. Message text is never a field."""

from __future__ import annotations

import logging
import sys

import structlog
import structlog.tracebacks

_TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)  # locals hold what people wrote
)


_TALKATIVE = ("alembic", "rasa_sdk", "sanic")
"""Libraries that report every start in detail; their warnings are kept."""


def configure_logs(level: str) -> None:
    """For the whole process, the standard library's loggers included."""
    logging.basicConfig(level=level, format="%(message)s")
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _TRACEBACKS,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
