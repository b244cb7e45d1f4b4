"""A step's picture: the telephone, its parts from the top down, and the finger on what to tap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath

import resvg_py
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from hocvu.content.pictures import style
from hocvu.content.pictures.metrics import FAMILY, FONTS
from hocvu.content.pictures.parts import draw_part
from hocvu.content.pictures.sheet import Box, Circle, Path, Rectangle, Sheet, Words, text_height
from hocvu.content.screens import Keyboard, Screen, Tabs

PNG_WIDTH = 720
_AT_THE_FOOT = (Tabs, Keyboard)
_FINGER = (
    "M0 0 C6 -3 12 0 13 6 L17 24 L36 30 C44 33 46 40 44 48 L40 66 L10 66"
    " C2 56 -6 46 -12 38 C-12 32 -4 32 2 38 L-4 8 C-5 4 -3 1 0 0 Z"
)
"""A pointing hand, its tip at (3, 0)."""
FINGER_HEIGHT = 68


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished drawing."""

    sheet: Sheet
    height: float

    @property
    def overflowing(self) -> list[str]:
        """Lines of words that are wider than their place."""
        return [shape.text for shape in self.sheet.shapes if isinstance(shape, Words) and shape.is_too_wide]

    def svg(self, alternative: str) -> str:
        """The drawing as SVG with `alternative` as its title for screen readers."""
        return str(
            _template().render(
                shapes=[(type(shape).__name__, shape) for shape in self.sheet.shapes],
                width=style.WIDTH,
                height=self.height,
                family=FAMILY,
                alternative=alternative,
            )
        )


def draw(screen: Screen) -> Picture:
    """Draws the screen. About a millisecond."""
    sheet, parts = Sheet(), Sheet()
    top = style.FRAME + _draw_title(screen.title, parts)
    y = top + style.GAP
    for part in screen.parts:
        if not isinstance(part, _AT_THE_FOOT):
            y += draw_part(part, parts, y) + style.GAP
    foot = [part for part in screen.parts if isinstance(part, _AT_THE_FOOT)]
    y = max(y, style.LEAST_HEIGHT - style.FRAME - sum(map(_height_of, foot)))
    for part in foot:
        y += draw_part(part, parts, y)
    height = y + style.FRAME + (0 if foot else style.GAP)
    _draw_telephone(sheet, height)
    sheet.add(*parts.shapes)
    sheet.targets.update(parts.targets)
    return Picture(sheet, max(height, _point(screen, sheet)))


def png(svg: str) -> bytes:
    """The drawing as a PNG of PNG_WIDTH pixels. About 30 ms."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=PNG_WIDTH, skip_system_fonts=True, font_dirs=[str(FONTS)], font_family=FAMILY
        )
    )


def _draw_title(title: str | None, sheet: Sheet) -> float:
    if title is None:
        return 18.0
    height = text_height(title, style.NORMAL, style.ROOM, bold=True) + 26
    bar = Box(style.FRAME, style.FRAME, style.SCREEN, height)
    sheet.add(Rectangle(bar, 0, style.BRAND))
    words = Box(style.MARGIN, bar.y, style.ROOM, bar.height)
    sheet.write(title, words, size=style.NORMAL, fill=style.PAPER, bold=True, anchor="middle")
    sheet.targets[title] = bar
    return height


def _height_of(part: Tabs | Keyboard) -> float:
    return draw_part(part, Sheet(), 0)


def _draw_telephone(sheet: Sheet, height: float) -> None:
    sheet.add(
        Rectangle(Box(2, 2, style.WIDTH - 4, height - 4), 22, style.INK),
        Rectangle(Box(style.FRAME, style.FRAME, style.SCREEN, height - 2 * style.FRAME), 6, style.PAPER),
    )


def _point(screen: Screen, sheet: Sheet) -> float:
    """Draws the ring and the finger; gives how far down they reach, which may be below the telephone."""
    if screen.tap is None:
        if screen.look is not None:
            sheet.add(Rectangle(sheet.targets[screen.look].grown(4), 12, "none", style.POINT, 4, "10 6"))
        return 0
    box = sheet.targets[screen.tap]
    # At the lower right, so that the finger hides as few of the words as can be.
    x = min(box.x + box.width * 0.86, style.WIDTH - style.FRAME - 46)
    y = box.y + box.height - 6
    sheet.add(
        Rectangle(box.grown(3), 12, "none", style.POINT, 4),
        Circle(x + 3, y, 9, "none", style.POINT, 3),
        Path(_FINGER, x, y, style.SKIN, style.INK, 2.5),
    )
    return y + FINGER_HEIGHT


@cache
def _template() -> Template:
    folder = FilePath(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["short"] = lambda number: f"{number:g}" if isinstance(number, int) else f"{round(number, 1):g}"
    return environment.get_template("picture.svg.j2")
