from __future__ import annotations

import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from hocvu.people.address import load_pairs
from hocvu.settings import PROJECT_ROOT, Settings, SettingsError, load_settings
from tests.unit.factories import make_settings


def fault_of(monkeypatch, **environment) -> str:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


def test_an_empty_environment_is_enough():
    settings = load_settings()

    assert (settings.host, settings.port, settings.rasa_port, settings.actions_port) == ("127.0.0.1", 8080, 5005, 5055)
    assert (settings.var_dir, settings.knowledge_dir) == (PROJECT_ROOT / "var", PROJECT_ROOT / "knowledge")
    assert settings.default_address in load_pairs()


def test_databases_are_files_in_the_var_folder_unless_named(tmp_path):
    settings = make_settings(tmp_path)

    assert settings.database == f"sqlite+aiosqlite:///{tmp_path}/var/hocvu.db"
    assert settings.tracker_database == f"sqlite:///{tmp_path}/var/rasa.db"


def test_named_databases_are_taken_as_they_are(tmp_path):
    urls = {"database_url": "postgresql+asyncpg://a@b/c", "rasa_tracker_url": "postgresql://a@b/d"}

    settings = make_settings(tmp_path, **urls)

    assert (settings.database, settings.tracker_database) == tuple(urls.values())


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:9000"),
        ("0.0.0.0", "http://127.0.0.1:9000"),
        ("192.168.1.5", "http://192.168.1.5:9000"),
    ],
)
def test_the_public_address_is_one_that_can_be_opened(tmp_path, host, url):
    assert make_settings(tmp_path, host=host, port=9000).public_url == url


def test_an_address_of_the_newer_internet_stands_in_brackets(tmp_path):
    assert make_settings(tmp_path, host="::1", port=9000).public_url == "http://[::1]:9000"


def test_the_inner_addresses_follow_their_ports(tmp_path):
    settings = make_settings(tmp_path, rasa_port=7001, actions_port=7002)

    assert settings.rasa_url == "http://127.0.0.1:7001"
    assert settings.actions_url == "http://127.0.0.1:7002/webhook"


def test_the_environment_is_read(monkeypatch, tmp_path):
    monkeypatch.setenv("PORT", "9001")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("SECURE_COOKIES", "true")

    settings = load_settings()

    assert (settings.port, settings.var_dir, settings.secure_cookies) == (9001, tmp_path, True)


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("PORT", "")

    assert load_settings().port == 8080


def test_a_folder_is_made_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VAR_DIR", "data")

    assert load_settings().var_dir == tmp_path / "data"


def test_the_home_folder_may_be_written_short(monkeypatch):
    monkeypatch.setenv("VAR_DIR", "~/hocvu")

    assert load_settings().var_dir == Path.home() / "hocvu"


def test_settings_never_change(tmp_path):
    settings = make_settings(tmp_path)

    with pytest.raises(ValidationError):
        settings.port = 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("RASA_PORT", "65536"),
        ("ACTIONS_PORT", "-1"),
        ("REDIS_PORT", "x"),
        ("DATABASE_URL", "mysql://a/b"),
        ("DATABASE_URL", "sqlite:///a.db"),
        ("RASA_LOCK_STORE", "file"),
        ("SECURE_COOKIES", "perhaps"),
        ("TURN_TIMEOUT_SECONDS", "0"),
        ("NOTICE_AFTER_SECONDS", "301"),
        ("TURNS_AT_ONCE", "0"),
        ("LOG_LEVEL", "loud"),
        ("KNOWLEDGE_DIR", "/khong/co"),
    ],
)
def test_a_faulty_setting_is_named(monkeypatch, name, value):
    message = fault_of(monkeypatch, **{name: value})

    assert name in message
    assert "docs/settings.md" in message


def test_an_unknown_form_of_address_is_named(monkeypatch):
    assert "DEFAULT_ADDRESS" in fault_of(monkeypatch, DEFAULT_ADDRESS="ngai")


@pytest.mark.parametrize("other", ["RASA_PORT", "ACTIONS_PORT"])
def test_two_processes_on_one_port_are_a_fault(monkeypatch, other):
    assert other in fault_of(monkeypatch, **{other: "8080"})


def test_all_faults_are_told_at_once(monkeypatch):
    message = fault_of(monkeypatch, PORT="abc", LOG_LEVEL="loud", DATABASE_URL="mysql://a/b")

    assert all(name in message for name in ("PORT", "LOG_LEVEL", "DATABASE_URL"))


def test_a_missing_folder_is_told_together_with_other_faults(monkeypatch):
    message = fault_of(monkeypatch, PORT="abc", KNOWLEDGE_DIR="/khong/co")

    assert all(name in message for name in ("PORT", "KNOWLEDGE_DIR"))


def test_equal_ports_are_told_together_with_other_faults(monkeypatch):
    message = fault_of(monkeypatch, PORT="5005", KNOWLEDGE_DIR="/khong/co")

    assert all(name in message for name in ("PORT", "KNOWLEDGE_DIR"))


def test_a_fault_does_not_repeat_a_secret(monkeypatch):
    assert "hunter2" not in fault_of(monkeypatch, DATABASE_URL="mysql://me:hunter2@db/x")


@pytest.mark.parametrize(("secret", "file"), [("turn_secret", "turn_token"), ("visitor_key", "visitor_secret")])
def test_a_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path, secret, file):
    made = getattr(make_settings(tmp_path), secret)
    path = tmp_path / "var" / "secrets" / file

    assert len(made) >= 40
    assert getattr(make_settings(tmp_path), secret) == made
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_making_a_secret_leaves_no_draft_behind(tmp_path):
    assert make_settings(tmp_path).turn_secret
    assert make_settings(tmp_path).turn_secret

    assert [path.name for path in (tmp_path / "var" / "secrets").iterdir()] == ["turn_token"]


def test_the_two_secrets_differ(tmp_path):
    settings = make_settings(tmp_path)

    assert settings.turn_secret != settings.visitor_key


def test_a_given_secret_is_used_and_not_written_down(tmp_path):
    settings = make_settings(tmp_path, turn_token="cua-toi", visitor_secret="khac")

    assert (settings.turn_secret, settings.visitor_key) == ("cua-toi", "khac")
    assert not (tmp_path / "var").exists()


def test_a_secret_is_not_shown_with_the_settings(tmp_path):
    assert "cua-toi" not in repr(make_settings(tmp_path, turn_token="cua-toi"))


def test_an_emptied_secret_file_is_not_an_empty_secret(tmp_path):
    path = tmp_path / "var" / "secrets" / "turn_token"
    path.parent.mkdir(parents=True)
    path.touch()

    try:
        secret = make_settings(tmp_path).turn_secret
    except SettingsError:
        return
    assert secret


def test_a_folder_where_no_secret_can_be_kept_is_named(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError, match="VAR_DIR"):
        _ = make_settings(tmp_path, var_dir=tmp_path / "file" / "var").turn_secret


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_a_help_line(name):
    assert Settings.model_fields[name].description
