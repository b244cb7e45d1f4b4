from __future__ import annotations

from datetime import date

import pytest

from hocvu.content.faults import ContentError, Severity
from hocvu.content.lint import lint
from hocvu.content.topics import load_topics
from tests.unit.factories import (
    infographic_data,
    page_data,
    period_data,
    term_data,
    value_data,
    write_glossary,
    write_infographic,
    write_knowledge,
    write_values,
)

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
    step, *others = page_data()["steps"]
    branch = {"id": "mo", "when": "Không thấy", "fix": "Kéo xuống.", key: "Bấm [ai]."}
    steps = [{**step, "stuck": [*step["stuck"], branch]}, *others]

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


def unbacked(knowledge):
    """The figures that are told to have no source."""
    return [message.split()[1] for message in errors(knowledge) if message.startswith("figure ")]


def answer_saying(text, *figures):
    sources = [{"source": "bao-dan-tri", "checked_on": "2026-11-01", "figures": list(figures)}]
    return page_data("mot", "answer", text=text, sources=sources)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Mất 20.000 đồng.", "20.000"),
        ("Từ 20/11/2026.", "20/11/2026"),
        ("Lúc 7:30.", "7:30"),
        ("Trong 3-5 ngày.", "3-5"),
        ("Gọi 113.", "113"),
        ("Chừng 2,5 km.", "2,5"),
    ],
)
def test_a_figure_without_a_source_is_an_error(tmp_path, text, figure):
    knowledge = write_knowledge(tmp_path, answer_saying(text))

    assert unbacked(knowledge) == [figure]
    assert f"{text[:40]!r} has no source" in errors(knowledge)[0]


@pytest.mark.parametrize("figures", [["20.000 đồng"], ["7 ngày", "20.000"], ["từ 10.000 đến 20.000 đồng"]])
def test_a_figure_that_a_source_of_the_page_names_is_backed(tmp_path, figures):
    assert errors(write_knowledge(tmp_path, answer_saying("Mất 20.000 đồng.", *figures))) == []


def test_a_figure_is_backed_as_a_whole_only(tmp_path):
    knowledge = write_knowledge(
        tmp_path, answer_saying("Từ 12 tuổi, mất 20.000 đồng.", "120 tuổi", "20 đồng", "1", "2")
    )

    assert unbacked(knowledge) == ["12", "20.000"]


def test_a_figure_of_a_quoted_value_is_backed(tmp_path):
    knowledge = write_knowledge(tmp_path, answer_saying("Mất {phi}, tức là 20.000 đồng."))
    write_values(knowledge, value_data("phi", period_data("20.000 đồng")))

    assert errors(knowledge) == []


def test_a_figure_of_a_value_that_the_page_does_not_quote_is_not_backed(tmp_path):
    knowledge = write_knowledge(tmp_path, answer_saying("Mất 20.000 đồng."))
    write_values(knowledge, value_data("phi", period_data("20.000 đồng")))

    assert unbacked(knowledge) == ["20.000"]


def test_a_figure_of_another_page_is_not_backed(tmp_path):
    other = page_data("hai", sources=[{"source": "bao-dan-tri", "checked_on": "2026-11-01", "figures": ["7"]}])

    assert unbacked(write_knowledge(tmp_path, answer_saying("Chờ 7 ngày."), other)) == ["7"]


@pytest.mark.parametrize("text", ["Mức 2 và mức độ 1.", "Bật 4G, 5g.", "Gọi 24/7.", "Theo đề án 06."])
def test_a_number_that_is_a_name_needs_no_source(tmp_path, text):
    assert errors(write_knowledge(tmp_path, answer_saying(text))) == []


@pytest.mark.parametrize(("text", "figure"), [("Mức 21.", "21"), ("Mức 3.", "3"), ("Có 24/70 người.", "24/70")])
def test_a_number_that_only_begins_like_a_name_needs_a_source(tmp_path, text, figure):
    assert unbacked(write_knowledge(tmp_path, answer_saying(text))) == [figure]


@pytest.mark.parametrize(
    "change", [{"title": "Đổi trong 7 ngày"}, {"safety": "Chờ 7 ngày."}, {"facts": {"age": "Từ 7 tuổi."}}]
)
def test_figures_of_every_spoken_text_are_looked_at(tmp_path, change):
    assert unbacked(write_knowledge(tmp_path, page_data("mot", "answer", **change))) == ["7"]


def test_figures_of_sample_questions_need_no_source(tmp_path):
    questions = [f"chờ {number} ngày có lâu không" for number in range(70, 78)]

    assert errors(write_knowledge(tmp_path, page_data("mot", questions=questions))) == []


def test_values_are_those_of_the_day_that_is_checked(tmp_path):
    knowledge = write_knowledge(tmp_path, answer_saying("Mất {phi}."))
    periods = (period_data("[đồng]", "2026-01-01", "2026-11-19"), period_data("ít tiền", "2026-11-20"))
    write_values(knowledge, value_data("phi", *periods))

    assert lint(knowledge, date(2026, 11, 20)) == []
    (fault,) = lint(knowledge, date(2026, 11, 19))
    assert fault.message.startswith("[đồng] is not an address placeholder")


@pytest.mark.parametrize(("last_day", "count"), [("2026-11-19", 1), ("2026-11-20", 0)])
def test_a_quoted_value_that_has_run_out_is_an_error_of_the_values(tmp_path, last_day, count):
    knowledge = write_knowledge(tmp_path, answer_saying("Mất {phi}."))
    path = write_values(knowledge, value_data("phi", period_data(end=last_day)))

    faults = lint(knowledge, TODAY)

    assert [fault.path for fault in faults] == [path] * count
    assert all("value 'phi' has no period for today" in fault.message for fault in faults)


def test_a_value_that_nothing_quotes_may_run_out(tmp_path):
    knowledge = write_knowledge(tmp_path, answer_saying("Không mất tiền."))
    write_values(knowledge, value_data("phi", period_data(end="2026-11-19")))

    assert lint(knowledge, TODAY) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"topic": "khong-co"}, "topic 'khong-co' is not in topics.tsv"),
        ({"sources": [{"source": "bao-khac", "checked_on": "2026-11-01"}]}, "unknown source 'bao-khac'"),
    ],
)
def test_a_term_that_leads_to_what_is_not_there_is_an_error(tmp_path, change, part):
    knowledge = write_knowledge(tmp_path, page_data())
    path = write_glossary(knowledge, term_data("otp", **change))

    (fault,) = lint(knowledge, TODAY)

    assert (fault.path, fault.message.startswith(f"term otp: {part}")) == (path, True)


def test_a_term_of_a_listed_topic_is_fine(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot"))
    write_glossary(knowledge, term_data("otp", topic="mot"))

    assert lint(knowledge, TODAY) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"topics": ["khong-co"]}, "topic 'khong-co' is not in topics.tsv"),
        ({"sources": [{"source": "bao-khac", "checked_on": "2026-11-01"}]}, "unknown source 'bao-khac'"),
        ({"la": "x"}, "la"),
    ],
)
def test_an_infographic_that_leads_to_what_is_not_there_is_an_error(tmp_path, change, part):
    knowledge = write_knowledge(tmp_path, page_data("mot"))
    path = write_infographic(knowledge, infographic_data("to", topics=["mot"]) | change)

    (fault,) = lint(knowledge, TODAY)

    assert (fault.path, part in fault.message) == (path, True)


def test_an_infographic_of_listed_topics_is_fine(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot"))
    write_infographic(knowledge, infographic_data("to", topics=["mot"]))

    assert lint(knowledge, TODAY) == []


@pytest.mark.parametrize(("words", "count"), [(20, 0), (21, 1)])
def test_sentences_too_long_on_average_are_an_error(tmp_path, words, count):
    said = "chữ " * words
    page = page_data("mot", "answer", title=said, text=f"{said}. {said}", points=[said], facts={})

    found = [error for error in errors(write_knowledge(tmp_path, page)) if "on average" in error]

    assert [error.split(":")[0] for error in found] == ["21 words a sentence on average"] * count


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Mở app ấy ra.", "ứng dụng"),
        ("Bấm đường link ấy.", "đường dẫn"),
        ("LOGIN vào trang.", "đăng nhập"),
        ("Vào website.", "trang web"),
    ],
)
def test_another_word_for_the_same_thing_is_an_error(tmp_path, text, term):
    (error,) = errors(write_knowledge(tmp_path, answer_saying(text)))

    assert error.endswith(f"in {text!r}: write {term!r}")


@pytest.mark.parametrize("text", ["Mở App Store.", 'Bấm "Login".', "Mở happ ấy.", "Mở ứng dụng, bấm đường dẫn."])
def test_names_labels_and_the_wanted_words_stay(tmp_path, text):
    assert errors(write_knowledge(tmp_path, answer_saying(text))) == []


@pytest.mark.parametrize(
    ("text", "word"), [("Nhập mã OTP. Xong (tốt).", "OTP"), ("Dùng sinh trắc học.", "sinh trắc học")]
)
def test_a_hard_word_without_its_meaning_is_a_hint(tmp_path, text, word):
    knowledge = write_knowledge(tmp_path, answer_saying(text))

    assert (errors(knowledge), [hint.split(" is")[0] for hint in hints(knowledge)]) == ([], [word])


@pytest.mark.parametrize("text", ["Nhập OTP (mã dùng một lần), OTP ấy.", "Nhập mã dùng một lần (OTP).", "Nhập mã."])
def test_a_hard_word_explained_once_is_fine(tmp_path, text):
    assert lint(write_knowledge(tmp_path, answer_saying(text)), TODAY) == []


def one_step(tmp_path, **changes):
    """The errors of a guide whose second step is changed so."""
    steps = page_data()["steps"]
    steps[1] |= changes
    return errors(write_knowledge(tmp_path, page_data(steps=steps)))


@pytest.mark.parametrize(
    "do", ["[Bác] bấm nút.", "Chạm vào thẻ.", "CHỌN mục ấy.", "[Bác] nhìn màn hình.", "Quét khuôn mặt.", "Mở ứng dụng."]
)
def test_a_step_that_tells_to_look_or_tap_has_a_picture(tmp_path, do):
    (error,) = one_step(tmp_path, do=do, picture=None)

    assert error.startswith("step hai tells to look or tap")


@pytest.mark.parametrize("do", ["[Bác] ra công an phường.", "[Bác] chuẩn bị thẻ căn cước."])
def test_a_step_away_from_the_screen_needs_no_picture(tmp_path, do):
    assert one_step(tmp_path, do=do, picture=None) == []


def test_one_stuck_branch_alone_is_an_error(tmp_path):
    (branch, _) = page_data()["steps"][1]["stuck"]

    assert one_step(tmp_path, stuck=[branch]) == [
        "step hai has one stuck branch: where people fail there are two or more"
    ]


@pytest.mark.parametrize("count", [0, 2])
def test_no_stuck_branch_or_two_are_fine(tmp_path, count):
    assert one_step(tmp_path, stuck=page_data()["steps"][1]["stuck"][:count]) == []


@pytest.mark.parametrize("kind", ["guide", "answer"])
def test_a_page_that_serves_no_skill_is_an_error(tmp_path, kind):
    assert errors(write_knowledge(tmp_path, page_data("mot", kind, skills=[]))) == [
        "no skill: name the ones it serves under `skills`"
    ]


def test_an_emergency_needs_no_skill(tmp_path):
    assert errors(write_knowledge(tmp_path, page_data("mot", "emergency", skills=[]))) == []


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
