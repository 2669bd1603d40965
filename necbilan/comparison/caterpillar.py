"""The share of positives of each event with its interval, from most to fewest answers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import Chart
from necbilan.comparison.board import pages_of
from necbilan.comparison.side_by_side import ENSEMBLE
from necbilan.figures.canvas import SECONDARY, drawn_twice
from necbilan.figures.lettering import lines, shortened, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from necbilan.comparison.told import Told
    from necbilan.figures.canvas import Align, Canvas

__all__ = ["METRIC", "caterpillar"]

METRIC = "satisfied_share"
NAME = 150.0
COUNT = 190.0
"""right edge of the number of answers"""
SHARE = 248.0
"""right edge of the share"""
AXIS = 262.0
PITCH = 19.0
NARROW_PITCH = 34.0


def caterpillar(told: Told) -> tuple[Chart, ...]:
    """One Chart a page of events; none with fewer than two events to compare."""
    if not told.cell(ENSEMBLE, METRIC).known:
        return ()
    pages = pages_of(told)
    return tuple(_page(told, events, rank, len(pages)) for rank, events in enumerate(pages, 1))


def _page(told: Told, events: Sequence[str], rank: int, pages: int) -> Chart:
    chart = f"caterpillar-{rank}"
    wide, narrow = drawn_twice(lambda canvas: _draw(canvas, told, events), chart)
    key = "caterpillar.title_part" if pages > 1 else "caterpillar.title"
    title = told.say(key, part=rank, parts=pages)
    return Chart(
        id=chart,
        title=title,
        subtitle=_subtitle(told),
        svg=wide,
        narrow=narrow,
        alt=told.say("caterpillar.alt", title=title, said=_said(told, events)),
        table=_table(told, events),
        source=told.say("caterpillar.source"),
        caption=told.say("caterpillar.caption"),
        tag=told.tag,
        numeric=(told.say("column.answers"), told.say("column.share")),
    )


def _subtitle(told: Told) -> str:
    whole = told.cell(ENSEMBLE, METRIC)
    events = told.say("key.of", count=whole.events, n=whole.events, all=len(told.events))
    return told.say(
        "caterpillar.subtitle", share=whole.text, interval=whole.interval_text, events=events
    )


def _said(told: Told, events: Sequence[str]) -> str:
    spoken = [
        told.say("caterpillar.alt_row", name=told.names[event], share=cell.text, n=cell.n)
        for event in events
        if (cell := told.cell(event, METRIC)).comparable
    ]
    return " ; ".join(spoken[:8])


def _table(told: Told, events: Sequence[str]) -> pd.DataFrame:
    cells = [told.cell(event, METRIC) for event in events]
    whole = told.cell(ENSEMBLE, METRIC)
    rows = [
        (
            told.names[event],
            str(cell.n or told.cell(event, "responses").text or "–"),
            cell.text or "–",
            cell.interval_text or "–",
            told.reason(cell) or told.say("yes"),
        )
        for event, cell in zip(events, cells, strict=True)
    ]
    answers = told.language.number(whole.n) if whole.n else "–"
    rows.append((told.say("column.whole"), answers, whole.text, whole.interval_text or "–", "–"))
    names = ("event", "answers", "share", "interval", "compared")
    return pd.DataFrame(rows, columns=[told.say(f"column.{name}") for name in names])


def _draw(canvas: Canvas, told: Told, events: Sequence[str]) -> float:
    left, right = (0.0, canvas.width) if canvas.narrow else (AXIS, canvas.width)
    scale, ticks = _scale(told, left + 6, right - 6)
    y = _head(canvas, told, scale, ticks)
    top = y
    whole = told.cell(ENSEMBLE, METRIC)
    bottom = top + len(events) * (NARROW_PITCH if canvas.narrow else PITCH)
    canvas.line([(scale(whole.value), top), (scale(whole.value), bottom)], "green")
    for event in events:
        y = _row(canvas, told, event, y, scale)
    words = told.say("caterpillar.whole")
    x = min(max(scale(whole.value), left + 30), right - 30)
    canvas.text(x, y + 12, words, bold=True, colour="green", align="center", size=SECONDARY)
    return y + 18


def _row(
    canvas: Canvas, told: Told, event: str, y: float, scale: Callable[[float], float]
) -> float:
    cell, name = told.cell(event, METRIC), told.names[event]
    pitch = NARROW_PITCH if canvas.narrow else PITCH
    reason = told.reason(cell)
    share = cell.text if cell.comparable else "–"
    answers = str(cell.n) if cell.n else told.cell(event, "responses").text or "–"
    if canvas.narrow:
        room = canvas.width - width_of(share, weight=600) - 8
        canvas.text(0, y + 12, shortened(f"{name} · n = {answers}", room))
        canvas.text(canvas.width, y + 12, share, bold=True, align="right")
    else:
        canvas.text(0, y + 13, shortened(name, NAME - 10))
        canvas.text(COUNT, y + 13, answers, align="right")
        canvas.text(SHARE, y + 13, share, bold=True, align="right")
    lane = y + pitch - 9.5
    if not cell.comparable:
        x = 0.0 if canvas.narrow else AXIS
        line = lines(reason, canvas.width - x, size=SECONDARY, most=1)[0]
        canvas.text(x, lane + 3.5, line, size=SECONDARY, colour="grey", halo=True)
    else:
        if not math.isnan(cell.low) and cell.low < cell.high:
            canvas.line([(scale(cell.low), lane), (scale(cell.high), lane)], "axis", thickness=1.6)
        canvas.dot(scale(cell.value), lane, colour="indigo")
    canvas.line([(0, y + pitch), (canvas.width, y + pitch)], "rule", thickness=0.8)
    return y + pitch


def _scale(told: Told, left: float, right: float) -> tuple[Callable[[float], float], list[float]]:
    """From the lowest bound drawn, by tens, to 1."""
    cells = [told.cell(event, METRIC) for event in told.events]
    lows = [cell.low for cell in cells if cell.comparable and not math.isnan(cell.low)]
    start = math.floor(min(lows, default=0.0) * 10) / 10
    start = min(start, 0.9)

    def at(share: float) -> float:
        return left + (share - start) / (1 - start) * (right - left)

    return at, [start, (start + 1) / 2, 1.0]


def _head(
    canvas: Canvas, told: Told, scale: Callable[[float], float], ticks: Sequence[float]
) -> float:
    size = SECONDARY
    if not canvas.narrow:
        canvas.text(0, 24, told.say("column.event"), size=size, bold=True)
        canvas.text(COUNT, 24, told.say("column.answers"), size=size, bold=True, align="right")
        canvas.text(SHARE, 24, told.say("short.positive"), size=size, bold=True, align="right")
    first = 0.0 if canvas.narrow else AXIS
    canvas.text(first, 10, told.say("column.interval"), size=size, bold=True)
    edges: tuple[tuple[Align, float], ...] = (
        ("left", first),
        ("center", scale(ticks[1])),
        ("right", canvas.width),
    )
    for (align, x), tick in zip(edges, ticks, strict=True):
        words = told.language.percent(tick)
        canvas.text(x, 24, words, size=size, colour="grey", align=align)
    canvas.line([(0, 29), (canvas.width, 29)], "ink", thickness=0.8)
    return 29.0
