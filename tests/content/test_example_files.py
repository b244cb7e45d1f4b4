"""Reading the training examples of intents and pages."""

from __future__ import annotations

import pytest

from hocvu.content.faults import ContentError
from hocvu.content.library import load_library
from hocvu.content.training_examples import by_label, dialogue_examples, shelf_examples
from tests.unit.factories import page_data, write_knowledge


def test_intents_are_read_with_their_files_and_families_apart(tmp_path):
    text = 'version: "3.1"\nnlu:\n- intent: {}\n  examples: |\n    - một\n    -  hai: "ba" \n'
    for name, intent in {"a": "greet", "b": "out_of_scope/law"}.items():
        (tmp_path / f"{name}.yml").write_text(text.format(intent), encoding="utf-8")

    examples = dialogue_examples(tmp_path)

    assert by_label(examples) == {"greet": ["một", 'hai: "ba"'], "out_of_scope/law": ["một", 'hai: "ba"']}
    assert [one.path.name for one in examples] == ["a.yml", "a.yml", "b.yml", "b.yml"]


@pytest.mark.parametrize(
    "text",
    [
        "- một",
        "a: 1",
        "nlu:\n- synonym: một\n  examples: '- hai'",
        "nlu:\n- intent: greet\n  examples: ''",
    ],
)
def test_a_file_that_is_not_a_list_of_intents_with_examples_is_a_fault(tmp_path, text):
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        dialogue_examples(tmp_path)

    assert {fault.path for fault in caught.value.faults} == {path}


def test_examples_of_the_shelf_are_those_of_the_export_with_their_files(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot"), page_data("hai", "answer"))

    examples = shelf_examples(knowledge, load_library(knowledge))

    assert {(one.label, one.path.parent.parent.name) for one in examples} == {("mot", "guides"), ("hai", "answers")}
    assert by_label(examples)["mot"] == ["Trang mot", *page_data("mot")["questions"]]
