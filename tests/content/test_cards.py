from __future__ import annotations

import pytest

from hocvu.content.cards import sources_of, sources_text
from hocvu.content.library import Library, load_library
from hocvu.content.models import Source
from tests.unit.factories import page_data, write_knowledge


@pytest.fixture
def library(tmp_path):
    return load_library(write_knowledge(tmp_path, page_data("mot")))


def test_a_source_is_told_with_publisher_day_and_address(library):
    assert sources_text(library.page("mot"), library) == "- Báo: Quên mật khẩu (01/11/2026) https://example.org/a"


def test_a_source_without_address_is_told_without_one(library):
    own = Source(id="bao-dan-tri", title="Về trợ lý", publisher="Học Vụ Số")

    told = sources_text(library.page("mot"), Library(library.pages, {own.id: own}))

    assert told == "- Học Vụ Số: Về trợ lý (01/11/2026)"


def test_every_source_has_a_line_of_its_own(tmp_path):
    check = {"source": "bao-dan-tri", "checked_on": "2026-11-01"}
    library = load_library(write_knowledge(tmp_path, page_data("mot", sources=[check, check])))

    assert len(sources_text(library.page("mot"), library).splitlines()) == len(sources_of(library.page("mot"), library))
