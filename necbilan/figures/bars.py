"""The commonest form: horizontal bars from zero, each with its name and its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.figures.canvas import SECONDARY, TEXT
from necbilan.figures.lettering import REGULAR, SEMIBOLD, labelled, lines, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = [
    "LABEL_COLUMN",
    "LABEL_LINE",
    "MOST_ROWS",
    "Bar",
    "draw_bars",
    "draw_groups",
    "fill_of",
    "label_column",
    "undrawn",
]

MOST_ROWS = 16
"""rows drawn; the table has them all"""
PITCH = 25.9
""".36 in"""
TIGHT = 17.0
FEW = 12
BEFORE_BAR = 6.0
LABEL_COLUMN, LABEL_LINE = 168.0, 205.0
"""widest names in points, on two lines and on one"""
RESIDUAL = ("other", "unclassified", "unsorted", "not_given", "ambiguous")


@dataclass(frozen=True)
class Bar:
    """One row: its name, its length in the unit of the chart, its number and a remark."""

    label: str
    length: float
    value: str
    note: str = ""
    fill: str = "indigo"
    bold: bool = False


def fill_of(row: Row, *, first: bool = False) -> str:
    """Night for what the title speaks of, white for what is not known, else indigo."""
    if row.level in RESIDUAL or row.level.startswith(("other:", "department_only:")):
        return "white"
    return "night" if first else "indigo"


def label_column(labels: Sequence[str], most: float = LABEL_COLUMN, *, bold: bool = False) -> float:
    """Width in points that the names need before the bars, at most ``most``."""
    weight = SEMIBOLD if bold else REGULAR
    return min(most, max((width_of(label, TEXT, weight) for label in labels), default=0.0))


def draw_bars(
    canvas: Canvas, bars: Sequence[Bar], *, top: float = 2.0, alike: Sequence[Bar] = ()
) -> float:
    """Draw the bars under ``top``; the height they end at.

    They share scale and columns with ``alike``, the bars drawn above or below them.
    """
    return (_narrow if canvas.narrow else _wide)(canvas, bars, alike=alike or bars, top=top)


def draw_groups(canvas: Canvas, groups: Sequence[tuple[str, Sequence[Bar]]]) -> float:
    """Groups of bars on one scale, each under its head; the height they end at."""
    every = [bar for _, bars in groups for bar in bars]
    y = 0.0
    for head, bars in groups:
        for line in lines(head, canvas.width, weight=SEMIBOLD, most=3):
            y += TEXT + 2
            canvas.text(0, y, line, bold=True, colour="night")
        y = draw_bars(canvas, bars, top=y + 6, alike=every) + 6
    return y - 4


def undrawn(shown: Spelled, rows: Sequence[object]) -> str:
    """A sentence on the rows beyond MOST_ROWS, '' when all are drawn."""
    rest = len(rows) - MOST_ROWS
    return shown.say("figure.undrawn", count=rest, drawn=MOST_ROWS) if rest > 0 else ""


def _reserve(bars: Sequence[Bar]) -> float:
    """Width at the right for the numbers."""
    return max(
        (
            width_of(bar.value, TEXT, SEMIBOLD)
            + (5 + width_of(bar.note, SECONDARY) if bar.note else 0)
            for bar in bars
        ),
        default=0.0,
    )


def _number(canvas: Canvas, bar: Bar, x: float, baseline: float) -> None:
    used = canvas.text(x, baseline, bar.value, bold=True)
    if bar.note:
        canvas.text(x + used + 5, baseline, bar.note, size=SECONDARY, colour="grey")


def _mark(canvas: Canvas, bar: Bar, x: float, y: float, *, width: float, height: float) -> None:
    if width > 0:
        outline = "grey" if bar.fill == "white" else ""
        canvas.bar(x, y, max(width, 1.0), height, bar.fill, outline=outline)


def _longest(bars: Sequence[Bar]) -> float:
    return max((bar.length for bar in bars), default=0.0) or 1.0


def _wide(canvas: Canvas, bars: Sequence[Bar], *, alike: Sequence[Bar], top: float) -> float:
    tight = len(bars) > FEW
    names = label_column(
        [bar.label for bar in alike],
        LABEL_LINE if tight else LABEL_COLUMN,
        bold=any(bar.bold for bar in alike),
    )
    left = names + BEFORE_BAR
    scale = (canvas.width - left - _reserve(alike) - 8) / _longest(alike)
    pitch = TIGHT if tight else PITCH
    height = 0.62 * pitch
    labels = labelled([bar.label for bar in bars], names + 0.5, most=1 if tight else 2)
    for rank, (bar, words) in enumerate(zip(bars, labels, strict=True)):
        middle = top + (rank + 0.5) * pitch
        canvas.paragraph(names, middle, words, bold=bar.bold, align="right", leading=11.5)
        _mark(canvas, bar, left, middle - height / 2, width=scale * bar.length, height=height)
        _number(canvas, bar, left + scale * bar.length + 5, middle + 0.35 * TEXT)
    return top + len(bars) * pitch + 2


def _narrow(canvas: Canvas, bars: Sequence[Bar], *, alike: Sequence[Bar], top: float) -> float:
    scale = (canvas.width - _reserve(alike) - 7) / _longest(alike)
    y = top
    labels = labelled([bar.label for bar in bars], canvas.width)
    for bar, words in zip(bars, labels, strict=True):
        for line in words:
            canvas.text(0, y + 10, line, bold=bar.bold)
            y += 12.5
        _mark(canvas, bar, 0, y + 2, width=scale * bar.length, height=12)
        _number(canvas, bar, scale * bar.length + 5, y + 11.5)
        y += 24
    return y
