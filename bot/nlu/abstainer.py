"""Rasa component: answer, ask back, or say that this is not ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.intent_classifier import OUT_OF_SCOPE
from bot.nlu.message_fields import EVIDENCE, GUIDE, Evidence
from bot.nlu.ranking import is_guide


@dataclass(frozen=True)
class Thresholds:
    """All in 0..1. Where they come from stands in config.yml.

    An intent is taken when its probability is `intent_above` or more. A guide is answered when its probability is
    `guide_above` or more and its lead over the second guide `lead_above` or more. Nothing is known when the best
    label's probability is under `unknown_below` or no sample sentence of it is at least `unlike_below` alike.
    out_of_scope as the best label counts when no guide has `foreign_lead` of its probability.
    """

    intent_above: float
    guide_above: float
    lead_above: float
    unknown_below: float
    unlike_below: float
    foreign_lead: float

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not 0 <= value <= 1:
                raise InvalidConfigException(f"Abstainer: {name} is {value}; it lies in 0..1.")
        if self.unknown_below > min(self.intent_above, self.guide_above):
            raise InvalidConfigException("Abstainer: unknown_below is above what is taken as known.")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Abstainer(GraphComponent):
    """Leaves a sure reading alone, and replaces the others.

    Input: the classifier's intent and its evidence. Output: the same when it is sure, a guide with its lead as the
    confidence; intent `out_of_scope` when nothing is known or it is not ours; `nlu_fallback` otherwise, and for a
    message without words. `guide` stays only with a sure reading; the rankings always stay, with the new intent in
    front. Labels without out_of_scope never lead to it. Cost: microseconds.
    Source: thresholds are set on held-out questions; the numbers stand in config.yml with how they were found.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        names = Thresholds.__dataclass_fields__
        self._thresholds = Thresholds(**{name: float(config[name]) for name in names})

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "intent_above": 0.5,
            "guide_above": 0.3,
            "lead_above": 0.6,
            "unknown_below": 0.05,
            "unlike_below": 0.2,
            "foreign_lead": 0.3,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Abstainer:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            evidence: Evidence | None = message.get(EVIDENCE)
            verdict = self._verdict(evidence)
            if verdict is not None:
                _replace_intent(message, verdict)
            elif evidence is not None and is_guide(evidence.label):
                _set_confidence(message, evidence.lead)
        return messages

    def _verdict(self, evidence: Evidence | None) -> str | None:
        """The intent to put in place of the classifier's, or None to leave it."""
        if evidence is None:
            return DEFAULT_NLU_FALLBACK_INTENT_NAME
        if evidence.label == OUT_OF_SCOPE:
            rivalled = evidence.guide_probability >= self._thresholds.foreign_lead * evidence.probability
            return DEFAULT_NLU_FALLBACK_INTENT_NAME if rivalled else OUT_OF_SCOPE
        if self._is_unknown(evidence):
            return OUT_OF_SCOPE if evidence.knows_out_of_scope else DEFAULT_NLU_FALLBACK_INTENT_NAME
        return None if self._is_sure(evidence) else DEFAULT_NLU_FALLBACK_INTENT_NAME

    def _is_unknown(self, evidence: Evidence) -> bool:
        least, like = self._thresholds.unknown_below, self._thresholds.unlike_below
        return evidence.probability < least or evidence.likeness < like

    def _is_sure(self, evidence: Evidence) -> bool:
        if not is_guide(evidence.label):
            return evidence.probability >= self._thresholds.intent_above
        return evidence.probability >= self._thresholds.guide_above and evidence.lead >= self._thresholds.lead_above


def _set_confidence(message: Message, confidence: float) -> None:
    """The confidence of a guide in place of the sum over all guides, in the intent and at the head of the ranking."""
    intent = {**message.get(INTENT), PREDICTED_CONFIDENCE_KEY: confidence}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *message.get(INTENT_RANKING_KEY, [])[1:]], add_to_output=True)


def _replace_intent(message: Message, name: str) -> None:
    """Puts `name` first, at least as confident as the reading it replaces, so that the ranking stays in order."""
    ranking = message.get(INTENT_RANKING_KEY, [])
    confidence = max((entry[PREDICTED_CONFIDENCE_KEY] for entry in ranking), default=1.0)
    intent = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
    others = [entry for entry in ranking if entry[INTENT_NAME_KEY] != name]
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *others] if ranking else [], add_to_output=True)
    message.set(GUIDE, None, add_to_output=True)
