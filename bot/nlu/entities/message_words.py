"""The words of one message, as all finders of the entity linker read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.nlu import telex
from bot.nlu.normalisation import normalise_pieces, normalised_pieces
from bot.nlu.syllables import strip_marks
from bot.nlu.text_pieces import Piece
from bot.nlu.word_tables import WordTables

# Entities are looked for in the first characters of a message; a pasted page may not cost more than a long question.
READ_LENGTH = 1_000
Words = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """An entity at `[start, end)` of the source text; `more` goes into the entity beside its value."""

    kind: str
    value: str
    start: int
    end: int
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class MessageWords:
    """Words and marks in order; `pieces` says which piece of the source each belongs to.

    A shortened word that was written out gives several words of one piece. `unmarked` tells that the whole message was
    typed without any Vietnamese mark.
    """

    source: str
    words: list[str]
    plain: list[str]
    pieces: list[Piece]
    unmarked: bool

    def reads_as(self, phrase: Sequence[str], at: int) -> bool:
        """Are the words from `at` on this phrase, given that they are without marks?

        Typed without any mark they may stand for it, beside words that were written out ("the bhyt"); words that do
        carry marks have to carry the right ones, all of them ("học ba" is no "học bạ").
        """
        after = at + len(phrase)
        if self.is_written(phrase, at):
            return True
        words = zip(phrase, self.words[at:after], self.plain[at:after], strict=True)
        return all(word in (meant, plain) for meant, word, plain in words) and not _has_marks(self.typed(at, after))

    def is_written(self, phrase: Sequence[str], at: int) -> bool:
        """Are the words from `at` on exactly this phrase?"""
        return tuple(self.words[at : at + len(phrase)]) == tuple(phrase)

    def taken_by(self, found: Sequence[Found]) -> list[bool]:
        """For every word: does one of these entities cover it? The entities do not overlap."""
        ordered = sorted(found, key=lambda entity: entity.start)
        taken, at = [], 0
        for piece in self.pieces:
            while at < len(ordered) and ordered[at].end <= piece.start:
                at += 1
            taken.append(at < len(ordered) and ordered[at].start < piece.end)
        return taken

    def typed(self, first: int, after: int) -> str:
        """The source text of words `[first, after)`."""
        return self.source[self.pieces[first].start : self.pieces[after - 1].end]

    def is_capital(self, at: int) -> bool:
        """Was this word typed with a capital letter?"""
        return self.source[self.pieces[at].start].isupper()

    def span(self, first: int, after: int) -> tuple[int, int] | None:
        """Offsets of words `[first, after)`; None when they begin or end inside a written-out word."""
        if first > 0 and self.pieces[first - 1] is self.pieces[first]:
            return None
        if after < len(self.pieces) and self.pieces[after] is self.pieces[after - 1]:
            return None
        return self.pieces[first].start, self.pieces[after - 1].end


def read_message(source: str, tables: WordTables) -> MessageWords:
    """The words of a message. Cost: 6 microseconds for ten words when the normaliser has just read the same text."""
    source = source[:READ_LENGTH]
    words: list[str] = []
    owners: list[Piece] = []
    for piece in normalised_pieces(source, tables):
        for word in piece.text.split():
            words.append(word)
            owners.append(piece)
    return MessageWords(source, words, plain_words(words), owners, _is_unmarked(source, owners))


def normal_words(text: str, tables: WordTables) -> Words:
    """The words of a written name as a message with this name reads."""
    return tuple(word for piece in normalise_pieces(text, tables) for word in piece.text.split())


def written_forms(name: str, tables: WordTables) -> list[tuple[Words, Words]]:
    """(words, the same without marks) of a name; twice when it normalises another way without marks ("ve tao")."""
    words, unmarked = normal_words(name, tables), normal_words(strip_marks(name), tables)
    plain = tuple(plain_words(words))
    return [(words, plain)] if unmarked == plain else [(words, plain), (unmarked, tuple(plain_words(unmarked)))]


def plain_words(words: Sequence[str]) -> list[str]:
    """The words without marks; what is nothing but marks stays."""
    return [strip_marks(word) or word for word in words]


def _is_unmarked(source: str, pieces: Sequence[Piece]) -> bool:
    """Has nothing a mark, not even as keystrokes of one ("bấm" typed as "baams")?"""
    if _has_marks(source):
        return False
    marked = (piece for piece in pieces if not piece.text.isascii())
    return not any(telex.decode(source[piece.start : piece.end].lower()) == piece.text for piece in marked)


def _has_marks(text: str) -> bool:
    return not text.isascii() and any(strip_marks(char) != char for char in text)
