from __future__ import annotations

import pytest

from hocvu.content.models import ADDRESS_PLACEHOLDERS
from hocvu.people.address import AddressPair, address, asked_pair, load_pairs

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


@pytest.mark.parametrize("pair_id", EXPECTED)
def test_every_pair_can_be_asked_for_with_and_without_marks(pair_id):
    word = EXPECTED[pair_id][0]

    assert asked_pair(f"gọi {word} đi") == PAIRS[pair_id]
    assert asked_pair(f"kêu {word} nha con") == PAIRS[pair_id]


@pytest.mark.parametrize(
    ("text", "pair_id"),
    [
        ("goi toi la ong di", "ong"),
        ("keu chi duoc roi", "chi"),
        ("gọi tôi là cô đi", "co"),
        ("đừng kêu bác, kêu chú", "chu"),
        ("cô chứ không phải bác", "co"),
        ("bác là đàn ông, gọi ông cũng được", "ong"),
        ("ai cho gọi bác, anh còn trẻ", "anh"),
        ("xưng em gọi anh", "anh"),
        ("trợ lý phải xưng anh chị", "em"),
        ("xưng hô trung tính giúp, gọi là anh/chị", "ban"),
        ("em ơi gọi chị là chị nhé", "chi"),
        ("gọi anh, à nhầm, gọi chú", "chu"),
        ("BÀ CHỨ KHÔNG PHẢI ÔNG", "ba"),
    ],
)
def test_the_form_that_is_wanted_is_understood(text, pair_id):
    assert asked_pair(text) == PAIRS[pair_id]


@pytest.mark.parametrize(
    "text",
    [
        "đừng gọi bác",
        "dung goi bac nua",
        "không thích bị gọi là bác",
        "mới ba mươi mà cứ bác bác nghe già quá",
        "kêu dượng nghe",
        "đề nghị gọi tôi là đồng chí",
        "goi toi la dong chi",
        "con kêu ba đi cho thân",
        "doi cach xung ho co duoc khong",
        "xưng em đi",
        "",
    ],
)
def test_a_refusal_and_a_form_we_have_not_ask_for_no_pair(text):
    assert asked_pair(text) is None
