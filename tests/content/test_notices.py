from __future__ import annotations

import json

import pytest
from ruamel.yaml import YAML

from hocvu.content.faults import ContentError
from hocvu.content.notices import load_notices
from hocvu.people.address import AddressPair, address
from hocvu.privacy.personal_data import PersonalData
from hocvu.settings import PROJECT_ROOT

NOTICES = PROJECT_ROOT / "knowledge" / "notices.yml"


@pytest.fixture
def data():
    return YAML(typ="safe", pure=True).load(NOTICES.read_text(encoding="utf-8"))


@pytest.fixture
def load(tmp_path):
    def load_data(data):
        path = tmp_path / "notices.yml"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return load_notices(path)

    return load_data


def test_the_real_notices_have_a_mask_and_a_reason_for_every_kind():
    notices = load_notices(NOTICES)

    assert set(notices.masks) == set(notices.personal_data) == set(PersonalData)


def test_a_mask_holds_no_digit_and_tells_kinds_apart():
    masks = load_notices(NOTICES).masks

    assert not any(char.isdigit() for label in masks.values() for char in label)
    assert len(set(masks.values())) == len(PersonalData)


def test_no_bracket_is_left_when_a_notice_is_said():
    notices = load_notices(NOTICES)
    texts = [*notices.personal_data.values(), *notices.notices.model_dump().values()]
    texts += [*notices.buttons.model_dump().values(), *notices.faults.model_dump().values()]

    assert not [text for text in texts if "[" in address(text, AddressPair("chi", "chị", "em"))]


@pytest.mark.parametrize("group", ["masks", "personal_data"])
@pytest.mark.parametrize("kind", PersonalData)
def test_a_missing_text_for_personal_data_is_named(load, data, group, kind):
    del data[group][str(kind)]

    with pytest.raises(ContentError, match=f"{group}.{kind}"):
        load(data)


@pytest.mark.parametrize(("group", "name"), [("notices", "waiting"), ("buttons", "other_topic"), ("faults", "busy")])
def test_a_missing_notice_is_named(load, data, group, name):
    del data[group][name]

    with pytest.raises(ContentError, match=f"{group}.{name}"):
        load(data)


def test_an_unknown_notice_is_named(load, data):
    data["faults"]["bussy"] = "Bận."

    with pytest.raises(ContentError, match=r"faults\.bussy"):
        load(data)


def test_positions_are_numbers_with_their_words(load, data):
    data["positions"]["first"] = ["đầu"]

    with pytest.raises(ContentError, match=r"positions\.first"):
        load(data)
