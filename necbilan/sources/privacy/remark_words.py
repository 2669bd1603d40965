"""The words of a remark: where each stands and how it is written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from necbilan.sources.folding import fold

__all__ = ["MARK", "Token", "all_shouted", "tokens_of", "words_in"]

MARK = "\ue000"
"""stands for what was removed until neighbours are joined; private use, in no text"""
_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_STROKED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "þ": "th", "ħ": "h"}
)
_TOKEN = re.compile(rf"[^\W_{MARK}](?:[^\W_]|[\u0300-\u036f{_HIDDEN}])*")


@dataclass(frozen=True)
class Token:
    """A word of a text: as compared, its place, whether it begins with a capital."""

    word: str
    start: int
    end: int
    capital: bool
    shouted: bool


def tokens_of(text: str) -> list[Token]:
    """Its words, in order."""
    return [
        Token(
            _compared(found.group()),
            found.start(),
            found.end(),
            found.group()[0].isupper(),
            len(found.group()) > 1 and found.group().isupper(),
        )
        for found in _TOKEN.finditer(text)
    ]


def words_in(text: str) -> list[str]:
    """Its words as they are compared: lower case, no accent."""
    return [_compared(token) for token in _TOKEN.findall(unicodedata.normalize("NFC", text))]


@lru_cache(maxsize=16_384)
def _compared(token: str) -> str:
    return fold("".join(letter for letter in token if letter not in _HIDDEN)).translate(_STROKED)


def all_shouted(tokens: list[Token]) -> bool:
    """Whether capitals tell nothing, for most words are written in them."""
    words = [token for token in tokens if token.end - token.start > 1]
    return sum(token.shouted for token in words) > len(words) / 2
