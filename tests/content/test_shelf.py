from __future__ import annotations

import os
from itertools import count
from pathlib import Path

import pytest

from hocvu.content.faults import ContentError
from hocvu.content.shelf import CHECK_SECONDS, Shelf
from tests.unit.factories import page_data, write_knowledge, write_page

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
    path = write_page(knowledge, page)
    later = path.stat().st_mtime_ns + next(_edits) * 1_000_000_000
    os.utime(path, ns=(later, later))
    return path


@pytest.fixture
def timer():
    return FakeTimer()


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


def test_pages_that_did_not_change_are_not_read_again(shelf, knowledge, timer):
    unchanged = shelf.library.page("mot")
    put(knowledge, page_data("hai", "answer", text="Mới."))
    timer.pass_check_time()

    assert shelf.library.page("mot") is unchanged


def test_nothing_is_loaded_when_nothing_changed(shelf, timer):
    before = shelf.library
    timer.pass_check_time()

    assert shelf.library is before
