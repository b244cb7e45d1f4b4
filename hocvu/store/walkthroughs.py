"""Walkthroughs and their moves."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hocvu.guidance.walkthrough import OPEN_PHASES
from hocvu.store.tables import Walkthrough, WalkthroughMove


async def find(session: AsyncSession, *, learner_id: str, guide: str) -> Walkthrough | None:
    """The learner's run through this guide, open or not."""
    return await session.scalar(
        select(Walkthrough).where(Walkthrough.learner_id == learner_id, Walkthrough.guide == guide)
    )


async def latest(session: AsyncSession, *, learner_id: str) -> Walkthrough | None:
    """The run that was touched last, open or not."""
    query = select(Walkthrough).where(Walkthrough.learner_id == learner_id)
    return await session.scalar(query.order_by(Walkthrough.touched_at.desc(), Walkthrough.id.desc()).limit(1))


async def open_runs(session: AsyncSession, *, learner_id: str) -> Sequence[Walkthrough]:
    """Runs that can be gone on with, the one touched last first."""
    query = select(Walkthrough).where(Walkthrough.learner_id == learner_id, Walkthrough.phase.in_(OPEN_PHASES))
    return (await session.scalars(query.order_by(Walkthrough.touched_at.desc(), Walkthrough.id.desc()))).all()


async def move_of_turn(session: AsyncSession, turn_id: str) -> WalkthroughMove | None:
    """What this turn did, if it was worked before."""
    return await session.get(WalkthroughMove, turn_id)
