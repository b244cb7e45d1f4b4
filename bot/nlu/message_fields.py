"""Names of the message properties our components add, and how one component reads what another wrote."""

from __future__ import annotations

from dataclasses import dataclass

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

NORMALISED = "normalised"
GUIDE = "guide"
GUIDE_RANKING = "guide_ranking"
FAMILY = "family"
SECOND_GUIDE = "second_guide"
# What the classifier knows about its own certainty; read by the abstainer, not part of the output.
EVIDENCE = "label_evidence"


@dataclass(frozen=True)
class Evidence:
    """What speaks for each way to take a message; all values in 0..1.

    `guides`, `foreign` and `intents` are the probabilities of all guides, of all that is not ours and of all other
    intents together; `guide` and `intent` are those of the best guide and the best other intent. `lead` is the share of
    the best guide in the two best guides. `known` is the share of the words that the training data know.
    `knows_foreign` tells whether the data have examples of what is not ours.
    """

    guides: float
    foreign: float
    intents: float
    guide: float
    intent: float
    lead: float
    known: float
    knows_foreign: bool


def normalised_text(message: Message) -> str:
    """The normalised text, or the text in lower case in a pipeline without the normaliser."""
    normalised = message.get(NORMALISED)
    return normalised if isinstance(normalised, str) else (message.get(TEXT) or "").lower()


def has_words(text: str) -> bool:
    """False for a text of nothing but marks, spaces or emoji."""
    return any(char.isalnum() for char in text)
