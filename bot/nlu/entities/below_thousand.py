"""Numbers below a thousand in words ("hai mươi lăm", "ba trăm linh hai"), and the same with digits ("3 trăm")."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from bot.nlu.entities.digit_runs import read_digits
from bot.nlu.entities.token_row import TokenRow


class Amount(NamedTuple):
    """A number, the index after its last token, and how it was said: in words, with thousands or more."""

    value: Decimal
    after: int
    is_spoken: bool
    is_scaled: bool = False


def read_below_thousand(row: TokenRow, words: Mapping[str, Any], at: int) -> Amount | None:
    """The number that begins at a token: digits of any length, or words below a thousand."""
    digits = read_digits(row, at)
    if digits is None:
        return _hundreds(row, words, at) or _tens(row, words, at) or _digit(row, words, at)
    follower = row.text(digits.after)
    if digits.value < 10 and follower in words["hundred"]:
        return _behind_hundred(row, words, digits.value * 100, digits.after + 1)
    if digits.value < 10 and follower in words["tens"]:
        return Amount(digits.value * 10, digits.after + 1, True)
    return Amount(digits.value, digits.after, False)


def _digit(row: TokenRow, words: Mapping[str, Any], at: int) -> Amount | None:
    digit = words["digits"].get(row.text(at))
    return Amount(Decimal(digit), at + 1, True) if digit is not None else None


def _hundreds(row: TokenRow, words: Mapping[str, Any], at: int) -> Amount | None:
    """ "ba trăm linh hai"; also "trăm rưỡi", where the one is left out."""
    digit = words["digits"].get(row.text(at))
    if digit is not None and row.text(at + 1) in words["hundred"]:
        return _behind_hundred(row, words, Decimal(digit * 100), at + 2)
    if row.text(at) in words["hundred"] and row.text(at + 1) in words["half_more"]:
        return Amount(Decimal(150), at + 2, True)
    return None


def _behind_hundred(row: TokenRow, words: Mapping[str, Any], hundreds: Decimal, at: int) -> Amount:
    if row.text(at) in words["half_more"]:
        return Amount(hundreds + 50, at + 1, True)
    last = words["last_digits"].get(row.text(at + 1)) or words["digits"].get(row.text(at + 1))
    if row.text(at) in words["link"] and last is not None:
        return Amount(hundreds + last, at + 2, True)
    tens = _tens(row, words, at)
    return Amount(hundreds + tens.value, tens.after, True) if tens else Amount(hundreds, at, True)


def _tens(row: TokenRow, words: Mapping[str, Any], at: int) -> Amount | None:
    """ "mười hai", "hai mươi mốt", "hai lăm", "hăm ba"."""
    digit = words["digits"].get(row.text(at))
    if digit and row.text(at + 1) in words["tens"]:
        return _behind_tens(row, words, digit * 10, at + 2)
    if row.text(at) in words["ten"]:
        return _behind_tens(row, words, 10, at + 1)
    short = words["short_last_digits"].get(row.text(at + 1)) if digit else None
    if short is not None:
        return Amount(Decimal(digit * 10 + short), at + 2, True)
    last = words["last_digits"].get(row.text(at + 1))
    if row.text(at) in words["short_tens"] and last is not None:
        return Amount(Decimal(words["short_tens"][row.text(at)] + last), at + 2, True)
    return None


def _behind_tens(row: TokenRow, words: Mapping[str, Any], tens: int, at: int) -> Amount:
    """The last digit, unless it begins a number of its own ("sáu mươi chín mươi")."""
    last = words["last_digits"].get(row.text(at)) if row.text(at + 1) not in words["tens"] else None
    return Amount(Decimal(tens + last), at + 1, True) if last is not None else Amount(Decimal(tens), at, True)
