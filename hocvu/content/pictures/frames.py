"""What fills the square of a camera or a code."""

from __future__ import annotations

from collections.abc import Callable

from hocvu.content.pictures import style
from hocvu.content.pictures.sheet import Box, Circle, Path, Rectangle, Sheet


def _draw_qr(sheet: Sheet, square: Box) -> None:
    """Three corner marks and a fixed pattern: it looks like a code and leads nowhere."""
    cell = 9.0
    left, top = square.x + 12, square.y + 12
    for column, row in ((0, 0), (9, 0), (0, 9)):
        corner = Box(left + column * cell, top + row * cell, 5 * cell, 5 * cell)
        sheet.add(Rectangle(corner, 2, style.PAPER, style.INK, cell), Rectangle(corner.grown(-2 * cell), 0, style.INK))
    for place in range(14 * 14):
        column, row = place % 14, place // 14
        in_corner = ((column < 6 or column > 8) and row < 6) or (column < 6 and row > 8)
        if not in_corner and (column * 7 + row * 5 + column * row) % 3 == 0:
            sheet.add(Rectangle(Box(left + column * cell, top + row * cell, cell, cell), 0, style.INK))


def _draw_face(sheet: Sheet, square: Box) -> None:
    x, y = square.middle, square.y
    sheet.add(
        Path("M0 -60 C48 -60 48 60 0 60 C-48 60 -48 -60 0 -60 Z", x, y + 75, style.SKIN, style.INK),
        Circle(x - 15, y + 65, 4, style.INK),
        Circle(x + 15, y + 65, 4, style.INK),
        Path("M-14 0 Q0 14 14 0", x, y + 95, stroke=style.INK),
    )


def _draw_card(sheet: Sheet, square: Box) -> None:
    card = Box(square.x + 14, square.y + 38, 122, 76)
    sheet.add(
        Rectangle(card, 8, style.PAPER, style.BRAND, 2.5),
        Circle(card.x + 24, card.y + 28, 11, style.BUBBLE, style.BRAND),
        Path("M0 20 C0 2 30 2 30 20 Z", card.x + 9, card.y + 42, style.BUBBLE, style.BRAND),
        *_lines_of_print(card.x + 50, card.y + 20, length=62, count=3),
    )


def _draw_paper(sheet: Sheet, square: Box) -> None:
    page = Box(square.x + 34, square.y + 14, 82, 122)
    sheet.add(
        Rectangle(page, 3, style.PAPER, style.INK, 2),
        *_lines_of_print(page.x + 14, page.y + 24, length=54, count=5),
    )


def _draw_photo(sheet: Sheet, square: Box) -> None:
    sheet.add(
        Path("M0 60 L36 12 L62 44 L78 26 L106 60 Z", square.x + 22, square.y + 66, style.BUBBLE, style.BRAND),
        Circle(square.x + 108, square.y + 42, 13, style.SKIN, style.POINT),
    )


def _draw_nfc(sheet: Sheet, square: Box) -> None:
    """A telephone on a card, with waves between."""
    sheet.add(
        Rectangle(Box(square.x + 16, square.y + 92, 118, 42), 6, style.PAPER, style.BRAND, 2.5),
        Rectangle(Box(square.x + 48, square.y + 12, 54, 66), 8, style.PAPER, style.INK, 2.5),
    )
    for reach in (8, 16, 24):
        wave = f"M-{reach} 0 Q0 {4 + reach // 2} {reach} 0"
        sheet.add(Path(wave, square.middle, square.y + 80, stroke=style.POINT))


def _draw_video(sheet: Sheet, square: Box) -> None:
    sheet.add(
        Rectangle(Box(square.x + 20, square.y + 48, 72, 54), 10, style.BRAND),
        Path("M0 16 L32 0 V48 L0 32 Z", square.x + 98, square.y + 51, style.BRAND),
    )


def _lines_of_print(x: float, y: float, *, length: float, count: int) -> list[Path]:
    return [Path(f"M0 0 H{length}", x, y + line * 17, stroke=style.LINE, stroke_width=4) for line in range(count)]


FRAMES: dict[str, Callable[[Sheet, Box], None]] = {
    "qr": _draw_qr,
    "face": _draw_face,
    "card": _draw_card,
    "paper": _draw_paper,
    "photo": _draw_photo,
    "nfc": _draw_nfc,
    "video": _draw_video,
}
