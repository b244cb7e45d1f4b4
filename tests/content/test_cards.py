from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from hocvu.content.cards import sources_of, sources_text
from hocvu.content.library import load_library
from hocvu.content.models import Source
from tests.unit.factories import page_data, period_data, value_data, write_knowledge, write_values

TODAY = date(2026, 11, 20)


def load_with_value(tmp_path, *periods):
    """A page that quotes a value of these periods, whose sources are `bao-dan-tri` and `cong-bao`."""
    knowledge = write_knowledge(tmp_path, page_data("mot", "answer", text="Mất {phi}."))
    sources = [{"id": name, "title": name, "publisher": name} for name in ("bao-dan-tri", "cong-bao", "du-thao")]
    (knowledge / "sources.yml").write_text(json.dumps(sources), encoding="utf-8")
    write_values(knowledge, value_data("phi", *periods), value_data("khac", period_data(source="du-thao")))
    return load_library(knowledge, today=TODAY)


def told(library):
    return {source["title"]: source["checked_on"] for source in sources_of(library.page("mot"), library)}


@pytest.fixture
def library(tmp_path):
    return load_library(write_knowledge(tmp_path, page_data("mot")))


def test_a_source_is_told_with_publisher_day_and_address(library):
    assert sources_text(library.page("mot"), library) == "- Báo: Quên mật khẩu (01/11/2026) https://example.org/a"


def test_a_source_without_address_is_told_without_one(library):
    own = Source(id="bao-dan-tri", title="Về trợ lý", publisher="Học Vụ Số")

    told = sources_text(library.page("mot"), replace(library, sources={own.id: own}))

    assert told == "- Học Vụ Số: Về trợ lý (01/11/2026)"


def test_a_source_named_twice_is_told_once_with_its_latest_day(tmp_path):
    checks = [{"source": "bao-dan-tri", "checked_on": day} for day in ("2026-11-01", "2026-11-03", "2026-11-02")]
    library = load_library(write_knowledge(tmp_path, page_data("mot", sources=checks)))

    assert [source["checked_on"] for source in sources_of(library.page("mot"), library)] == ["2026-11-03"]


def test_the_source_of_a_quoted_value_is_told_too_and_of_others_not(tmp_path):
    library = load_with_value(tmp_path, period_data(source="cong-bao", checked_on="2026-11-05"))

    assert told(library) == {"bao-dan-tri": "2026-11-01", "cong-bao": "2026-11-05"}


def test_a_source_of_the_page_and_of_its_value_is_told_once_with_its_latest_day(tmp_path):
    library = load_with_value(tmp_path, period_data(checked_on="2026-11-09"))

    assert told(library) == {"bao-dan-tri": "2026-11-09"}


def test_a_source_of_a_past_period_is_not_told(tmp_path):
    past = period_data("cũ", "2026-01-01", "2026-06-30", source="du-thao")

    assert told(load_with_value(tmp_path, past, period_data("nay", "2026-07-01", source="cong-bao"))).keys() == {
        "bao-dan-tri",
        "cong-bao",
    }


def test_a_source_of_a_period_that_has_not_begun_is_not_told(tmp_path):
    now = period_data("nay", "2026-01-01", "2026-12-31", source="cong-bao")

    assert told(load_with_value(tmp_path, now, period_data("sau", "2027-01-01", source="du-thao"))).keys() == {
        "bao-dan-tri",
        "cong-bao",
    }


def test_the_sources_in_words_name_those_of_values(tmp_path):
    library = load_with_value(tmp_path, period_data(source="cong-bao"))

    assert sources_text(library.page("mot"), library).splitlines()[-1] == "- cong-bao: cong-bao (01/11/2026)"
