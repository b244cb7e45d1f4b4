"""How each part of a screen is drawn: at (MARGIN, y), giving the height it took."""

from __future__ import annotations

from functools import singledispatch

from hocvu.content.pictures import style
from hocvu.content.pictures.frames import FRAMES
from hocvu.content.pictures.metrics import width, wrap
from hocvu.content.pictures.sheet import Box, Circle, Path, Rectangle, Sheet, text_height
from hocvu.content.screens import (
    Button,
    Choice,
    CodeBoxes,
    Dialog,
    Frame,
    Heading,
    Icons,
    IdentityCard,
    InputField,
    Keyboard,
    Link,
    MessageBubble,
    Paragraph,
    Part,
    Row,
    Search,
    Switch,
    Tabs,
)

ICON_COLUMNS = 3
_KEY_ROWS = {"letters": (10, 9, 7), "numbers": (3, 3, 3, 3)}
_PADDING = 14.0


@singledispatch
def draw_part(part: Part, sheet: Sheet, y: float) -> float:
    """Draws the part with its upper edge at `y`; gives its height. Raises TypeError for a kind without a drawing."""
    raise TypeError(f"no drawing for {type(part).__name__}")


@draw_part.register
def _(part: Heading, sheet: Sheet, y: float) -> float:
    box = _row_box(y, text_height(part.heading, style.LARGE, style.ROOM, bold=True))
    sheet.write(part.heading, box, size=style.LARGE, fill=style.INK, bold=True)
    sheet.targets[part.heading] = box
    return box.height


@draw_part.register
def _(part: Paragraph, sheet: Sheet, y: float) -> float:
    box = _row_box(y, text_height(part.text, style.NORMAL, style.ROOM))
    sheet.write(part.text, box, size=style.NORMAL, fill=style.QUIET)
    sheet.targets[part.text] = box
    return box.height


@draw_part.register
def _(part: InputField, sheet: Sheet, y: float) -> float:
    box = _row_box(y, 62.0 if part.value else _label_height(part.field, 50.0))
    sheet.add(Rectangle(box, 8, style.PAPER, style.LINE))
    if part.value is None:
        _label(sheet, part.field, _inner(box), fill=style.QUIET)
    else:
        upper, lower = Box(box.x, box.y + 4, box.width, 24), Box(box.x, box.y + 28, box.width, 30)
        _label(sheet, part.field, _inner(upper), fill=style.QUIET, largest=style.SMALL)
        _label(sheet, part.value, _inner(lower))
    sheet.targets[part.field] = box
    return box.height


@draw_part.register
def _(part: Search, sheet: Sheet, y: float) -> float:
    box = _row_box(y, 48)
    sheet.add(
        Rectangle(box, 24, style.GROUND, style.LINE),
        Circle(box.x + 24, box.y + 22, 8, stroke=style.QUIET, stroke_width=2.5),
        Path("M0 0 L8 8", box.x + 30, box.y + 28, stroke=style.QUIET, stroke_width=3),
    )
    _label(sheet, part.search, Box(box.x + 48, box.y, box.width - 62, box.height), fill=style.QUIET)
    sheet.targets[part.search] = box
    return box.height


@draw_part.register
def _(part: Button, sheet: Sheet, y: float) -> float:
    box = _row_box(y, _label_height(part.button, 52.0))
    _button(sheet, part.button, box)
    return box.height


@draw_part.register
def _(part: Link, sheet: Sheet, y: float) -> float:
    size = _fitting(part.link, style.ROOM)
    box = _row_box(y, text_height(part.link, size, style.ROOM) + 10)
    sheet.write(part.link, box, size=size, fill=style.BRAND, anchor="middle", underlined=True)
    shown = min(style.ROOM, max(width(line, size) for line in wrap(part.link, size, style.ROOM)) + 16)
    sheet.targets[part.link] = Box(box.middle - shown / 2, box.y, shown, box.height)
    return box.height


@draw_part.register
def _(part: Row, sheet: Sheet, y: float) -> float:
    box = _menu_line(sheet, part.row, y, right=26)
    sheet.add(Path("M0 0 L7 8 L0 16", box.x + box.width - 14, box.y + box.height / 2 - 8, stroke=style.QUIET))
    return box.height


@draw_part.register
def _(part: Switch, sheet: Sheet, y: float) -> float:
    box = _menu_line(sheet, part.switch, y, right=64)
    track = Box(box.x + box.width - 54, box.y + box.height / 2 - 14, 50, 28)
    knob = track.x + (36 if part.on else 14)
    sheet.add(
        Rectangle(track, 14, style.BRAND if part.on else style.SHADE, style.QUIET),
        Circle(knob, track.y + 14, 10, style.PAPER, style.QUIET),
    )
    return box.height


@draw_part.register
def _(part: Choice, sheet: Sheet, y: float) -> float:
    box = _menu_line(sheet, part.choice, y, left=36)
    square = Box(box.x + 2, box.y + box.height / 2 - 12, 24, 24)
    sheet.add(Rectangle(square, 5, style.PAPER, style.INK, 2))
    if part.ticked:
        sheet.add(Path("M0 6 L6 12 L16 0", square.x + 4, square.y + 6, stroke=style.BRAND, stroke_width=3.5))
    return box.height


@draw_part.register
def _(part: Icons, sheet: Sheet, y: float) -> float:
    column = style.ROOM / ICON_COLUMNS
    height = 0.0
    for start in range(0, len(part.icons), ICON_COLUMNS):
        labels = part.icons[start : start + ICON_COLUMNS]
        lower = max(text_height(label, style.SMALL, column - 6) for label in labels)
        for place, label in enumerate(labels):
            box = Box(style.MARGIN + place * column, y + height, column, 62 + lower)
            tile = Box(box.middle - 26, box.y + 4, 52, 52)
            sheet.add(Rectangle(tile, 14, style.BUBBLE, style.BRAND))
            sheet.write(label[0].upper(), tile, size=style.LARGE, fill=style.BRAND, bold=True, anchor="middle")
            words = Box(box.x + 3, box.y + 60, column - 6, lower)
            sheet.write(label, words, size=style.SMALL, fill=style.INK, anchor="middle")
            sheet.targets[label] = box
        height += 62 + lower + style.GAP
    return height - style.GAP


@draw_part.register
def _(part: Tabs, sheet: Sheet, y: float) -> float:
    column = (style.SCREEN) / len(part.tabs)
    lower = max(text_height(label, style.SMALL, column - 4) for label in part.tabs)
    height = 40 + lower
    sheet.add(Path(f"M0 0 H{style.SCREEN}", style.FRAME, y, stroke=style.LINE))
    for place, label in enumerate(part.tabs):
        box = Box(style.FRAME + place * column, y, column, height)
        sheet.add(Circle(box.middle, y + 20, 10, style.BUBBLE, style.BRAND, 2))
        words = Box(box.x + 2, y + 34, column - 4, lower)
        sheet.write(label, words, size=style.SMALL, fill=style.INK, anchor="middle")
        sheet.targets[label] = Box(box.x + 3, box.y + 3, box.width - 6, box.height)
    return height


@draw_part.register
def _(part: CodeBoxes, sheet: Sheet, y: float) -> float:
    pitch = min(48.0, style.ROOM / part.code)
    left = style.WIDTH / 2 - pitch * part.code / 2
    for place in range(part.code):
        box = Box(left + place * pitch + 3, y, pitch - 6, 50)
        sheet.add(Rectangle(box, 6, style.PAPER, style.INK), Circle(box.middle, y + 25, 4, style.QUIET))
    sheet.targets["code"] = Box(left, y - 2, pitch * part.code, 54)
    return 50


@draw_part.register
def _(part: Keyboard, sheet: Sheet, y: float) -> float:
    rows = _KEY_ROWS[part.keyboard]
    inner = style.SCREEN
    height = 44.0 * len(rows) + 10
    sheet.add(Rectangle(Box(style.FRAME, y, inner, height), 0, style.SHADE))
    pitch = (inner - 8) / max(rows)
    for number, keys in enumerate(rows):
        left = style.WIDTH / 2 - pitch * keys / 2
        for place in range(keys):
            key = Box(left + place * pitch + 2, y + 7 + number * 44, pitch - 4, 36)
            sheet.add(Rectangle(key, 5, style.PAPER))
    sheet.targets[part.keyboard] = Box(style.FRAME + 3, y, inner - 6, height)
    return height


@draw_part.register
def _(part: MessageBubble, sheet: Sheet, y: float) -> float:
    above = 0.0
    if part.sender is not None:
        above = text_height(part.sender, style.SMALL, style.ROOM, bold=True) + 4
        upper = _row_box(y, above - 4)
        sheet.write(part.sender, upper, size=style.SMALL, fill=style.QUIET, bold=True)
    inner = style.ROOM - 2 * _PADDING
    box = _row_box(y + above, text_height(part.message, style.NORMAL, inner) + 2 * _PADDING)
    sheet.add(Rectangle(box, 14, style.BUBBLE))
    sheet.write(part.message, _inner(box), size=style.NORMAL, fill=style.INK)
    sheet.targets[part.message] = box
    return above + box.height


@draw_part.register
def _(part: Dialog, sheet: Sheet, y: float) -> float:
    inner = style.ROOM - 2 * _PADDING
    upper = text_height(part.dialog, style.NORMAL, inner, bold=True)
    heights = [_label_height(label, 48.0, inner) for label in part.buttons]
    box = _row_box(y, _PADDING + upper + sum(10 + height for height in heights) + _PADDING)
    sheet.add(Rectangle(box, 12, style.PAPER, style.INK, 2))
    words = Box(box.x + _PADDING, y + _PADDING, inner, upper)
    sheet.write(part.dialog, words, size=style.NORMAL, fill=style.INK, bold=True)
    top = y + _PADDING + upper
    for label, height in zip(part.buttons, heights, strict=True):
        _button(sheet, label, Box(words.x, top + 10, inner, height), is_quiet=True)
        top += 10 + height
    return box.height


@draw_part.register
def _(part: Frame, sheet: Sheet, y: float) -> float:
    square = Box(style.WIDTH / 2 - 75, y, 150, 150)
    sheet.add(Rectangle(square, 10, style.GROUND, style.INK, 2))
    FRAMES[part.frame](sheet, square)
    lower = text_height(part.words, style.NORMAL, style.ROOM)
    sheet.write(part.words, _row_box(y + 156, lower), size=style.NORMAL, fill=style.INK, anchor="middle")
    sheet.targets[part.words] = square
    return 156 + lower


@draw_part.register
def _(part: IdentityCard, sheet: Sheet, y: float) -> float:
    room = style.ROOM - 96 - _PADDING
    heights = [_label_height(label, 30.0, room) for label in part.card]
    box = _row_box(y, max(130.0, sum(heights) + 2 * _PADDING))
    sheet.add(
        Rectangle(box, 10, style.BUBBLE, style.BRAND, 2),
        Circle(box.x + 46, box.y + 46, 18, style.PAPER, style.BRAND),
        Path("M0 36 C0 8 52 8 52 36 Z", box.x + 20, box.y + 62, style.PAPER, style.BRAND),
    )
    top = box.y + _PADDING
    for label, height in zip(part.card, heights, strict=True):
        line = Box(box.x + 96, top, room, height)
        _label(sheet, label, line)
        sheet.targets[label] = line
        top += height
    return box.height


def _row_box(y: float, height: float) -> Box:
    return Box(style.MARGIN, y, style.ROOM, height)


def _inner(box: Box) -> Box:
    return Box(box.x + _PADDING, box.y, box.width - 2 * _PADDING, box.height)


def _fitting(text: str, room: float, *, bold: bool = False) -> float:
    """NORMAL when the words fit into one line, else SMALL."""
    return style.NORMAL if width(text, style.NORMAL, bold=bold) <= room else style.SMALL


def _label_height(text: str, least: float, room: float = style.ROOM - 2 * _PADDING) -> float:
    return max(least, text_height(text, _fitting(text, room, bold=True), room, bold=True) + _PADDING)


def _label(sheet: Sheet, text: str, box: Box, *, fill: str = style.INK, largest: float = style.NORMAL) -> None:
    size = min(largest, _fitting(text, box.width))
    sheet.write(text, box, size=size, fill=fill)


def _button(sheet: Sheet, label: str, box: Box, *, is_quiet: bool = False) -> None:
    ground, ink = (style.GROUND, style.BRAND) if is_quiet else (style.BRAND, style.PAPER)
    sheet.add(Rectangle(box, 10, ground, style.BRAND))
    inner = _inner(box)
    size = _fitting(label, inner.width, bold=True)
    sheet.write(label, inner, size=size, fill=ink, bold=True, anchor="middle")
    sheet.targets[label] = box


def _menu_line(sheet: Sheet, label: str, y: float, *, left: float = 4, right: float = 4) -> Box:
    room = style.ROOM - left - right
    box = _row_box(y, max(46.0, text_height(label, style.NORMAL, room) + 18))
    sheet.write(label, Box(box.x + left, y, room, box.height), size=style.NORMAL, fill=style.INK)
    sheet.add(Path(f"M0 0 H{style.ROOM}", box.x, box.y + box.height, stroke=style.SHADE, stroke_width=1))
    sheet.targets[label] = box
    return box
