"""Labels, and when to abstain."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
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
from bot.nlu.text_features import TextFeatures, read_text
from bot.nlu.word_tables import load_word_tables

Phrases = dict[str, Any]
THRESHOLDS = {
    "intent_above": 0.3,
    "group_above": 0.6,
    "guide_above": 0.1,
    "likely_above": 0.1,
    "lead_above": 0.7,
    "known_above": 0.3,
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
    sentences = [
        Example(message.get("text"), message.get("normalised"), message.get("intent"))
        for message in examples.intent_examples
    ]
    first, second = (LabelModel.fit(sentences, seed=4, renormalise=str) for _ in range(2))

    assert first.rank(sentences[0].text) == second.rank(sentences[0].text)


def test_one_text_alone_has_the_same_vector_as_in_training(examples: TrainingData) -> None:
    texts = [message.get("normalised") for message in examples.intent_examples]
    features, vectors = TextFeatures.fit(texts)
    for at, text in enumerate(texts):
        row = features.row(read_text(text))
        alone = np.zeros(vectors.shape[1], dtype=np.float32)
        alone[row.indices] = row.values
        assert alone == pytest.approx(vectors[at].toarray()[0], abs=1e-6)


def test_synonyms_carry_a_question_to_words_that_no_example_has(phrases: Phrases) -> None:
    examples = [Example(text, text, label) for label, texts in phrases["synonyms"]["taught"].items() for text in texts]
    model = LabelModel.fit(examples, seed=1, renormalise=str)

    for label, texts in phrases["synonyms"]["asked"].items():
        for text in texts:
            assert model.rank(text).scores[0].label == label


def test_the_share_of_known_words_tells_foreign_text(examples: TrainingData, phrases: Phrases) -> None:
    texts = [message.get("normalised") for message in examples.intent_examples]
    features, _ = TextFeatures.fit(texts)

    assert features.known_share(read_text(texts[0])) == 1
    assert features.known_share(read_text("quantum entanglement tomorrow")) == 0
    assert features.known_share(read_text("?!")) == 0


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


def test_two_questions_in_one_message_are_told_apart_in_their_order(
    storage: LocalModelStorage, examples: TrainingData, phrases: Phrases
) -> None:
    component = trained_classifier(storage, examples)
    found = [understood(component, text) for text in phrases["two_questions"]["two"]]

    assert [(message.get("guide"), message.get("second_guide")) for message in found] == [
        ("vneid-quen-mat-khau", "chuyen-khoan-nham"),
        ("quet-ma-qr", "vneid-quen-mat-khau"),
    ]


def test_one_question_in_two_halves_stays_one(
    storage: LocalModelStorage, examples: TrainingData, phrases: Phrases
) -> None:
    component = trained_classifier(storage, examples)
    for text in phrases["two_questions"]["one"]:
        message = understood(component, text)
        assert (message.get("guide"), message.get("second_guide")) == ("vneid-quen-mat-khau", None)


def test_noisy_copies_are_seeded_and_never_the_sentence_itself(phrases: Phrases) -> None:
    tables = load_word_tables()
    for text in phrases["normal_forms"].values():
        once, again = (noisy_copies(text, text, random.Random(1), lambda t: normalise(t, tables)) for _ in range(2))
        assert once == again
        assert text not in once


def evidence(**given: float) -> Evidence:
    values = {"guides": 0.0, "foreign": 0.0, "intent": 0.0, "lead": 0.0, "known": 1.0, **given}
    return Evidence(**{"intents": values["intent"], "guide": values["guides"], **values}, knows_foreign=True)


def judged(intent: str, found: Evidence) -> Message:
    """A message that the classifier took for `intent`, after the abstainer."""
    ranking = [{"name": intent, "confidence": 0.9}, {"name": "other", "confidence": 0.05}]
    message = Message(data={"intent": ranking[0], "intent_ranking": ranking, "guide_ranking": [{}]})
    message.set("guide", "a" if intent == "ask_guide" else None)
    message.set("second_guide", "b" if intent == "ask_guide" else None)
    message.set(EVIDENCE, found)
    Abstainer(THRESHOLDS).process([message])
    assert message.get("intent")["name"] == message.get("intent_ranking")[0]["name"]
    assert message.get("guide_ranking") == [{}]
    return message


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (evidence(intent=0.8, guides=0.2), "greet"),
        (evidence(intent=0.8, guides=0.2, known=0.2), "out_of_scope"),
        (evidence(intent=0.5, guides=0.4), "nlu_fallback"),
        (evidence(intent=0.31), "greet"),
        (evidence(intent=0.29), "nlu_fallback"),
        (evidence(intent=0.29, intents=0.9), "nlu_fallback"),
        (evidence(intent=0.4, foreign=0.5), "out_of_scope"),
        (evidence(intent=0.3, intents=0.6, foreign=0.4), "greet"),
        (evidence(intent=0.5, foreign=0.4), "out_of_scope"),
        (evidence(intent=0.5, foreign=0.2, guides=0.3), "nlu_fallback"),
    ],
)
def test_the_thresholds_decide_over_an_intent(found: Evidence, expected: str) -> None:
    assert judged("greet", found).get("intent")["name"] == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (evidence(guides=0.9, lead=0.8), "ask_guide"),
        (evidence(guides=0.9, lead=0.6), "nlu_fallback"),
        (evidence(guides=0.9, guide=0.11, lead=0.9, foreign=0.01), "ask_guide"),
        (evidence(guides=0.9, guide=0.09, lead=0.9), "nlu_fallback"),
        (evidence(guides=0.9, guide=0.09, lead=0.9, foreign=0.01), "out_of_scope"),
        (evidence(guides=0.6, lead=0.9, foreign=0.2), "ask_guide"),
        (evidence(guides=0.6, lead=0.9, foreign=0.3), "out_of_scope"),
    ],
)
def test_the_thresholds_decide_over_a_guide(found: Evidence, expected: str) -> None:
    message = judged("ask_guide", found)

    assert message.get("intent")["name"] == expected
    assert message.get("guide") == ("a" if expected == "ask_guide" else None)
    assert message.get("second_guide") == ("b" if expected == "ask_guide" else None)


def test_a_sure_guide_has_its_lead_as_confidence() -> None:
    message = judged("ask_guide", evidence(guides=0.9, lead=0.8))

    assert message.get("intent")["confidence"] == message.get("intent_ranking")[0]["confidence"] == 0.8


def test_data_without_foreign_examples_never_lead_out_of_scope() -> None:
    found = Evidence(
        guides=0.0, guide=0.0, foreign=0.0, intents=0.9, intent=0.9, lead=0.0, known=0.0, knows_foreign=False
    )

    assert judged("greet", found).get("intent")["name"] == "nlu_fallback"


@pytest.mark.parametrize("text", ["", "   ", "\U0001f642\U0001f642", "?!", "\u200b"])
def test_a_message_without_words_is_not_understood(
    storage: LocalModelStorage, examples: TrainingData, text: str
) -> None:
    message = understood(trained_classifier(storage, examples), text)

    Abstainer(THRESHOLDS).process([message])

    assert message.get("intent")["name"] == "nlu_fallback"
    assert message.get("intent_ranking") == []


@pytest.mark.parametrize("wrong", [{"intent_above": 2}, {"known_above": -1}, {"foreign_lead": -0.1}])
def test_thresholds_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidConfigException):
        Abstainer({**THRESHOLDS, **wrong})
