"""The board: one row an event, what each sent, and what its public said with its interval.

Rows stand by number of answers, never by result: the order is no ranking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import Chart
from necbilan.comparison.board_drawing import COLUMNS, METRIC, NUMBERED, draw_board
from necbilan.comparison.side_by_side import ENSEMBLE
from necbilan.figures.canvas import drawn_twice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.comparison.told import Cell, Told

__all__ = ["MOST_ROWS", "board"]

MOST_ROWS = 24
"""events in one figure: a page of paper holds no more; others stand on a second one"""
SPOKEN_ROWS = 8
"""events whose share the alternative tells; the table has them all"""


def board(told: Told) -> tuple[Chart, ...]:
    """One Chart a page of events; its table says in words what the marks show."""
    starts = range(0, len(told.events), MOST_ROWS)
    pages = [told.events[start : start + MOST_ROWS] for start in starts]
    return tuple(_page(told, events, rank, len(pages)) for rank, events in enumerate(pages, 1))


def _page(told: Told, events: Sequence[str], rank: int, pages: int) -> Chart:
    chart = f"board-{rank}"
    wide, narrow = drawn_twice(lambda canvas: draw_board(canvas, told, events), chart)
    compared = told.cell(ENSEMBLE, METRIC).known
    key = "board.title_part" if pages > 1 else "board.title"
    title = told.say(key, part=rank, parts=pages)
    sources = ["board.source", *(["board.source_share"] if compared else [])]
    return Chart(
        id=chart,
        title=title,
        subtitle=told.say("board.subtitle_share" if compared else "board.subtitle"),
        svg=wide,
        narrow=narrow,
        alt=_alt(told, events),
        table=_table(told, events),
        source=" ".join(told.say(source) for source in sources),
        caption=told.say("board.caption"),
        tag=told.tag,
        numeric=(told.say("column.answers"), told.say("column.share")),
    )


def _alt(told: Told, events: Sequence[str]) -> str:
    full = {
        metric: sum(told.cell(event, metric).evidence == "microdata" for event in events)
        for metric in COLUMNS
    }
    parts = [
        told.say(
            "board.alt",
            n=len(events),
            survey=full["responses"],
            present=full["present"],
            origin=full["located_share"],
        )
    ]
    spoken = [
        told.say("board.alt_row", name=told.names[event], share=cell.text, n=cell.n)
        for event in events
        if (cell := told.cell(event, METRIC)).comparable
    ]
    if spoken and told.cell(ENSEMBLE, METRIC).known:
        parts.append(told.say("board.alt_shares", said=", ".join(spoken[:SPOKEN_ROWS])))
    return " ".join(parts)


def _table(told: Told, events: Sequence[str]) -> pd.DataFrame:
    columns = {told.say("column.event"): [told.names[event] for event in events]}
    for metric in COLUMNS:
        columns[told.say(f"short.{metric}")] = [
            _spoken(told, told.cell(event, metric), numbered=metric in NUMBERED) for event in events
        ]
    cells = [told.cell(event, METRIC) for event in events]
    columns[told.say("column.share")] = [cell.text or "–" for cell in cells]
    columns[told.say("column.interval")] = [cell.interval_text or "–" for cell in cells]
    columns[told.say("column.compared")] = [told.reason(cell) or told.say("yes") for cell in cells]
    whole = told.cell(ENSEMBLE, METRIC)
    if whole.known:
        last = [told.say("column.whole"), *["–" for _ in COLUMNS]]
        last += [whole.text, whole.interval_text or "–", "–"]
        for cells_of, cell in zip(columns.values(), last, strict=True):
            cells_of.append(cell)
    return pd.DataFrame(columns)


def _spoken(told: Told, cell: Cell, *, numbered: bool) -> str:
    if not cell.known:
        return told.reason(cell) or told.say("evidence.none")
    known = told.language.has(f"comparison.cell.{cell.evidence}")
    words = told.say(f"cell.{cell.evidence}" if known else "evidence.unknown")
    return f"{words} ({cell.text})" if numbered else words
