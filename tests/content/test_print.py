"""Pages on paper: a leaflet of each kind of page, and the infographics."""

from __future__ import annotations

import struct
from functools import partial

import pytest

from hocvu.content.faults import ContentError
from hocvu.content.library import load_library
from hocvu.content.models import Facts, PageKind
from hocvu.content.print.infographic import load_infographics, sheet_of_paper
from hocvu.content.print.leaflet import labels, leaflet
from hocvu.people.address import addressed, load_pairs
from hocvu.settings import PROJECT_ROOT
from tests.unit.factories import infographic_data, page_data, write_infographic, write_knowledge

KNOWLEDGE = PROJECT_ROOT / "knowledge"
A4_PIXELS = (910, 1287)
put_address = partial(addressed, pair=load_pairs()["bac"])


@pytest.fixture
def print_page(tmp_path):
    """The leaflet of a page, and what was put on it."""

    def make(page):
        library = load_library(write_knowledge(tmp_path, page))
        told = {}

        def remember(data):
            told.update(put_address(data))
            return told

        return leaflet(library.page(page["slug"]), library, remember), told

    return make


@pytest.mark.parametrize("kind", PageKind)
def test_a_page_of_each_kind_becomes_a_pdf(print_page, kind):
    pdf, told = print_page(page_data("mot", kind, safety="Đừng đưa mã cho ai."))

    assert pdf.startswith(b"%PDF-")
    assert (told["title"], told["safety"], told["valid"]) == ("Trang mot", "Đừng đưa mã cho ai.", "01/11/2027")


@pytest.mark.parametrize("kind", PageKind)
def test_a_real_page_of_each_kind_becomes_a_pdf(kind):
    library = load_library(KNOWLEDGE)
    longest = max((page for page in library if page.kind == kind), key=lambda page: len(page.model_dump_json()))

    assert leaflet(longest, library, put_address).startswith(b"%PDF-")


def test_a_guide_on_paper_has_its_steps_with_pictures_and_ways_out(print_page):
    _, told = print_page(page_data("mot"))

    first = told["steps"][0]
    assert [step["number"] for step in told["steps"]] == [1, 2, 3]
    assert (first["do"], first["see"], first["picture"]) == ("Bác bấm nút mot.", "Màn hình đổi.", "mot.svg")
    assert first["stuck"][0] == {"when": "Không thấy nút", "fix": "Bác kéo xuống."}
    assert (told["lead"], told["done"]) == (["Bác làm trên điện thoại."], "Bác đã xong.")


def test_a_guide_on_paper_says_what_to_bring_as_far_as_it_is_known(print_page):
    _, told = print_page(page_data("mot", facts={"papers": "Thẻ căn cước.", "fee": "Không mất tiền.", "age": None}))

    names = labels()["leaflet"]["facts"]
    assert told["needs"] == [
        {"name": names["papers"], "words": "Thẻ căn cước."},
        {"name": names["fee"], "words": "Không mất tiền."},
    ]


def test_a_step_without_a_picture_is_printed_too(print_page):
    page = page_data("mot")
    del page["steps"][1]["picture"]

    pdf, told = print_page(page)

    assert pdf.startswith(b"%PDF-")
    assert [step["picture"] for step in told["steps"]] == ["mot.svg", None, "ba.svg"]


def test_an_emergency_on_paper_has_numbered_actions_and_hotlines(print_page):
    _, told = print_page(page_data("mot", "emergency"))

    actions = [(step["number"], step["do"]) for step in told["steps"]]
    assert actions == [(1, "Bác gọi ngân hàng."), (2, "Bác báo công an.")]
    assert told["hotlines"] == [{"name": "Công an", "number": "113"}]


def test_an_answer_on_paper_has_its_text_and_points(print_page):
    _, told = print_page(page_data("mot", "answer"))

    assert (told["lead"], [step["do"] for step in told["steps"]]) == (["Không mất tiền."], ["Bác hỏi ở phường."])


def test_an_answer_without_points_is_printed_too(print_page):
    assert print_page(page_data("mot", "answer", points=[]))[0].startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["#import *đậm* _nghiêng_ $x$", "@nguồn <nhãn>", "\\ / ` // chú thích", '"nháy" #{'])
def test_signs_of_the_typesetter_are_words(print_page, text):
    assert print_page(page_data("mot", "answer", text=text))[1]["lead"] == [text]


def test_the_words_around_a_page_name_facts_that_pages_have():
    assert labels()["leaflet"]["facts"].keys() <= Facts.model_fields.keys()


def load_one(tmp_path, sheet, **given):
    write_infographic(tmp_path, sheet, **given)
    return load_infographics(tmp_path)


def fault_of(tmp_path, sheet, **given):
    """The first fault of an infographic on disk."""
    with pytest.raises(ContentError) as caught:
        load_one(tmp_path, sheet, **given)
    return caught.value.faults[0]


def test_infographics_are_loaded_by_slug(tmp_path):
    write_infographic(tmp_path, infographic_data("hai"))

    assert load_one(tmp_path, infographic_data("mot")).keys() == {"mot", "hai"}


def test_a_folder_without_infographics_has_none(tmp_path):
    assert load_infographics(tmp_path) == {}


@pytest.mark.parametrize("key", ["title", "lead", "panels", "safety", "help", "topics", "sources"])
def test_a_missing_key_of_an_infographic_is_named(tmp_path, key):
    sheet = infographic_data("mot")
    del sheet[key]

    assert fault_of(tmp_path, sheet).message.startswith(f"{key}: ")


@pytest.mark.parametrize("count", [3, 7])
def test_an_infographic_has_four_to_six_panels(tmp_path, count):
    panels = (infographic_data("mot")["panels"] * 2)[:count]

    assert "panels" in fault_of(tmp_path, infographic_data("mot", panels=panels)).message


def test_an_infographic_under_another_name_is_a_fault(tmp_path):
    assert "must equal the file name 'hai'" in fault_of(tmp_path, infographic_data("mot"), name="hai").message


def test_a_panel_that_points_at_nothing_is_named_with_its_line(tmp_path):
    panels = infographic_data("mot")["panels"]
    panels[1] = {**panels[1], "picture": {"parts": [{"button": "Tiếp tục"}], "tap": "Thoát"}}

    fault = fault_of(tmp_path, infographic_data("mot", panels=panels))

    assert "'Thoát' is not on the screen" in fault.message
    assert '"picture"' in fault.path.read_text(encoding="utf-8").splitlines()[fault.line - 1]


def test_an_infographic_is_one_page_as_pdf_and_as_png(tmp_path):
    sheet = load_one(tmp_path, infographic_data("mot"))["mot"]

    (pdf,) = sheet_of_paper(sheet, {"bao-dan-tri": "Báo"}, put_address, kind="pdf")
    (png,) = sheet_of_paper(sheet, {"bao-dan-tri": "Báo"}, put_address, kind="png")

    assert pdf.startswith(b"%PDF-")
    assert struct.unpack(">II", png[16:24]) == pytest.approx(A4_PIXELS, abs=2)


@pytest.mark.parametrize("slug", load_infographics(KNOWLEDGE))
def test_a_real_infographic_fits_on_one_page(slug):
    publishers = {source.id: source.publisher for source in load_library(KNOWLEDGE).sources.values()}

    assert len(sheet_of_paper(load_infographics(KNOWLEDGE)[slug], publishers, put_address, kind="png")) == 1


def test_there_are_real_infographics():
    assert len(load_infographics(KNOWLEDGE)) >= 4
