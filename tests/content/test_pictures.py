"""Pictures of steps: readable, described in words, safe as SVG, light as PNG, and under an address of their own."""

from __future__ import annotations

import json
import struct
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from hocvu.content.library import load_library
from hocvu.content.models import Guide
from hocvu.content.pictures import style
from hocvu.content.pictures.alternative import alternative
from hocvu.content.pictures.drawing import PNG_WIDTH, draw, png
from hocvu.content.pictures.metrics import width, wrap
from hocvu.content.pictures.parts import draw_part
from hocvu.content.pictures.served import picture_path, png_of, svg_of
from hocvu.content.pictures.sheet import Path, Rectangle, Sheet, Words
from hocvu.content.screens import Part
from hocvu.settings import PROJECT_ROOT
from tests.content.test_screens import EVERY_PART, make_screen
from tests.unit.factories import page_data

LEAST_CONTRAST = 7.0
"""WCAG 2.2, 1.4.6."""
MOST_PNG_BYTES = 150_000
FINGER_HEIGHT = 66
WITHOUT_WORDS = ("code", "letters", "numbers")
SVG = "{http://www.w3.org/2000/svg}"

PICTURES = {
    f"{page.slug}/{step.id}": step.picture
    for page in load_library(PROJECT_ROOT / "knowledge")
    if isinstance(page, Guide)
    for step in page.steps
    if step.picture is not None
}
EVERY_SCREEN = [make_screen(part, title="VNeID") for part, _ in EVERY_PART]


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def covers(shape, x, y):
    box = shape.box
    return shape.fill != "none" and box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height


def words_on_grounds(picture):
    """Every line of words with its colour and the colour that it was painted on."""
    shapes = picture.sheet.shapes
    for place, words in enumerate(shapes):
        if isinstance(words, Words):
            x, y = words.x + (0 if words.anchor == "middle" else 3), words.y - words.size / 3
            grounds = [shape for shape in shapes[:place] if isinstance(shape, Rectangle) and covers(shape, x, y)]
            yield words.text, words.fill, grounds[-1].fill


def finger_of(picture):
    return next(shape for shape in picture.sheet.shapes if isinstance(shape, Path) and shape.fill == style.SKIN)


def words_of(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_real_pages_have_pictures():
    assert len(PICTURES) > 500


def test_no_words_of_a_real_picture_leave_their_place():
    assert {name: found for name, screen in PICTURES.items() if (found := draw(screen).overflowing)} == {}


def test_every_real_picture_is_told_in_words_that_name_what_is_pointed_at():
    pointing = {name: screen.tap or screen.look for name, screen in PICTURES.items() if screen.tap or screen.look}
    named = {name: label for name, label in pointing.items() if label not in WITHOUT_WORDS}

    assert [name for name, label in named.items() if f'"{label}".' not in alternative(PICTURES[name])] == []


def test_every_real_picture_is_well_formed_and_titled_with_its_alternative():
    for screen in PICTURES.values():
        assert ElementTree.fromstring(svg_of(screen)).findtext(f"{SVG}title") == alternative(screen)


def test_the_finger_of_every_real_picture_is_on_the_drawing():
    drawn = {name: draw(screen) for name, screen in PICTURES.items() if screen.tap is not None}

    assert [name for name, picture in drawn.items() if finger_of(picture).y + FINGER_HEIGHT > picture.height] == []


@pytest.mark.parametrize("place", [0, 0.5, 1])
def test_a_real_picture_as_png_is_wide_enough_and_light(place):
    names = sorted(PICTURES, key=lambda name: draw(PICTURES[name]).height)
    screen = PICTURES[names[int(place * (len(names) - 1))]]

    drawn = png_of(screen)

    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    size = struct.unpack(">II", drawn[16:24])
    assert size == (720, pytest.approx(draw(screen).height * 2, abs=1))
    assert len(drawn) <= MOST_PNG_BYTES


@pytest.mark.parametrize("screen", EVERY_SCREEN, ids=lambda screen: type(screen.parts[0]).__name__)
def test_words_stand_out_from_their_ground(screen):
    faint = [
        (text, fill, ground, round(contrast(fill, ground), 2))
        for text, fill, ground in words_on_grounds(draw(screen))
        if contrast(fill, ground) < LEAST_CONTRAST
    ]

    assert faint == []


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("part", "labels"), EVERY_PART)
def test_whatever_has_a_label_can_be_tapped_where_it_is_drawn(part, labels):
    for label in labels:
        picture = draw(make_screen(part, tap=label))
        box, finger = picture.sheet.targets[label], finger_of(picture)

        assert box.x <= finger.x <= box.x + box.width
        assert box.y <= finger.y <= box.y + box.height


def test_with_nothing_to_tap_there_is_no_finger():
    shapes = draw(make_screen({"button": "Tiếp tục"}, look="Tiếp tục")).sheet.shapes

    assert [shape for shape in shapes if isinstance(shape, Path) and shape.fill == style.SKIN] == []
    assert shapes[-1].dash != "none"


def test_parts_stand_below_each_other():
    parts = [part for part, _ in EVERY_PART if set(part).isdisjoint({"tabs", "keyboard", "icons", "dialog", "card"})][
        :8
    ]
    screen = make_screen(*parts)

    boxes = [draw(screen).sheet.targets[next(part.labels())] for part in screen.parts]

    assert all(upper.y + upper.height <= lower.y for upper, lower in combinations(boxes, 2))


def test_tabs_stand_at_the_foot_wherever_they_are_listed():
    picture = draw(make_screen({"tabs": ["Trang chủ", "Cá nhân"]}, {"button": "Tiếp tục"}))

    assert picture.sheet.targets["Cá nhân"].y > picture.sheet.targets["Tiếp tục"].y
    assert picture.height >= style.LEAST_HEIGHT


@pytest.mark.parametrize(
    "part",
    [{"button": "W" * 32}, {"tabs": ["Nghiêngngảnghiêng", "b", "c", "d", "e"]}, {"icons": ["Côngdânsốtoànquốc"]}],
)
def test_a_word_too_long_for_its_place_is_reported(part):
    assert draw(make_screen(part)).overflowing == [next(iter(make_screen(part).parts[0].labels()))]


@pytest.mark.parametrize("screen", EVERY_SCREEN, ids=lambda screen: type(screen.parts[0]).__name__)
def test_words_that_fit_are_not_reported(screen):
    assert draw(screen).overflowing == []


def test_a_part_without_a_drawing_is_no_silent_gap():
    class Unknown(Part):
        words: str = "a"

    with pytest.raises(TypeError, match="no drawing for Unknown"):
        draw_part(Unknown(), Sheet(), 0)


@pytest.mark.parametrize("label", ["Lưu & thoát", "a < b > c", 'Bấm "OK"', "it's", "<script>", "&amp;", "{{ 7 }}"])
def test_signs_of_markup_are_words(label):
    svg = svg_of(make_screen({"button": label}, {"text": label}, title=label, tap=label))

    assert words_of(svg) == [label] * 3
    assert f'"{label}"' in ElementTree.fromstring(svg).findtext(f"{SVG}title")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"heading": "Chào"}, 'dòng chữ lớn "Chào"'),
        ({"field": "Mật khẩu"}, 'ô "Mật khẩu"'),
        ({"field": "Số", "value": "0912"}, 'ô "Số" đã điền "0912"'),
        ({"switch": "Wi-Fi"}, 'công tắc "Wi-Fi" đang tắt'),
        ({"switch": "Wi-Fi", "on": True}, 'công tắc "Wi-Fi" đang bật'),
        ({"choice": "Đồng ý"}, 'ô đánh dấu "Đồng ý"'),
        ({"choice": "Đồng ý", "ticked": True}, 'ô đánh dấu "Đồng ý" đã chọn'),
        ({"icons": ["Zalo", "VNeID"]}, 'các hình ứng dụng "Zalo", "VNeID"'),
        ({"code": 6}, "hàng 6 ô nhập mã"),
        ({"message": "Mã"}, 'tin nhắn "Mã"'),
        ({"message": "Mã", "sender": "VNeID"}, 'tin nhắn của VNeID: "Mã"'),
        ({"dialog": "Xoá?", "buttons": ["Có", "Không"]}, 'bảng hỏi "Xoá?" với các nút "Có", "Không"'),
        ({"frame": "face", "words": "Nhìn thẳng"}, 'khung khuôn mặt, chữ "Nhìn thẳng"'),
        ({"card": ["Số", "Tên"]}, 'thẻ có các dòng "Số", "Tên"'),
    ],
)
def test_a_part_is_told_in_words(part, words):
    assert alternative(make_screen(part)) == f"Hình vẽ màn hình điện thoại. Bên dưới có: {words}."


@pytest.mark.parametrize(("part", "labels"), EVERY_PART)
def test_every_kind_of_part_is_told(part, labels):
    told = alternative(make_screen(part))

    assert all(f'"{label}"' in told for label in labels if label not in WITHOUT_WORDS)
    assert "{" not in told


@pytest.mark.parametrize("kind", ["qr", "face", "card", "paper", "photo", "nfc", "video"])
def test_every_frame_is_drawn_and_told(kind):
    screen = make_screen({"frame": kind, "words": "Đưa vào khung"})

    assert (draw(screen).overflowing, '"Đưa vào khung"' in alternative(screen)) == ([], True)


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ({"tap": "Tiếp tục"}, 'Ngón tay chỉ vào "Tiếp tục".'),
        ({"look": "Tiếp tục"}, 'Khung cam đánh dấu "Tiếp tục".'),
        ({"tap": "code"}, "Ngón tay chỉ vào hàng ô nhập mã."),
        ({"look": "letters"}, "Khung cam đánh dấu bàn phím."),
        ({"tap": "letters"}, "Ngón tay chỉ vào bàn phím."),
    ],
)
def test_what_is_pointed_at_is_told_last(given, last):
    screen = make_screen({"button": "Tiếp tục"}, {"code": 6}, {"keyboard": "letters"}, title="VNeID", **given)

    assert alternative(screen).endswith(f" {last}")
    assert 'Trên cùng ghi "VNeID".' in alternative(screen)


def make_guide(**picture):
    data = page_data("mot")
    data["steps"][0]["picture"] |= picture
    return Guide.model_validate(data)


def test_a_picture_has_a_path_of_its_guide_and_step():
    guide = make_guide()

    assert picture_path(guide, guide.steps[0]).startswith("/pictures/mot/mot.svg?v=")
    assert picture_path(guide, guide.steps[0], kind="png").startswith("/pictures/mot/mot.png?v=")


def test_an_edited_picture_has_another_path_and_the_same_one_the_same():
    paths = [picture_path(guide, guide.steps[0]) for guide in (make_guide(), make_guide(), make_guide(title="Zalo"))]

    assert (paths[0] == paths[1], paths[0] == paths[2]) == (True, False)


def test_a_step_without_a_picture_has_no_path():
    data = page_data("mot")
    del data["steps"][0]["picture"]
    guide = Guide.model_validate(data)

    assert picture_path(guide, guide.steps[0]) is None


def test_the_same_picture_is_drawn_the_same_again():
    screen = make_screen({"button": "Tiếp tục"}, tap="Tiếp tục")

    assert svg_of(screen) == svg_of(screen.model_copy())
    assert png_of(screen) == png(svg_of(screen))


def test_vietnamese_letters_are_measured_and_unknown_ones_are_not_too_small():
    assert width("Ữ", 10) > width("i", 10) > 0
    assert width("漢", 10) >= width("M", 10)
    assert width("Tiếp tục", 20) == pytest.approx(2 * width("Tiếp tục", 10))


def test_lines_are_as_wide_as_the_room_lets_them_be():
    text = "Nhập số điện thoại đã đăng ký với cơ quan công an"

    lines = wrap(text, 17, 200)

    assert " ".join(lines) == text
    assert all(width(line, 17) <= 200 for line in lines)
    assert all(width(f"{line} {following.split()[0]}", 17) > 200 for line, following in pairwise(lines))


def test_a_picture_of_a_page_is_loaded_as_it_is_written():
    picture = page_data("mot")["steps"][0]["picture"]

    assert json.loads(make_guide().steps[0].picture.model_dump_json(exclude_none=True)) == picture
    assert PNG_WIDTH == 2 * style.WIDTH
