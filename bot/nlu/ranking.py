"""From scores of labels to the rankings that a Rasa parse result shows.

A label is an intent ("greet") or an entry of a retrieval intent: a guide ("ask_guide/<slug>") or a family of what is
not ours ("out_of_scope/<family>").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rasa.shared.nlu.constants import INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, RESPONSE_IDENTIFIER_DELIMITER

from bot.nlu.label_model import LabelScore

OUT_OF_SCOPE = "out_of_scope"
# A ranking is stored with every turn and sent to every action: what nobody reads only makes trackers long.
RANKING_LENGTH = 10


def intent_of(label: str) -> str:
    return label.split(RESPONSE_IDENTIFIER_DELIMITER, maxsplit=1)[0]


def entry_of(label: str) -> str:
    """Slug or family of a label of a retrieval intent."""
    return label.split(RESPONSE_IDENTIFIER_DELIMITER, maxsplit=1)[1]


def is_guide(label: str) -> bool:
    """Whether a label is an entry of a retrieval intent that leads to an answer."""
    return RESPONSE_IDENTIFIER_DELIMITER in label and intent_of(label) != OUT_OF_SCOPE


def is_foreign(label: str) -> bool:
    """Whether a label stands for what is not ours."""
    return intent_of(label) == OUT_OF_SCOPE


def group_sums(scores: Sequence[LabelScore]) -> tuple[float, float, float]:
    """Probability of all guides, of all that is not ours, and of all other intents together."""
    guides = sum(score.probability for score in scores if is_guide(score.label))
    foreign = sum(score.probability for score in scores if is_foreign(score.label))
    return guides, foreign, sum(score.probability for score in scores) - guides - foreign


def intent_ranking(scores: Sequence[LabelScore]) -> list[dict[str, Any]]:
    """Intents with the probability of all their entries, the best intent of the likeliest group first, then by
    probability: a lone intent may be the best of many small ones and stand before one retrieval intent."""
    guides, foreign, others = group_sums(scores)
    belongs = is_guide if guides >= max(foreign, others) else is_foreign if foreign >= others else _is_plain
    sums: dict[str, float] = defaultdict(float)
    for score in scores:
        sums[intent_of(score.label)] += score.probability
    leading = {intent_of(score.label) for score in scores if belongs(score.label)}
    ordered = sorted(sums.items(), key=lambda item: -item[1])
    first = next(item for item in ordered if item[0] in leading)
    ranked = [first, *(item for item in ordered if item is not first)][:RANKING_LENGTH]
    return [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: min(total, 1.0)} for name, total in ranked]


def _is_plain(label: str) -> bool:
    return not is_guide(label) and not is_foreign(label)


def guide_ranking(scores: Sequence[LabelScore]) -> list[dict[str, Any]]:
    """Guides of all retrieval intents with their own probability, the likeliest first."""
    guides = [score for score in scores if is_guide(score.label)][:RANKING_LENGTH]
    return [{"slug": entry_of(score.label), PREDICTED_CONFIDENCE_KEY: score.probability} for score in guides]


def best_entry(scores: Sequence[LabelScore], intent: str) -> str | None:
    """The likeliest guide or family of this intent; None when it is no retrieval intent."""
    prefix = intent + RESPONSE_IDENTIFIER_DELIMITER
    return next((entry_of(score.label) for score in scores if score.label.startswith(prefix)), None)
