"""From scores of labels to the rankings that a Rasa parse result shows.

A label is an intent ("greet") or an entry of a retrieval intent: a guide ("ask_guide/<slug>") or a family of what is
not ours ("out_of_scope/<family>").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from rasa.shared.nlu.constants import INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, RESPONSE_IDENTIFIER_DELIMITER

from bot.nlu.label_model import LabelScore

OUT_OF_SCOPE = "out_of_scope"
# A ranking is stored with every turn and sent to every action: what nobody reads only makes trackers long.
RANKING_LENGTH = 10


@cache
def intent_of(label: str) -> str:
    return label.split(RESPONSE_IDENTIFIER_DELIMITER, maxsplit=1)[0]


def entry_of(label: str) -> str:
    """Slug or family of a label of a retrieval intent."""
    return label.split(RESPONSE_IDENTIFIER_DELIMITER, maxsplit=1)[1]


@cache
def is_guide(label: str) -> bool:
    """Whether a label is an entry of a retrieval intent that leads to an answer."""
    return RESPONSE_IDENTIFIER_DELIMITER in label and intent_of(label) != OUT_OF_SCOPE


@cache
def is_foreign(label: str) -> bool:
    """Whether a label stands for what is not ours."""
    return intent_of(label) == OUT_OF_SCOPE


@cache
def is_other(label: str) -> bool:
    """Whether a label is an intent by itself: neither a guide nor foreign."""
    return not is_guide(label) and not is_foreign(label)


class GroupSums(NamedTuple):
    """Probability of all guides, of all that is not ours, and of all other intents together."""

    guides: float
    foreign: float
    others: float


def group_sums(scores: Sequence[LabelScore]) -> GroupSums:
    guides = foreign = everything = 0.0
    for label, probability in scores:
        everything += probability
        if is_guide(label):
            guides += probability
        elif is_foreign(label):
            foreign += probability
    return GroupSums(guides, foreign, everything - guides - foreign)


def intent_ranking(scores: Sequence[LabelScore], groups: GroupSums) -> list[dict[str, Any]]:
    """Intents with the probability of all their entries, the best intent of the likeliest group first, then by
    probability: a lone intent may be the best of many small ones and stand before one retrieval intent."""
    sums: dict[str, float] = defaultdict(float)
    for label, probability in scores:
        sums[intent_of(label)] += probability
    first = intent_of(next(score.label for score in scores if _group_of(score.label) == _leader(groups)))
    ordered = sorted(sums.items(), key=lambda item: (item[0] != first, -item[1]))[:RANKING_LENGTH]
    return [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: min(total, 1.0)} for name, total in ordered]


def _leader(groups: GroupSums) -> int:
    """Index of the likeliest group; guides before foreign before others when they are equal."""
    return groups.index(max(groups))


@cache
def _group_of(label: str) -> int:
    return (is_guide(label), is_foreign(label), is_other(label)).index(True)


def guide_ranking(scores: Sequence[LabelScore]) -> list[dict[str, Any]]:
    """Guides of all retrieval intents with their own probability, the likeliest first."""
    guides = [score for score in scores if is_guide(score.label)][:RANKING_LENGTH]
    return [{"slug": entry_of(score.label), PREDICTED_CONFIDENCE_KEY: score.probability} for score in guides]


def best_entry(scores: Sequence[LabelScore], intent: str) -> str | None:
    """The likeliest guide or family of this intent; None when it is no retrieval intent."""
    prefix = intent + RESPONSE_IDENTIFIER_DELIMITER
    return next((entry_of(score.label) for score in scores if score.label.startswith(prefix)), None)
