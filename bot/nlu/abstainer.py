"""Rasa component: answer, ask back, or say that this is not ours."""

from __future__ import annotations

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

THRESHOLDS = ("sure_above", "unknown_below", "unlike_below")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Abstainer(GraphComponent):
    """Leaves a sure reading alone, and replaces the others.

    Input: the classifier's intent and its evidence. Output: the same when its best label has a probability of
    `sure_above` or more; intent `out_of_scope` when nothing is known (probability under `unknown_below`, or no sample
    sentence of the label at least `unlike_below` alike) or when out_of_scope is the best label; `nlu_fallback`
    otherwise, and for a message without words. `guide` stays only with a sure reading; the rankings always stay,
    with the new intent in front. Labels without out_of_scope never lead to it. Cost: microseconds.
    Source: thresholds are set on held-out questions; the numbers stand in config.yml with how they were found.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._sure_above, self._unknown_below, self._unlike_below = (float(config[name]) for name in THRESHOLDS)
        if not 0 <= self._unknown_below <= self._sure_above <= 1 or not 0 <= self._unlike_below <= 1:
            raise InvalidConfigException("Abstainer: thresholds lie in 0..1, and unknown_below <= sure_above.")

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"sure_above": 0.55, "unknown_below": 0.2, "unlike_below": 0.33}

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
            verdict = self._verdict(message.get(EVIDENCE))
            if verdict is not None:
                _replace_intent(message, verdict)
        return messages

    def _verdict(self, evidence: Evidence | None) -> str | None:
        """The intent to put in place of the classifier's, or None to leave it."""
        if evidence is None:
            return DEFAULT_NLU_FALLBACK_INTENT_NAME
        if evidence.label == OUT_OF_SCOPE:
            return OUT_OF_SCOPE
        if evidence.probability < self._unknown_below or evidence.likeness < self._unlike_below:
            return OUT_OF_SCOPE if evidence.knows_out_of_scope else DEFAULT_NLU_FALLBACK_INTENT_NAME
        if evidence.probability < self._sure_above:
            return DEFAULT_NLU_FALLBACK_INTENT_NAME
        return None


def _replace_intent(message: Message, name: str) -> None:
    """Puts `name` first, at least as confident as the reading it replaces, so that the ranking stays in order."""
    ranking = message.get(INTENT_RANKING_KEY, [])
    confidence = max((entry[PREDICTED_CONFIDENCE_KEY] for entry in ranking), default=1.0)
    intent = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
    others = [entry for entry in ranking if entry[INTENT_NAME_KEY] != name]
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *others] if ranking else [], add_to_output=True)
    message.set(GUIDE, None, add_to_output=True)
