"""The board's marks: a disc that says from what a number was made, a share on one axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.comparison.side_by_side import ENSEMBLE
from necbilan.figures.canvas import GAP, SECONDARY
from necbilan.figures.lettering import SEMIBOLD, labelled, lines, shortened, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from necbilan.comparison.told import Told
    from necbilan.figures.canvas import Align, Canvas

__all__ = ["COLUMNS", "METRIC", "NUMBERED", "draw_board"]

METRIC = "satisfied_share"
COLUMNS = (
    "registered",
    "present",
    "organisations",
    "located_share",
    "responses",
    "women_share",
    "budget_actual",
)
NUMBERED = frozenset({"present", "responses"})
NAME = 112.0
BETWEEN = 7.0
"""white between two columns"""
SHARE = 40.0
PITCH = 16.5
NARROW_PITCH = 48.0
NARROW_LANE = 18.0
"""what the interval adds to a row of the phone drawing"""
HEAD = 9.0
DISC = 8.5


@dataclass(frozen=True)
class _Columns:
    """Left edges and widths of the columns of discs, in points, and where shares stand."""

    left: tuple[float, ...]
    width: tuple[float, ...]
    share: float
    axis: float


def draw_board(canvas: Canvas, told: Told, events: Sequence[str]) -> float:
    """The head, a row an event, the line of the whole and what the discs mean."""
    compared = told.cell(ENSEMBLE, METRIC).known
    columns = _columns(canvas, told, events, compared=compared)
    scale, ticks = _scale(told, columns.axis + 6, canvas.width - 6)
    top = _head(canvas, told, columns, scale, ticks if compared else [])
    pitch = PITCH
    if canvas.narrow:
        pitch = NARROW_PITCH + (NARROW_LANE if compared else 0)
    bottom = top + len(events) * pitch
    for rank, event in enumerate(events):
        if event == told.mine:
            canvas.bar(0, top + rank * pitch, canvas.width, pitch, "tint")
    if compared:
        whole = scale(told.cell(ENSEMBLE, METRIC).value)
        for rank in range(len(events)):  # on a phone the line stays in the lanes
            end = top + (rank + 1) * pitch
            start = end - (NARROW_LANE + 1 if canvas.narrow else pitch)
            canvas.line([(whole, start), (whole, end)], "green")
    # set smaller than they are measured, and the own one bold: what fits here fits there
    every = [told.names[event] for event in events]
    names = [label[0] for label in labelled(every, NAME - 10, weight=SEMIBOLD, most=1)]
    for rank, event in enumerate(events):
        y = top + rank * pitch
        _row(canvas, told, event, names[rank], columns, y)
        if compared:
            lane = y + pitch - (12 if canvas.narrow else PITCH / 2)
            _share(canvas, told, event, columns, scale, lane)
        canvas.line([(0, y + pitch), (canvas.width, y + pitch)], "rule", thickness=0.8)
    if compared:
        words = told.say("board.whole")
        half = width_of(words, SECONDARY, SEMIBOLD) / 2
        x = min(max(whole, columns.axis + half), canvas.width - half)
        canvas.text(x, bottom + 12, words, bold=True, colour="green", align="center", size=9.5)
        if canvas.narrow:
            bottom += 14
    return _legend(canvas, told, bottom + 8, columns.share if compared else canvas.width)


def _columns(canvas: Canvas, told: Told, events: Sequence[str], *, compared: bool) -> _Columns:
    if canvas.narrow:
        step = canvas.width / len(COLUMNS)
        steps = tuple(rank * step for rank in range(len(COLUMNS)))
        return _Columns(steps, (step,) * len(COLUMNS), canvas.width, 0.0)
    widths = []
    for metric in COLUMNS:
        numbers = [told.cell(event, metric).text for event in events if metric in NUMBERED]
        needed = max((13 + width_of(text, SECONDARY) for text in numbers), default=DISC)
        widths.append(max(needed, width_of(told.say(f"short.{metric}"), HEAD, SEMIBOLD)))
    room = canvas.width - NAME - (SHARE + 100 if compared else 0)
    between = max(BETWEEN, (room - sum(widths)) / len(COLUMNS)) if not compared else BETWEEN
    edges = []
    x = NAME
    for width in widths:
        edges.append(x)
        x += width + between
    return _Columns(tuple(edges), tuple(widths), x + SHARE, x + SHARE + 8)


def _row(canvas: Canvas, told: Told, event: str, name: str, columns: _Columns, y: float) -> None:
    own = event == told.mine
    colour = "night" if own else "ink"
    if canvas.narrow:
        cell = told.cell(event, METRIC)
        share = cell.text if cell.comparable and told.cell(ENSEMBLE, METRIC).known else ""
        room = canvas.width - width_of(share, weight=SEMIBOLD) - 8
        name = shortened(told.names[event], room, weight=SEMIBOLD)
        canvas.text(0, y + 13, name, bold=True, colour="night")
        canvas.text(canvas.width, y + 13, share, bold=True, align="right")
    else:
        canvas.text(0, y + 11.5, name, bold=own, colour=colour, size=SECONDARY)
    middle = y + (27 if canvas.narrow else PITCH / 2)
    for metric, left, width in zip(COLUMNS, columns.left, columns.width, strict=True):
        cell = told.cell(event, metric)
        numbered = metric in NUMBERED and cell.known
        centred = canvas.narrow or metric not in NUMBERED
        at = left + (width / 2 if centred else DISC / 2)
        _disc(canvas, cell.evidence if cell.known else "", at, middle)
        if numbered and canvas.narrow:
            canvas.text(at, middle + 14, cell.text, size=SECONDARY, align="center", colour=colour)
        elif numbered:
            right = left + width
            canvas.text(
                right, middle + 3.3, cell.text, size=SECONDARY, align="right", colour=colour
            )


def _share(
    canvas: Canvas,
    told: Told,
    event: str,
    columns: _Columns,
    scale: Callable[[float], float],
    lane: float,
) -> None:
    """The share and its interval, or why it is not compared."""
    cell = told.cell(event, METRIC)
    own = event == told.mine
    if not cell.comparable:
        left = 0.0 if canvas.narrow else columns.share - SHARE + 4
        line = lines(told.reason(cell), canvas.width - left, size=9, most=1)[0]
        ground = "tint" if own else "white"
        canvas.bar(left, lane - 6, width_of(line, 9) + 2, 12, ground)
        canvas.text(left, lane + 3.2, line, size=9, colour="grey")
        return
    if not canvas.narrow:
        canvas.text(columns.share, lane + 3.3, cell.text, size=SECONDARY, bold=own, align="right")
    if not math.isnan(cell.low) and cell.low < cell.high:
        ends = [(scale(cell.low), lane), (scale(cell.high), lane)]
        canvas.line(ends, "night" if own else "axis", thickness=2.2 if own else 1.6)
    at = scale(cell.value)
    canvas.dot(at, lane, colour="white", size=(9 if own else 7) + GAP)
    canvas.dot(at, lane, colour="night" if own else "indigo", size=9 if own else 7)


def _scale(told: Told, left: float, right: float) -> tuple[Callable[[float], float], list[float]]:
    """From the lowest bound drawn, by tens, to 1."""
    cells = [told.cell(event, METRIC) for event in told.events]
    lows = [cell.low for cell in cells if cell.comparable and not math.isnan(cell.low)]
    start = min(math.floor(min(lows, default=0.0) * 10) / 10, 0.9)

    def at(share: float) -> float:
        return left + (share - start) / (1 - start) * (right - left)

    return at, [start, (start + 1) / 2, 1.0]


def _head(
    canvas: Canvas,
    told: Told,
    columns: _Columns,
    scale: Callable[[float], float],
    ticks: Sequence[float],
) -> float:
    """The names of the columns over the rule; the bottom of it."""
    words = told.say("column.interval")
    if canvas.narrow:
        y = 12.0
        _ticks(canvas, told, scale, ticks, y + 12, columns.axis)
        if ticks:
            canvas.text(0, y - 2, words, size=HEAD, bold=True)
            y += 28
    else:
        y = 24.0
        _ticks(canvas, told, scale, ticks, y, columns.axis)
        canvas.text(0, y, told.say("column.event"), size=HEAD, bold=True)
        if ticks:
            canvas.text(columns.axis, 10, words, size=HEAD, bold=True)
            share = told.say("short.positive")
            canvas.text(columns.share, y, share, size=HEAD, bold=True, align="right")
    for metric, left, width in zip(COLUMNS, columns.left, columns.width, strict=True):
        name = told.say(f"{'narrow' if canvas.narrow else 'short'}.{metric}")
        if canvas.narrow:
            canvas.text(left + width / 2, y, name, size=HEAD, colour="grey", align="center")
        elif metric in NUMBERED:
            canvas.text(left + width, y, name, size=HEAD, bold=True, align="right")
        else:
            canvas.text(left + width / 2, y, name, size=HEAD, bold=True, align="center")
    canvas.line([(0, y + 5), (canvas.width, y + 5)], "ink", thickness=0.8)
    return y + 5


def _ticks(
    canvas: Canvas,
    told: Told,
    scale: Callable[[float], float],
    ticks: Sequence[float],
    y: float,
    left: float,
) -> None:
    edges: tuple[Align, ...] = ("left", "center", "right")
    for align, tick in zip(edges, ticks, strict=False):
        x = {"left": left, "right": canvas.width}.get(align, scale(tick))
        said = told.language.percent(tick)
        canvas.text(x, y, said, size=HEAD, colour="grey", align=align)


def _disc(canvas: Canvas, evidence: str, x: float, y: float) -> None:
    """Full for individual data, half for a count, hollow for a declared figure, else a dash."""
    match evidence:
        case "microdata":
            canvas.dot(x, y, size=DISC)
        case "count":
            canvas.dot(x, y, hollow=True, size=DISC)
            radius = DISC / 2 - 0.4
            angles = [math.radians(90 + 15 * turn) for turn in range(13)]
            canvas.area(
                [(x + radius * math.cos(turn), y - radius * math.sin(turn)) for turn in angles],
                "night",
            )
        case "declared":
            canvas.dot(x, y, hollow=True, size=DISC)
        case _:
            canvas.line([(x - 3, y), (x + 3, y)], "grey", thickness=1.2)


def _legend(canvas: Canvas, told: Told, y: float, room: float) -> float:
    """What the discs and the numbers beside them mean; the bottom of the drawing."""
    x, y = 5.0, y + 7
    for evidence in ("microdata", "count", "declared", "none"):
        words = told.say(f"evidence.{evidence}")
        needed = 9 + width_of(words, HEAD) + 12
        if x + needed > room + 12 and x > 5:
            x, y = 5.0, y + 14
        _disc(canvas, evidence, x, y)
        canvas.text(x + 9, y + 3.2, words, size=HEAD, colour="grey")
        x += needed
    for line in lines(told.say("board.beside"), canvas.width, size=HEAD):
        if x > 5 and x + width_of(line, HEAD) > room + 12:
            x, y = 0.0, y + 14
        canvas.text(x, y + 3.2, line, size=HEAD, colour="grey")
        x = canvas.width
    return y + 8
