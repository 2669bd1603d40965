"""Activities: people who came or chose, against the seats of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.bars import (
    BEFORE_BAR,
    FEW,
    LABEL_COLUMN,
    LABEL_LINE,
    MOST_ROWS,
    PITCH,
    TIGHT,
    label_column,
    undrawn,
)
from necbilan.figures.canvas import SECONDARY, TEXT
from necbilan.figures.framing import framed
from necbilan.figures.lettering import SEMIBOLD, labelled, width_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["activities"]


def activities(shown: Spelled) -> Chart | None:
    """Attendance of each activity (else the choices at registration), seats outlined."""
    for metric in ("activity_attended", "activity_chosen"):
        rows = [row for row in shown.rows(metric) if row.level]
        if any(row.value > 0 for row in rows):
            return _chart(shown, rows)
    return None


def _chart(shown: Spelled, rows: Sequence[Row]) -> Chart:
    seats = {row.level: row for row in shown.rows("activity_capacity")}
    counted = f"figure.activities.{rows[0].metric}"
    said = ", ".join(
        f"{shown.language.quoted(row.label)} {row.text}" + _of_seats(shown, seats.get(row.level))
        for row in rows[:8]
    )
    columns = {
        shown.say("figure.column.activity"): [row.label for row in rows],
        shown.say(f"{counted}.head"): [row.text for row in rows],
    }
    if seats:
        columns[shown.say("figure.activities.seats")] = [
            seats[row.level].text if row.level in seats else "–" for row in rows
        ]
    filled = {
        row.level: row
        for row in shown.rows("activity_fill", rows[0].metric.removeprefix("activity_"))
    }
    if seats and filled:
        columns[shown.say("figure.activities.fill")] = [
            filled[row.level].text if row.level in filled else "–" for row in rows
        ]
    title = shown.say(f"{counted}.title")
    source = [shown.say("figure.activities.outlined")] if seats else []
    return framed(
        shown,
        "activities",
        lambda canvas: _draw(canvas, shown, rows[:MOST_ROWS], seats),
        title=title,
        subtitle=shown.say(f"{counted}.unit"),
        source=" ".join([*source, *filter(None, [undrawn(shown, rows)])]),
        alt=shown.say("figure.activities.alt", title=title, said=said),
        table=columns,
    )


def _of_seats(shown: Spelled, row: Row | None) -> str:
    return " " + shown.say("figure.activities.of_seats", n=row.text) if row is not None else ""


def _draw(canvas: Canvas, shown: Spelled, rows: Sequence[Row], seats: Mapping[str, Row]) -> float:
    notes = {row.level: _of_seats(shown, seats.get(row.level)).strip() for row in rows}
    reserve = max(
        width_of(row.text, TEXT, SEMIBOLD) + 10 + width_of(notes[row.level], SECONDARY)
        for row in rows
    )
    tight = len(rows) > FEW
    widest = LABEL_LINE if tight else LABEL_COLUMN
    names = 0.0 if canvas.narrow else label_column([row.label for row in rows], widest)
    left = 0.0 if canvas.narrow else names + BEFORE_BAR
    longest = max(
        max(row.value, seats[row.level].value if row.level in seats else 0) for row in rows
    )
    scale = (canvas.width - left - reserve - 4) / longest
    pitch = TIGHT if tight else PITCH
    y = 2.0
    room = canvas.width if canvas.narrow else names + 0.5
    most = 1 if tight and not canvas.narrow else 2
    labels = labelled([row.label for row in rows], room, most=most)
    for row, words in zip(rows, labels, strict=True):
        if canvas.narrow:
            for line in words:
                canvas.text(0, y + 10, line)
                y += 12.5
            top, height, y = y + 2, 12.0, y + 24
        else:
            canvas.paragraph(names, y + pitch / 2, words, align="right", leading=11.5)
            height = 0.62 * pitch
            top, y = y + (pitch - height) / 2, y + pitch
        length = row.value * scale
        end = length
        held = 0.0
        if row.level in seats:
            held = seats[row.level].value * scale
            if held > 0:
                canvas.bar(left, top, held, height, "white", outline="grey")
            end = max(length, held)
        if length:
            canvas.bar(left, top, max(length, 1.0), height, "night")
            if row.level in seats and 0 < held < length:
                canvas.line([(left + held, top), (left + held, top + height)], "white", thickness=2)
        baseline = top + height / 2 + 3.5
        used = canvas.text(left + end + 5, baseline, row.text, bold=True)
        x = left + end + 5 + used + 4
        canvas.text(x, baseline, notes[row.level], size=SECONDARY, colour="grey")
    return y + 2
