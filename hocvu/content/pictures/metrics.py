"""How wide words are in our font, so that a drawn screen knows where a line ends."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Be Vietnam Pro"
FONT_FILES = {False: FONTS / "BeVietnamPro-Regular.ttf", True: FONTS / "BeVietnamPro-Bold.ttf"}
"""By whether it is bold. Licence: SIL Open Font License 1.1 (fonts/OFL.txt)."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Advance width in the unit of `size`. A character that the font lacks counts as wide as its widest letter."""
    advances, widest = _advances(bold)
    return sum(advances.get(ord(letter), widest) for letter in text) * size


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The words in lines no wider than `room`, as far as no single word is wider."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _advances(bold: bool) -> tuple[dict[int, float], float]:
    """Width of every letter by its code point, and the greatest, as shares of the font size."""
    with TTFont(FONT_FILES[bold], lazy=True) as font:
        metrics, per_em = font["hmtx"], font["head"].unitsPerEm
        advances = {code: metrics[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}
    return advances, max(advances[ord(letter)] for letter in "WMẨỮ")
