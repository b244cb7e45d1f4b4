"""How a turn can end: the one list that console, metrics, reports and docs read."""

from __future__ import annotations

from enum import StrEnum


class TurnOutcome(StrEnum):
    """The prefix names the family; `error_` means that the learner did not get what was asked for because of us."""

    ANSWERED = "answered"
    CLARIFIED = "clarified"
    OUT_OF_SCOPE = "out_of_scope"
    HANDED_OFF = "handed_off"
    REFUSED_SENSITIVE = "refused_sensitive"
    ERROR_WITHDRAWN_PAGE = "error_withdrawn_page"
    ERROR_NO_REPLY = "error_no_reply"
    ERROR_CORE_FAILED = "error_core_failed"


DESCRIPTIONS: dict[TurnOutcome, str] = {
    TurnOutcome.ANSWERED: "The assistant was sure and answered, or moved on in a guide.",
    TurnOutcome.CLARIFIED: "The assistant offered two or three readings to choose from.",
    TurnOutcome.OUT_OF_SCOPE: "Not ours to answer; the learner was told where to ask instead.",
    TurnOutcome.HANDED_OFF: "The learner asked for a person and was told how to reach one.",
    TurnOutcome.REFUSED_SENSITIVE: (
        "A secret or personal data was sent or offered, or something unlawful asked for; the learner was told why not."
    ),
    TurnOutcome.ERROR_WITHDRAWN_PAGE: "The guide being walked has left the shelf; the learner was told.",
    TurnOutcome.ERROR_NO_REPLY: "Rasa answered without a reply; the learner was asked to say it again.",
    TurnOutcome.ERROR_CORE_FAILED: "Rasa or an action failed again and again on this message; it is kept as dead.",
}
