"""Time is an argument: code that needs it is given a `Clock`. Aware UTC inside, always."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The current time, aware, in UTC."""
    return datetime.now(UTC)


def vietnam_today() -> date:
    """The day in Vietnam: pages and values run out there."""
    return datetime.now(VIETNAM).date()
