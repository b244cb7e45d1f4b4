"""The shape of everything in `knowledge/`: sources and the three forms a page can take.

A *guide* is a procedure walked one step at a time, an *answer* is a fact without steps, an *emergency* is
what to do now, numbered. See docs/adr/0004-forms-of-guides.md.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from hocvu.content.screens import Screen

HELP_PAGE = "bot-cach-dung"
"""The page that says what the assistant can do; help opens it."""

MAX_STEP_WORDS = 30
"""One action an elderly reader can hold in mind (STYLE.md); a Vietnamese word here is a written syllable."""
MAX_BRANCH_BUTTON_WORDS = 12
"""A stuck branch is a button; longer titles do not fit three lines of a 360 px phone."""
MIN_SAMPLE_QUESTIONS = 8

ADDRESS_PLACEHOLDERS = ("[bác]", "[Bác]", "[cháu]", "[Cháu]")
"""The only brackets a text may hold; hocvu/people/address.py puts the learner's own pair in their place."""

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=60)]
SkillCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[0-9]+(\.[0-9]+)?$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1200)]


class PageKind(StrEnum):
    GUIDE = "guide"
    ANSWER = "answer"
    EMERGENCY = "emergency"


class ContentModel(BaseModel):
    """Unknown keys are faults: a misspelt key would otherwise be text that nobody ever sees."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(ContentModel):
    """Where a statement comes from. `url` is empty only for the project's own statements about itself."""

    id: Slug
    title: Text
    publisher: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    published_on: date | None = None


class SourceCheck(ContentModel):
    """A source of this page, the day the page was last held against it, and the figures of the page that it backs."""

    source: Slug
    checked_on: date
    figures: tuple[Text, ...] = ()


class Facts(ContentModel):
    """What people ask in the middle of a guide; each is one or two complete sentences.

    `condition` says who may do it, `account` which account it takes, `proxy` whether somebody else may do it for them.
    """

    fee: Text | None = None
    time: Text | None = None
    place: Text | None = None
    papers: Text | None = None
    age: Text | None = None
    valid: Text | None = None
    condition: Text | None = None
    account: Text | None = None
    proxy: Text | None = None


class StuckBranch(ContentModel):
    """What to do when a step fails.

    `then` says where the learner stands after the fix: `retry` the same step, go on to the `next` one, see a
    `person`, or continue at `step:<id>`.
    """

    id: Slug
    when: Text
    fix: Text
    then: Annotated[str, StringConstraints(pattern=r"^(retry|next|person|step:[a-z0-9-]+)$")] = "retry"

    @property
    def jump_to(self) -> str | None:
        """Step id named by `step:<id>`, or None."""
        return self.then.removeprefix("step:") if self.then.startswith("step:") else None


class Step(ContentModel):
    """One action (`do`), what the learner should see after it, and the ways it can fail."""

    id: Slug
    do: Text
    see: Text
    why: Text | None = None
    picture: Screen | None = None
    stuck: tuple[StuckBranch, ...] = ()

    def branch(self, branch_id: str) -> StuckBranch | None:
        return next((branch for branch in self.stuck if branch.id == branch_id), None)


class BasePage(ContentModel):
    """What guides, answers and emergencies share."""

    slug: Slug
    area: Slug
    title: Text
    questions: tuple[Text, ...] = Field(min_length=MIN_SAMPLE_QUESTIONS)
    facts: Facts = Facts()
    safety: Text | None = None
    next: tuple[Slug, ...] = ()
    skills: tuple[SkillCode, ...] = ()
    sources: tuple[SourceCheck, ...] = Field(min_length=1)
    valid_until: date
    reviewed_by: Text | None = None

    def is_expired(self, today: date) -> bool:
        return today > self.valid_until


class Guide(BasePage):
    kind: Literal[PageKind.GUIDE]
    intro: Text
    steps: tuple[Step, ...] = Field(min_length=3, max_length=9)
    done: Text

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    def step_index(self, step_id: str) -> int | None:
        """Position of a step counted from 0, or None when the guide has no such step (any more)."""
        return next((index for index, step in enumerate(self.steps) if step.id == step_id), None)

    @model_validator(mode="after")
    def check_steps(self) -> Guide:
        ids = [step.id for step in self.steps]
        if len(set(ids)) != len(ids):
            raise ValueError("two steps have the same id: give each its own")
        for step in self.steps:
            _check_step(step, ids)
        if not any(step.stuck for step in self.steps):
            raise ValueError("no step has a stuck branch: write at least one under `stuck`")
        return self


class Answer(BasePage):
    kind: Literal[PageKind.ANSWER]
    text: Text
    points: tuple[Text, ...] = ()


class Hotline(ContentModel):
    name: Text
    number: Annotated[str, StringConstraints(pattern=r"^\+?[0-9 ]{3,15}$")]


class Emergency(BasePage):
    kind: Literal[PageKind.EMERGENCY]
    calm: Text
    actions: tuple[Text, ...] = Field(min_length=2, max_length=8)
    hotlines: tuple[Hotline, ...] = Field(min_length=1, max_length=4)


Page = Annotated[Guide | Answer | Emergency, Field(discriminator="kind")]


def count_words(text: str) -> int:
    """Written syllables; an address placeholder such as `[bác]` counts as one."""
    return len(re.findall(r"[^\s\W]+(?:[./:'-][^\s\W]+)*", text))


def _check_step(step: Step, ids: list[str]) -> None:
    if (words := count_words(step.do)) > MAX_STEP_WORDS:
        raise ValueError(f"step {step.id}: `do` has {words} words, at most {MAX_STEP_WORDS}: split the step")
    for branch in step.stuck:
        if branch.jump_to is not None and branch.jump_to not in ids:
            raise ValueError(f"step {step.id}, branch {branch.id}: no step {branch.jump_to!r} in this guide")
        if (words := count_words(branch.when)) > MAX_BRANCH_BUTTON_WORDS:
            raise ValueError(
                f"step {step.id}, branch {branch.id}: `when` has {words} words, "
                f"at most {MAX_BRANCH_BUTTON_WORDS}: it is a button"
            )
    branch_ids = [branch.id for branch in step.stuck]
    if len(set(branch_ids)) != len(branch_ids):
        raise ValueError(f"step {step.id}: two stuck branches have the same id")
