"""«Qui a envoyé quoi»: one row an event, one column a measure, a disc that says from what."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import Chart
from necbilan.figures.canvas import SECONDARY, drawn_twice
from necbilan.figures.lettering import lines, shortened, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.comparison.told import Cell, Told
    from necbilan.figures.canvas import Canvas

__all__ = ["MOST_ROWS", "board", "pages_of"]

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
MOST_ROWS = 30
"""events in one figure: more would not fit a page"""
NAME = 150.0
PITCH = 19.0
NARROW_PITCH = 50.0
DISC = 8.5


def pages_of(told: Told) -> list[tuple[str, ...]]:
    """The events by as many figures as they need."""
    return [
        told.events[start : start + MOST_ROWS] for start in range(0, len(told.events), MOST_ROWS)
    ]


def board(told: Told) -> tuple[Chart, ...]:
    """One Chart a page of events; its table says in words what the discs show."""
    pages = pages_of(told)
    return tuple(_page(told, events, rank, len(pages)) for rank, events in enumerate(pages, 1))


def _page(told: Told, events: Sequence[str], rank: int, pages: int) -> Chart:
    chart = f"board-{rank}"
    wide, narrow = drawn_twice(lambda canvas: _draw(canvas, told, events), chart)
    columns = {told.say("column.event"): [told.names[event] for event in events]}
    for metric in COLUMNS:
        columns[told.say(f"short.{metric}")] = [
            _spoken(told, told.cell(event, metric), numbered=metric in NUMBERED) for event in events
        ]
    full = {
        metric: sum(told.cell(event, metric).evidence == "microdata" for event in events)
        for metric in COLUMNS
    }
    title = "board.title_part" if pages > 1 else "board.title"
    return Chart(
        id=chart,
        title=told.say(title, part=rank, parts=pages),
        subtitle=told.say("board.subtitle"),
        svg=wide,
        narrow=narrow,
        alt=told.say(
            "board.alt",
            n=len(events),
            survey=full["responses"],
            present=full["present"],
            origin=full["located_share"],
        ),
        table=pd.DataFrame(columns),
        source=told.say("board.source"),
        caption=told.say("board.caption"),
        tag=told.tag,
    )


def _spoken(told: Told, cell: Cell, *, numbered: bool) -> str:
    if not cell.known:
        return told.reason(cell) or told.say("evidence.none")
    known = told.language.has(f"comparison.cell.{cell.evidence}")
    words = told.say(f"cell.{cell.evidence}" if known else "evidence.unknown")
    return f"{words} ({cell.text})" if numbered else words


def _draw(canvas: Canvas, told: Told, events: Sequence[str]) -> float:
    left = 0.0 if canvas.narrow else NAME
    step = (canvas.width - left) / len(COLUMNS)
    y = _head(canvas, told, left, step)
    for event in events:
        if canvas.narrow:
            name = shortened(told.names[event], canvas.width, weight=600)
            canvas.text(0, y + 14, name, bold=True, colour="night")
        else:
            canvas.text(0, y + 13, shortened(told.names[event], NAME - 10))
        middle = y + (29 if canvas.narrow else 9.5)
        for rank, metric in enumerate(COLUMNS):
            cell = told.cell(event, metric)
            at = left + rank * step + (step / 2 if canvas.narrow else 9)
            _mark(canvas, cell.evidence if cell.known else "", at, middle)
            if metric in NUMBERED and cell.known and canvas.narrow:
                canvas.text(at, middle + 14, cell.text, size=SECONDARY, align="center")
            elif metric in NUMBERED and cell.known:
                canvas.text(at + 8, middle + 3.5, cell.text)
        y += NARROW_PITCH if canvas.narrow else PITCH
        canvas.line([(0, y), (canvas.width, y)], "rule", thickness=0.8)
    return _legend(canvas, told, y + 8)


def _head(canvas: Canvas, told: Told, left: float, step: float) -> float:
    size = SECONDARY
    for rank, metric in enumerate(COLUMNS):
        words = told.say(f"{'narrow' if canvas.narrow else 'short'}.{metric}")
        x = left + rank * step
        if canvas.narrow:
            canvas.text(x + step / 2, 10, words, size=size, colour="grey", align="center")
        else:
            canvas.text(x + 4, 11, words, size=size, bold=True)
    if not canvas.narrow:
        canvas.text(0, 11, told.say("column.event"), size=size, bold=True)
    canvas.line([(0, 16), (canvas.width, 16)], "ink", thickness=0.8)
    return 16.0


def _mark(canvas: Canvas, evidence: str, x: float, y: float) -> None:
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


def _legend(canvas: Canvas, told: Told, y: float) -> float:
    x, y = 5.0, y + 8
    for evidence in ("microdata", "count", "declared", "none"):
        words = told.say(f"evidence.{evidence}")
        needed = 12 + width_of(words, SECONDARY) + 14
        if x + needed > canvas.width + 14 and x > 5:
            x, y = 5.0, y + 15
        _mark(canvas, evidence, x, y)
        canvas.text(x + 9, y + 3.5, lines(words, canvas.width - 14)[0], size=SECONDARY)
        x += needed
    return y + 8
