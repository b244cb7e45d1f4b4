"""What a picture may show: known parts, words that fit, and one thing to point at."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from hocvu.content.faults import ContentError
from hocvu.content.library import load_library
from hocvu.content.screens import Screen
from tests.unit.factories import page_data, write_knowledge

EVERY_PART = [
    ({"heading": "Chào mừng"}, ["Chào mừng"]),
    ({"text": "Nhập số điện thoại"}, ["Nhập số điện thoại"]),
    ({"field": "Mật khẩu", "value": "••••"}, ["Mật khẩu"]),
    ({"button": "Tiếp tục"}, ["Tiếp tục"]),
    ({"link": "Quên mật khẩu"}, ["Quên mật khẩu"]),
    ({"row": "Cài đặt"}, ["Cài đặt"]),
    ({"switch": "Wi-Fi", "on": True}, ["Wi-Fi"]),
    ({"choice": "Tôi đồng ý", "ticked": True}, ["Tôi đồng ý"]),
    ({"icons": ["Zalo", "VNeID"]}, ["Zalo", "VNeID"]),
    ({"tabs": ["Trang chủ", "Cá nhân"]}, ["Trang chủ", "Cá nhân"]),
    ({"code": 6}, ["code"]),
    ({"keyboard": "letters"}, ["letters"]),
    ({"keyboard": "numbers"}, ["numbers"]),
    ({"message": "Mã là ••••", "sender": "VNeID"}, ["Mã là ••••"]),
    ({"dialog": "Xoá ứng dụng?", "buttons": ["Xoá", "Huỷ"]}, ["Xoá", "Huỷ"]),
    ({"frame": "qr", "words": "Đưa mã vào khung"}, ["Đưa mã vào khung"]),
    ({"search": "Tìm kiếm"}, ["Tìm kiếm"]),
    ({"card": ["Số", "Họ và tên"]}, ["Số", "Họ và tên"]),
]


def make_screen(*parts, **given):
    return Screen.model_validate({"parts": list(parts), **given})


def test_every_kind_of_part_is_among_the_examples():
    kinds = Screen.model_json_schema()["$defs"].keys() - {"Screen"}

    assert {type(make_screen(part).parts[0]).__name__ for part, _ in EVERY_PART} == kinds


@pytest.mark.parametrize(("part", "labels"), EVERY_PART)
@pytest.mark.parametrize("verb", ["tap", "look"])
def test_every_label_of_a_part_can_be_pointed_at(part, labels, verb):
    assert list(make_screen(part).parts[0].labels()) == labels
    for label in labels:
        assert getattr(make_screen(part, **{verb: label}), verb) == label


@pytest.mark.parametrize("verb", ["tap", "look"])
@pytest.mark.parametrize("label", ["Thoát", "tiếp tục", "Tiếp", "VNeID"])
def test_what_is_not_on_the_screen_cannot_be_pointed_at(verb, label):
    with pytest.raises(ValidationError, match=f"'{label}' is not on the screen: one of Tiếp tục, Zalo"):
        make_screen({"button": "Tiếp tục"}, {"icons": ["Zalo"]}, title="VNeID", **{verb: label})


def test_a_picture_points_at_one_thing():
    with pytest.raises(ValidationError, match="`tap` and `look` both stand"):
        make_screen({"button": "Tiếp tục"}, tap="Tiếp tục", look="Tiếp tục")


@pytest.mark.parametrize("part", [{"nut": "Tiếp tục"}, {}, "Tiếp tục", None, ["Tiếp tục"], {"words": "a"}])
def test_an_unknown_part_is_told_with_the_known_ones(part):
    with pytest.raises(ValidationError, match="unknown part of a picture: use one of heading, text, field, button"):
        make_screen(part)


def test_an_unknown_part_of_a_page_is_named_with_file_and_line(tmp_path):
    page = page_data()
    page["steps"][1]["picture"] = {"parts": [{"button": "Tiếp tục"}, {"nut": "Tiếp tục"}]}

    with pytest.raises(ContentError) as caught:
        load_library(write_knowledge(tmp_path, page))

    (fault,) = caught.value.faults
    lines = fault.path.read_text(encoding="utf-8").splitlines()
    assert fault.message.startswith("guide.steps.1.picture.parts.1: unknown part")
    assert '"nut"' in "".join(lines[fault.line - 1 : fault.line + 1])


@pytest.mark.parametrize(
    "part",
    [
        {"button": "a" * 33},
        {"button": ""},
        {"button": "   "},
        {"button": "Tiếp", "link": "Tục"},
        {"button": "Tiếp", "colour": "red"},
        {"text": "a" * 111},
        {"icons": []},
        {"icons": ["a"] * 10},
        {"icons": "Zalo"},
        {"tabs": ["a"]},
        {"tabs": ["a"] * 6},
        {"code": 3},
        {"code": 9},
        {"keyboard": "emoji"},
        {"dialog": "Xoá?", "buttons": []},
        {"dialog": "Xoá?", "buttons": ["a", "b", "c", "d"]},
        {"dialog": "Xoá?"},
        {"frame": "map", "words": "Bản đồ"},
        {"frame": "qr"},
        {"card": []},
        {"card": ["a"] * 6},
    ],
)
def test_a_part_beyond_its_limits_is_refused(part):
    with pytest.raises(ValidationError):
        make_screen(part)


@pytest.mark.parametrize(
    "part",
    [
        {"button": "a" * 32},
        {"text": "a" * 110},
        {"icons": ["a"] * 9},
        {"tabs": ["a"] * 5},
        {"code": 4},
        {"code": 8},
        {"dialog": "Xoá?", "buttons": ["a", "b", "c"]},
        {"card": ["a"] * 5},
    ],
)
def test_a_part_at_its_limits_is_fine(part):
    assert len(make_screen(part).parts) == 1


@pytest.mark.parametrize(("count", "is_fine"), [(0, False), (1, True), (8, True), (9, False)])
def test_a_screen_has_one_to_eight_parts(count, is_fine):
    parts = [{"button": f"Nút {number}"} for number in range(count)]

    if is_fine:
        assert len(make_screen(*parts).parts) == count
    else:
        with pytest.raises(ValidationError, match="parts"):
            make_screen(*parts)
