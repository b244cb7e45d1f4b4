from __future__ import annotations

import pytest

from hocvu.content.library import load_library
from hocvu.operations.evaluation import BadQuestionFile, Question, calibration_error, figures, read_questions
from tests.unit.factories import make_judged, page_data, write_knowledge


@pytest.fixture
def write(tmp_path):
    def write_bytes(text):
        path = tmp_path / "questions.tsv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_bytes


@pytest.fixture
def library(tmp_path):
    return load_library(write_knowledge(tmp_path, page_data("mot"), page_data("hai", area="thue")))


@pytest.fixture
def judged():
    """Eleven questions: six on topics, three out of scope, two with personal data."""
    return [
        make_judged("mot", guide="mot", confidence=0.9),
        make_judged("mot|hai", guide="hai", confidence=0.8, style="khong-dau"),
        make_judged("hai", guide="mot", confidence=0.6),
        make_judged("hai", outcome="clarified", offered=["mot", "hai"], confidence=0.4, style="khong-dau"),
        make_judged("mot", outcome="out_of_scope"),
        make_judged("chua-co-trang", outcome="clarified", style="khong-dau"),
        make_judged("oos", outcome="out_of_scope"),
        make_judged("oos", guide="mot", confidence=0.7, style="khong-dau"),
        make_judged("oos", outcome="clarified", offered=["mot"]),
        make_judged("pii", stored="‹số điện thoại›", masked=["phone_number"], style="khong-dau"),
        make_judged("pii", text="0912345678"),
    ]


def test_a_file_with_a_header_is_read(write):
    path = write("question\texpected\tstyle\nquên mật khẩu\tvneid-quen-mat-khau\tco-dau\n")

    assert read_questions(path) == [Question("quên mật khẩu", frozenset({"vneid-quen-mat-khau"}), "co-dau")]


def test_a_file_without_header_is_read(write):
    assert [question.text for question in read_questions(write("một\tmot\ta\nhai\thai\tb\n"))] == ["một", "hai"]


def test_a_byte_order_mark_and_windows_lines_do_no_harm(write):
    assert read_questions(write(b"\xef\xbb\xbfquestion\texpected\r\nm\xe1\xbb\x99t\tmot\r\n"))[0].text == "một"


def test_several_slugs_are_joined_by_a_bar(write):
    assert read_questions(write("một\tmot | hai|\ta\n"))[0].expected == {"mot", "hai"}


@pytest.mark.parametrize("row", ["một\tmot", "một\tmot\t", "một\tmot\t  "])
def test_a_missing_style_is_unknown(write, row):
    assert read_questions(write(row))[0].style == "unknown"


def test_empty_lines_are_passed_over(write):
    assert len(read_questions(write("một\tmot\ta\n\nhai\thai\ta\n\n"))) == 2


def test_quotation_marks_belong_to_the_question(write):
    assert read_questions(write('"quên" mật khẩu\tmot\ta\n'))[0].text == '"quên" mật khẩu'


@pytest.mark.parametrize(
    "row", ["chỉ có câu hỏi", "câu hỏi\t", "câu hỏi\t \ta", "\tmot\ta", " \tmot", "câu hỏi\t | \ta"]
)
def test_a_bad_row_is_named_with_its_line(write, row):
    with pytest.raises(BadQuestionFile, match=r"questions\.tsv:3: "):
        read_questions(write(f"question\texpected\tstyle\nmột\tmot\ta\n{row}\n"))


@pytest.mark.parametrize("text", ["", "\n\n", "question\texpected\tstyle\n"])
def test_a_file_without_questions_is_refused(write, text):
    with pytest.raises(BadQuestionFile, match="holds no questions"):
        read_questions(write(text))


def test_a_file_in_another_encoding_is_refused(write):
    with pytest.raises(BadQuestionFile, match="UTF-8"):
        read_questions(write("quên\tmot".encode("utf-16")))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadQuestionFile, match=r"none\.tsv"):
        read_questions(tmp_path / "none.tsv")


@pytest.mark.parametrize(
    ("name", "rate", "count", "of"),
    [
        ("top1", 0.3333, 2, 6),
        ("top1_or_clarified", 0.5, 3, 6),
        ("wrong_outright", 0.2222, 2, 9),
        ("false_refusals", 0.1667, 1, 6),
        ("oos_recall", 0.3333, 1, 3),
        ("pii_masked", 0.5, 1, 2),
    ],
)
def test_a_rate_stands_beside_its_count(judged, library, name, rate, count, of):
    report = figures(judged, library)

    assert (report[name], report[f"{name}_count"], report[f"{name}_of"]) == (rate, count, of)


def test_the_report_counts_all_questions(judged, library):
    assert figures(judged, library)["n"] == 11


def test_calibration_looks_at_pages_opened_for_topics(judged, library):
    # |1 - 0.9| + |1 - 0.8| + |0 - 0.6| over three answers
    assert figures(judged, library)["calibration_error"] == 0.3


def test_right_answers_are_counted_by_style(judged, library):
    assert figures(judged, library)["by_style"] == {
        "co-dau": {"right": 0.3333, "right_count": 2, "right_of": 6},
        "khong-dau": {"right": 0.4, "right_count": 2, "right_of": 5},
    }


def test_topics_are_counted_by_the_areas_of_their_pages(judged, library):
    assert figures(judged, library)["by_area"] == {
        "no_page": {"right": 0.0, "right_count": 0, "right_of": 1},
        "thue": {"right": 0.3333, "right_count": 1, "right_of": 3},
        "vneid": {"right": 0.6667, "right_count": 2, "right_of": 3},
    }


def test_every_miss_is_listed(judged, library):
    misses = figures(judged, library)["misses"]

    assert [miss["expected"] for miss in misses] == [
        ["hai"],
        ["hai"],
        ["mot"],
        ["chua-co-trang"],
        ["oos"],
        ["oos"],
        ["pii"],
    ]


def test_a_rate_over_nothing_is_none(library):
    report = figures([], library)

    assert (report["n"], report["top1"], report["pii_masked"], report["calibration_error"]) == (0, None, None, None)


def test_a_message_that_is_stored_as_it_was_sent_was_not_masked():
    assert not make_judged("pii", text="0912345678", masked=["phone_number"]).is_masked


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([], None),
        ([(1.0, True)], 0.0),
        ([(0.0, True)], 1.0),
        ([(0.95, True), (0.91, False)], 0.43),
        ([(0.95, True), (0.05, False)], 0.05),
        ([(0.5, True), (0.5, False), (0.3, True)], 0.2333),
    ],
)
def test_calibration_error_is_the_mean_gap_of_the_bins(pairs, error):
    assert calibration_error(pairs) == error
