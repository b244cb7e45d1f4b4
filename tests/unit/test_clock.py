from __future__ import annotations

from datetime import timedelta

from hocvu.clock import utc_now


def test_the_clock_gives_aware_utc():
    assert utc_now().utcoffset() == timedelta(0)
