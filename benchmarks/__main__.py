"""Run every benchmark; each prints its figures and stores them in benchmarks/results/."""

from __future__ import annotations

import asyncio

from benchmarks import turns

if __name__ == "__main__":
    asyncio.run(turns.main())
