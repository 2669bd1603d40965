"""The words of words.toml, and the one way of comparing them: without case or accent."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["DAYS", "MONTHS", "holds_word", "is_word", "plain", "starts_total"]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Lower case, no accent, single spaces: for comparing only."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


MONTHS: dict[str, int] = {
    name: int(number) for number, names in _words()["months"].items() for name in names
}
DAYS: frozenset[str] = frozenset(_words()["days"]["names"])


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_words()[kind], key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")


def holds_word(kind: str, text: str) -> bool:
    """Whether ``text`` holds a whole word of that list of words.toml."""
    return _pattern(kind).search(plain(text)) is not None


def is_word(kind: str, text: str) -> bool:
    """Whether ``text`` is, whole, one of that list of words.toml."""
    return plain(text) in _words()[kind]


@cache
def _total_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _words()["totals"])
    return re.compile(rf"[*\-–—: ]*(?:{words})(?![a-z])")


def starts_total(text: str) -> bool:
    """Whether ``text`` starts with the word of a total («TOTAL», «Sous-total Metz»)."""
    return _total_pattern().match(plain(text[:40])) is not None
