"""Registrations cumulated up to the day: a step line over a pale area."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from necbilan.figures.canvas import SECONDARY
from necbilan.figures.framing import framed
from necbilan.figures.lettering import SEMIBOLD, lines, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["timeline"]

HEIGHT, HEIGHT_NARROW = 150.0, 120.0
DAYS = (365, 270, 180, 120, 90, 60, 45, 30, 21, 14, 7, 3, 1)
APART = 42.0
"""points between two dates on the axis, at least"""


def timeline(shown: Spelled) -> Chart | None:
    """The curve to the day of the event; None without a dated registration."""
    rows = shown.rows("registration_timeline")
    if not rows or rows[-1].value <= 0:
        return None
    half = next(
        (row for row in rows if row.share >= 0.5 and row.level != "0" and len(rows) > 2), None
    )
    last, weekly = rows[-1], _weekly(rows)
    undated = (last.base or 0) - (last.n or 0)
    title = shown.say("figure.timeline.title")
    if half is not None:
        key = "title_half_dated" if undated > 0 else "title_half"
        title = shown.say(f"figure.timeline.{key}", days=half.level)
    return framed(
        shown,
        "timeline",
        lambda canvas: _draw(canvas, shown, rows, half),
        title=title,
        subtitle=shown.say("figure.timeline.unit", n_text=last.n_text),
        source=shown.say("figure.timeline.undated") if undated > 0 else "",
        alt=shown.say(
            "figure.timeline.alt",
            title=title,
            first=rows[0].level,
            total=last.text,
            said=", ".join(
                shown.say("figure.timeline.alt_step", days=row.level, n=row.text)
                for row in rows[:-1][:: max(1, len(rows) // 6)] or rows
            ),
        ),
        table={
            shown.say("figure.timeline.head"): [_day(shown, row.level) for row in weekly],
            shown.say("figure.timeline.counted"): [row.text for row in weekly],
        },
    )


def _weekly(rows: Sequence[Row]) -> list[Row]:
    """The first step, and the last one of each week before the day: enough to read."""
    weeks = [-(-int(row.level) // 7) for row in rows]
    after = [*weeks[1:], None]
    return [
        row
        for rank, (row, week, next_week) in enumerate(zip(rows, weeks, after, strict=True))
        if rank == 0 or week != next_week
    ]


def _day(shown: Spelled, level: str) -> str:
    if level == "0":
        return shown.say("figure.timeline.day")
    return shown.say("figure.timeline.before", days=level)


def _draw(canvas: Canvas, shown: Spelled, rows: Sequence[Row], half: Row | None) -> float:
    last = rows[-1]
    grid = _grid(last.value)
    left = max(width_of(shown.language.number(value), SECONDARY) for value in grid) + 8
    what = lines(shown.say("figure.timeline.end", count=last.value), 92, size=SECONDARY)
    beside = max([width_of(last.text, 14, SEMIBOLD), *(width_of(w, SECONDARY) for w in what)])
    right = canvas.width - (12 if canvas.narrow else beside + 10)
    top = 40.0 if canvas.narrow else 14.0
    height = HEIGHT_NARROW if canvas.narrow else HEIGHT
    bottom = top + height
    earliest = max(int(rows[0].level), 1)
    across, up = (right - left) / earliest, height / last.value

    def at(days: float, people: float) -> tuple[float, float]:
        return right - days * across, bottom - people * up

    for value in grid:
        y = at(0, value)[1]
        canvas.line([(left, y), (right, y)], "rule" if value else "axis", thickness=0.8)
        label = shown.language.number(value)
        canvas.text(left - 6, y + 3.3, label, size=SECONDARY, colour="grey", align="right")
    steps = [at(earliest, 0), at(int(rows[0].level), rows[0].value)]
    for before, row in pairwise(rows):
        steps += [at(int(row.level), before.value), at(int(row.level), row.value)]
    canvas.area([*steps, at(0, 0)], "tint")
    for value in grid[1:]:
        y = at(0, value)[1]
        canvas.line([(left, y), (right, y)], "rule", thickness=0.8)
    canvas.line([(left, bottom), (right, bottom)], "axis", thickness=0.8)
    canvas.line([(right, top - 8), (right, bottom)], "axis", thickness=0.8, dotted=True)
    canvas.line(steps, "night", thickness=2.2)
    _days(canvas, shown, earliest, left=left, right=right, bottom=bottom)
    _end(canvas, last, what, right=right, top=top)
    if half is not None:
        x, y = at(int(half.level), half.value)
        canvas.dot(x, y, colour="night")
        words = shown.say("figure.timeline.half", days=half.level)
        if x + 8 + width_of(words) <= right - 4:
            canvas.text(x + 8, y + 13, words, halo=True)
        else:
            beside = y - 6 if y > top + 12 else y + 13
            canvas.text(x - 8, beside, words, align="right", halo=True)
    return bottom + 20


def _grid(most: float) -> list[float]:
    """0 and up to four round numbers below ``most``."""
    step = next(
        lead * 10**zeros
        for zeros in range(9)
        for lead in (1, 2, 5)
        if most / (lead * 10**zeros) <= 4
    )
    return [float(value) for value in range(0, int(most) + 1, step)]


def _end(canvas: Canvas, last: Row, what: Sequence[str], *, right: float, top: float) -> None:
    if canvas.narrow:
        canvas.text(
            right,
            top - 12,
            f"{last.text} {' '.join(what)}",
            bold=True,
            colour="night",
            align="right",
        )
        return
    canvas.text(right + 7, top + 5, last.text, size=14, bold=True, colour="night")
    for rank, line in enumerate(what):
        canvas.text(right + 7, top + 18 + 11 * rank, line, size=SECONDARY)


def _days(
    canvas: Canvas, shown: Spelled, earliest: int, *, left: float, right: float, bottom: float
) -> None:
    """Dates under the axis, from the day backwards, as many as have room."""
    day = shown.say("figure.timeline.day")
    canvas.text(
        min(right + width_of(day, SECONDARY) / 2, canvas.width),
        bottom + 14,
        day,
        size=SECONDARY,
        colour="grey",
        align="right",
    )
    free = right - width_of(day, SECONDARY) / 2 - APART / 2
    for days in sorted(DAYS):
        if days > earliest:
            break
        x = right - days * (right - left) / earliest
        words = shown.say("figure.timeline.before", days=days)
        half = width_of(words, SECONDARY) / 2
        if x + half > free or x - half < left - 12:
            continue
        canvas.line([(x, bottom), (x, bottom + 3)], "axis", thickness=0.8)
        canvas.text(x, bottom + 14, words, size=SECONDARY, colour="grey", align="center")
        free = x - half - max(APART - 2 * half, 8)
