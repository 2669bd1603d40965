"""Text in a drawing: what our font can write, how wide it is, where it breaks.

Widths are those of matplotlib's TextPath machinery on the embedded font, the one that
the page and the PDF use: no guess by characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import text_to_path

from necbilan import style

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["REGULAR", "SEMIBOLD", "labelled", "lines", "printable", "shortened", "width_of"]

REGULAR = 400
SEMIBOLD = 600
ELLIPSIS = "…"
UNWRITABLE = "[…]"
_BREAKABLE = re.compile(r"(?<!«) +(?![»;:!?%€])")
"""where a line may break: not inside « », nor before a mark that French sets apart"""


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(FT2Font(str(style.font_files()[0])).get_charmap())


@cache
def printable(text: str) -> str:
    """The text with runs that the font cannot write shown as «[…]».

    One character without a glyph would stop a PDF/UA; the table beside the figure keeps
    the text whole.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split("\n")))
    kept = "".join(mark if ord(mark) in _glyphs() else "\0" for mark in composed)
    return re.sub(r"\0(?:[\0 ]*\0)?", UNWRITABLE, kept)


@cache
def width_of(text: str, size: float = 10, weight: int = REGULAR) -> float:
    """Width in points of a printable text."""
    if not text:
        return 0.0
    font = FontProperties(family=str(style.tokens()["font"]["family"]), size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(printable(text), font, False)
    return float(width)


def shortened(text: str, width: float, size: float = 10, weight: int = REGULAR) -> str:
    """The text, cut with an ellipsis when it is wider than ``width`` points."""
    if width_of(text, size, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_of(_cut(text, middle), size, weight) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    boundary = text.rfind(" ", 0, low + 1)
    return _cut(text, boundary if boundary > 0.6 * low else low)


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip(" \u00a0\u202f,;.·(") + ELLIPSIS


def lines(
    text: str, width: float, *, size: float = 10, weight: int = REGULAR, most: int = 2
) -> list[str]:
    """The text on at most ``most`` lines of ``width`` points, broken at ordinary spaces
    that French lets break.

    Lines are as even as their number allows; what does not fit on the last one ends
    with an ellipsis.
    """
    words = [word for word in _BREAKABLE.split(printable(text).strip()) if word]
    broken = _broken(words, width, size, weight, most)
    if len(broken) < 2 or broken[-1].endswith(ELLIPSIS):
        return broken
    narrow, wide = width / len(broken), width
    while wide - narrow > 2:
        middle = (narrow + wide) / 2
        even = _broken(words, middle, size, weight, most)
        if len(even) == len(broken) and not any(line.endswith(ELLIPSIS) for line in even):
            wide, broken = middle, even
        else:
            narrow = middle
    return broken


def _broken(words: Sequence[str], width: float, size: float, weight: int, most: int) -> list[str]:
    """Each line as full as it can be."""
    broken: list[str] = []
    left = list(words)
    while left:
        if len(broken) == most - 1:
            return [*broken, shortened(" ".join(left), width, size, weight)]
        line = left.pop(0)
        while left and width_of(f"{line} {left[0]}", size, weight) <= width:
            line = f"{line} {left.pop(0)}"
        broken.append(shortened(line, width, size, weight))
    return broken or [""]


def labelled(
    labels: Sequence[str], width: float, *, weight: int = REGULAR, most: int = 2
) -> list[list[str]]:
    """The ``lines`` of each label; those that would read the same keep their end too."""
    broken = [lines(label, width, weight=weight, most=most) for label in labels]
    alike = Counter(map(tuple, broken))
    return [
        _with_its_end(printable(label), width, weight, most) if alike[tuple(found)] > 1 else found
        for label, found in zip(labels, broken, strict=True)
    ]


def _with_its_end(text: str, width: float, weight: int, most: int) -> list[str]:
    """«Table ronde des élues…», then «tout-numérique (a)»: the beginning and the end."""
    if width_of(text, 10, weight) <= width:
        return [text]
    room = width if most > 1 else width / 2
    starts = [0, *(match.end() for match in re.finditer(" ", text)), *range(len(text))]
    tail = next(
        (text[start:] for start in starts if 0 < width_of(text[start:], 10, weight) <= room), ""
    )
    if most > 1:
        return [*lines(text, room, weight=weight, most=most - 1), tail]
    return [shortened(text, width - width_of(tail, 10, weight), 10, weight) + tail]
