"""How the values of numbers and lengths of time are written in an entity."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

# Designators of the units of the clock begin with this; ISO 8601 writes it once, in front of them all.
CLOCK = "T"


def decimal_text(value: Decimal) -> str:
    """Digits without an exponent and without needless zeros: "2.5", "20000"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def iso_duration(parts: Mapping[str, Decimal]) -> str:
    """ISO 8601: {"D": 3} is "P3D", {"TH": 1, "TM": 30} is "PT1H30M"."""
    days = "".join(f"{decimal_text(value)}{unit}" for unit, value in parts.items() if not unit.startswith(CLOCK))
    clock = "".join(f"{decimal_text(value)}{unit[1:]}" for unit, value in parts.items() if unit.startswith(CLOCK))
    return f"P{days}{CLOCK}{clock}" if clock else f"P{days}"
