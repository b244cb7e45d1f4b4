"""Turn the pages' sample questions into Rasa training data: one retrieval intent `ask_guide/<slug>` a page."""

from __future__ import annotations

import io
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from hocvu.content.library import AnyPage, Library

RETRIEVAL_INTENT = "ask_guide"


def write_training_data(library: Library, folder: Path) -> Path:
    """Write `pages.yml` into `folder` and give its path. The same library gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "pages.yml"
    path.write_text(training_data(library), encoding="utf-8")
    return path


def page_examples(page: AnyPage) -> list[str]:
    """The title and the questions; a title that is also a question stands once."""
    first = {text.casefold(): text for text in reversed((page.title, *page.questions))}
    return list(reversed(first.values()))


def training_data(library: Library) -> str:
    """Rasa NLU data: the title and the sample questions of each page, pages in the order of their slugs."""
    blocks = [
        {
            "intent": f"{RETRIEVAL_INTENT}/{page.slug}",
            "examples": LiteralScalarString("".join(f"- {text}\n" for text in page_examples(page))),
        }
        for page in sorted(library, key=lambda page: page.slug)
    ]
    out = io.StringIO()
    yaml = YAML()
    yaml.width = 4096
    yaml.dump({"version": "3.1", "nlu": blocks}, out)
    return out.getvalue()
