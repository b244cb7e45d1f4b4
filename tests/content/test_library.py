from __future__ import annotations

import json

import pytest

from hocvu.content.cards import answer_card, emergency_card
from hocvu.content.faults import ContentError
from hocvu.content.library import load_library, load_page, load_sources
from hocvu.content.models import MAX_BRANCH_BUTTON_WORDS, MAX_STEP_WORDS, Guide, count_words
from tests.unit.factories import page_data, write_knowledge, write_page


def faults_of(load, *given):
    with pytest.raises(ContentError) as caught:
        load(*given)
    return caught.value.faults


def page_fault(tmp_path, page, *, place=None):
    """The first fault of a page on disk; it has to name the file."""
    path = write_page(tmp_path, page, place=place)
    fault = faults_of(load_page, path)[0]
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

    page = load_page(path)

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

    assert faults_of(load_page, path)[0].path == path


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

    assert load_page(write_page(tmp_path, page)).slug == page["slug"]


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

    assert len(faults_of(load_page, path)) == 1


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
