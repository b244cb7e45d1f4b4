"""Reading the tables that ship with the components, and fingerprinting them for Rasa's training cache."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import rasa.shared.utils.io

PACKAGE = Path(__file__).parent
DATA = PACKAGE / "data"


def read_table(path: Path) -> Any:
    """The content of one YAML file; raises Rasa's own error, naming the file, when it cannot be read."""
    return rasa.shared.utils.io.read_yaml_file(path)


def fingerprint_of(paths: Iterable[Path]) -> str:
    """A digest over names and bytes of the files; the same files give the same digest on every machine."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def package_fingerprint() -> str:
    """Digest of this package's code and tables.

    Rasa's cache only sees the source of a component's own class; without this an edit to a table or to a module the
    class calls would leave a stale model behind `rasa train`.
    """
    return fingerprint_of([*PACKAGE.glob("*.py"), *DATA.glob("*.yml")])
