"""The walls between the rooms, and names that two rooms share."""

from __future__ import annotations

import ast
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML

from actions.out_of_scope import FAMILIES
from hocvu.content.library import load_library
from hocvu.guidance.walkthrough import Say
from hocvu.outcomes import TurnOutcome
from hocvu.settings import PROJECT_ROOT

MARKED_LETTERS = 3
LONGEST_LABEL_CHARS = 25
INTENT_NAME = r"^(?:ask|choose|complain|control|correct|disclose|introduce|pressed|request|say)_[a-z_]+$"
SAID_OTHERWISE = {Say.BRANCHES, Say.FINISHED, Say.FIX_AND_STEP, Say.STOPPED}  # by responses of their own in actions/


def python_files(*rooms: str) -> list[Path]:
    paths = [
        path for room in rooms for path in sorted((PROJECT_ROOT / room).rglob("*.py")) if ".venv" not in path.parts
    ]
    assert paths
    return paths


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """First names of all modules that a file imports, also inside functions."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
            names |= {argument.value.split(".")[0] for argument in node.args if isinstance(argument, ast.Constant)}
    return names


def said_strings(path: Path) -> Iterator[str]:
    """Every string constant that is no docstring."""
    module = tree(path)
    docs = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def is_vietnamese_sentence(text: str) -> bool:
    marked = [char for char in text if char in "đĐ" or (char.isalpha() and unicodedata.decomposition(char))]
    return (
        len(text) > LONGEST_LABEL_CHARS and " " in text.strip() and len(marked) >= MARKED_LETTERS and "\\b" not in text
    )


def read(path: Path) -> dict:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


DOMAIN = read(PROJECT_ROOT / "bot/domain/domain.yml")
INTENTS = {next(iter(intent)) if isinstance(intent, dict) else intent for intent in DOMAIN["intents"]}
RESPONSES = {
    name: variants
    for path in sorted((PROJECT_ROOT / "bot/domain/responses").glob("*.yml"))
    for name, variants in read(path)["responses"].items()
}
RULES = [rule["steps"] for rule in read(PROJECT_ROOT / "bot/rules/rules.yml")["rules"]]
STEPS = [step for steps in RULES for step in steps]
ACTIONS_OF_INTENT = {
    steps[0]["intent"]: [step["action"] for step in steps if "action" in step]
    for steps in RULES
    if "intent" in steps[0]
}
PAYLOADS = sorted(
    {
        button["payload"]
        for variants in RESPONSES.values()
        for variant in variants
        for button in variant.get("buttons", ())
    }
)


def said_in(payload: str) -> dict:
    """The values of a payload. Rasa fills in what stands in single braces, so the JSON's own are written double."""
    assert payload[payload.index("{") :].startswith("{{"), f"{payload}: double the braces"
    return json.loads(payload[payload.index("{") :].replace("{{", "{").replace("}}", "}"))


def used_in_actions(pattern: str) -> set[str]:
    return {
        name for path in python_files("actions") for text in said_strings(path) for name in re.findall(pattern, text)
    }


def responses_of_actions() -> set[str]:
    whole = used_in_actions(r"^utter_\w+[a-z]$")
    whole |= {f"utter_out_of_scope_{family}" for family in FAMILIES}
    return whole | {f"utter_walk_{say}" for say in set(Say) - SAID_OTHERWISE}


@pytest.mark.parametrize("path", python_files("bot"), ids=lambda path: path.stem)
def test_the_brain_imports_nothing_of_the_platform(path):
    assert imported(path) & {"hocvu", "actions", "tests"} == set()


@pytest.mark.parametrize("path", python_files("hocvu", "actions"), ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_the_platform_imports_nothing_of_the_brain(path):
    assert imported(path) & {"rasa", "bot", "tests"} == set()


@pytest.mark.parametrize(
    "path", python_files("hocvu", "actions", "bot"), ids=lambda path: f"{path.parent.name}.{path.stem}"
)
def test_no_vietnamese_sentence_stands_in_python(path):
    assert [text for text in said_strings(path) if is_vietnamese_sentence(text)] == []


def test_the_look_for_sentences_finds_one():
    assert is_vietnamese_sentence("Cháu đã nhận được tin của bác, bác chờ một chút.")
    assert not is_vietnamese_sentence("needs question, expected and style, separated by tabs")


def test_every_action_of_the_domain_has_a_class_and_every_class_stands_in_the_domain():
    executor = ActionExecutor()
    executor.register_package("actions")

    assert set(executor.actions) == set(DOMAIN["actions"])


def test_every_response_that_actions_use_exists():
    assert responses_of_actions() - RESPONSES.keys() == set()


def test_every_response_is_used_by_an_action_or_a_rule():
    assert RESPONSES.keys() - responses_of_actions() - {step.get("action") for step in STEPS} == set()


def test_every_intent_of_the_rules_stands_in_the_domain():
    assert {step["intent"] for step in STEPS if "intent" in step} - INTENTS == set()


def test_every_intent_of_the_domain_has_exactly_one_rule():
    assert sorted(step["intent"] for step in STEPS if "intent" in step) == sorted(INTENTS)


def test_every_action_of_the_rules_exists():
    assert {step["action"] for step in STEPS if "action" in step} - set(DOMAIN["actions"]) - RESPONSES.keys() == set()


@pytest.mark.parametrize("name", ["control_done", "choose_branch", "ask_fee", "disclose_secret", "pressed_wrong"])
def test_an_intent_that_actions_tell_apart_stands_in_the_domain(name):
    assert name in used_in_actions(INTENT_NAME)


def test_every_intent_named_in_actions_stands_in_the_domain():
    assert used_in_actions(INTENT_NAME) - INTENTS == set()


def test_an_intent_without_a_custom_action_ends_the_row_of_misunderstandings():
    """Only Rasa can set the slot there: no action of ours runs."""
    said_by_responses_alone = {
        intent for intent, names in ACTIONS_OF_INTENT.items() if all(name.startswith("utter_") for name in names)
    }
    (mapping,) = DOMAIN["slots"]["misunderstood"]["mappings"]

    assert set(mapping["intent"]) == said_by_responses_alone
    assert (mapping["type"], mapping["value"]) == ("from_intent", 0)


@pytest.mark.parametrize(
    "intent", ["scam_in_progress", "paste_suspicious", "distress", "emergency_medical", "emergency_crime"]
)
def test_danger_is_answered_by_its_response_and_nothing_else(intent):
    assert ACTIONS_OF_INTENT[intent] == [f"utter_{intent}"]


def test_the_offer_of_a_person_leads_to_a_person_and_to_help():
    buttons = RESPONSES["utter_offer_person"][0]["buttons"]

    assert [button["payload"] for button in buttons] == ["/request_handoff", "/ask_help"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_payload_of_a_response_names_an_intent(payload):
    assert re.match(r"/(\w+)", payload).group(1) in INTENTS


def test_every_payload_made_in_actions_names_an_intent():
    made = used_in_actions(r"^/(\w+)")

    assert made
    assert made - INTENTS == set()


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if "{" in payload])
def test_every_value_of_a_payload_is_an_entity(payload):
    said = said_in(payload)

    assert said.keys() <= set(DOMAIN["entities"])


def test_every_page_that_a_response_offers_exists():
    offered = {said_in(payload)["guide"] for payload in PAYLOADS if payload.startswith("/choose_guide")}

    assert offered - load_library(PROJECT_ROOT / "knowledge").pages.keys() == set()


def test_every_bracket_of_a_response_is_an_address_placeholder():
    texts = [text for variants in RESPONSES.values() for variant in variants for text in _texts(variant)]

    assert set(re.findall(r"\[.*?\]", " ".join(texts))) <= {"[bác]", "[Bác]", "[cháu]", "[Cháu]"}


@pytest.mark.parametrize("name", [name for name in sorted(RESPONSES) if name.startswith("utter_walk_")])
def test_a_walkthrough_response_names_only_values_that_actions_give(name):
    given = {"guide", "title", "step", "number", "total", "remaining", "do", "see", "why", "fix"}
    given |= {"intro", "papers", "time", "fee", "safety", "done", "steps"}

    used = {value for variant in RESPONSES[name] for text in _texts(variant) for value in re.findall(r"{(\w+)}", text)}

    assert used <= given


def test_the_training_data_use_only_intents_of_the_domain():
    files = sorted((PROJECT_ROOT / "nlu_data").glob("*.yml"))

    named = {block["intent"].split("/")[0] for path in files for block in read(path)["nlu"] if "intent" in block}

    assert named - INTENTS == set()


def test_the_families_of_what_is_not_ours_are_those_of_the_training_data():
    blocks = read(PROJECT_ROOT / "nlu_data" / "out_of_scope.yml")["nlu"]

    assert [block["intent"] for block in blocks] == [f"out_of_scope/{family}" for family in FAMILIES]


def test_what_actions_keep_stands_in_slots_of_the_domain():
    kept = {"turn_outcome", "topic", "offered", "misunderstood"}

    assert DOMAIN["slots"].keys() == kept
    assert used_in_actions(rf"^(?:{'|'.join(kept)})$") == kept


def test_the_brain_uses_only_outcomes_of_the_one_list():
    named = {
        text
        for path in python_files("bot")
        for text in said_strings(path)
        if re.fullmatch(r"error_[a-z_]+|answered|clarified|out_of_scope|handed_off|refused_[a-z]+", text)
    }

    assert named <= set(TurnOutcome)


def _texts(variant: dict) -> list[str]:
    buttons = variant.get("buttons", [])
    return [variant["text"], *(button["title"] for button in buttons), *(button["payload"] for button in buttons)]
