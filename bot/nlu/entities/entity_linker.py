"""Rasa component: names, places, money, numbers, dates and lengths of time in a message."""

from __future__ import annotations

from collections.abc import Sequence
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
from bot.nlu.entities.lookups import lookup_paths, read_aliases
from bot.nlu.entities.measures import find_measures
from bot.nlu.entities.message_words import Found, read_message
from bot.nlu.entities.name_matcher import NamedWords, NameMatcher, named_words
from bot.nlu.entities.place_data import address_file, read_places
from bot.nlu.entities.place_finder import PlaceFinder
from bot.nlu.entities.place_table import NamedPlaces, pack_places, unpack_places
from bot.nlu.model_files import load_state, save_state
from bot.nlu.word_tables import load_word_tables

# Entities are stored with every turn; a pasted page that repeats one name would make the tracker long for nothing.
MOST_ENTITIES = 20


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityLinker(GraphComponent, EntityExtractorMixin):
    """Links what people name to one form: names, places, money, numbers, dates, lengths of time.

    Input: message text. Output: entities that do not overlap, in order, offsets into the text as typed. Of a name the
    type is that of its lookup file and the value its canonical name; `place`: the present name, and `old` where that
    differs; `money`: đồng in digits; `number`: a decimal; `date`: ISO 8601 where the year is known, otherwise words;
    `duration`: ISO 8601. Names come before places, places before the rest.
    Cost: 0.07 to 0.14 ms for ten words and 0.3 to 0.6 ms for forty, when the normaliser has just read the same text;
    0.16 to 0.25 ms and 0.6 to 0.9 ms on its own (4,600 aliases, 14,000 places, a free core; twice that on a busy one).
    Source: the files of the config folder `lookups` ({type, names: [{name, aliases}]}), read while training and kept
    in the model; without that folder no names are linked. Places: underthesea's address data, kept in the model too.
    Numbers and dates: `bot/nlu/data/`.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        names: Sequence[NamedWords] = (),
        places: Sequence[NamedPlaces] = (),
    ) -> None:
        self._folder = _folder(config)
        self._model_storage = model_storage
        self._resource = resource
        self._tables = load_word_tables()
        self._learn(names, places)

    def _learn(self, names: Sequence[NamedWords], places: Sequence[NamedPlaces]) -> None:
        self._names = NameMatcher(names)
        self._places = PlaceFinder(places)

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
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EntityLinker:
        """The linker as trained. Cost: 0.6 s and 10 MB with 4,600 aliases and 14,000 places."""
        state = load_state(model_storage, resource)
        return cls(config, model_storage, resource, state["names"], unpack_places(state["places"]))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return package_fingerprint() + fingerprint_of([*lookup_paths(_folder(config)), address_file()])

    def train(self, training_data: TrainingData) -> Resource:
        """Reads lookup files and address data; the training examples are not needed. Raises InvalidLookup."""
        names = named_words(read_aliases(lookup_paths(self._folder)), self._tables)
        places = read_places()
        self._learn(names, places)
        save_state({"names": names, "places": pack_places(places)}, self._model_storage, self._resource)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = self._find(message.get(TEXT) or "")[:MOST_ENTITIES]
            entities = [self._entity(entity) for entity in found]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages

    def _find(self, source: str) -> list[Found]:
        """What each finder finds in the words the finders before it left free, in order of place."""
        message = read_message(source, self._tables)
        found = self._names.find(message)
        found += self._places.find(message, message.taken_by(found))
        found += find_measures(message, message.taken_by(found))
        return sorted(found, key=lambda entity: entity.start)

    def _entity(self, found: Found) -> dict[str, Any]:
        return {
            ENTITY_ATTRIBUTE_TYPE: found.kind,
            ENTITY_ATTRIBUTE_VALUE: found.value,
            ENTITY_ATTRIBUTE_START: found.start,
            ENTITY_ATTRIBUTE_END: found.end,
            "extractor": self.name,
            **found.more,
        }


def _folder(config: dict[str, Any]) -> Path | None:
    folder = config.get("lookups")
    return Path(folder) if folder else None
