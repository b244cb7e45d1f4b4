"""Rasa component: names of apps, papers, services, offices, banks and wallets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.data_files import fingerprint_of, package_fingerprint
from bot.nlu.lookups import Alias, lookup_paths, read_aliases
from bot.nlu.model_files import load_state, save_state
from bot.nlu.name_matcher import FoundName, NameMatcher
from bot.nlu.word_tables import load_word_tables

# Entities are stored with every turn; a pasted page that repeats one name would make the tracker long for nothing.
MOST_NAMES = 20


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityLinker(GraphComponent, EntityExtractorMixin):
    """Links names people use to one canonical name.

    Input: message text. Output: entities of the type of their lookup file, value = canonical name, offsets into the
    text as typed. Cost: about 0.3 ms a message.
    Source: the files of the config folder `lookups` ({type, names: [{name, aliases}]}), read while training and kept
    in the model. Without that folder nothing is linked.
    """

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, aliases: list[Alias]
    ) -> None:
        self._folder = _folder(config)
        self._model_storage = model_storage
        self._resource = resource
        self._matcher = NameMatcher(aliases, load_word_tables())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"lookups": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityLinker:
        return cls(config, model_storage, resource, aliases=[])

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EntityLinker:
        return cls(config, model_storage, resource, aliases=load_state(model_storage, resource))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return package_fingerprint() + fingerprint_of(lookup_paths(_folder(config)))

    def train(self, training_data: TrainingData) -> Resource:
        """Reads the lookup files; the training examples are not needed. Raises InvalidLookup."""
        aliases = read_aliases(lookup_paths(self._folder))
        self._matcher = NameMatcher(aliases, load_word_tables())
        save_state(aliases, self._model_storage, self._resource)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = self._matcher.find(message.get(TEXT) or "")[:MOST_NAMES]
            entities = [self._entity(name) for name in found]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages

    def _entity(self, found: FoundName) -> dict[str, Any]:
        return {
            ENTITY_ATTRIBUTE_TYPE: found.alias.kind,
            ENTITY_ATTRIBUTE_VALUE: found.alias.name,
            ENTITY_ATTRIBUTE_START: found.start,
            ENTITY_ATTRIBUTE_END: found.end,
            "extractor": self.name,
        }


def _folder(config: dict[str, Any]) -> Path | None:
    folder = config.get("lookups")
    return Path(folder) if folder else None
