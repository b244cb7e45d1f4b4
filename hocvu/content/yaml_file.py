"""Read YAML 1.2 files so that every fault can be named with its line.

YAML 1.2, because a 1.1 loader reads `7:30` as 450, `no` as false and `010` as 8. libyaml parses: 217 pages take
0.3 s, where plain Python took 0.55 s for forty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from yaml.constructor import ConstructorError

from hocvu.content.faults import ContentError, Fault


def read_yaml(path: Path) -> Any:
    """The file's content as plain dicts and lists.

    Raises ContentError when the file cannot be read, is not UTF-8 in NFC, or is not YAML.
    """
    text = read_text(path)
    try:
        return yaml.load(text, Loader=_CoreLoader)  # noqa: S506 - a safe loader with fewer types
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ContentError([Fault(path, f"not valid YAML: {error.problem}", line)]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError([Fault(path, f"not valid YAML: {error}")]) from error


def read_text(path: Path) -> str:
    """The file's text. Raises ContentError when it is not UTF-8 in NFC (composed and decomposed Vietnamese
    compare unequal)."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Fault(path, f"cannot be read as UTF-8: {error}")]) from error
    if not unicodedata.is_normalized("NFC", text):
        line = next(
            number for number, row in enumerate(text.splitlines(), 1) if not unicodedata.is_normalized("NFC", row)
        )
        raise ContentError([Fault(path, "decomposed Unicode: save the file as NFC", line)])
    return text


def line_of(path: Path, location: Sequence[str | int]) -> int | None:
    """Line (from 1) of the value at `location`, as far as the file has it. Reads the file again: for faults only."""
    node = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    line = None
    for key in location:
        if isinstance(node, CommentedMap) and key in node:
            line = node.lc.key(key)[0] + 1
        elif isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
            line = node.lc.item(key)[0] + 1
        else:
            continue
        node = node[key]
    return line


class _CoreLoader(yaml.CSafeLoader):
    """The core schema of YAML 1.2.2, chapter 10.3: null, booleans, numbers and text. A key that stands twice is a
    fault, as the specification demands."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise ConstructorError(None, None, "a key is no text: put it into quotes", key.start_mark)
            if key.value in seen:
                raise ConstructorError(None, None, f"key {key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_CoreLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
_CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
