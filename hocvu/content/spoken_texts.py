"""What a page says: every text of it that a learner may read or hear."""

from __future__ import annotations

from collections.abc import Iterator

from hocvu.content.library import AnyPage
from hocvu.content.models import PageKind


def spoken_texts(page: AnyPage) -> Iterator[str]:
    """Every text of a page that a learner may read or hear, sample questions excepted."""
    yield page.title
    yield from (text for text in page.facts.model_dump().values() if text)
    if page.safety:
        yield page.safety
    if page.kind == PageKind.GUIDE:
        yield from (page.intro, page.done)
        for step in page.steps:
            yield from (step.do, step.see, *([step.why] if step.why else []))
            for branch in step.stuck:
                yield from (branch.when, branch.fix)
    elif page.kind == PageKind.ANSWER:
        yield from (page.text, *page.points)
    else:
        yield from (page.calm, *page.actions, *(hotline.name for hotline in page.hotlines))
