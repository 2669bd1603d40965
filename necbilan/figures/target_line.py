"""Present and registered against the target and the seats of the venue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.bars import BEFORE_BAR, label_column
from necbilan.figures.canvas import SECONDARY, TEXT
from necbilan.figures.framing import framed
from necbilan.figures.lettering import SEMIBOLD, lines, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["target"]

PITCH = 28.0
HEIGHT = 17.0


def target(shown: Spelled) -> Chart | None:
    """Bars of people on which the target's range and the capacity are marked."""
    people = [row for metric in ("registered", "present") if (row := shown.one(metric))]
    hoped = [row for level in ("low", "high") if (row := shown.one("target", level=level))]
    seats = shown.one("capacity")
    if not people or not (hoped or seats) or all(row.value == 0 for row in people):
        return None
    marks = _marks(shown, hoped, seats)
    title = _title(shown, hoped)
    one_aim = len({row.value for row in hoped}) == 1
    aims = [(shown.say("metric.target"), hoped[0].text)] if one_aim else _named(hoped)
    rows = [*_named(people), *aims, *_named([seats] if seats else [])]
    said = ", ".join(f"{label} {text}" for label, text in rows)
    return framed(
        shown,
        "target",
        lambda canvas: _draw(canvas, people, marks),
        title=title,
        subtitle=shown.say("figure.target.unit"),
        source=shown.say(f"figure.target.source{_known(hoped, seats)}"),
        alt=shown.say("figure.target.alt", title=title, said=said),
        table={
            shown.say("figure.target.head"): [label for label, _ in rows],
            shown.say("figure.column.people"): [text for _, text in rows],
        },
    )


def _title(shown: Spelled, hoped: Sequence[Row]) -> str:
    """Whether the target was met, when presence says so."""
    present = shown.one("present")
    if not hoped:
        return shown.say("figure.target.title_seats")
    if present is None:
        return shown.say("figure.target.title")
    low, high = hoped[0], hoped[-1]
    where = (
        "below" if present.value < low.value else "above" if present.value > high.value else "in"
    )
    several = low.value != high.value
    aim = shown.say("figure.target.span", low=low.text, high=high.text) if several else low.text
    return shown.say(f"figure.target.title_{where}", aim=aim)


def _known(hoped: Sequence[Row], seats: Row | None) -> str:
    """The end of the key of the source line."""
    return "_both" if hoped and seats else "" if hoped else "_seats"


def _named(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(row.label, row.text) for row in rows]


Mark = tuple[float, float, str]


def _marks(shown: Spelled, hoped: Sequence[Row], seats: Row | None) -> list[Mark]:
    """From, to and words of each mark, the range of the target before the seats."""
    marks: list[Mark] = []
    if hoped:
        low, high = hoped[0], hoped[-1]
        key = "figure.target.range" if low.value != high.value else "figure.target.aim"
        marks.append((low.value, high.value, shown.say(key, low=low.text, high=high.text)))
    if seats is not None:
        words = shown.say("figure.target.seats", n=seats.text)
        marks.append((seats.value, seats.value, words))
    return marks


def _draw(canvas: Canvas, people: Sequence[Row], marks: Sequence[Mark]) -> float:
    names = 0.0 if canvas.narrow else label_column([row.label for row in people], bold=True)
    left = 0.0 if canvas.narrow else names + BEFORE_BAR
    numbers = max(width_of(row.text, TEXT, SEMIBOLD) for row in people) + 8
    longest = max(row.value for row in people)
    farthest = max(high for _, high, _ in marks)
    room = canvas.width - left - 1
    scale = min(room / (farthest or 1), (room - numbers) / longest)
    top = 15.0 * len(marks) + 3
    pitch = 36.0 if canvas.narrow else PITCH
    bottom = top + pitch * len(people)
    said = [_place(mark, left, scale, canvas.width) for mark in marks]
    drawn = {left + value * scale for low, high, _ in marks for value in (low, high)}
    for rank, (low, high, words) in enumerate(marks):
        start, end = left + low * scale, left + high * scale
        if end > start:
            canvas.bar(start, top, end - start, bottom - top, "tint")
        for x in {start, end}:
            under = [
                below
                for below in range(rank + 1, len(marks))
                if abs(x - said[below]) < width_of(marks[below][2], SECONDARY) / 2 + 3
            ]
            from_y = 15.0 * max(under, default=rank) + 14
            canvas.line([(x, from_y), (x, bottom)], "grey", thickness=1.0)
        middle = said[rank]
        canvas.text(
            middle,
            15.0 * rank + 10,
            words,
            size=SECONDARY,
            colour="grey",
            align="center",
            halo=True,
        )
    for rank, row in enumerate(people):
        y = top + rank * pitch
        fill = "night" if row.metric == "present" else "indigo"
        bold = row.metric == "present"
        if canvas.narrow:
            canvas.text(0, y + 11, row.label, bold=bold, halo=True)
            y += 15
        else:
            words_of = lines(row.label, names + 0.5, weight=SEMIBOLD)
            middle = y + pitch / 2
            canvas.paragraph(names, middle, words_of, bold=bold, align="right", leading=11.5)
            y = middle - HEIGHT / 2
        if row.value:
            canvas.bar(left, y, max(row.value * scale, 1.0), HEIGHT, fill)
        end, needed = left + row.value * scale, width_of(row.text, TEXT, SEMIBOLD) + 10
        baseline = y + HEIGHT / 2 + 3.5
        crossed = any(end - 1 < x < end + needed for x in drawn)
        if crossed and needed < row.value * scale:
            canvas.text(end - 5, baseline, row.text, bold=True, colour="white", align="right")
        else:
            canvas.text(end + 5, baseline, row.text, bold=True, halo=True)
    return bottom + 3


def _place(mark: Mark, left: float, scale: float, width: float) -> float:
    """Where the words of a mark are centred: over its middle, within the drawing."""
    low, high, words = mark
    half = width_of(words, SECONDARY) / 2
    return min(max(left + (low + high) / 2 * scale, left + half), width - half)
