"""Lookup files: names people use for apps, papers, services, offices, banks and the like, one kind a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.shared.exceptions import RasaException

from bot.nlu.data_files import read_table


class InvalidLookup(RasaException):
    """A lookup file is not of the form {type, names: [{name, aliases}]}; the message names the file."""


@dataclass(frozen=True)
class Alias:
    """One way to say one name."""

    text: str
    name: str
    kind: str


def lookup_paths(folder: Path | None) -> list[Path]:
    """The lookup files of a folder, in order of name; none when there is no such folder."""
    return sorted(folder.glob("*.yml")) if folder is not None and folder.is_dir() else []


def read_aliases(paths: list[Path]) -> list[Alias]:
    """Every alias of every file, the canonical name included. Raises InvalidLookup."""
    return [alias for path in paths for alias in _aliases_of(path)]


def _aliases_of(path: Path) -> Iterator[Alias]:
    table: Any = read_table(path)
    try:
        for row in table["names"]:
            for text in dict.fromkeys([row["name"].lower(), *row["aliases"]]):
                yield Alias(str(text), row["name"], table["type"])
    except (KeyError, TypeError, AttributeError) as error:
        raise InvalidLookup(f"{path}: expected 'type' and 'names' with 'name' and 'aliases': {error!r}") from error
