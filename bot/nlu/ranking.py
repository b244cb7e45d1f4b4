"""From scores of labels to what Rasa and the assistant ask for: intents, and guides inside the retrieval intents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rasa.shared.nlu.constants import INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, RESPONSE_IDENTIFIER_DELIMITER

from bot.nlu.label_model import LabelScore

# The ranking is stored with every turn and sent to every action: what nobody reads only makes trackers long.
RANKING_LENGTH = 10


def intent_ranking(scores: Sequence[LabelScore]) -> list[dict[str, Any]]:
    """Intents, the likeliest first; a retrieval intent has the probability of all its guides together."""
    sums: dict[str, float] = defaultdict(float)
    for score in scores:
        sums[score.label.split(RESPONSE_IDENTIFIER_DELIMITER)[0]] += score.probability
    ordered = sorted(sums.items(), key=lambda item: -item[1])[:RANKING_LENGTH]
    return [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: min(total, 1.0)} for name, total in ordered]


def guide_ranking(scores: Sequence[LabelScore]) -> list[dict[str, Any]]:
    """Guides of all retrieval intents with their own probability, the likeliest first."""
    guides = [score for score in scores if is_guide(score.label)]
    return [
        {"slug": _slug(score.label), PREDICTED_CONFIDENCE_KEY: score.probability} for score in guides[:RANKING_LENGTH]
    ]


def is_guide(label: str) -> bool:
    """Whether a label is one of a retrieval intent."""
    return RESPONSE_IDENTIFIER_DELIMITER in label


def guide_of(scores: Sequence[LabelScore], intent: str) -> str | None:
    """The likeliest guide of this intent; None when it is no retrieval intent."""
    prefix = intent + RESPONSE_IDENTIFIER_DELIMITER
    return next((_slug(score.label) for score in scores if score.label.startswith(prefix)), None)


def _slug(label: str) -> str:
    return label.split(RESPONSE_IDENTIFIER_DELIMITER, maxsplit=1)[1]
