"""The turn contract: what goes to Rasa's turn channel and what comes back (DESIGN section 5)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from hocvu.outcomes import TurnOutcome


class Contract(BaseModel):
    """Unknown keys from a newer Rasa side are ignored; missing or wrong ones are faults."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class TurnRequest(Contract):
    turn_id: str
    learner_id: str
    text: str | None
    channel: Literal["web", "zalo"]
    payload: str | None


class TurnButton(Contract):
    title: str
    payload: str


class TurnReplyMessage(Contract):
    text: str = ""
    buttons: list[TurnButton] = Field(default_factory=list)
    image: str | None = None
    card: dict[str, Any] | None = None


class Understanding(Contract):
    intent: str | None = None
    confidence: float | None = None
    ranking: list[dict[str, Any]] = Field(default_factory=list)
    guide: str | None = None
    guide_ranking: list[dict[str, Any]] = Field(default_factory=list)
    family: str | None = None
    second_guide: str | None = None
    entities: list[dict[str, Any]] = Field(default_factory=list)
    normalised: str | None = None


class TurnAnswer(Contract):
    turn_id: str
    replies: list[TurnReplyMessage]
    understanding: Understanding
    actions: list[str]
    outcome: TurnOutcome
    model: str | None = None
    took_ms: int
