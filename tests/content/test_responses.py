"""The sentences of the domain, said outside of a conversation."""

from __future__ import annotations

import pytest

from hocvu.content.faults import ContentError
from hocvu.content.responses import Responses, Said
from hocvu.settings import PROJECT_ROOT

FILE = """
responses:
  utter_first:
    - text: "{title}: bước {number}"
      buttons:
        - title: Xong {title}
          payload: '/done{{"at": "{number}"}}'
    - text: Cách nói khác
  utter_plain:
    - text: Chào [bác].
"""


@pytest.fixture
def responses(tmp_path):
    (tmp_path / "a.yml").write_text(FILE, encoding="utf-8")
    (tmp_path / "b.yml").write_text("responses:\n  utter_other:\n    - text: Khác\n", encoding="utf-8")
    return Responses(tmp_path)


def test_words_are_put_into_text_and_buttons_of_the_first_variation(responses):
    assert responses.say("utter_first", {"title": "Mật khẩu", "number": 2}) == Said(
        "Mật khẩu: bước 2", ("Xong Mật khẩu",)
    )


def test_a_form_of_address_stays_to_be_filled_in(responses):
    assert responses.say("utter_plain", {}) == Said("Chào [bác].", ())


def test_every_file_of_the_folder_is_read(responses):
    assert responses.say("utter_other", {}).text == "Khác"


@pytest.mark.parametrize(("name", "words"), [("utter_unknown", {}), ("utter_first", {"title": "a"})])
def test_an_unknown_response_or_blank_is_no_silent_gap(responses, name, words):
    with pytest.raises(KeyError):
        responses.say(name, words)


def test_a_malformed_file_is_refused(tmp_path):
    (tmp_path / "a.yml").write_text("responses: [", encoding="utf-8")

    with pytest.raises(ContentError, match=r"a\.yml"):
        Responses(tmp_path)


def test_the_real_responses_can_be_said():
    responses = Responses(PROJECT_ROOT / "bot" / "domain" / "responses")

    said = responses.say("utter_walk_step", {"guide": "mot", "step": "a", "number": 1, "do": "Bấm.", "see": "Sáng."})

    assert said.text.startswith("Bước 1: Bấm.")
    assert said.buttons[0] == "Xong rồi"
