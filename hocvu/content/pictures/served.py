"""The pictures of steps under their web addresses, as SVG and as PNG."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from hocvu.content.models import Guide, Step
from hocvu.content.pictures.alternative import alternative
from hocvu.content.pictures.drawing import draw, png
from hocvu.content.screens import Screen

KEPT = 256
"""PNGs kept in memory, about 50 kB each: the steps that are walked at the same time."""


def picture_path(guide: Guide, step: Step, *, kind: str = "svg") -> str | None:
    """The path of a step's picture; an edited picture has another one. None for a step without a picture."""
    if step.picture is None:
        return None
    digest = hashlib.sha256(step.picture.model_dump_json().encode()).hexdigest()[:12]
    return f"/pictures/{guide.slug}/{step.id}.{kind}?v={digest}"


def svg_of(screen: Screen) -> str:
    return draw(screen).svg(alternative(screen))


@lru_cache(maxsize=KEPT)
def png_of(screen: Screen) -> bytes:
    return png(svg_of(screen))
