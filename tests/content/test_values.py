"""Values: the words of today take the place of a quote, and what cannot be quoted is named with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from hocvu.content.faults import ContentError
from hocvu.content.values import Value, quote_values
from tests.unit.factories import page_data, period_data, value_data, write_page

TODAY = date(2026, 11, 20)
HALF_YEARS = (
    period_data("10.000 đồng", "2026-01-01", "2026-06-30"),
    period_data("20.000 đồng", "2026-07-01", "2026-12-31"),
)


def make_value(*periods):
    return Value.model_validate(value_data("phi", *periods))


def quote(data, *periods, today=TODAY):
    return quote_values(Path("trang.yml"), data, {"phi": make_value(*periods)}, today)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 1, 1), "10.000 đồng"),
        (date(2026, 6, 30), "10.000 đồng"),
        (date(2026, 7, 1), "20.000 đồng"),
        (date(2026, 12, 31), "20.000 đồng"),
    ],
)
def test_the_words_of_the_period_that_covers_the_day_are_said(today, words):
    assert quote({"fee": "Mất {phi}."}, *HALF_YEARS, today=today).data == {"fee": f"Mất {words}."}


def test_a_period_without_an_end_goes_on():
    assert quote("{phi}", period_data("miễn phí", "2020-01-01"), today=date(2050, 1, 1)).data == "miễn phí"


@pytest.mark.parametrize(("today", "words"), [(date(2027, 1, 1), "20.000 đồng"), (date(2040, 1, 1), "20.000 đồng")])
def test_an_expired_value_keeps_its_last_words(today, words):
    assert quote("{phi}", *HALF_YEARS, today=today).data == words
    assert make_value(*HALF_YEARS).on(today) is None


def test_between_two_periods_the_earlier_words_are_said_and_no_period_covers_the_day():
    periods = (period_data("cũ", "2026-01-01", "2026-03-31"), period_data("mới", "2026-07-01"))

    assert quote("{phi}", *periods, today=date(2026, 5, 1)).data == "cũ"
    assert make_value(*periods).on(date(2026, 5, 1)) is None


def test_quotes_are_replaced_at_every_depth_and_their_ids_kept():
    data = {
        "steps": [{"do": "Trả {phi}", "stuck": [{"fix": "{phi} hoặc {phi}"}]}],
        "valid": True,
        "number": 3,
        "no": None,
    }

    quoted = quote(data)

    assert quoted.data == {
        "steps": [{"do": "Trả 20.000 đồng", "stuck": [{"fix": "20.000 đồng hoặc 20.000 đồng"}]}],
        "valid": True,
        "number": 3,
        "no": None,
    }
    assert quoted.ids == {"phi"}


def test_a_page_without_quotes_quotes_nothing():
    assert quote({"do": "Bấm nút"}).ids == frozenset()


@pytest.mark.parametrize("question", ["{phi} là gì", "{không có} ở đâu", "dấu { là gì"])
def test_a_brace_in_a_sample_question_is_left_alone(question):
    quoted = quote({"questions": [question]})

    assert (quoted.data, quoted.ids) == ({"questions": [question]}, frozenset())


@pytest.mark.parametrize("text", ["dấu { một mình", "dấu } một mình", "}{"])
def test_a_lone_brace_is_no_quote(text):
    assert quote(text).data == text


@pytest.mark.parametrize("name", ["khac", "", " phi", "PHI"])
def test_an_unknown_value_is_named_with_file_and_line(tmp_path, name):
    path = write_page(tmp_path, page_data(intro=f"Mất {{{name}}}."))

    with pytest.raises(ContentError) as caught:
        quote_values(path, page_data(intro=f"Mất {{{name}}}."), {"phi": make_value()}, TODAY)

    (fault,) = caught.value.faults
    assert (fault.path, f"value {name!r} is not in values.yml" in fault.message) == (path, True)
    assert '"intro"' in path.read_text(encoding="utf-8").splitlines()[fault.line - 1]


def test_a_value_that_has_not_begun_is_named_with_file_and_line(tmp_path):
    page = page_data()
    page["steps"][1] |= {"why": "Từ đó mất {phi}."}
    path = write_page(tmp_path, page)

    with pytest.raises(ContentError) as caught:
        quote_values(path, page, {"phi": make_value(period_data(start="2026-11-21"))}, TODAY)

    (fault,) = caught.value.faults
    assert "value 'phi' has no period for today" in fault.message
    assert "Từ đó" in path.read_text(encoding="utf-8").splitlines()[fault.line - 1]


def test_every_value_that_cannot_be_quoted_is_named_at_once(tmp_path):
    page = page_data(intro="{a} và {b}", done="{c}")
    path = write_page(tmp_path, page)

    with pytest.raises(ContentError) as caught:
        quote_values(path, page, {}, TODAY)

    assert [fault.message.split("'")[1] for fault in caught.value.faults] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2026-01-01", "2026-07-01"), ("2026-07-01", None)),
        (("2026-01-01", None), ("2026-07-01", None)),
        (("2026-07-01", "2026-12-31"), ("2026-01-01", "2026-06-30")),
    ],
)
def test_periods_that_overlap_or_stand_in_the_wrong_order_are_refused(first, second):
    with pytest.raises(ValidationError, match="must end before"):
        make_value(period_data("a", *first), period_data("b", *second))


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValidationError, match="before it starts on 2026-07-01"):
        make_value(period_data("a", "2026-07-01", "2026-06-30"))


def test_a_period_of_one_day_is_fine():
    assert make_value(period_data("a", "2026-07-01", "2026-07-01")).on(date(2026, 7, 1)).says == "a"


def test_a_value_needs_a_period():
    with pytest.raises(ValidationError, match="periods"):
        Value.model_validate({"id": "phi", "what": "Phí", "periods": []})


@pytest.mark.parametrize("key", ["says", "from", "source", "checked_on"])
def test_a_period_tells_its_words_its_first_day_and_who_says_so(key):
    period = period_data()
    del period[key]

    with pytest.raises(ValidationError, match=key):
        make_value(period)
