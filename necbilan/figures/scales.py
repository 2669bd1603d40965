"""A scale in colour: dark blue, indigo, white, ochre, brown, so that neighbours differ.

No five colours keep 3:1 on white and between all pairs; this order keeps it between the
levels that touch, and a white gap stands between them (W3C, WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.figures.canvas import GAP, TEXT
from necbilan.figures.lettering import SEMIBOLD, lines, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = [
    "INSIDE",
    "ON",
    "WORDS",
    "Segment",
    "draw_levels",
    "draw_segments",
    "fills",
    "segments_of",
]

INSIDE = 1.5
"""a count stands inside its segment when that is so many times as wide"""
WORDS = {
    "night": "night",
    "indigo": "indigo_text",
    "white": "ink",
    "ochre": "ochre_text",
    "brown": "brown",
    "green": "green",
}
"""the colour of a word about a fill: 4.5:1 on white"""
ON = {
    "night": "white",
    "indigo": "white",
    "white": "ink",
    "ochre": "deep",
    "brown": "white",
    "green": "white",
}
"""the colour of a number inside a fill: 4.5:1 on it"""


@dataclass(frozen=True)
class Segment:
    """A level on the scale: where it starts, how much it takes (0 to 1), how it is filled."""

    label: str
    text: str
    start: float
    share: float
    fill: str
    side: int
    """1 positive, 0 in the middle, −1 negative"""


def fills(levels: int, positive: int) -> list[tuple[str, int]]:
    """Fill and side of each level, best first, of a scale with ``positive`` best levels.

    As many worst levels are negative, the others stand in the middle.
    """
    positive = min(positive, levels)
    negative = min(positive, levels - positive)
    middle = levels - positive - negative
    best = [("night", "indigo")[rank % 2] for rank in range(positive)]
    worst = [("ochre", "brown")[rank % 2] for rank in range(negative)]
    return [(fill, 1) for fill in best] + [("white", 0)] * middle + [(fill, -1) for fill in worst]


def segments_of(shown: Spelled, rows: Sequence[Row]) -> list[Segment]:
    """The levels of one question as segments, best first.

    How many levels are positive is what the question says, else the better half.
    """
    question = next(
        (known for known in shown.facts.questions if known.id == rows[0].group.split(" › ")[0]),
        None,
    )
    positive = question.positive if question is not None and question.positive else len(rows) // 2
    found: list[Segment] = []
    start = 0.0
    for row, (fill, side) in zip(rows, fills(len(rows), positive), strict=True):
        share = row.share if row.share > 0 else 0.0
        found.append(Segment(row.label, row.text, start, share, fill, side))
        start += share
    return found


def draw_segments(
    canvas: Canvas,
    segments: Sequence[Segment],
    *,
    x: float,
    y: float,
    width: float,
    height: float,
    size: float = TEXT,
) -> None:
    """The stacked bar, ``width`` points for a share of 1, white between its segments."""
    drawn = [segment for segment in segments if segment.share > 0]
    for segment in drawn:
        left = x + segment.start * width
        full = segment.share * width
        gap = GAP if segment is not drawn[-1] else 0.0
        outline = "grey" if segment.fill == "white" else ""
        canvas.bar(left, y, max(full - gap, 0.8), height, segment.fill, outline=outline)
        if full >= INSIDE * width_of(segment.text, size, SEMIBOLD):
            canvas.text(
                left + (full - gap) / 2,
                y + height / 2 + 0.35 * size,
                segment.text,
                size=size,
                bold=True,
                colour=ON[segment.fill],
                align="center",
            )


def draw_levels(canvas: Canvas, segments: Sequence[Segment], y: float) -> float:
    """The levels as a list: a square of its colour, its name, its number."""
    swatch, name = 10.0, 16.0
    numbers = max(width_of(segment.text, TEXT, SEMIBOLD) for segment in segments)
    room = canvas.width - name - numbers - 12
    longest = min(room, max(width_of(segment.label) for segment in segments))
    for segment in segments:
        outline = "grey" if segment.fill == "white" else ""
        canvas.bar(0, y, swatch, swatch, segment.fill, outline=outline)
        for rank, line in enumerate(lines(segment.label, room, most=3)):
            canvas.text(name, y + 9 + rank * 12, line)
            last = rank
        right = name + longest + 12 + numbers
        canvas.text(right, y + 9, segment.text, bold=True, align="right")
        y += 15.5 + last * 12
    return y
