"""Notes: which range of numbers a question is answered on, and which end is the best.

The range must be said, by the wording («de 1 à 5», «/10») or by the cells («8/10», «0 - Pas
du tout»); the largest number seen says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from necbilan import vocabulary
from necbilan.sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Range", "label_of", "note_of", "range_of"]

_NUMBER = re.compile(
    r"(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:(?:/|sur)\s*\d{1,2}|[-–:(=].*|etoiles?|stars?)?"
)
_LABELLED = re.compile(r"(\d{1,2})\s*[-–:(=.]\s*([^\W\d].*?)\)?$")
_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:de|from|entre|between) (\d{1,2})\b[^.?!\d]{0,80}?\b(?:a|to|et|and) (\d{1,2})\b",
        r"\b(\d{1,2}) ?(?:=|:|etant|correspond)[^\d]{2,80}?\b(\d{1,2})\b",
        r"\b(\d{1,2}) ?(?:-|–|a|to) ?(\d{1,2})\b",
    )
)
_OUT_OF = re.compile(r"(?:\bsur|\bout of|(?<!\d)/) ?(\d{1,2})\b(?! ?/)")
_NOTE_OUT_OF = re.compile(r"\d ?(?:/|sur|out of) ?(\d{1,2})")
_BEST_FIRST = re.compile(
    r"\b1 ?(?:=|:|\(|etant|est|correspond a) ?(?:la |le )?"
    r"(?:meilleur|tres|excellent|tout a fait|note la plus haute|note maximale)"
)
_MOST_LEVELS = 21
_FROM_ZERO = 10
"""«sur 10» and above start at 0, «sur 5» at 1"""
_SATISFIED = 0.4
"""share of the best levels of a range that the vocabulary does not list"""


class Range(NamedTuple):
    """From ``low`` to ``high``; ``positive`` of the best levels count as satisfied."""

    low: int
    high: int
    positive: int
    best_first: bool = False


def note_of(text: str) -> int | None:
    """The whole number of a note; between two («7,5») the nearest, the even one of a half.

    >>> note_of("8/10"), note_of("4 - Bien"), note_of("7,5"), note_of("bien")
    (8, 4, 8, None)
    """
    found = _NUMBER.fullmatch(fold(text))
    return round(float(found[1].replace(",", "."))) if found else None


def label_of(text: str) -> str:
    """The words beside a note («4 - Bien»), "" when there are none."""
    found = _LABELLED.match(text.strip())
    return found[2].strip() if found else ""


def range_of(opinions: Sequence[str], wording: str) -> Range | None:
    """The range that the wording says, else the cells, else None."""
    asked = fold(wording)
    found = _written(asked) or _in_cells([fold(text) for text in opinions])
    ends = found or _labelled_ends(opinions)
    if ends is None:
        return None
    return Range(*ends, _positive(*ends), bool(_BEST_FIRST.search(asked)))


def _written(asked: str) -> tuple[int, int] | None:
    for pattern in _SAID:
        if (found := pattern.search(asked)) and _possible(int(found[1]), int(found[2])):
            return int(found[1]), int(found[2])
    if found := _OUT_OF.search(asked):
        return _out_of(int(found[1]))
    for numbers in vocabulary.read("levels")["numbers"]:
        if any(part in asked for part in numbers.get("wordings", ())):
            return int(numbers["min"]), int(numbers["max"])
    return None


def _possible(low: int, high: int) -> bool:
    return low <= 1 and low + 1 < high < low + _MOST_LEVELS


def _out_of(high: int) -> tuple[int, int] | None:
    low = 0 if high >= _FROM_ZERO else 1
    return (low, high) if _possible(low, high) else None


def _in_cells(cells: Sequence[str]) -> tuple[int, int] | None:
    said = [found for cell in cells if (found := _NOTE_OUT_OF.search(cell))]
    highest = {int(found[1]) for found in said}
    return _out_of(highest.pop()) if len(highest) == 1 and len(said) >= len(cells) / 2 else None


def _labelled_ends(opinions: Sequence[str]) -> tuple[int, int] | None:
    """The range said by its two ends: «0 - Not at all», 1, 2 … «10 - Completely»."""
    labelled = {note for text in opinions if label_of(text) and (note := note_of(text)) is not None}
    notes = {note for text in opinions if (note := note_of(text)) is not None}
    if len(labelled) != 2 or labelled != {min(notes), max(notes)} or len(notes) < 3:
        return None
    return min(labelled), max(labelled)


def _positive(low: int, high: int) -> int:
    listed: Sequence[Mapping[str, int]] = vocabulary.read("levels")["numbers"]
    for numbers in listed:
        if (numbers["min"], numbers["max"]) == (low, high):
            return int(numbers["positive"])
    return max(1, round((high - low + 1) * _SATISFIED))
