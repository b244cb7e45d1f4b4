from __future__ import annotations

import os
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from hocvu.content.faults import ContentError
from hocvu.content.shelf import CHECK_SECONDS, Shelf
from tests.unit.factories import (
    page_data,
    period_data,
    term_data,
    value_data,
    write_glossary,
    write_knowledge,
    write_page,
    write_values,
)

_edits = count(1)


class FakeTimer:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def pass_check_time(self) -> None:
        self.now += CHECK_SECONDS


def put(knowledge: Path, page: dict) -> Path:
    """An edit that a file system with coarse times sees too."""
    return touched(write_page(knowledge, page))


def touched(path: Path) -> Path:
    """The file with a time of its own."""
    later = path.stat().st_mtime_ns + next(_edits) * 1_000_000_000
    os.utime(path, ns=(later, later))
    return path


class FakeDay:
    def __init__(self) -> None:
        self.day = date(2026, 11, 20)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def timer():
    return FakeTimer()


@pytest.fixture
def today():
    return FakeDay()


@pytest.fixture
def priced(tmp_path):
    """A folder whose one page quotes a value that changes on 21 November 2026."""
    knowledge = write_knowledge(tmp_path / "priced", page_data("mot", "answer", text="Mất {phi}."))
    periods = (period_data("10.000 đồng", "2026-01-01", "2026-11-20"), period_data("20.000 đồng", "2026-11-21"))
    touched(write_values(knowledge, value_data("phi", *periods)))
    return knowledge


@pytest.fixture
def knowledge(tmp_path):
    return write_knowledge(tmp_path, page_data("mot"), page_data("hai", "answer"))


@pytest.fixture
def shelf(knowledge, timer):
    return Shelf(knowledge, timer=timer)


def test_a_shelf_holds_the_pages_of_its_folder(shelf):
    assert set(shelf.library.pages) == {"mot", "hai"}


def test_an_unusable_folder_is_refused_at_start(knowledge):
    put(knowledge, page_data("mot", la="x"))

    with pytest.raises(ContentError, match=r"mot\.yml"):
        Shelf(knowledge)


def test_an_edit_is_seen_after_the_check_time(shelf, knowledge, timer):
    put(knowledge, page_data("hai", "answer", text="Mới."))
    timer.pass_check_time()

    assert shelf.library.page("hai").text == "Mới."


def test_an_edit_is_not_looked_for_before_the_check_time(shelf, knowledge, timer):
    put(knowledge, page_data("hai", "answer", text="Mới."))
    timer.now += CHECK_SECONDS - 0.1

    assert shelf.library.page("hai").text == "Không mất tiền."


def test_a_new_page_appears(shelf, knowledge, timer):
    put(knowledge, page_data("ba"))
    timer.pass_check_time()

    assert set(shelf.library.pages) == {"mot", "hai", "ba"}


def test_a_removed_page_disappears(shelf, knowledge, timer):
    (knowledge / "answers/vneid/hai.yml").unlink()
    timer.pass_check_time()

    assert set(shelf.library.pages) == {"mot"}


def test_a_broken_edit_keeps_the_last_good_library(shelf, knowledge, timer):
    good = shelf.library
    put(knowledge, page_data("mot", la="x"))
    timer.pass_check_time()

    assert shelf.library is good


def test_a_good_edit_beside_a_broken_one_waits_for_it(shelf, knowledge, timer):
    put(knowledge, page_data("mot", la="x"))
    put(knowledge, page_data("hai", "answer", text="Mới."))
    timer.pass_check_time()

    assert shelf.library.page("hai").text == "Không mất tiền."


def test_a_mended_edit_is_seen_with_all_that_changed_meanwhile(shelf, knowledge, timer):
    put(knowledge, page_data("mot", la="x"))
    timer.pass_check_time()
    assert shelf.library.guide("mot").intro
    put(knowledge, page_data("hai", "answer", text="Mới."))
    put(knowledge, page_data("mot", intro="Đã sửa."))
    timer.pass_check_time()

    assert (shelf.library.guide("mot").intro, shelf.library.page("hai").text) == ("Đã sửa.", "Mới.")


def test_a_page_put_back_as_it_was_is_there_again(shelf, knowledge, timer):
    path = knowledge / "answers/vneid/hai.yml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    timer.pass_check_time()
    assert shelf.library.page("hai") is None
    path.write_text(text, encoding="utf-8")
    timer.pass_check_time()

    assert shelf.library.page("hai").slug == "hai"


def test_a_source_taken_away_while_pages_use_it_keeps_the_last_good_library(shelf, knowledge, timer):
    good = shelf.library
    (knowledge / "sources.yml").write_text("[]", encoding="utf-8")
    timer.pass_check_time()

    assert shelf.library is good


def test_a_folder_that_vanishes_keeps_the_last_good_library(shelf, knowledge, timer):
    knowledge.rename(knowledge.with_name("moved"))
    timer.pass_check_time()

    assert set(shelf.library.pages) == {"mot", "hai"}


def test_nothing_is_loaded_when_nothing_changed(shelf, timer):
    before = shelf.library
    timer.pass_check_time()

    assert shelf.library is before


def test_an_edited_value_is_seen_after_the_check_time(priced, timer, today):
    shelf = Shelf(priced, timer=timer, today=today)
    assert shelf.library.page("mot").text == "Mất 10.000 đồng."
    touched(write_values(priced, value_data("phi", period_data("50.000 đồng"))))
    timer.pass_check_time()

    assert shelf.library.page("mot").text == "Mất 50.000 đồng."


def test_at_midnight_the_values_of_the_new_day_are_said_without_any_edit(priced, timer, today):
    shelf = Shelf(priced, timer=timer, today=today)
    before = shelf.library.page("mot").text
    today.day = date(2026, 11, 21)
    timer.pass_check_time()

    assert (before, shelf.library.page("mot").text) == ("Mất 10.000 đồng.", "Mất 20.000 đồng.")


def test_the_same_day_without_an_edit_loads_nothing(priced, timer, today):
    shelf = Shelf(priced, timer=timer, today=today)
    before = shelf.library
    timer.pass_check_time()

    assert shelf.library is before


@pytest.mark.parametrize("values", [[value_data("khac")], [value_data("phi"), value_data("phi")], [{"id": "phi"}]])
def test_broken_values_keep_the_last_good_library(priced, timer, today, values):
    shelf = Shelf(priced, timer=timer, today=today)
    good = shelf.library
    touched(write_values(priced, *values))
    timer.pass_check_time()

    assert shelf.library is good


def test_values_taken_away_while_pages_quote_them_keep_the_last_good_library(priced, timer, today):
    shelf = Shelf(priced, timer=timer, today=today)
    (priced / "values.yml").unlink()
    timer.pass_check_time()

    assert shelf.library.page("mot").text == "Mất 10.000 đồng."


def test_mended_values_are_seen(priced, timer, today):
    shelf = Shelf(priced, timer=timer, today=today)
    touched(write_values(priced, value_data("khac")))
    timer.pass_check_time()
    assert shelf.library.page("mot").text == "Mất 10.000 đồng."
    touched(write_values(priced, value_data("phi", period_data("50.000 đồng"))))
    timer.pass_check_time()

    assert shelf.library.page("mot").text == "Mất 50.000 đồng."


def test_an_edited_glossary_is_seen(shelf, knowledge, timer):
    assert shelf.library.glossary == ()
    touched(write_glossary(knowledge, term_data("otp")))
    timer.pass_check_time()

    assert [term.id for term in shelf.library.glossary] == ["otp"]


def test_an_edited_question_may_name_a_page_again(shelf, knowledge, timer):
    questions = [*page_data("hai")["questions"], "hỏi ở phường không mất tiền"]
    put(knowledge, page_data("hai", "answer", questions=questions))
    timer.pass_check_time()
    page = shelf.library.page("hai")

    assert shelf.own_words.title(page, "ở phường mất tiền không") == "Hỏi ở phường không mất tiền"
