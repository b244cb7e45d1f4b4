from __future__ import annotations

import pytest

from hocvu.content.models import ADDRESS_PLACEHOLDERS
from hocvu.people.address import AddressPair, address, load_pairs

PAIRS = load_pairs()
EXPECTED = {
    "bac": ("bác", "Bác", "cháu", "Cháu"),
    "ong": ("ông", "Ông", "cháu", "Cháu"),
    "ba": ("bà", "Bà", "cháu", "Cháu"),
    "co": ("cô", "Cô", "cháu", "Cháu"),
    "chu": ("chú", "Chú", "cháu", "Cháu"),
    "anh": ("anh", "Anh", "em", "Em"),
    "chi": ("chị", "Chị", "em", "Em"),
    "em": ("em", "Em", "mình", "Mình"),
    "ban": ("bạn", "Bạn", "mình", "Mình"),
}


def test_every_pair_is_expected_here():
    assert PAIRS.keys() == EXPECTED.keys()


@pytest.mark.parametrize("pair_id", EXPECTED)
def test_every_placeholder_gives_the_word_of_the_pair(pair_id):
    said = tuple(address(placeholder, PAIRS[pair_id]) for placeholder in ADDRESS_PLACEHOLDERS)

    assert said == EXPECTED[pair_id]


@pytest.mark.parametrize("pair_id", EXPECTED)
def test_a_pair_stands_under_its_own_id_in_lower_case(pair_id):
    pair = PAIRS[pair_id]

    assert (pair.id, pair.learner, pair.assistant) == (pair_id, pair.learner.lower(), pair.assistant.lower())


def test_all_placeholders_of_a_text_are_replaced():
    said = address("[Bác] bấm nút này, [cháu] chờ [bác]. [Cháu] nghe.", PAIRS["chi"])

    assert said == "Chị bấm nút này, em chờ chị. Em nghe."


@pytest.mark.parametrize("text", ["", "bác cháu", "[khác]", "[BÁC]", "[bác", "mảng[0]"])
def test_other_text_stays(text):
    assert address(text, PAIRS["anh"]) == text


def test_a_word_put_in_is_not_replaced_again():
    assert address("[bác] [cháu]", AddressPair("x", "[cháu]", "em")) == "[cháu] em"
