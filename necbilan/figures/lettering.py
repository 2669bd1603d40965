"""Text in a drawing: what our font can write, how wide it is, where it breaks.

Widths are those of matplotlib's TextPath machinery on the embedded font, the one that
the page and the PDF use: no guess by characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import text_to_path

from necbilan import style

__all__ = ["REGULAR", "SEMIBOLD", "lines", "printable", "shortened", "width_of"]

REGULAR = 400
SEMIBOLD = 600
ELLIPSIS = "…"
UNWRITABLE = "[…]"


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
    return _cut(text, low)


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip(" \u00a0\u202f,;.·(") + ELLIPSIS


def lines(
    text: str, width: float, *, size: float = 10, weight: int = REGULAR, most: int = 2
) -> list[str]:
    """The text on at most ``most`` lines of ``width`` points, broken at ordinary spaces.

    What does not fit on the last line ends with an ellipsis.
    """
    words = [word for word in printable(text).split(" ") if word]
    broken: list[str] = []
    while words:
        if len(broken) == most - 1:
            return [*broken, shortened(" ".join(words), width, size, weight)]
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, weight) <= width:
            line = f"{line} {words.pop(0)}"
        broken.append(shortened(line, width, size, weight))
    return broken or [""]
