"""The theme of a free remark, by an editable lexicon.

A lexicon is right on ordinary remarks and mostly wrong on paraphrases: themes are a
first sorting that a human corrects, and "unsorted" is an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.folding import fold
from necbilan.sources.free_text.french_words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

__all__ = ["UNSORTED", "named_theme", "theme_ids", "theme_of"]

UNSORTED = "unsorted"

_MOST_POINTS = 3
"""what an expression weighs at most: one point a word"""


@dataclass(frozen=True)
class _Theme:
    id: str
    last: bool
    entries: tuple[tuple[int, re.Pattern[str]], ...]

    def found(self, folded: str) -> dict[tuple[int, int], int]:
        """Where its words stand, and the points of each place."""
        return {
            match.span(): points
            for points, pattern in self.entries
            if (match := pattern.search(folded))
        }


def theme_of(remarks: pd.Series, decided: Mapping[str, str] | None = None) -> pd.Series:
    """The theme id of each remark (vocabulary/remark_themes.toml), on the same index.

    "unsorted" when the lexicon has none of its words; NA where there is no remark.
    ``decided`` maps a remark to the theme that a human chose for it.
    """
    chosen = decided or {}

    def theme(remark: str) -> str:
        return named_theme(chosen[remark]) if remark in chosen else _theme(remark)

    return remarks.map(theme, na_action="ignore").astype("string")


def theme_ids() -> tuple[str, ...]:
    """The themes of the lexicon, in its order."""
    return tuple(theme.id for theme in _themes())


def named_theme(said: str) -> str:
    """The theme of the lexicon that a human named, whatever case and accents; else theirs."""
    known = {fold(theme): theme for theme in (*theme_ids(), UNSORTED)}
    return known.get(fold(said), said)


def _theme(remark: str) -> str:
    folded = " ".join(words_of(fold(remark))).replace("' ", "'")
    places = [(theme.found(folded), theme) for theme in _themes()]
    every = [place for found, _ in places for place in found]
    scores = [
        (sum(points for place, points in found.items() if not _inside(place, every)), theme)
        for found, theme in places
    ]
    for last in (False, True):
        found = [(points, theme) for points, theme in scores if points and theme.last is last]
        if found:
            return max(found, key=lambda pair: pair[0])[1].id
    return UNSORTED


def _inside(place: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Whether a longer expression holds these words: «tables» says nothing in «tables rondes»."""
    start, end = place
    return any(first <= start and end <= last and (first, last) != place for first, last in others)


@cache
def _themes() -> tuple[_Theme, ...]:
    return tuple(
        _Theme(
            theme["id"],
            theme.get("last", False),
            tuple((_points(words), _pattern(words)) for words in theme["words"]),
        )
        for theme in vocabulary.read("remark_themes")["theme"]
    )


def _points(words: str) -> int:
    return min(len(words.split()), _MOST_POINTS)


def _pattern(words: str) -> re.Pattern[str]:
    """«chais*» any word that begins so; a bare word also with a final s or x."""
    folded = fold(words)
    ending = r"" if folded.endswith("*") else r"[sx]?(?![\w])"
    return re.compile(r"(?<![\w-])" + re.escape(folded.rstrip("*")) + ending)
