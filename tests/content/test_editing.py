"""The editors' desk: what runs out, what is missing, and the template of a page to begin."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from hocvu.content.faults import Severity
from hocvu.content.freshness import running_out
from hocvu.content.library import FOLDERS, load_library
from hocvu.content.lint import lint
from hocvu.content.models import Answer, Emergency, Guide, PageKind
from hocvu.content.new_page import SHORTEST_VALIDITY, PageExists, write_new_page
from hocvu.content.topics import Topic, coverage, load_topics, pages_by_skill
from hocvu.content.yaml_file import read_yaml
from hocvu.settings import PROJECT_ROOT
from tests.unit.factories import page_data, period_data, value_data, write_knowledge, write_values

TODAY = date(2026, 11, 20)
MODELS = {PageKind.GUIDE: Guide, PageKind.ANSWER: Answer, PageKind.EMERGENCY: Emergency}


def names(library, days):
    return [(entry.kind, entry.name) for entry in running_out(library, TODAY, days=days)]


@pytest.mark.parametrize(
    ("valid_until", "days", "is_told"),
    [
        ("2026-12-20", 30, True),
        ("2026-12-21", 30, False),
        ("2026-11-20", 0, True),
        ("2026-11-21", 0, False),
        ("2026-01-01", 0, True),
    ],
)
def test_a_page_is_told_when_its_last_day_is_near_or_past(tmp_path, valid_until, days, is_told):
    library = load_library(write_knowledge(tmp_path, page_data("mot", valid_until=valid_until)))

    assert names(library, days) == [("page", "mot")] * is_told


@pytest.mark.parametrize(("end", "is_told"), [("2026-12-20", True), ("2026-12-21", False), (None, False)])
def test_a_quoted_value_is_told_when_its_last_period_ends(tmp_path, end, is_told):
    knowledge = write_knowledge(tmp_path, page_data("mot", intro="{phi}"), page_data("hai", intro="{phi}"))
    write_values(knowledge, value_data("phi", period_data(end=end)))

    found = running_out(load_library(knowledge, today=TODAY), TODAY, days=30)

    assert [(entry.name, entry.last_day, entry.pages) for entry in found] == [
        ("phi", date(2026, 12, 20), ("hai", "mot"))
    ] * is_told


def test_a_value_with_a_next_period_or_without_a_page_does_not_run_out(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot", intro="{phi}"))
    next_year = period_data("sau", "2026-12-01", None)
    write_values(
        knowledge,
        value_data("phi", period_data("nay", end="2026-11-30"), next_year),
        value_data("khac", period_data(end="2026-11-30")),
    )

    assert running_out(load_library(knowledge, today=TODAY), TODAY, days=30) == []


def test_the_first_to_run_out_is_told_first(tmp_path):
    pages = [
        page_data("mot", valid_until="2026-12-01", intro="{phi}"),
        page_data("hai", valid_until="2026-11-01"),
        page_data("ba", valid_until="2026-12-01"),
    ]
    knowledge = write_knowledge(tmp_path, *pages)
    write_values(knowledge, value_data("phi", period_data(end="2026-11-25")))

    assert names(load_library(knowledge, today=TODAY), 30) == [
        ("page", "hai"),
        ("value", "phi"),
        ("page", "ba"),
        ("page", "mot"),
    ]


def test_coverage_counts_pages_by_area_and_kind_and_names_what_is_missing(tmp_path):
    knowledge = write_knowledge(tmp_path, page_data("mot"), page_data("hai", "answer"))
    with (knowledge / "topics.tsv").open("a", encoding="utf-8") as file:
        file.write("ba\tvneid\tBa\tguide\t\nbon\tthue\tBốn\temergency\t\n")

    rows = coverage(load_library(knowledge), load_topics(knowledge / "topics.tsv"))

    assert [(row.area, row.there, row.wanted, row.missing) for row in rows] == [
        ("thue", Counter(), Counter(emergency=1), ("bon",)),
        ("vneid", Counter(guide=1, answer=1), Counter(guide=2, answer=1), ("ba",)),
    ]


def test_pages_are_found_by_the_skills_they_serve(tmp_path):
    pages = [
        page_data("mot", skills=["ND-4", "ND-5"]),
        page_data("hai", "answer", skills=["ND-4"]),
        page_data("ba", "emergency", skills=[]),
    ]

    library = load_library(write_knowledge(tmp_path, *pages))

    assert pages_by_skill(library) == {"ND-4": ["hai", "mot"], "ND-5": ["mot"]}


def make_topic(kind=PageKind.GUIDE, title="Đổi mật khẩu"):
    return Topic("mot", "vneid", title, kind)


@pytest.mark.parametrize("kind", PageKind)
def test_a_template_stands_where_its_page_belongs_and_knows_its_topic(tmp_path, kind):
    path = write_new_page(tmp_path, make_topic(kind), TODAY)

    page = read_yaml(path)
    folder = next(name for name, of_kind in FOLDERS.items() if of_kind == kind)
    assert path == tmp_path / folder / "vneid" / "mot.yml"
    assert (page["slug"], page["area"], page["kind"], page["title"]) == ("mot", "vneid", kind, "Đổi mật khẩu")


@pytest.mark.parametrize("kind", PageKind)
def test_a_template_has_every_key_that_its_page_needs_and_none_it_does_not_know(tmp_path, kind):
    page = read_yaml(write_new_page(tmp_path, make_topic(kind), TODAY))

    fields = MODELS[kind].model_fields
    assert {name for name, field in fields.items() if field.is_required()} <= page.keys() <= fields.keys()


@pytest.mark.parametrize("kind", PageKind)
def test_a_template_is_dated_and_not_reviewed(tmp_path, kind):
    page = read_yaml(write_new_page(tmp_path, make_topic(kind), TODAY))

    assert page["sources"][0]["checked_on"] == "2026-11-20"
    assert page["valid_until"] == (TODAY + SHORTEST_VALIDITY).isoformat()
    assert page["valid_until"] >= (TODAY + timedelta(days=180)).isoformat()
    assert page["reviewed_by"] is None


def test_the_template_of_a_guide_asks_for_what_the_linter_asks_for(tmp_path):
    page = read_yaml(write_new_page(tmp_path, make_topic(), TODAY))

    (step,) = page["steps"]
    assert page["facts"].keys() >= {"papers", "time", "fee"}
    assert (len(step["stuck"]), step["picture"].keys()) == (2, {"title", "parts", "tap"})


@pytest.mark.parametrize("kind", PageKind)
def test_a_template_as_it_is_is_no_finished_page(tmp_path, kind):
    knowledge = write_knowledge(tmp_path)
    path = write_new_page(knowledge, make_topic(kind), TODAY)

    faults = lint(knowledge, TODAY)

    assert {(fault.path, fault.severity) for fault in faults} == {(path, Severity.ERROR)}


@pytest.mark.parametrize("title", ["Đổi: mật khẩu", "Đổi # mật khẩu", '"Đổi" mật khẩu', "113"])
def test_a_title_of_any_signs_stays_as_it_is(tmp_path, title):
    assert read_yaml(write_new_page(tmp_path, make_topic(title=title), TODAY))["title"] == title


def test_every_real_topic_gives_a_readable_template(tmp_path):
    for topic in load_topics(PROJECT_ROOT / "knowledge" / "topics.tsv").values():
        assert read_yaml(write_new_page(tmp_path, topic, TODAY))["title"] == topic.title


def test_a_page_that_is_there_is_never_overwritten(tmp_path):
    path = write_new_page(tmp_path, make_topic(), TODAY)
    path.write_text("của người viết\n", encoding="utf-8")

    with pytest.raises(PageExists, match=r"mot\.yml exists"):
        write_new_page(tmp_path, make_topic(), TODAY)

    assert path.read_text(encoding="utf-8") == "của người viết\n"
