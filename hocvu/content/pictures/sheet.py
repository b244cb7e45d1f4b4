"""A drawing in the making: plain shapes and words, and where the things stand that a finger may point at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from hocvu.content.pictures.metrics import width, wrap

Anchor = Literal["start", "middle"]


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    def grown(self, by: float) -> Box:
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


@dataclass(frozen=True, slots=True)
class Rectangle:
    box: Box
    radius: float = 0
    fill: str = "none"
    stroke: str = "none"
    stroke_width: float = 1.5
    dash: str = "none"


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    radius: float
    fill: str = "none"
    stroke: str = "none"
    stroke_width: float = 1.5


@dataclass(frozen=True, slots=True)
class Path:
    """`d` as in SVG, drawn from the point (x, y)."""

    d: str
    x: float = 0
    y: float = 0
    fill: str = "none"
    stroke: str = "none"
    stroke_width: float = 2


@dataclass(frozen=True, slots=True)
class Words:
    """One line; `y` is its baseline, `room` how wide it may be. A device without our font draws it as wide as ours."""

    text: str
    x: float
    y: float
    size: float
    fill: str
    room: float
    bold: bool = False
    anchor: Anchor = "start"
    underlined: bool = False

    @property
    def width(self) -> float:
        return width(self.text, self.size, bold=self.bold)

    @property
    def is_too_wide(self) -> bool:
        return self.width > self.room + 0.5


Shape = Rectangle | Circle | Path | Words


@dataclass(slots=True)
class Sheet:
    """Shapes in the order they are painted, and the box of everything that has a label."""

    shapes: list[Shape] = field(default_factory=list)
    targets: dict[str, Box] = field(default_factory=dict)

    def add(self, *shapes: Shape) -> None:
        self.shapes += shapes

    def write(
        self,
        text: str,
        box: Box,
        *,
        size: float,
        fill: str,
        bold: bool = False,
        anchor: Anchor = "start",
        underlined: bool = False,
    ) -> None:
        """Words in the box, wrapped, as a block in the middle of its height."""
        lines = wrap(text, size, box.width, bold=bold)
        x = box.middle if anchor == "middle" else box.x
        top = box.y + (box.height - len(lines) * line_height(size)) / 2
        for number, line in enumerate(lines):
            y = top + number * line_height(size) + size
            self.add(Words(line, x, y, size, fill, box.width, bold, anchor, underlined))


def line_height(size: float) -> float:
    return size * 1.35


def text_height(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """Height that `Sheet.write` needs for the words."""
    return len(wrap(text, size, room, bold=bold)) * line_height(size)
