"""Everything the model is trained on, example by example, with the file that holds it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, StringConstraints, TypeAdapter, ValidationError

from hocvu.content.faults import ContentError, Fault
from hocvu.content.library import Library, page_files
from hocvu.content.rasa_export import RETRIEVAL_INTENT, TERM_INTENT, examples_by_label
from hocvu.content.yaml_file import read_yaml

_EXAMPLE = re.compile(r"^\s*- +(\S.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, the slug or intent it stands for (`out_of_scope/<family>` for a family), and its file."""

    text: str
    label: str
    path: Path


class _Block(BaseModel):
    intent: str
    examples: Annotated[str, StringConstraints(pattern=r"- +\S")]


class _NluFile(BaseModel):
    nlu: tuple[_Block, ...]


_NLU_FILE = TypeAdapter(_NluFile)


def dialogue_examples(folder: Path) -> list[Example]:
    """The examples of the Rasa NLU files in a folder. Raises ContentError on a file that holds anything but
    intents with examples."""
    return [example for path in sorted(folder.glob("*.yml")) for example in _examples_in(path)]


def shelf_examples(knowledge: Path, library: Library) -> list[Example]:
    """The examples of pages (by slug) and of the glossary (`ask_term`), as the export writes them.

    `library` is what was loaded from `knowledge`.
    """
    paths = {path.stem: path for path in page_files(knowledge)} | {TERM_INTENT: knowledge / "glossary.yml"}
    return [
        Example(text, name, paths[name])
        for label, texts in examples_by_label(library).items()
        for name in [label.removeprefix(f"{RETRIEVAL_INTENT}/")]
        for text in texts
    ]


def by_label(examples: Iterable[Example]) -> dict[str, list[str]]:
    """The texts of each label, in their order."""
    texts: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        texts[example.label].append(example.text)
    return dict(texts)


def _examples_in(path: Path) -> list[Example]:
    try:
        file = _NLU_FILE.validate_python(read_yaml(path))
    except ValidationError as error:
        raise ContentError(
            [Fault(path, f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}") for fault in error.errors()]
        ) from error
    return [Example(text, block.intent, path) for block in file.nlu for text in _EXAMPLE.findall(block.examples)]
