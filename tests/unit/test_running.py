from __future__ import annotations

import os
import socket
from contextlib import closing

import pytest

from hocvu.operations.running import CannotRun, check_folder, check_ports, procfile, stack_environment
from tests.unit.factories import make_settings, write_knowledge


@pytest.fixture
def free_ports():
    """Three ports that nobody uses just now."""
    with closing(socket.socket()) as a, closing(socket.socket()) as b, closing(socket.socket()) as c:
        for probe in (a, b, c):
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in (a, b, c)]


@pytest.fixture
def taken_port():
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def ports(numbers):
    return dict(zip(("port", "rasa_port", "actions_port"), numbers, strict=True))


def test_free_ports_are_fine(tmp_path, free_ports):
    check_ports(make_settings(tmp_path, **ports(free_ports)))


@pytest.mark.parametrize("name", ["port", "rasa_port", "actions_port"])
def test_a_taken_port_is_named_with_its_fix(tmp_path, free_ports, taken_port, name):
    settings = make_settings(tmp_path, **{**ports(free_ports), name: taken_port})

    with pytest.raises(CannotRun, match=rf"^{name.upper()} {taken_port} cannot be used .* set {name.upper()}"):
        check_ports(settings)


def test_a_host_that_is_not_ours_is_named(tmp_path, free_ports):
    with pytest.raises(CannotRun, match=r"192\.0\.2\.1"):
        check_ports(make_settings(tmp_path, host="192.0.2.1", **ports(free_ports)))


def test_a_folder_is_made_and_nothing_left_in_it(tmp_path):
    check_folder(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named_with_its_fix(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CannotRun, match=r"file/var cannot be written .*VAR_DIR"):
        check_folder(tmp_path / "file" / "var")


def test_a_file_where_the_folder_should_be_is_named(tmp_path):
    (tmp_path / "var").touch()

    with pytest.raises(CannotRun, match="VAR_DIR"):
        check_folder(tmp_path / "var")


def test_the_stack_is_three_processes():
    assert list(procfile()) == ["gateway", "rasa", "actions"]


def test_the_processes_are_told_their_ports_secret_and_model(tmp_path):
    settings = make_settings(tmp_path, rasa_port=7001)

    told = stack_environment(settings, tmp_path / "m.tar.gz")

    assert (told["RASA_PORT"], told["MODEL"]) == ("7001", str(tmp_path / "m.tar.gz"))
    assert told["TURN_TOKEN"] == settings.turn_secret


def test_every_value_told_to_the_processes_is_text(tmp_path):
    told = stack_environment(make_settings(tmp_path), tmp_path)

    assert {name for name, value in told.items() if not isinstance(value, str)} == set()


def test_a_folder_named_from_elsewhere_is_the_same_for_every_process(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOWLEDGE_DIR", "pages")
    settings = make_settings(tmp_path, knowledge_dir=write_knowledge(tmp_path / "pages"))

    told = stack_environment(settings, tmp_path)

    assert os.path.isabs(told["KNOWLEDGE_DIR"])
