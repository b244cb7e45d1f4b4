"""Names of the message properties our components add, and how one component reads what another wrote."""

from __future__ import annotations

from dataclasses import dataclass

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

NORMALISED = "normalised"
GUIDE = "guide"
GUIDE_RANKING = "guide_ranking"
# What the classifier knows about its own certainty; read by the abstainer, not part of the output.
EVIDENCE = "label_evidence"


@dataclass(frozen=True)
class Evidence:
    """How much speaks for the best label, and for the best guide when that is another one.

    `likeness` (0..1) is that of the best label's nearest sample sentence. `lead` is the share of the best guide in the
    probability of the two best guides: how often it is right when it is answered.
    """

    label: str
    probability: float
    likeness: float
    knows_out_of_scope: bool
    guide_probability: float = 0.0
    lead: float = 0.0


def normalised_text(message: Message) -> str:
    """The normalised text, or the text in lower case in a pipeline without the normaliser."""
    normalised = message.get(NORMALISED)
    return normalised if isinstance(normalised, str) else (message.get(TEXT) or "").lower()


def has_words(text: str) -> bool:
    """False for a text of nothing but marks, spaces or emoji."""
    return any(char.isalnum() for char in text)
