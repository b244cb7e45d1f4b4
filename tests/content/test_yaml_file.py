from __future__ import annotations

import unicodedata

import pytest

from hocvu.content.faults import ContentError, Fault, Severity
from hocvu.content.yaml_file import line_of, read_yaml


@pytest.fixture
def write(tmp_path):
    def write_text(text):
        path = tmp_path / "page.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_text


def fault_of(path):
    with pytest.raises(ContentError) as caught:
        read_yaml(path)
    assert len(caught.value.faults) == 1
    return caught.value.faults[0]


def test_times_and_answers_stay_as_they_are_written(write):
    path = write("time: 7:30\nanswer: no\nother: yes\nswitch: off\nlong: 1:30:00\n")

    assert list(read_yaml(path).values()) == ["7:30", "no", "yes", "off", "1:30:00"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("113", 113),
        ("010", 10),
        ("-7", -7),
        ("+7", 7),
        ("1.5", 1.5),
        (".5", 0.5),
        ("-2.", -2.0),
        ("1.5e3", 1500.0),
        ("2.5E-1", 0.25),
    ],
)
def test_booleans_numbers_and_nothing_are_read_as_the_core_schema_says(write, written, meant):
    read = read_yaml(write(f"a: {written}\n"))["a"]

    assert (read, type(read)) == (meant, type(meant))


@pytest.mark.parametrize(
    "written",
    ["2026-11-20", "20/11/2026", "yes", "No", "tRUE", "1_000", "1.000.000", "0b11", "1900 0368", "<<", "nUll"],
)
def test_dates_and_everything_else_stay_text(write, written):
    assert read_yaml(write(f"a: {written}\n")) == {"a": written}


@pytest.mark.parametrize("written", ["'true'", '"113"', "'null'", '"1.5"', "'~'"])
def test_what_stands_in_quotes_is_text(write, written):
    assert read_yaml(write(f"a: {written}\n")) == {"a": written[1:-1]}


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("slug: a\ntitle: b\nslug: c\n", 3, "slug"),
        ("steps:\n  - id: mot\n    do: x\n    id: hai\n", 4, "id"),
        ("a: {mot: 1, hai: 2,\n  mot: 3}\n", 2, "mot"),
    ],
)
def test_a_key_that_stands_twice_is_named_with_its_line(write, text, line, key):
    fault = fault_of(write(text))

    assert (fault.line, fault.message) == (line, f"not valid YAML: key {key!r} stands twice")


def test_the_same_key_in_two_mappings_is_fine(write):
    assert read_yaml(write("- id: a\n- id: b\n")) == [{"id": "a"}, {"id": "b"}]


@pytest.mark.parametrize("text", ["[bác]: bấm\n", "? [a, b]\n: c\n", "? {a: 1}\n: c\n"])
def test_a_key_that_is_no_text_is_a_fault(write, text):
    assert "not valid YAML" in fault_of(write(text)).message


def test_folded_text_is_one_line(write):
    assert read_yaml(write("do: >-\n  [Bác] bấm\n  nút này.\n")) == {"do": "[Bác] bấm nút này."}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3),
        ("a: 1\nb: x: y\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 1\nb: 2\na: 3\n", 3),
        ("a: 1\nb: [bác] bấm\n", 2),
        ("a: 1\nb: !!python/name:os.system\n", 2),
    ],
)
def test_malformed_yaml_is_named_with_its_line(write, text, line):
    fault = fault_of(write(text))

    assert (fault.line, fault.message.split(":")[0]) == (line, "not valid YAML")


def test_a_nul_character_is_a_fault(write):
    assert "not valid YAML" in fault_of(write("a: \x00\n")).message


def test_decomposed_unicode_is_named_with_its_line(write):
    fault = fault_of(write("a: 1\n" + unicodedata.normalize("NFD", "b: Quên mật khẩu\n")))

    assert (fault.line, fault.message) == (2, "decomposed Unicode: save the file as NFC")


def test_another_encoding_is_a_fault(write):
    assert "UTF-8" in fault_of(write("b: Quên".encode("utf-16"))).message


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    assert "cannot be read" in fault_of(tmp_path / "none.yml").message


def test_a_value_is_found_by_its_place(write):
    path = write("slug: a\nsteps:\n  - id: mot\n    do: x\n  - id: hai\n    do: y\n")

    assert [line_of(path, place) for place in [("slug",), ("steps", 1), ("steps", 1, "do"), ("guide", "steps")]] == [
        1,
        5,
        6,
        2,
    ]


def test_a_place_that_the_file_does_not_have_is_its_nearest_line_or_none(write):
    path = write("slug: a\nsteps:\n  - id: mot\n")

    assert (line_of(path, ("steps", 0, "do")), line_of(path, ("title",))) == (3, None)


def test_a_fault_reads_as_place_severity_and_message(tmp_path):
    path = tmp_path / "a.yml"

    assert str(Fault(path, "sai", 3)) == f"{path}:3: error: sai"
    assert str(Fault(path, "cũ", severity=Severity.HINT)) == f"{path}: hint: cũ"
