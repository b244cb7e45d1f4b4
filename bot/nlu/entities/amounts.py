"""Numbers of any size, in words, in digits and in both: "hai mươi nghìn", "2 triệu rưỡi", "1tr2"."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.nlu.data_files import DATA, read_table
from bot.nlu.entities.below_thousand import Amount, read_below_thousand
from bot.nlu.entities.token_row import TokenRow
from bot.nlu.entities.word_lists import word_lists

# So many words may stand between "mất" and the digits of "mất hết của tôi 5 chai".
SLANG_REACH = 3
THOUSAND = 1000


@lru_cache(maxsize=2)
def number_words(unmarked: bool) -> dict[str, Any]:
    """The rows of numbers.yml, for messages with marks or without."""
    return word_lists(read_table(DATA / "numbers.yml"), unmarked)


class AmountReader:
    """Reads the numbers of one message; slang counts only where the message speaks of money. Source: numbers.yml."""

    def __init__(self, row: TokenRow) -> None:
        self._row = row
        self.words = number_words(row.unmarked)

    def read(self, at: int) -> Amount | None:
        """The longest number that begins at a token. Cost: about 5 microseconds where one does, 1 where none does."""
        part = self._implied(at) or read_below_thousand(self._row, self.words, at)
        if part is None or self.scale(part.after) is None:
            return part
        return self._scaled(part)

    def _implied(self, at: int) -> Amount | None:
        """The one left out in "triệu rưỡi", the half of "nửa triệu" and "nửa tháng"."""
        if self.scale(at) is not None and self._row.text(at + 1) in self.words["half_more"]:
            return Amount(Decimal(1), at, True)
        is_half = self._row.text(at) in self.words["half"]
        if is_half and (self.scale(at + 1) is not None or self._row.text(at + 1) in self.words["durations"]):
            return Amount(Decimal("0.5"), at + 1, True)
        return None

    def _scaled(self, first: Amount) -> Amount:
        """Millions, thousands and so on, each smaller than the one before, and what is said behind the last."""
        total, scale, after = Decimal(0), 0, first.after
        part: Amount | None = first
        while part is not None and (factor := self.scale(part.after)) is not None and (not scale or factor < scale):
            total, scale, after = total + part.value * factor, factor, part.after + 1
            part = self._glued_digits(after) or read_below_thousand(self._row, self.words, after)
        rest, after = self._rest(part, scale, after)
        return Amount(total + rest, after, first.is_spoken, True)

    def _glued_digits(self, at: int) -> Amount | None:
        """The digits of "1tr2" and "1tr250k" behind the letters."""
        is_glued = self._row.is_glued(at) and self._row.is_digits(at)
        return Amount(Decimal(self._row.text(at)), at + 1, False) if is_glued else None

    def _rest(self, part: Amount | None, scale: int, at: int) -> tuple[Decimal, int]:
        """What is said behind a million or thousand without its own unit, and where it ends: "2 triệu rưỡi", "1tr2"."""
        text = self._row.text(at)
        if text in self.words["half_more"]:
            return Decimal(scale) / 2, at + 1
        if part is None:
            tenths = self.words["short_last_digits"].get(text, 0)
            return Decimal(scale) * tenths / 10, at + bool(tenths)
        if not self._row.is_glued(at) and self._is_own_number(part, scale, text):
            return Decimal(0), at
        if part.value < 10 and part.after == at + 1:
            return part.value * scale / 10, part.after
        if 100 <= part.value < 1000:
            return part.value * scale / 1000, part.after
        is_glued = self._row.is_glued(at) and 10 <= part.value < 100
        return (part.value * scale / 100, part.after) if is_glued else (Decimal(0), at)

    def _is_own_number(self, part: Amount, scale: int, text: str) -> bool:
        """Does this number count something ("2 triệu 3 ngày"), or is it another word ("2 triệu năm nay")?

        Tenths of a thousand are hardly ever said, those of a million often.
        """
        is_unsure = text in self.words["unsure_tenths"] or scale == THOUSAND
        leads_on = is_unsure and self._row.text(part.after)[:1].isalnum()
        if part.value < 10 and (text in self.words["unsure_digits"] or leads_on):
            return True
        return self.has_unit(part.after)

    def has_unit(self, at: int) -> bool:
        """Is something here that a number in front of it counts: time, thousands, persons, đồng?"""
        text = self._row.text(at)
        is_counted = text in self.words["durations"] or text in self.words["counted"] or text in self.words["currency"]
        return is_counted or self.scale(at) is not None

    def scale(self, at: int) -> int | None:
        """The thousand, million and so on at a token."""
        text = self._row.text(at)
        scale = self.words["scales"].get(text)
        if scale is not None:
            return scale if self._row.text(at + 1) not in self.words["no_scale_before"] else None
        glued = self.words["glued_scales"].get(text) if self._row.is_glued(at) else None
        return glued or (self.words["slang"].get(text) if self._follows_money_word(at) else None)

    def _follows_money_word(self, at: int) -> bool:
        """Is this behind digits that a word about money leads to: "lừa mất 5 chai"?"""
        before = self._row.texts[max(0, at - 1 - SLANG_REACH) : max(0, at - 1)]
        return self._row.is_digits(at - 1) and not self.words["money_words"].isdisjoint(before)
