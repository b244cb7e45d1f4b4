from __future__ import annotations

from datetime import date

import pytest

from hocvu.content.faults import ContentError, Severity
from hocvu.content.lint import lint, load_topics
from tests.unit.factories import page_data, write_knowledge

TODAY = date(2026, 11, 20)


def errors(knowledge):
    return [fault.message for fault in lint(knowledge, TODAY) if fault.severity == Severity.ERROR]


def hints(knowledge):
    return [fault.message for fault in lint(knowledge, TODAY) if fault.severity == Severity.HINT]


def test_a_folder_without_faults_has_none(tmp_path):
    assert lint(write_knowledge(tmp_path, page_data("mot"), page_data("hai", "answer")), TODAY) == []


def test_a_shape_fault_stops_the_finer_rules(tmp_path):
    faults = lint(write_knowledge(tmp_path, page_data("mot", la="x"), page_data("hai", title="Gửi [ai]")), TODAY)

    assert [fault.path.stem for fault in faults] == ["mot"]


def test_a_slug_that_is_no_topic_is_an_error(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot"))
    (knowledge / "topics.tsv").write_text("slug\tarea\ttitle\tkind\tnote\n", encoding="utf-8")

    assert errors(knowledge) == ["slug 'mot' is not in topics.tsv: use a listed slug"]


def test_a_page_of_another_kind_than_its_topic_is_an_error(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot"))
    (knowledge / "topics.tsv").write_text("slug\tarea\ttitle\tkind\nmot\tvneid\tMột\tanswer\n", encoding="utf-8")

    assert errors(knowledge) == ["topics.tsv says area vneid, kind answer"]


@pytest.mark.parametrize("bracket", ["[ông]", "[tên]", "[BÁC]", "[ bác ]", "[]"])
def test_an_unknown_placeholder_is_an_error(tmp_path, bracket):
    (error,) = errors(write_knowledge(tmp_path, page_data(title=f"Mở {bracket} ra")))

    assert error.startswith(f"{bracket} is not an address placeholder")


@pytest.mark.parametrize(
    "change",
    [
        {"intro": "Chào [ai]."},
        {"done": "Xong [ai]."},
        {"safety": "Đừng [ai]."},
        {"facts": {"papers": "Thẻ [ai].", "time": "Lâu.", "fee": "Không."}},
    ],
)
def test_every_text_of_a_guide_is_looked_at(tmp_path, change):
    assert len(errors(write_knowledge(tmp_path, page_data(**change)))) == 1


@pytest.mark.parametrize("key", ["do", "see", "why"])
def test_every_text_of_a_step_is_looked_at(tmp_path, key):
    steps = [*page_data()["steps"][:2], {**page_data()["steps"][2], key: "Bấm [ai]."}]

    assert len(errors(write_knowledge(tmp_path, page_data(steps=steps)))) == 1


@pytest.mark.parametrize("key", ["when", "fix"])
def test_every_text_of_a_branch_is_looked_at(tmp_path, key):
    branch = {"id": "mo", "when": "Không thấy", "fix": "Kéo xuống.", key: "Bấm [ai]."}
    steps = [{**page_data()["steps"][0], "stuck": [branch]}, *page_data()["steps"][1:]]

    assert len(errors(write_knowledge(tmp_path, page_data(steps=steps)))) == 1


@pytest.mark.parametrize(
    "page",
    [
        page_data("mot", "answer", text="Gọi [ai]."),
        page_data("mot", "answer", points=["Gọi [ai]."]),
        page_data("mot", "emergency", calm="Gọi [ai]."),
        page_data("mot", "emergency", actions=["Gọi [ai].", "Chờ."]),
        page_data("mot", "emergency", hotlines=[{"name": "Của [ai]", "number": "113"}]),
    ],
)
def test_every_text_of_answers_and_emergencies_is_looked_at(tmp_path, page):
    assert len(errors(write_knowledge(tmp_path, page))) == 1


@pytest.mark.parametrize("text", ["Mời bạn bấm nút.", "Bạn bấm nút.", "Quý vị chờ."])
def test_a_form_of_address_written_by_hand_is_an_error(tmp_path, text):
    (error,) = errors(write_knowledge(tmp_path, page_data(intro=text)))

    assert "write [bác]" in error


@pytest.mark.parametrize("text", ["Bấm mục kết bạn.", "Thêm bạn trên Zalo.", "Gửi ảnh cho bạn bè."])
def test_a_friend_is_not_a_form_of_address(tmp_path, text):
    assert errors(write_knowledge(tmp_path, page_data(intro=text))) == []


def test_sample_questions_may_say_anything(tmp_path):
    questions = [f"bạn ơi [mã] số {number}" for number in range(8)]

    assert errors(write_knowledge(tmp_path, page_data(questions=questions))) == []


@pytest.mark.parametrize("fact", ["papers", "time", "fee"])
def test_a_guide_without_what_people_ask_first_is_an_error(tmp_path, fact):
    facts = page_data()["facts"] | {fact: None}

    assert errors(write_knowledge(tmp_path, page_data(facts=facts))) == [
        f"facts.{fact} is missing: people ask it before they start"
    ]


def test_an_answer_needs_no_facts(tmp_path):
    assert errors(write_knowledge(tmp_path, page_data("mot", "answer", facts={}))) == []


def test_a_question_that_stands_on_two_pages_is_an_error(tmp_path):
    first = page_data("hai", questions=[*page_data("hai")["questions"], "Quên  mật khẩu"])
    second = page_data("mot", questions=[*page_data("mot")["questions"], "quên mật KHẨU"])

    assert errors(write_knowledge(tmp_path, first, second)) == [
        "question 'quên mật KHẨU' also stands in hai: one page only"
    ]


def test_a_title_that_is_a_question_of_another_page_is_an_error(tmp_path):
    pages = [page_data("mot", title="Quên mật khẩu")]
    questions = [*page_data("hai")["questions"], "quên mật khẩu"]

    assert len(errors(write_knowledge(tmp_path, *pages, page_data("hai", questions=questions)))) == 1


def test_a_check_in_the_future_is_an_error(tmp_path):
    sources = [{"source": "bao-dan-tri", "checked_on": "2026-11-21"}]

    assert errors(write_knowledge(tmp_path, page_data(sources=sources))) == ["checked_on lies in the future"]


@pytest.mark.parametrize(("valid_until", "count"), [("2026-11-19", 1), ("2026-11-20", 0)])
def test_a_page_past_its_day_is_a_hint(tmp_path, valid_until, count):
    knowledge = write_knowledge(tmp_path, page_data(valid_until=valid_until))

    assert (errors(knowledge), len(hints(knowledge))) == ([], count)


def test_a_long_sentence_is_a_hint(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data(intro="bấm " * 26))

    assert (errors(knowledge), hints(knowledge)[0][:24]) == ([], "a sentence of 26 words: ")


def test_a_next_page_that_is_no_topic_is_an_error(tmp_path):
    assert errors(write_knowledge(tmp_path, page_data(next=["khong-co"]))) == ["next: 'khong-co' is not in topics.tsv"]


def test_a_next_page_not_written_yet_is_a_hint(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot", next=["hai"]))
    with (knowledge / "topics.tsv").open("a", encoding="utf-8") as file:
        file.write("hai\tvneid\tHai\tanswer\t\n")

    assert (errors(knowledge), hints(knowledge)) == ([], ["next: 'hai' has no page yet and is not offered"])


def test_errors_come_before_hints(tmp_path):
    faults = lint(write_knowledge(tmp_path, page_data(intro="bấm " * 26, title="Mở [ai]")), TODAY)

    assert [fault.severity for fault in faults] == [Severity.ERROR, Severity.HINT]


@pytest.mark.parametrize("row", ["mot\tvneid\tMột\tlesson", "mot\tvneid"])
def test_a_bad_topic_row_is_named_with_its_line(tmp_path, row):
    path = tmp_path / "topics.tsv"
    path.write_text(f"slug\tarea\ttitle\tkind\na\tb\tc\tguide\n{row}\n", encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        load_topics(path)

    assert caught.value.faults[0].line == 3


def test_a_folder_without_topics_is_a_fault_and_no_crash(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data())
    (knowledge / "topics.tsv").unlink()

    assert [fault.path for fault in lint(knowledge, TODAY)] == [knowledge / "topics.tsv"]
