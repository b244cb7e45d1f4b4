"""The glossary: what a word of digital life means, for "X là gì"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import cycle, islice
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from hocvu.content.faults import ContentError, Fault
from hocvu.content.models import ContentModel, Slug, SourceCheck, Text
from hocvu.content.phrases import find_phrases
from hocvu.content.yaml_file import line_of, read_yaml

FRAMES_OF_FIRST_NAME, FRAMES_OF_OTHER_NAMES = 6, 2
"""How many ways of asking are written out for training: the ways are learnt over all terms together."""

_FRAMES = Path(__file__).parent / "glossary_frames.yml"


class Term(ContentModel):
    """`names` are the ways people write or say it, `topic` the page where it is used or explained at length."""

    id: Slug
    term: Text
    names: tuple[Text, ...] = Field(min_length=1)
    says: Text
    topic: Slug | None = None
    explained_by_topic: bool = False
    sources: tuple[SourceCheck, ...] = ()

    @model_validator(mode="after")
    def check_topic(self) -> Term:
        if self.explained_by_topic and self.topic is None:
            raise ValueError("explained_by_topic without `topic`: name the page")
        return self


_TERMS: TypeAdapter[list[Term]] = TypeAdapter(list[Term])


def load_glossary(path: Path) -> tuple[Term, ...]:
    """All terms; none when the file is not there. Raises ContentError, also when a name stands under two terms."""
    if not path.exists():
        return ()
    try:
        terms = _TERMS.validate_python(read_yaml(path) or [])
    except ValidationError as error:
        raise ContentError(
            [
                Fault(path, f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}", line_of(path, fault["loc"]))
                for fault in error.errors()
            ]
        ) from error
    ids = [term.id for term in terms]
    faults = [Fault(path, f"id {name!r} stands twice: give each its own") for name in {*ids} if ids.count(name) > 1]
    owners: dict[str, str] = {}
    for term in terms:
        for name in term.names:
            owner = owners.setdefault(name.lower(), term.id)
            if owner != term.id:
                faults.append(Fault(path, f"{name!r} stands under {owner} and {term.id}: one term only"))
    if faults:
        raise ContentError(faults)
    return tuple(terms)


def find_term(text: str, terms: Iterable[Term]) -> Term | None:
    """The term that `text` names; of several the longest name, of equally long ones the first."""
    names = {name: term for term in terms for name in term.names}
    found = find_phrases(text, names)
    return max(found, key=lambda match: match.words).value if found else None


def ways_to_ask(terms: Iterable[Term]) -> Iterator[tuple[Term, str]]:
    """Questions for the meaning of each term; the ways of asking are taken in turn."""
    frames = cycle(_frames())
    for term in terms:
        for place, name in enumerate(term.names):
            wanted = FRAMES_OF_FIRST_NAME if place == 0 else FRAMES_OF_OTHER_NAMES
            for frame in islice(frames, wanted):
                yield term, frame.format(name=name)


@cache
def _frames() -> tuple[str, ...]:
    read: dict[str, list[str]] = read_yaml(_FRAMES)
    return tuple(read["ask"])
