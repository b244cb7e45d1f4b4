"""Guides made for a test."""

from __future__ import annotations

from datetime import date

from hocvu.content.models import Facts, Guide, PageKind, SourceCheck, Step, StuckBranch


def make_guide(slug: str = "guide-one", *, steps: int = 4) -> Guide:
    """A guide whose every step has one branch that retries it."""
    return Guide(
        slug=slug,
        area="vneid",
        kind=PageKind.GUIDE,
        title=f"Việc {slug}",
        questions=tuple(f"câu hỏi {number} của {slug}" for number in range(8)),
        intro="Dễ thôi.",
        facts=Facts(papers="Thẻ.", time="5 phút.", fee="Không mất tiền."),
        steps=tuple(
            Step(
                id=f"step-{number}",
                do=f"[Bác] làm việc {number}.",
                see="Màn hình đổi.",
                stuck=(StuckBranch(id="lost", when="Không thấy", fix="[Bác] tìm lại."),),
            )
            for number in range(1, steps + 1)
        ),
        done="Xong.",
        sources=(SourceCheck(source="a-source", checked_on=date(2026, 11, 1)),),
        valid_until=date(2027, 11, 1),
    )
