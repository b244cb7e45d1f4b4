"""Rasa component: Vietnamese text normalisation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.data_files import fingerprint_of, package_fingerprint
from bot.nlu.message_fields import NORMALISED
from bot.nlu.normalisation import normalise
from bot.nlu.word_tables import load_word_tables


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class VietnameseNormaliser(GraphComponent):
    """Writes one agreed form of the text beside the text.

    Input: message text, any string. Output: property `normalised` (also in the parse result); the text itself stays.
    Steps: NFC, invisible characters out, lower case, drawn-out letters, tone-mark place, Telex and VNI leftovers,
    abbreviations and chat spelling, regional words. Cost: about 0.1 ms for a message of ten words, linear.
    Source: the spelling inventory and word tables in `bot/nlu/data/`, each with its own note of origin.
    Config: `abbreviations`, optional path of one more table in the shape of `abbreviations.yml`.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._tables = load_word_tables(_extra_table(config))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"abbreviations": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VietnameseNormaliser:
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        extra = _extra_table(config)
        return package_fingerprint() + (fingerprint_of([extra]) if extra else "")

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if isinstance(text, str):
                message.set(NORMALISED, normalise(text, self._tables), add_to_output=True)
        return messages


def _extra_table(config: dict[str, Any]) -> Path | None:
    path = config.get("abbreviations")
    return Path(path) if path else None
