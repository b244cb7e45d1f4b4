"""From what a learner typed to the text the model reads: a pure function over pieces of the message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.nlu import telex
from bot.nlu.syllables import canonical, is_plain_syllable, parse_syllable
from bot.nlu.text_pieces import Piece, join_pieces, split_pieces
from bot.nlu.word_tables import WordTables

# Three or more of one letter never occur in Vietnamese; two do (Telex keys, "xoong"). Digits are left alone.
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_NUMBER = re.compile(r"\d[\d.,]*")


def normalise_pieces(source: str, tables: WordTables) -> list[Piece]:
    """The pieces of `source` in normal form, still pointing at where they came from. Cost: linear in the length."""
    pieces = [_normal_word(piece, tables) if piece.is_word else piece for piece in split_pieces(source)]
    return _replace_phrases(_replace_words(pieces, tables), tables)


def normalise(source: str, tables: WordTables) -> str:
    """The normal form of `source` as one line of text."""
    return join_pieces(normalise_pieces(source, tables), source)


def _normal_word(piece: Piece, tables: WordTables) -> Piece:
    return replace(piece, text=_normal_spelling(piece.text, tables))


def _normal_spelling(word: str, tables: WordTables) -> str:
    if word in tables.kept or word in tables.words:
        return word
    word = _DRAWN_OUT.sub(r"\1", word)
    if parse_syllable(word) is not None:
        return canonical(word)
    if is_plain_syllable(word):
        return word
    return telex.decode(word) or word


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
    for width in range(min(tables.longest_phrase, len(pieces) - at), 1, -1):
        if tuple(piece.text for piece in pieces[at : at + width]) in tables.phrases:
            return width
    return 0
