"""A page named by a sample question that sounds like what somebody just wrote, instead of by its title.

Only well-written questions are shown: all their words stand, with their marks, in texts that the pages speak. So nobody
is answered in chat spelling, in a dialect or without marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hocvu.content.library import AnyPage, Library
from hocvu.content.models import MAX_BRANCH_BUTTON_WORDS, count_words
from hocvu.content.spoken_texts import spoken_texts
from hocvu.content.wordings import Words, compared_words

LEAST_ALIKE = 0.25
"""Jaccard similarity of the words, in 0..1, from which a question counts as the person's own words. Chosen for this
project: one common word of four; below it the page's title says more."""
FEWEST_WORDS = 3
"""A question of one or two words ("phí vneid") is a note, not something to be asked back."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The well-written short questions of each page, by slug, with the words they are compared by."""

    questions: dict[str, Sequence[tuple[str, Words]]]

    def title(self, page: AnyPage, text: str) -> str:
        """The question of the page nearest to `text`; the page's title when none is near."""
        asked = compared_words(text) if text.strip() else frozenset()
        likeness, question = max(
            ((_alike(asked, words), question) for question, words in self.questions.get(page.slug, ())),
            default=(0.0, page.title),
        )
        return _capitalised(question) if likeness >= LEAST_ALIKE else page.title


def own_words(library: Library) -> OwnWords:
    """Reads every page once: about 0.1 s for 217 pages."""
    known = frozenset(_words(text for page in library for text in spoken_texts(page)))
    return OwnWords(
        {
            page.slug: [
                (question, compared_words(question)) for question in page.questions if _is_well_written(question, known)
            ]
            for page in library
        }
    )


def _is_well_written(question: str, known: Words) -> bool:
    return FEWEST_WORDS <= count_words(question) <= MAX_BRANCH_BUTTON_WORDS and known.issuperset(_words([question]))


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.lower())}


def _alike(one: Words, other: Words) -> float:
    return len(one & other) / max(1, len(one | other))


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]
