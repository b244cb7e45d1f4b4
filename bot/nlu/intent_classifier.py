"""Rasa component: intents and guides from one linear model."""

from __future__ import annotations

import logging
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.data_files import package_fingerprint
from bot.nlu.label_model import Example, LabelModel, LabelScore
from bot.nlu.message_fields import EVIDENCE, GUIDE, GUIDE_RANKING, Evidence, has_words, normalised_text
from bot.nlu.model_files import load_state, save_state
from bot.nlu.normalisation import normalise
from bot.nlu.ranking import guide_of, guide_ranking, intent_ranking, is_guide
from bot.nlu.word_tables import load_word_tables

logger = logging.getLogger(__name__)
OUT_OF_SCOPE = "out_of_scope"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks all labels at once: intents, and every guide of a retrieval intent ("ask_guide/<slug>") by itself.

    Input: property `normalised` (the lower-case text without it). Output: intent, intent_ranking, `guide` (the
    likeliest guide when the intent is a retrieval intent) and `guide_ranking`.
    Cost: 1 to 2 ms a message; training a few seconds for 2,000 examples, about a minute for 12,000 of 300 labels.
    Source: the NLU examples alone. Needs examples of two labels; with fewer it stays silent.
    Config: `seed` of the training noise and the solver.
    """

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: LabelModel | None
    ) -> None:
        self._seed = int(config["seed"])
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"seed": 20}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        return cls(config, model_storage, resource, model=None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The trained component. Raises DamagedModel."""
        return cls(config, model_storage, resource, model=load_state(model_storage, resource))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return package_fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the model on every example that has an intent and words, and stores it."""
        examples = [_example(message) for message in training_data.intent_examples]
        examples = [example for example in examples if has_words(example.text)]
        tables = load_word_tables()
        if len({example.label for example in examples}) < 2:
            logger.warning("Fewer than two labels in the NLU data: intents will not be classified.")
            self._model = None
        else:
            self._model = LabelModel.fit(examples, seed=self._seed, renormalise=lambda text: normalise(text, tables))
        save_state(self._model, self._model_storage, self._resource)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = normalised_text(message)
            if self._model is None or not has_words(text):
                _write_nothing(message)
            else:
                _write(message, self._model.rank(text), knows_out_of_scope=OUT_OF_SCOPE in self._model.labels)
        return messages


def _example(message: Message) -> Example:
    return Example(normalised_text(message), message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))


def _write_nothing(message: Message) -> None:
    message.set(INTENT, {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True)
    for field in (INTENT_RANKING_KEY, GUIDE_RANKING):
        message.set(field, [], add_to_output=True)
    message.set(GUIDE, None, add_to_output=True)


def _write(message: Message, scores: list[LabelScore], *, knows_out_of_scope: bool) -> None:
    ranking = intent_ranking(scores)
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(GUIDE, guide_of(scores, ranking[0][INTENT_NAME_KEY]), add_to_output=True)
    message.set(GUIDE_RANKING, guide_ranking(scores), add_to_output=True)
    message.set(EVIDENCE, _evidence(scores, knows_out_of_scope=knows_out_of_scope))


def _evidence(scores: list[LabelScore], *, knows_out_of_scope: bool) -> Evidence:
    top = scores[0]
    guides = [score.probability for score in scores if is_guide(score.label)][:2]
    best = guides[0] if guides else 0.0
    lead = best / sum(guides) if best else 0.0
    return Evidence(top.label, top.probability, top.likeness, knows_out_of_scope, best, lead)
