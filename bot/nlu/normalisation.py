"""From what a learner typed to the text the model reads: a pure function over pieces of the message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.nlu import telex
from bot.nlu.chat_spelling import respell
from bot.nlu.syllables import canonical, is_plain_syllable, parse_syllable
from bot.nlu.text_pieces import Piece, join_pieces, split_pieces
from bot.nlu.word_tables import WordTables

# Three or more of one letter never occur in Vietnamese; two do (Telex keys, "xoong"). Digits are left alone.
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_NUMBER = re.compile(r"\d[\d.,]*")


def normalise_pieces(source: str, tables: WordTables) -> list[Piece]:
    """The pieces of `source` in normal form, still pointing at where they came from. Cost: linear in the length."""
    pieces = [_normal_word(piece, tables) if piece.is_word else piece for piece in split_pieces(source)]
    return _replace_contextual(_replace_words(_replace_phrases(pieces, tables), tables), tables)


@lru_cache(maxsize=8)
def normalised_pieces(source: str, tables: WordTables) -> tuple[Piece, ...]:
    """`normalise_pieces`, remembered for the last few texts: two components of one pipeline read the same message."""
    return tuple(normalise_pieces(source, tables))


def normalise(source: str, tables: WordTables) -> str:
    """The normal form of `source` as one line of text."""
    return join_pieces(normalised_pieces(source, tables), source)


def _normal_word(piece: Piece, tables: WordTables) -> Piece:
    text = _normal_spelling(piece.text, tables)
    return piece if text == piece.text else replace(piece, text=text)


def _normal_spelling(word: str, tables: WordTables) -> str:
    if word in tables.known:
        return word
    word = _DRAWN_OUT.sub(r"\1", word)
    if word in tables.known:
        return word
    if parse_syllable(word) is not None:
        return canonical(word)
    if is_plain_syllable(word):
        return word
    return telex.decode(word) or respell(word) or word


def _replace_words(pieces: Sequence[Piece], tables: WordTables) -> list[Piece]:
    """Shortened and regional single words; a lone letter after a number is a unit ("100 k"), not a word."""
    replaced: list[Piece] = []
    for index, piece in enumerate(pieces):
        meaning = tables.words.get(piece.text) if piece.is_word else None
        after_number = index > 0 and _NUMBER.fullmatch(pieces[index - 1].text) is not None
        if meaning is None or (len(piece.text) == 1 and after_number):
            replaced.append(piece)
        else:
            replaced.append(replace(piece, text=meaning))
    return replaced


def _replace_contextual(pieces: Sequence[Piece], tables: WordTables) -> list[Piece]:
    """Words with two readings, by the words beside them; a punctuation mark is no neighbour of any reading."""
    replaced: list[Piece] = []
    for index, piece in enumerate(pieces):
        word = tables.contextual.get(piece.text) if piece.is_word else None
        if word is None:
            replaced.append(piece)
            continue
        before = replaced[-1].text.split()[-1] if replaced else ""
        after = pieces[index + 1].text.split()[0] if index + 1 < len(pieces) else ""
        replaced.append(replace(piece, text=word.meaning(before, after)))
    return replaced


def _replace_phrases(pieces: Sequence[Piece], tables: WordTables) -> list[Piece]:
    """Phrases, longest first; a phrase never reaches across a punctuation mark."""
    replaced: list[Piece] = []
    at = 0
    while at < len(pieces):
        width = _phrase_width(pieces, at, tables)
        if width:
            run = pieces[at : at + width]
            meaning = tables.phrases[tuple(piece.text for piece in run)]
            replaced.append(Piece(meaning, run[0].start, run[-1].end, True))
        else:
            replaced.append(pieces[at])
        at += width or 1
    return replaced


def _phrase_width(pieces: Sequence[Piece], at: int, tables: WordTables) -> int:
    for width in tables.phrase_widths.get(pieces[at].text, ()):
        if tuple(piece.text for piece in pieces[at : at + width]) in tables.phrases:
            return width
    return 0
