"""Turn knowledge into Rasa training data.

The sample questions of a page become a retrieval intent `ask_guide/<slug>`, the terms of the glossary questions for a
meaning, `ask_term`.
"""

from __future__ import annotations

import io
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from hocvu.content.glossary import ways_to_ask
from hocvu.content.library import AnyPage, Library
from hocvu.content.wordings import plain

RETRIEVAL_INTENT = "ask_guide"
TERM_INTENT = "ask_term"


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


def examples_by_label(library: Library) -> dict[str, list[str]]:
    """What to train on, by label: pages in the order of their slugs, then the meanings of words.

    A word that a page explains is asked for like the page. A question that stands on a page is not written out again.
    """
    pages = {page.slug: page_examples(page) for page in sorted(library, key=lambda page: page.slug)}
    taken = {plain(text) for texts in pages.values() for text in texts}
    meanings: list[str] = []
    for term, question in ways_to_ask(library.glossary):
        if plain(question) not in taken:
            taken.add(plain(question))
            explained_by = term.topic if term.explained_by_topic and term.topic else ""
            pages.get(explained_by, meanings).append(question)
    examples = {f"{RETRIEVAL_INTENT}/{slug}": texts for slug, texts in pages.items()}
    return examples | ({TERM_INTENT: meanings} if meanings else {})


def training_data(library: Library) -> str:
    """Rasa NLU data of `examples_by_label`. The same library gives the same text."""
    blocks = [
        {"intent": label, "examples": LiteralScalarString("".join(f"- {text}\n" for text in texts))}
        for label, texts in examples_by_label(library).items()
    ]
    out = io.StringIO()
    yaml = YAML()
    yaml.width = 4096
    yaml.dump({"version": "3.1", "nlu": blocks}, out)
    return out.getvalue()
