"""The words for positions in knowledge/notices.yml, as learners use them."""

from __future__ import annotations

import pytest

from hocvu.content.notices import load_notices
from hocvu.content.positions import at_position, named_position
from hocvu.settings import PROJECT_ROOT

WORDS = load_notices(PROJECT_ROOT / "knowledge" / "notices.yml").positions


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("cái thứ hai", 2),
        ("cai thu hai", 2),
        ("thu nhi", 2),
        ("Số 1", 1),
        ("so 1 nhe", 1),
        ("câu b", 2),
        ("câu B ạ", 2),
        ("a", 1),
        ("ý cuối", -1),
        ("y cuoi", -1),
        ("hàng chót", -1),
        ("cái dưới cùng", -1),
        ("cai duoi cung", -1),
        ("cái kế chót", -2),
        ("cái đầu tiên", 1),
        ("số bốn nha con", 4),
    ],
)
def test_a_position_is_understood_with_and_without_marks(text, position):
    assert named_position(text, WORDS) == position


@pytest.mark.parametrize(
    ("text", "position"),
    [("ba, à không, hai", 2), ("không phải cái một, cái hai cơ", 2), ("hai cái thì lấy cái sau", -1)],
)
def test_a_number_that_chooses_nothing_is_passed_over(text, position):
    assert named_position(text, WORDS) == position


@pytest.mark.parametrize("text", ["cả hai cái luôn", "mấy cái trên đều phải", "cái nớ", "", "số 12"])
def test_without_a_position_there_is_none(text):
    assert named_position(text, WORDS) is None


def test_the_first_position_counts():
    """The last word of "cau 2 a" is "ạ"."""
    assert named_position("cau 2 a", WORDS) == 2


def test_no_word_stands_for_two_positions():
    listed = [word for words in WORDS.values() for word in words]

    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(("position", "thing"), [(1, "x"), (3, "z"), (-1, "z"), (-2, "y"), (-3, "x")])
def test_a_position_counts_from_the_first_or_from_the_last(position, thing):
    assert at_position(["x", "y", "z"], position) == thing


@pytest.mark.parametrize("position", [4, -4, None])
def test_where_nothing_stands_nothing_is_chosen(position):
    assert at_position(["x", "y", "z"], position) is None


def test_of_nothing_nothing_is_chosen():
    assert at_position([], -1) is None
