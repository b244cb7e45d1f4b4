"""Labels, and when to abstain."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import rasa.shared.utils.io
from conftest import DATA
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.abstainer import Abstainer
from bot.nlu.intent_classifier import LinearIntentClassifier
from bot.nlu.label_model import Example, LabelModel
from bot.nlu.message_fields import EVIDENCE, Evidence
from bot.nlu.model_files import STATE_FILE, DamagedModel
from bot.nlu.noise import as_telex, noisy_copies
from bot.nlu.normalisation import normalise
from bot.nlu.normaliser import VietnameseNormaliser
from bot.nlu.syllables import strip_marks
from bot.nlu.word_tables import load_word_tables

Phrases = dict[str, Any]
THRESHOLDS = {
    "intent_above": 0.6,
    "guide_above": 0.3,
    "lead_above": 0.7,
    "unknown_below": 0.2,
    "unlike_below": 0.3,
    "foreign_lead": 0.5,
}


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path)


@pytest.fixture(scope="module")
def examples() -> TrainingData:
    return VietnameseNormaliser({}).process_training_data(load_data(str(DATA / "nlu")))


def trained_classifier(storage: LocalModelStorage, data: TrainingData) -> LinearIntentClassifier:
    component = LinearIntentClassifier.create({"seed": 1}, storage, Resource("classifier"), None)
    component.train(data)
    return LinearIntentClassifier.load({"seed": 1}, storage, Resource("classifier"), None)


def understood(component: LinearIntentClassifier, text: str) -> Message:
    message = Message(data={"text": text})
    VietnameseNormaliser({}).process([message])
    return component.process([message])[0]


def test_held_out_questions_are_understood_with_marks_without_and_as_keys(
    storage: LocalModelStorage, examples: TrainingData
) -> None:
    component = trained_classifier(storage, examples)
    rng = random.Random(3)
    held_out = rasa.shared.utils.io.read_yaml_file(DATA / "heldout.yml")
    for change in (str, strip_marks, lambda text: as_telex(text, rng)):
        right = total = 0
        for label, texts in held_out.items():
            for text in texts:
                message = understood(component, change(text))
                guide = message.get("guide")
                total += 1
                right += label == message.get("intent")["name"] + (f"/{guide}" if guide else "")
        assert right / total >= 0.9


def test_every_way_to_write_a_question_leads_to_the_same_guide(
    storage: LocalModelStorage, examples: TrainingData, phrases: Phrases
) -> None:
    component = trained_classifier(storage, examples)
    for ways in phrases["same_meaning"]:
        assert len({understood(component, way).get("guide") for way in ways}) == 1


def test_a_retrieval_intent_has_the_probability_of_its_guides_together(
    storage: LocalModelStorage, examples: TrainingData, phrases: Phrases
) -> None:
    message = understood(trained_classifier(storage, examples), phrases["forgotten_password"])

    assert message.get("intent")["name"] == "ask_guide"
    total = sum(entry["confidence"] for entry in message.get("guide_ranking"))
    assert message.get("intent")["confidence"] == pytest.approx(total)
    assert {"guide", "guide_ranking"} <= set(message.as_dict(only_output_properties=True))


def test_training_twice_gives_the_same_probabilities(examples: TrainingData) -> None:
    sentences = [Example(message.get("normalised"), message.get("intent")) for message in examples.intent_examples]
    first, second = (LabelModel.fit(sentences, seed=4, renormalise=str) for _ in range(2))

    assert first.rank(sentences[0].text) == second.rank(sentences[0].text)


@pytest.mark.parametrize("texts", [[], ["xin"]])
def test_data_with_fewer_than_two_labels_trains_a_silent_classifier(
    storage: LocalModelStorage, texts: list[str]
) -> None:
    data = TrainingData([Message(data={"text": text, "intent": "only"}) for text in texts])

    message = understood(trained_classifier(storage, data), "xin")

    assert message.get("intent")["name"] is None
    assert message.get("intent_ranking") == []


def test_two_foreign_labels_of_one_example_each_are_enough(storage: LocalModelStorage) -> None:
    data = TrainingData(
        [Message(data={"text": "weather today", "intent": "weather"}), Message(data={"text": "buy", "intent": "shop"})]
    )

    assert understood(trained_classifier(storage, data), "weather").get("intent")["name"] == "weather"


@pytest.mark.parametrize("damage", [b"", b"not a model"])
def test_a_damaged_model_is_one_clear_error(storage: LocalModelStorage, examples: TrainingData, damage: bytes) -> None:
    trained_classifier(storage, examples)
    with storage.write_to(Resource("classifier")) as folder:
        (Path(folder) / STATE_FILE).write_bytes(damage)

    with pytest.raises(DamagedModel, match="classifier"):
        LinearIntentClassifier.load({"seed": 1}, storage, Resource("classifier"), None)


def test_a_missing_model_is_the_same_error(storage: LocalModelStorage) -> None:
    with pytest.raises(DamagedModel):
        LinearIntentClassifier.load({"seed": 1}, storage, Resource("nowhere"), None)


def test_noisy_copies_are_seeded_and_never_the_sentence_itself(phrases: Phrases) -> None:
    tables = load_word_tables()
    for text in phrases["normal_forms"].values():
        once, again = (noisy_copies(text, random.Random(1), lambda t: normalise(t, tables)) for _ in range(2))
        assert once == again
        assert text not in once


@pytest.mark.parametrize(
    ("label", "probability", "likeness", "knows", "expected"),
    [
        ("greet", 0.9, 0.8, True, "greet"),
        ("greet", 0.4, 0.8, True, "nlu_fallback"),
        ("greet", 0.1, 0.8, True, "out_of_scope"),
        ("greet", 0.9, 0.1, True, "out_of_scope"),
        ("greet", 0.9, 0.1, False, "nlu_fallback"),
        ("out_of_scope", 0.4, 0.8, True, "out_of_scope"),
    ],
)
def test_the_thresholds_decide_over_an_intent(
    label: str, probability: float, likeness: float, knows: bool, expected: str
) -> None:
    ranking = [{"name": label, "confidence": probability}, {"name": "other", "confidence": 0.05}]
    message = Message(data={"intent": ranking[0], "intent_ranking": ranking, "guide": "g", "guide_ranking": [{}]})
    message.set(EVIDENCE, Evidence(label, probability, likeness, knows))

    Abstainer(THRESHOLDS).process([message])

    assert message.get("intent")["name"] == message.get("intent_ranking")[0]["name"] == expected
    assert (message.get("guide") is None) == (expected != label or label == "out_of_scope")
    assert message.get("guide_ranking") == [{}]


@pytest.mark.parametrize(
    ("label", "guide_probability", "lead", "expected"),
    [
        ("ask_guide/a", 0.4, 0.8, "ask_guide"),
        ("ask_guide/a", 0.4, 0.6, "nlu_fallback"),
        ("ask_guide/a", 0.25, 0.9, "nlu_fallback"),
        ("out_of_scope", 0.1, 0.9, "out_of_scope"),
        ("out_of_scope", 0.3, 0.6, "nlu_fallback"),
    ],
)
def test_the_thresholds_decide_over_a_guide(label: str, guide_probability: float, lead: float, expected: str) -> None:
    probability = 0.5 if label == "out_of_scope" else guide_probability
    intent = {"name": label.split("/")[0], "confidence": 0.95}
    message = Message(data={"intent": intent, "intent_ranking": [intent], "guide": "a", "guide_ranking": [{}]})
    message.set(EVIDENCE, Evidence(label, probability, 0.8, True, guide_probability, lead))

    Abstainer(THRESHOLDS).process([message])

    assert message.get("intent")["name"] == message.get("intent_ranking")[0]["name"] == expected
    assert message.get("guide") == ("a" if expected == "ask_guide" else None)


def test_a_sure_guide_has_its_lead_as_confidence() -> None:
    intent = {"name": "ask_guide", "confidence": 0.99}
    message = Message(data={"intent": intent, "intent_ranking": [intent], "guide": "a", "guide_ranking": [{}]})
    message.set(EVIDENCE, Evidence("ask_guide/a", 0.4, 0.8, True, 0.4, 0.8))

    Abstainer(THRESHOLDS).process([message])

    assert message.get("intent")["confidence"] == message.get("intent_ranking")[0]["confidence"] == 0.8


@pytest.mark.parametrize("text", ["", "   ", "\U0001f642\U0001f642", "?!", "\u200b"])
def test_a_message_without_words_is_not_understood(
    storage: LocalModelStorage, examples: TrainingData, text: str
) -> None:
    message = understood(trained_classifier(storage, examples), text)

    Abstainer(THRESHOLDS).process([message])

    assert message.get("intent")["name"] == "nlu_fallback"
    assert message.get("intent_ranking") == []


@pytest.mark.parametrize("wrong", [{"intent_above": 0.1}, {"unlike_below": 2}, {"unknown_below": -1}])
def test_thresholds_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidConfigException):
        Abstainer({**THRESHOLDS, **wrong})
