from __future__ import annotations

import json
from datetime import date

import pytest

from hocvu.content.cards import answer_card, emergency_card
from hocvu.content.faults import ContentError
from hocvu.content.library import load_library, load_page, load_sources
from hocvu.content.models import MAX_BRANCH_BUTTON_WORDS, MAX_STEP_WORDS, Guide, count_words
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

TODAY = date(2026, 11, 20)


def faults_of(load, *given):
    with pytest.raises(ContentError) as caught:
        load(*given)
    return caught.value.faults


def load_one(path):
    """A page without values."""
    return load_page(path, {}, date(2026, 11, 21)).page


def page_fault(tmp_path, page, *, place=None):
    """The first fault of a page on disk; it has to name the file."""
    path = write_page(tmp_path, page, place=place)
    fault = faults_of(load_one, path)[0]
    assert fault.path == path
    return fault


def steps_with(**changes):
    """The steps of a faultless guide, the second one changed."""
    steps = json.loads(json.dumps(page_data()["steps"]))
    steps[1].update(changes)
    return steps


def branch(**changes):
    return {"id": "mo", "when": "Không thấy nút", "fix": "[Bác] kéo xuống.", "then": "retry", **changes}


@pytest.mark.parametrize("kind", ["guide", "answer", "emergency"])
def test_a_page_without_faults_is_loaded(tmp_path, kind):
    path = write_page(tmp_path, page_data("doi-mat-khau", kind))

    page = load_one(path)

    assert (page.slug, page.kind) == ("doi-mat-khau", kind)


def test_a_library_finds_pages_by_slug_and_sources_by_id(tmp_path):
    library = load_library(write_knowledge(tmp_path, page_data("mot"), page_data("hai", "answer")))

    assert sorted(page.slug for page in library) == ["hai", "mot"]
    assert isinstance(library.guide("mot"), Guide)
    assert (library.guide("hai"), library.page("khong-co")) == (None, None)
    assert library.sources["bao-dan-tri"].publisher == "Báo"


def test_an_unknown_key_is_named_with_its_line(tmp_path):
    fault = page_fault(tmp_path, page_data(tilte="Quên mật khẩu"))

    assert "tilte" in fault.message
    assert '"tilte"' in fault.path.read_text().splitlines()[fault.line - 1]


@pytest.mark.parametrize("key", ["title", "questions", "sources", "valid_until", "intro", "steps", "done"])
def test_a_missing_key_is_named(tmp_path, key):
    page = page_data()
    del page[key]

    assert key in page_fault(tmp_path, page).message


def test_a_number_where_a_text_belongs_is_a_fault(tmp_path):
    page = page_data("goi", "emergency", hotlines=[{"name": "Công an", "number": 113}])

    assert "number" in page_fault(tmp_path, page).message


@pytest.mark.parametrize("kind", ["lesson", None])
def test_an_unknown_kind_is_a_fault(tmp_path, kind):
    assert "kind" in page_fault(tmp_path, page_data() | {"kind": kind}, place="guides/vneid/doi-mat-khau.yml").message


@pytest.mark.parametrize("text", ["", "chỉ có chữ\n", "- a\n", "1: a\n"])
def test_a_file_that_is_no_page_is_a_fault(tmp_path, text):
    path = write_page(tmp_path, page_data())
    path.write_text(text, encoding="utf-8")

    assert faults_of(load_one, path)[0].path == path


def test_too_few_questions_are_a_fault(tmp_path):
    assert "questions" in page_fault(tmp_path, page_data(questions=["một", "hai"])).message


def test_a_slug_that_is_not_the_file_name_is_a_fault(tmp_path):
    assert "'khac'" in page_fault(tmp_path, page_data(), place="guides/vneid/khac.yml").message


def test_an_area_that_is_not_the_folder_is_a_fault(tmp_path):
    assert "'thue'" in page_fault(tmp_path, page_data(), place="guides/thue/doi-mat-khau.yml").message


def test_a_page_in_the_folder_of_another_kind_is_a_fault(tmp_path):
    fault = page_fault(tmp_path, page_data(), place="answers/vneid/doi-mat-khau.yml")

    assert "does not belong in answers/" in fault.message


@pytest.mark.parametrize("slug", ["Doi-Mat-Khau", "đổi-mật-khẩu", "doi--mat", "doi_mat", "-doi", "a" * 61])
def test_a_slug_of_other_characters_is_a_fault(tmp_path, slug):
    assert "slug" in page_fault(tmp_path, page_data(slug)).message


def test_a_step_of_too_many_words_is_named(tmp_path):
    steps = steps_with(do="bấm " * (MAX_STEP_WORDS + 1))

    assert f"hai: `do` has {MAX_STEP_WORDS + 1} words" in page_fault(tmp_path, page_data(steps=steps)).message


def test_a_step_of_just_enough_words_is_fine(tmp_path):
    page = page_data(steps=steps_with(do="[bác] " + "bấm " * (MAX_STEP_WORDS - 1)))

    assert load_one(write_page(tmp_path, page)).slug == page["slug"]


def test_a_branch_title_too_long_for_a_button_is_named(tmp_path):
    steps = steps_with(stuck=[branch(when="không " * (MAX_BRANCH_BUTTON_WORDS + 1))])

    assert "branch mo: `when` has 13 words" in page_fault(tmp_path, page_data(steps=steps)).message


def test_a_branch_to_a_step_that_is_not_there_is_named(tmp_path):
    steps = steps_with(stuck=[branch(then="step:khong-co")])

    assert "no step 'khong-co'" in page_fault(tmp_path, page_data(steps=steps)).message


def test_a_branch_that_leads_nowhere_known_is_a_fault(tmp_path):
    steps = steps_with(stuck=[branch(then="later")])

    assert "steps.1.stuck.0.then" in page_fault(tmp_path, page_data(steps=steps)).message


def test_a_fault_inside_a_step_is_not_also_told_as_a_missing_step(tmp_path):
    path = write_page(tmp_path, page_data(steps=steps_with(stuck=[branch(then="later")])))

    assert len(faults_of(load_one, path)) == 1


def test_two_branches_of_one_id_are_a_fault(tmp_path):
    steps = steps_with(stuck=[branch(), branch()])

    assert "two stuck branches" in page_fault(tmp_path, page_data(steps=steps)).message


def test_two_steps_of_one_id_are_a_fault(tmp_path):
    assert "two steps" in page_fault(tmp_path, page_data(steps=steps_with(id="mot"))).message


def test_a_guide_without_any_stuck_branch_is_a_fault(tmp_path):
    steps = [{"id": name, "do": "Bấm.", "see": "Sáng."} for name in ("mot", "hai", "ba")]

    assert "no step has a stuck branch" in page_fault(tmp_path, page_data(steps=steps)).message


@pytest.mark.parametrize("count", [2, 10])
def test_a_guide_has_three_to_nine_steps(tmp_path, count):
    steps = [{**page_data()["steps"][0], "id": f"buoc-{number}"} for number in range(count)]

    assert "steps" in page_fault(tmp_path, page_data(steps=steps)).message


def test_an_unknown_source_is_named_with_its_line(tmp_path):
    page = page_data(sources=[{"source": "bao-khac", "checked_on": "2026-11-01"}])

    (fault,) = faults_of(load_library, write_knowledge(tmp_path, page))

    assert "unknown source 'bao-khac'" in fault.message
    assert "bao-khac" in fault.path.read_text().splitlines()[fault.line - 1]


def test_a_slug_used_twice_is_named(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot"))
    write_page(knowledge, page_data("mot", "answer"))

    (fault,) = faults_of(load_library, knowledge)

    assert "slug 'mot' is used by another page" in fault.message


def test_every_fault_of_every_page_is_named_at_once(tmp_path):
    pages = [page_data("mot", la="x"), page_data("hai", title=""), page_data("ba")]

    faults = faults_of(load_library, write_knowledge(tmp_path, *pages))

    assert {fault.path.stem for fault in faults} == {"mot", "hai"}


def test_a_folder_without_sources_is_a_fault(tmp_path):
    assert faults_of(load_library, tmp_path)[0].path == tmp_path / "sources.yml"


def test_a_source_id_used_twice_is_named(tmp_path):
    path = tmp_path / "sources.yml"
    path.write_text(json.dumps([{"id": "a", "title": "A", "publisher": "P"}] * 2), encoding="utf-8")

    assert "used twice: a" in faults_of(load_sources, path)[0].message


def test_a_source_with_a_malformed_address_is_named(tmp_path):
    path = tmp_path / "sources.yml"
    path.write_text("- id: a\n  title: A\n  publisher: P\n  url: dantri.com.vn\n", encoding="utf-8")

    (fault,) = faults_of(load_sources, path)

    assert (fault.line, fault.message.split(":")[0]) == (4, "0.url")


def test_a_page_is_spoken_with_the_values_of_the_day(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot", "answer", text="Mất {phi}."))
    write_values(knowledge, value_data("phi", period_data("20.000 đồng", "2026-01-01", "2026-11-20")))

    library = load_library(knowledge, today=TODAY)

    assert (library.page("mot").text, library.quotes) == ("Mất 20.000 đồng.", {"mot": {"phi"}})


def test_without_a_day_the_values_are_those_of_today(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot", "answer", text="Mất {phi}."))
    write_values(
        knowledge,
        value_data("phi", period_data("cũ", "2000-01-01", "2000-12-31"), period_data("nay", "2001-01-01")),
    )

    assert load_library(knowledge).page("mot").text == "Mất nay."


def test_a_folder_without_values_and_glossary_has_none(tmp_path):
    library = load_library(write_knowledge(tmp_path, page_data()))

    assert (library.values, library.glossary) == ({}, ())


@pytest.mark.parametrize(("today", "is_out"), [(TODAY, False), (date(2026, 11, 21), True)])
def test_a_page_is_out_of_date_the_day_after_a_value_that_it_quotes(tmp_path, today, is_out):
    knowledge = write_knowledge(tmp_path, page_data("mot", intro="Mất {phi}."), page_data("hai"))
    write_values(knowledge, value_data("phi", period_data(end="2026-11-20")))

    library = load_library(knowledge, today=today)

    assert (library.is_out_of_date("mot", today), library.is_out_of_date("hai", today)) == (is_out, False)


@pytest.mark.parametrize(("today", "is_out"), [(date(2027, 11, 1), False), (date(2027, 11, 2), True)])
def test_a_page_is_out_of_date_the_day_after_its_own_last_day(tmp_path, today, is_out):
    library = load_library(write_knowledge(tmp_path, page_data("mot")))

    assert library.is_out_of_date("mot", today) is is_out


def test_a_value_whose_next_period_has_begun_is_not_out_of_date(tmp_path):
    periods = (period_data("cũ", "2026-01-01", "2026-06-30"), period_data("mới", "2026-07-01"))
    knowledge = write_knowledge(tmp_path, page_data("mot", intro="Mất {phi}."))
    write_values(knowledge, value_data("phi", *periods))

    assert load_library(knowledge, today=TODAY).is_out_of_date("mot", TODAY) is False


def test_an_unknown_value_keeps_the_whole_library_from_loading(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot", intro="Mất {khac}."), page_data("hai", title=""))

    assert {fault.path.stem for fault in faults_of(load_library, knowledge)} == {"mot", "hai"}


def test_a_value_of_an_unknown_source_is_named(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data())
    path = write_values(knowledge, value_data("phi", period_data(source="bao-khac")))

    (fault,) = faults_of(load_library, knowledge)

    assert (fault.path, fault.message.split(":")[0]) == (path, "value 'phi'")
    assert "unknown source 'bao-khac'" in fault.message


def test_a_value_id_used_twice_is_named(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data())
    write_values(knowledge, value_data("phi"), value_data("phi"))

    assert [fault.message for fault in faults_of(load_library, knowledge)] == ["ids used twice: phi"]


def test_overlapping_periods_are_named_with_file_and_line(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data())
    path = write_values(knowledge, value_data("le"), value_data("phi", period_data(), period_data(start="2026-06-01")))

    (fault,) = faults_of(load_library, knowledge)

    assert (fault.path, "must end before 2026-06-01" in fault.message) == (path, True)
    assert path.read_text(encoding="utf-8").splitlines()[fault.line] == '  "id": "phi",'


def test_a_malformed_glossary_keeps_the_whole_library_from_loading(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data())
    path = write_glossary(knowledge, term_data("otp", nghia="x"))

    (fault,) = faults_of(load_library, knowledge)

    assert (fault.path, "nghia" in fault.message) == (path, True)
    assert "nghia" in path.read_text(encoding="utf-8").splitlines()[fault.line - 1]


def test_the_glossary_is_part_of_the_library(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data())
    write_glossary(knowledge, term_data("otp"), term_data("wifi"))

    assert [term.id for term in load_library(knowledge).glossary] == ["otp", "wifi"]


def test_an_answer_card_shows_points_and_sources(tmp_path):
    library = load_library(write_knowledge(tmp_path, page_data("mot", "answer")))

    card = answer_card(library.page("mot"), library)

    assert (card["kind"], card["points"]) == ("answer", ["[Bác] hỏi ở phường."])
    assert card["sources"] == [
        {"title": "Quên mật khẩu", "publisher": "Báo", "url": "https://example.org/a", "checked_on": "2026-11-01"}
    ]


def test_an_emergency_card_shows_actions_in_order_and_hotlines(tmp_path):
    library = load_library(write_knowledge(tmp_path, page_data("mot", "emergency")))

    card = emergency_card(library.page("mot"), library)

    assert card["points"] == ["[Bác] gọi ngân hàng.", "[Bác] báo công an."]
    assert card["hotlines"] == [{"name": "Công an", "number": "113"}]


@pytest.mark.parametrize(
    ("text", "words"), [("[Bác] bấm nút", 3), ("mở vneid.gov.vn, gõ 20/11/2026", 4), ("", 0), ("– !", 0)]
)
def test_words_are_counted_as_they_are_read(text, words):
    assert count_words(text) == words
