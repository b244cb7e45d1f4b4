"""Numbers, amounts of money and lengths of time in the tokens of a message."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bot.nlu.entities.amounts import AmountReader
from bot.nlu.entities.below_thousand import Amount
from bot.nlu.entities.token_row import TokenRow
from bot.nlu.entities.value_forms import decimal_text, iso_duration

NUMBER, MONEY, DURATION = "number", "money", "duration"
# The smallest note in circulation, in đồng (State Bank of Vietnam). Less is not money: "buoc 3 dong app" closes an app,
# and "50 đồng" may stand for 50,000.
SMALLEST_AMOUNT = 100
# "8 giờ" is a time on the clock, "24 giờ" a length of time.
HOURS_OF_A_DAY = 24
# The shortest secret, a PIN, has four digits; fewer may be counted ("mã 6 số").
SHORTEST_SECRET = 4
# So many digits in one piece, without a unit and not round, are a one-time code rather than an amount.
DIGITS_OF_A_CODE, ROUND = 5, 100
# So many digits said one by one are a spelled number, even when the first is also another word ("sau hai ngay").
SPELLED_DIGITS = 4
# In this order units follow each other in one duration ("2 năm 6 tháng").
_UNITS_IN_ORDER = ("Y", "M", "D", "TH", "TM", "TS")


class Quantity(NamedTuple):
    """What was read from the tokens before `after`; of kind "" when it is nothing to tell, such as a time of day.

    A length of time in one unit also has its count and that unit.
    """

    kind: str
    value: str
    after: int
    count: str = ""
    unit: str = ""


class QuantityReader:
    """Reads numbers, money and durations of one message; a phrase of words and digits is read as one."""

    def __init__(self, row: TokenRow, amounts: AmountReader) -> None:
        self._row = row
        self._amounts = amounts
        self._words = self._amounts.words

    def read(self, at: int) -> Quantity | None:
        """The quantity that begins at a token."""
        run = self._end_of_spelled_digits(at)
        if run is not None:
            return Quantity("", "", run)
        amount = self._amounts.read(at)
        if amount is None or self._is_other_word(amount, at):
            return None
        return self._money(amount) or self._duration(amount, at) or self._number(amount, at)

    def _money(self, amount: Amount) -> Quantity | None:
        follower = self._row.text(amount.after)
        if follower in self._words["currency"] and amount.value >= SMALLEST_AMOUNT:
            return Quantity(MONEY, str(int(amount.value)), amount.after + 1)
        if amount.is_scaled and follower not in self._words["counted"]:
            return Quantity(MONEY, str(int(amount.value)), amount.after)
        return None

    def _duration(self, amount: Amount, at: int) -> Quantity | None:
        unit = self._words["durations"].get(self._row.text(amount.after))
        if unit is None:
            return None
        if self._is_on_the_clock(amount, at):
            minutes = self._amounts.read(amount.after + 1)
            return Quantity("", "", minutes.after if minutes and not minutes.is_scaled else amount.after + 1)
        parts = {unit: amount.value}
        after = amount.after + 1
        if self._row.text(after) in self._words["half_more"]:
            return Quantity(DURATION, iso_duration({unit: amount.value + Decimal("0.5")}), after + 1)
        return self._with_smaller_units(parts, unit, after)

    def _with_smaller_units(self, parts: dict[str, Decimal], unit: str, after: int) -> Quantity:
        last = unit
        while last in _UNITS_IN_ORDER and (amount := self._amounts.read(after)) is not None:
            following = self._words["durations"].get(self._row.text(amount.after), "")
            if following not in _UNITS_IN_ORDER[_UNITS_IN_ORDER.index(last) + 1 :]:
                break
            parts[following], last, after = amount.value, following, amount.after + 1
        if len(parts) == 1:
            return Quantity(DURATION, iso_duration(parts), after, decimal_text(parts[unit]), unit)
        return Quantity(DURATION, iso_duration(parts), after)

    def _is_on_the_clock(self, amount: Amount, at: int) -> bool:
        if self._row.text(amount.after) not in self._words["clock"] or amount.value >= HOURS_OF_A_DAY:
            return False
        before, behind = self._row.text(at - 1), self._row.text(amount.after + 1)
        return before not in self._words["length_before"] and behind not in self._words["length_after"]

    def _number(self, amount: Amount, at: int) -> Quantity | None:
        before, follower = self._row.text(at - 1), self._row.text(amount.after)
        is_counted = follower in self._words["counted"]
        if amount.is_spoken and amount.after == at + 1:
            told = before in self._words["numbered"] or (is_counted and amount.value > 1)
        else:
            is_cut = self._row.is_glued(amount.after) and follower[:1].isalpha() and not is_counted
            told = not is_cut and (is_counted or not self._is_secret(amount, at))
        return Quantity(NUMBER, decimal_text(amount.value), amount.after) if told else None

    def _is_other_word(self, amount: Amount, at: int) -> bool:
        """Is a word of this number another word here, or the number a guess: "việt nam", "sau ngày", "hai mươi mấy"?"""
        if self._row.text(amount.after) in self._words["guessed"]:
            return True
        is_single = amount.is_spoken and amount.after == at + 1
        is_sure = self._row.text(amount.after) in self._words["sure_counted"]
        is_unsure = is_single and not is_sure and self._row.text(at) in self._words["unsure_digits"]
        return is_unsure or (amount.is_spoken and self._row.text(at - 1) in self._words["not_after"])

    def _is_secret(self, amount: Amount, at: int) -> bool:
        """Digits in one piece that are a code: in a message about codes, long and not round, or all that was said."""
        length = len(self._row.text(at)) if self._row.is_digits(at) and amount.after == at + 1 else 0
        if length >= DIGITS_OF_A_CODE and amount.value % ROUND:
            return True
        speaks_of_codes = not self._words["code_words"].isdisjoint(self._row.said)
        return length >= SHORTEST_SECRET and (speaks_of_codes or len(self._row.texts) == 1)

    def _end_of_spelled_digits(self, at: int) -> int | None:
        """Where digits said one by one end: a telephone number or a guess ("hai ba ngày"), not an amount."""
        after = at
        while self._row.text(after) in self._words["digits"] and not self._carries_tens(after + 1):
            after += 1
        has_scale = self._amounts.scale(after) is not None
        if self._row.text(at) in self._words["unsure_digits"] and after - at < SPELLED_DIGITS and not has_scale:
            return None
        # "hai năm" is two years, "bốn năm ngày" four or five days.
        is_years = after - at == 2 and self._row.text(after - 1) in self._words["durations"]
        is_guess = has_scale or self._row.text(after) in self._words["durations"]
        return after if after - at > 1 and (not is_years or is_guess) else None

    def _carries_tens(self, at: int) -> bool:
        return self._row.text(at) in self._words["tens"] or self._row.text(at) in self._words["hundred"]
