"""Rasa component: Vietnamese word segmentation with underthesea."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from underthesea import word_tokenize

from bot.nlu.data_files import package_fingerprint

# underthesea needs up to 60 microseconds a character. A longer message is a story, not a question: compound words
# add nothing to it, and the answer may not wait.
SEGMENTED_LENGTH = 300
_WORD = re.compile(r"\w+|[^\w\s]+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class UndertheseaTokenizer(Tokenizer):
    """Splits text into Vietnamese words, compounds kept whole ("tài khoản" is one token).

    Input: message text. Output: Rasa tokens with offsets into that text. Cost: about 0.5 ms for ten words; a message
    above `SEGMENTED_LENGTH` characters is split at spaces and marks only, under 1 ms.
    Source: underthesea's word segmentation model, which ships with the package.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return package_fingerprint()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        text = message.get(attribute)
        tokens = _segmented(text) if len(text) <= SEGMENTED_LENGTH else _split(text)
        return self._apply_token_pattern(tokens)


def _segmented(text: str) -> list[Token]:
    """underthesea's words placed in the text; it rewrites spaces and some marks, and then the plain split is used."""
    tokens: list[Token] = []
    at = 0
    for word in word_tokenize(text):
        start = text.find(word, at)
        if start < 0:
            return _split(text)
        at = start + len(word)
        tokens.append(Token(word, start))
    return tokens


def _split(text: str) -> list[Token]:
    return [Token(match.group(), match.start()) for match in _WORD.finditer(text)]
