"""Typesets a page's data with a Typst template: PDF for the printer, PNG for a screen.

Typst brings its own layout and fonts along, so every machine gives the same sheet of paper.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

from hocvu.content.pictures.metrics import FONTS

TEMPLATES = Path(__file__).parent
DOTS_PER_INCH = 110
"""A4 becomes 910 pixels wide: sharp on a telephone, light to send."""


def typeset(
    template: str, data: Mapping[str, Any], drawings: Mapping[str, str], *, kind: Literal["pdf", "png"]
) -> list[bytes]:
    """The finished file; for PNG one for each page.

    `template` is a file of this folder, `data` what it reads as page.json, `drawings` SVG by file name.
    Raises typst.TypstError when template and data do not fit together.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "page.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, drawing in drawings.items():
            (root / name).write_text(drawing, encoding="utf-8")
        (root / "main.typ").write_text((TEMPLATES / template).read_text(encoding="utf-8"), encoding="utf-8")
        made = typst.compile(
            str(root / "main.typ"),
            root=folder,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format=kind,
            ppi=DOTS_PER_INCH if kind == "png" else None,
        )
    return made if isinstance(made, list) else [made]
