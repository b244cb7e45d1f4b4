"""Colours and measures of the drawings. Units are those of a 360-wide drawing; a PNG is twice as large.

Contrast of words on their ground is 7:1 or more (WCAG 2.2, 1.4.6); `tests/content/test_pictures.py` computes it.
"""

from __future__ import annotations

WIDTH = 360.0
LEAST_HEIGHT = 240.0
FRAME = 12.0
"""From the edge of the drawing to the screen."""
SCREEN = WIDTH - 2 * FRAME
MARGIN = 30.0
"""From the edge of the drawing to what is on the screen."""
ROOM = WIDTH - 2 * MARGIN
GAP = 12.0
"""Between two parts."""

INK = "#1b1f23"
QUIET = "#4a4f55"
PAPER = "#ffffff"
GROUND = "#eef2f6"
LINE = "#8d97a1"
BRAND = "#0a4a82"
BUBBLE = "#dfeaf5"
SHADE = "#c9d2db"
POINT = "#d94f00"
"""Ring and finger: what the picture is about."""
SKIN = "#ffd9b3"

SMALL, NORMAL, LARGE = 14.0, 17.0, 21.0
"""Font sizes. Where a label is too long for its place at NORMAL it is drawn at SMALL."""
