"""Every setting of the platform: read once from the environment, checked whole, fixed for the life of a process.

docs/settings.md lists them; a test keeps the two equal.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from hocvu.errors import HocvuError
from hocvu.people.address import load_pairs

PROJECT_ROOT = Path(__file__).resolve().parents[1]


class SettingsError(HocvuError):
    """The environment cannot be used; the message names every faulty setting and its fix."""


class Settings(BaseSettings):
    """Names are those of the environment, in capitals: `port` is read from PORT."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True, validate_default=True
    )

    host: str = Field("127.0.0.1", description="Address the gateway listens on; 0.0.0.0 to be reached from outside")
    port: int = Field(8080, ge=1, le=65535, description="Port of the gateway, the only public process")
    rasa_port: int = Field(5005, ge=1, le=65535, description="Port of the Rasa server, loopback only")
    actions_port: int = Field(5055, ge=1, le=65535, description="Port of the action server, loopback only")
    var_dir: Path = Field(PROJECT_ROOT / "var", description="Folder for databases, models, logs and secrets")
    knowledge_dir: Path = Field(PROJECT_ROOT / "knowledge", description="Folder of the pages that are taught")
    database_url: str = Field("", description="SQLAlchemy URL of our database; empty is SQLite in VAR_DIR")
    rasa_tracker_url: str = Field(
        "", description="SQLAlchemy 1.4 URL of Rasa's tracker store; empty is SQLite in VAR_DIR"
    )
    rasa_lock_store: Literal["in_memory", "redis"] = Field("in_memory", description="Rasa's lock store")
    redis_host: str = Field("127.0.0.1", description="Redis server, used when RASA_LOCK_STORE is redis")
    redis_port: int = Field(6379, ge=1, le=65535, description="Port of the Redis server")
    turn_token: SecretStr = Field(
        SecretStr(""), description="Secret between gateway and Rasa; empty is made once in VAR_DIR"
    )
    visitor_secret: SecretStr = Field(
        SecretStr(""), description="Key that signs web visitors' tokens; empty is made once in VAR_DIR"
    )
    secure_cookies: bool = Field(False, description="Send the visitor cookie over HTTPS only; set it behind TLS")
    turn_timeout_seconds: float = Field(20.0, gt=0, le=300, description="How long one call to Rasa may take")
    notice_after_seconds: float = Field(
        6.0, gt=0, le=300, description="Waiting time after which the person is told to wait"
    )
    turns_at_once: int = Field(8, ge=1, le=100, description="How many people are answered side by side by one gateway")
    default_address: str = Field("bac", description="Form of address until the learner's own is known (hocvu/people)")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least severity that is logged")

    @field_validator("var_dir", "knowledge_dir")
    @classmethod
    def make_absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("database_url")
    @classmethod
    def check_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("must start with sqlite+aiosqlite:// or postgresql+asyncpg://")
        return value

    @field_validator("knowledge_dir")
    @classmethod
    def check_knowledge(cls, value: Path) -> Path:
        if not (value / "sources.yml").is_file():
            raise ValueError(f"{value} holds no sources.yml: give the folder of the pages")
        return value

    @field_validator("rasa_port", "actions_port")
    @classmethod
    def check_own_port(cls, value: int, info: ValidationInfo) -> int:
        others = {name: port for name, port in info.data.items() if name.endswith("port") and name != info.field_name}
        for name, port in others.items():
            if port == value and name != "redis_port":
                raise ValueError(f"is the same as {name.upper()}: each process needs a port of its own")
        return value

    @field_validator("default_address")
    @classmethod
    def check_address(cls, value: str) -> str:
        if value not in (known := load_pairs()):
            raise ValueError(f"must be one of {', '.join(known)}")
        return value

    def as_environment(self) -> dict[str, str]:
        """These settings for a child process, paths absolute and secrets made."""
        plain = {
            name.upper(): str(value)
            for name, value in self.model_dump(exclude={"turn_token", "visitor_secret"}).items()
        }
        return {**plain, "TURN_TOKEN": self.turn_secret, "VISITOR_SECRET": self.visitor_key}

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.var_dir / 'hocvu.db'}"

    @property
    def tracker_database(self) -> str:
        return self.rasa_tracker_url or f"sqlite:///{self.var_dir / 'rasa.db'}"

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}/webhook"

    @property
    def public_url(self) -> str:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104  # compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def models_dir(self) -> Path:
        return self.var_dir / "models"

    @cached_property
    def turn_secret(self) -> str:
        return self.turn_token.get_secret_value() or _kept_secret(self.var_dir / "secrets" / "turn_token")

    @cached_property
    def visitor_key(self) -> str:
        return self.visitor_secret.get_secret_value() or _kept_secret(self.var_dir / "secrets" / "visitor_secret")


def load_settings() -> Settings:
    """Settings from the environment. Raises SettingsError with all faults in one message."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"{'.'.join(str(part) for part in detail['loc']).upper() or 'settings'}: {detail['msg']}"
            for detail in error.errors()
        ]
        raise SettingsError("; ".join(faults) + ". See docs/settings.md") from error


def _kept_secret(path: Path) -> str:
    """The secret in `path`, made at first use. Two processes that start together agree: the first file wins."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
        kept = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(
            f"VAR_DIR: {path} cannot be written ({error.strerror}): choose a writable folder"
        ) from error
    if not kept:
        raise SettingsError(f"VAR_DIR: {path} is empty: delete it and a new secret is made")
    return kept
