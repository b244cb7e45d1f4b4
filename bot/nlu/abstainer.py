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

from bot.nlu.message_fields import EVIDENCE, GUIDE, SECOND_GUIDE, Evidence
from bot.nlu.ranking import OUT_OF_SCOPE


@dataclass(frozen=True)
class Thresholds:
    """All but `foreign_lead` in 0..1. Where they come from stands in config.yml.

    Three groups compete with the sums of their probabilities: guides, what is foreign, and other intents. A message is
    not ours when the foreign group has as much as the other intents and `foreign_lead` of what the guides have; also
    when less than `known_above` of its words are known, or when neither a guide nor an intent reaches `likely_above`:
    with hundreds of guides their sum is large although each of them is unlikely. It is a guide when the guides have as
    much as the other intents: answered when the first has `guide_above` or more, and `lead_above` of the first two.
    Else the best other intent is taken when it has `intent_above` or more and its group `group_above` of everything;
    a group with less gives way to the foreign one when that has more than the guides.
    """

    intent_above: float
    group_above: float
    guide_above: float
    lead_above: float
    known_above: float
    likely_above: float
    foreign_lead: float

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 0 or (value > 1 and name != "foreign_lead"):
                raise InvalidConfigException(f"Abstainer: {name} is {value}; it lies in 0..1.")


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
            "intent_above": 0.3,
            "group_above": 0.6,
            "guide_above": 0.15,
            "lead_above": 0.65,
            "known_above": 0.5,
            "likely_above": 0.15,
            "foreign_lead": 0.1,
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
            if evidence is None:
                _replace_intent(message, DEFAULT_NLU_FALLBACK_INTENT_NAME)
            else:
                self._decide(message, evidence)
        return messages

    def _decide(self, message: Message, evidence: Evidence) -> None:
        if self._is_foreign(evidence):
            _replace_intent(message, OUT_OF_SCOPE if evidence.knows_foreign else DEFAULT_NLU_FALLBACK_INTENT_NAME)
        elif message.get(GUIDE) is not None and self._is_sure_guide(evidence):
            _set_confidence(message, evidence.lead)
        elif message.get(GUIDE) is not None or not self._is_sure_intent(evidence):
            _replace_intent(message, DEFAULT_NLU_FALLBACK_INTENT_NAME)

    def _is_foreign(self, evidence: Evidence) -> bool:
        if evidence.known < self._thresholds.known_above:
            return True
        if evidence.foreign == 0:
            return False
        if max(evidence.guide, evidence.intent) < self._thresholds.likely_above:
            return True
        if evidence.foreign < self._thresholds.foreign_lead * evidence.guides:
            return False
        leads = evidence.foreign >= evidence.intents
        return leads or (evidence.foreign >= evidence.guides and not self._is_clear_intent(evidence))

    def _is_sure_guide(self, evidence: Evidence) -> bool:
        return evidence.guide >= self._thresholds.guide_above and evidence.lead >= self._thresholds.lead_above

    def _is_sure_intent(self, evidence: Evidence) -> bool:
        return evidence.intent >= self._thresholds.intent_above and self._is_clear_intent(evidence)

    def _is_clear_intent(self, evidence: Evidence) -> bool:
        everything = evidence.guides + evidence.foreign + evidence.intents
        return evidence.intents >= self._thresholds.group_above * everything


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
    for field in (GUIDE, SECOND_GUIDE):
        message.set(field, None, add_to_output=True)
