"""Numbers written in digits ("20.000", "2,5", "05"), and runs of digits that are none, such as telephone numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bot.nlu.entities.token_row import BARRIER, TokenRow

# Telephone, identity, tax, account and card numbers have eight digits or more: a fixed line without its area code has
# eight (national numbering plan), an identity card nine or twelve, a bank card sixteen.
CODE_DIGITS = 8
# "05" is a five, "001" the beginning of a code.
LONGEST_WITH_ZERO = 2
# A thousand million million; nobody counts further, and longer digits are no number.
LONGEST_NUMBER = 15
THOUSAND_GROUP = 3
LONGEST_DECIMALS = 2
_POINTS = (".", ",")
_JOINTS = (".", ",", "-")
# Marks that make the digits behind them a part of an address, a fraction or a name, and those that do so in front.
_LEADS_ON = ("/", "@", "#", "=", "&", "?", "-", "://")
_GOES_ON = ("/", ":", "@")


class Digits(NamedTuple):
    """The value of a number in digits, and the index after its last token."""

    value: Decimal
    after: int


def read_digits(row: TokenRow, at: int) -> Digits | None:
    """The number that begins with these digits, thousands and decimals included; None for parts of something else."""
    if not row.is_digits(at) or stands_inside(row, at):
        return None
    after = _end_of_joined(row, at)
    if after == at + 1:
        after = _end_of_spaced_thousands(row, at)
    value = _value([text for text in row.texts[at:after] if text not in _POINTS], row.texts[at + 1 : after])
    goes_on = row.text(after) in _GOES_ON and row.is_glued(after) and row.is_glued(after + 1)
    return Digits(value, after) if value is not None and not goes_on else None


def code_end(row: TokenRow, at: int) -> int | None:
    """Where a telephone, identity, account or card number ends that begins here; None when none does."""
    if not row.is_digits(at):
        return None
    after = _end_of_joined(row, at)
    while len(row.text(at)) < CODE_DIGITS and row.is_digits(after) and not _has_letters_behind(row, after):
        after = _end_of_joined(row, after)
    texts = [text for text in row.texts[at:after] if text not in _JOINTS]
    return after if sum(map(len, texts)) >= CODE_DIGITS and not _is_round_amount(row, at, after) else None


def _end_of_joined(row: TokenRow, at: int) -> int:
    """The end of digits joined by points or dashes without spaces ("20.000", "0912-345-678")."""
    after = at + 1
    while row.text(after) in _JOINTS and row.is_glued(after) and row.is_digits(after + 1) and row.is_glued(after + 1):
        after += 2
    return after


def _end_of_spaced_thousands(row: TokenRow, at: int) -> int:
    """The end of digits grouped by spaces ("200 000")."""
    after = at + 1
    while row.is_digits(after) and len(row.text(after)) == THOUSAND_GROUP and row.text(after - 1) != BARRIER:
        after += 1
    return after if len(row.text(at)) <= THOUSAND_GROUP and not row.text(at).startswith("0") else at + 1


def _value(texts: list[str], rest: list[str]) -> Decimal | None:
    """The number these digits say; None for a code, a range ("3-5") or a date ("1.7.2025")."""
    points = {text for text in rest if text in _POINTS}
    if sum(map(len, texts)) > LONGEST_NUMBER:
        return None
    if len(texts) == 1:
        is_code = texts[0].startswith("0") and len(texts[0]) > LONGEST_WITH_ZERO
        return None if is_code else Decimal(texts[0])
    if "-" in rest or len(points) > 1:
        return None
    is_grouped = len(texts[0]) <= THOUSAND_GROUP and all(len(text) == THOUSAND_GROUP for text in texts[1:])
    if is_grouped and not texts[0].startswith("0"):
        return Decimal("".join(texts))
    is_decimal = len(texts) == 2 and len(texts[1]) <= LONGEST_DECIMALS and points
    return Decimal(".".join(texts)) if is_decimal else None


def _is_round_amount(row: TokenRow, at: int, after: int) -> bool:
    """ "20.000.000": grouped by thousands and whole thousands, as amounts are and telephone numbers are not."""
    number = read_digits(row, at)
    return number is not None and number.after == after and after > at + 1 and number.value % 1000 == 0


def stands_inside(row: TokenRow, at: int) -> bool:
    """Are these digits glued to the end of a word, an address, a time or a longer number?"""
    if not row.is_glued(at):
        return False
    before = row.text(at - 1)
    if before in _LEADS_ON or before[-1:].isalnum() or before == BARRIER:
        return True
    return before in (*_POINTS, ":") and row.is_digits(at - 2) and row.is_glued(at - 1)


def _has_letters_behind(row: TokenRow, at: int) -> bool:
    return row.is_glued(at + 1) and row.text(at + 1).isalpha()
