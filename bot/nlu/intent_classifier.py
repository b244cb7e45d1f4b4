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
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.data_files import package_fingerprint
from bot.nlu.label_model import Example, LabelModel, Ranking
from bot.nlu.message_fields import (
    EVIDENCE,
    FAMILY,
    GUIDE,
    GUIDE_RANKING,
    SECOND_GUIDE,
    Evidence,
    has_words,
    normalised_text,
)
from bot.nlu.model_files import load_state, save_state
from bot.nlu.normalisation import normalise
from bot.nlu.ranking import (
    OUT_OF_SCOPE,
    GroupSums,
    best_entry,
    entry_of,
    group_sums,
    guide_ranking,
    intent_ranking,
    is_foreign,
    is_guide,
    is_other,
)
from bot.nlu.two_questions import two_questions
from bot.nlu.word_tables import load_word_tables

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks all labels at once: intents, every guide of a retrieval intent ("ask_guide/<slug>") and every family of
    what is not ours ("out_of_scope/<family>") by itself.

    Input: property `normalised` (the lower-case text without it). Output: intent, intent_ranking, `guide` and
    `guide_ranking`, `family`, and `second_guide` when the message holds two questions.
    Cost: 0.6 ms a message, more where connecting words make it look for a second question; training 48 s for 33,900
    examples of 286 labels on two cores.
    Source: the NLU examples, and the synonym classes of `bot/nlu/data/`. Needs examples of two labels; with fewer it
    stays silent.
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
                _classify(message, text, self._model)
        return messages


def _example(message: Message) -> Example:
    label = message.get(INTENT_RESPONSE_KEY) or message.get(INTENT)
    return Example(message.get(TEXT), normalised_text(message), label)


def _write_nothing(message: Message) -> None:
    message.set(INTENT, {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True)
    for field in (INTENT_RANKING_KEY, GUIDE_RANKING):
        message.set(field, [], add_to_output=True)
    for field in (GUIDE, FAMILY, SECOND_GUIDE):
        message.set(field, None, add_to_output=True)


def _classify(message: Message, text: str, model: LabelModel) -> None:
    """Of two questions the first is the message's intent and the second is kept beside it."""
    both = two_questions(text, model.rank)
    ranking = both.first if both else model.rank(text)
    message.set(SECOND_GUIDE, entry_of(both.second_label) if both else None, add_to_output=True)
    _write(message, ranking, knows_foreign=any(map(is_foreign, model.labels)))


def _write(message: Message, ranking: Ranking, *, knows_foreign: bool) -> None:
    groups = group_sums(ranking.scores)
    intents = intent_ranking(ranking.scores, groups)
    intent = intents[0][INTENT_NAME_KEY]
    message.set(INTENT, intents[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, intents, add_to_output=True)
    message.set(GUIDE, best_entry(ranking.scores, intent) if intent != OUT_OF_SCOPE else None, add_to_output=True)
    message.set(GUIDE_RANKING, guide_ranking(ranking.scores), add_to_output=True)
    message.set(FAMILY, best_entry(ranking.scores, OUT_OF_SCOPE), add_to_output=True)
    message.set(EVIDENCE, _evidence(ranking, groups, knows_foreign=knows_foreign))


def _evidence(ranking: Ranking, groups: GroupSums, *, knows_foreign: bool) -> Evidence:
    """What a ranking says for each way to take the message."""
    guides = [score.probability for score in ranking.scores if is_guide(score.label)][:2]
    best_other = next((score.probability for score in ranking.scores if is_other(score.label)), 0.0)
    return Evidence(
        guides=groups.guides,
        foreign=groups.foreign,
        intents=groups.others,
        guide=guides[0] if guides else 0.0,
        intent=best_other,
        lead=guides[0] / sum(guides) if guides and guides[0] else 0.0,
        known=ranking.known,
        knows_foreign=knows_foreign,
    )
