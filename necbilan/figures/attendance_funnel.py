"""From registration to presence: bars, losses hatched at their end, walk-ins in green."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.figures.bars import BEFORE_BAR, label_column
from necbilan.figures.canvas import GAP, SECONDARY
from necbilan.figures.framing import framed, title_of
from necbilan.figures.lettering import REGULAR, SEMIBOLD, lines, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["attendance"]

PITCH = 34.0
HEIGHT = 20.5
INSIDE = 11.5
BEYOND = 150.0
"""width in points, at most, for what is said at the end of a bar"""


@dataclass(frozen=True)
class Step:
    """A bar: its solid part, the people lost or won at its end, and the words of both."""

    label: str
    solid: float
    inside: str
    fill: str
    ends: tuple[float, ...] = ()
    beyond: str = ""
    won: bool = False
    bold: bool = False

    @property
    def length(self) -> float:
        """The whole bar, in people."""
        return self.solid + sum(self.ends)


def attendance(shown: Spelled) -> Chart | None:
    """Received, registered, registered and present, present; None with fewer than two."""
    before = (_received(shown), _registered(shown), _seen(shown))
    steps = [step for step in before if step and step.length]
    came = _present(shown)
    steps += [came] if came else []
    if len(steps) < 2:
        return None
    title = title_of(shown, "attendance", "figure.attendance.title")
    rows = [
        row
        for metric in (
            "received",
            "registered",
            "cancelled",
            "pending",
            "waiting_list",
            "registered_present",
            "no_show",
            "attendance_rate",
            "present",
            "walk_in",
            "unconfirmed_present",
        )
        if (row := shown.one(metric)) is not None
    ]
    said = " ".join(
        shown.say(
            "figure.alt.pair",
            label=step.label,
            items=", ".join(part for part in (step.inside, step.beyond) if part),
        )
        for step in steps
    )
    return framed(
        shown,
        "attendance",
        lambda canvas: (_narrow if canvas.narrow else _wide)(canvas, steps),
        title=title,
        subtitle=shown.say("figure.attendance.unit"),
        source=_source(shown),
        alt=shown.say("figure.attendance.alt", title=title, said=said),
        table={
            shown.say("figure.attendance.head"): [row.label for row in rows],
            shown.say("figure.attendance.counted"): [row.text for row in rows],
        },
    )


def _source(shown: Spelled) -> str:
    parts = [shown.say(f"figure.presence.{shown.facts.presence}")]
    rate = shown.one("attendance_rate")
    if rate is not None and rate.text:
        parts.append(shown.say("figure.attendance.rate", rate=rate.text, n=rate.n))
    return " ".join(parts)


def _received(shown: Spelled) -> Step | None:
    """Those who registered at all, when some of them are not on the list at opening."""
    row = shown.one("received")
    if row is None or not _some(shown, "cancelled", "pending", "waiting_list"):
        return None
    return Step(shown.say("figure.attendance.received"), row.value, row.text, "indigo")


def _registered(shown: Spelled) -> Step | None:
    row = shown.one("registered")
    if row is None:
        return None
    lost = _some(shown, "cancelled", "pending", "waiting_list")
    return Step(
        shown.say("figure.attendance.registered"),
        row.value,
        row.text,
        "indigo",
        ends=tuple(one.value for one in lost),
        beyond=_told(shown, lost),
    )


def _seen(shown: Spelled) -> Step | None:
    row, signed = shown.one("registered_present"), shown.one("registered")
    if row is None or signed is None or not signed.value:
        return None
    lost = _some(shown, "no_show")
    return Step(
        shown.say("figure.attendance.seen"),
        row.value,
        row.text,
        "night",
        ends=tuple(one.value for one in lost),
        beyond=_told(shown, lost),
    )


def _present(shown: Spelled) -> Step | None:
    came = shown.one("present")
    if came is None:
        return None
    won = _some(shown, "walk_in", "unconfirmed_present")
    return Step(
        shown.say("figure.attendance.present"),
        came.value - sum(one.value for one in won),
        came.text,
        "night",
        ends=tuple(one.value for one in won),
        beyond=_told(shown, won),
        won=True,
        bold=True,
    )


def _some(shown: Spelled, *metrics: str) -> list[Row]:
    found = (shown.one(metric) for metric in metrics)
    return [row for row in found if row is not None and row.value > 0]


def _told(shown: Spelled, rows: Sequence[Row]) -> str:
    return " · ".join(
        shown.say(f"figure.attendance.{row.metric}", count=row.value, n=row.text) for row in rows
    )


def _wide(canvas: Canvas, steps: Sequence[Step]) -> float:
    names = label_column([step.label for step in steps], bold=True)
    left = names + BEFORE_BAR
    told = [_told_lines(step, BEYOND) for step in steps]
    longest = max(step.length for step in steps)
    scale = min(
        (canvas.width - left - 14 - _outside(step, longest) - max(map(_width, beyond)))
        / (step.length or 1)
        for step, beyond in zip(steps, told, strict=True)
    )
    for rank, (step, beyond) in enumerate(zip(steps, told, strict=True)):
        middle = 2 + (rank + 0.5) * PITCH
        words = lines(step.label, names + 0.5, weight=SEMIBOLD if step.bold else REGULAR)
        canvas.paragraph(names, middle, words, bold=step.bold, align="right", leading=11.5)
        end = _bar(canvas, step, left, middle - HEIGHT / 2, scale=scale, height=HEIGHT)
        for line, words_beyond in enumerate(beyond):
            y = middle + 3.3 + (line - (len(beyond) - 1) / 2) * 11
            canvas.text(end + 6, y, words_beyond, size=SECONDARY, colour=_said_in(step))
    return 4 + PITCH * len(steps)


def _told_lines(step: Step, width: float) -> list[str]:
    """What is said at a bar's end; a part between «·» stays on one line where one holds it."""
    whole = " · ".join(
        part.replace(" ", "\u00a0") if width_of(part, SECONDARY) <= width - 6 else part
        for part in step.beyond.split(" · ")
    )
    broken = lines(whole, width, size=SECONDARY, most=3)
    return [line.replace("\u00a0", " ").strip(" ·") for line in broken]


def _width(line: str) -> float:
    return width_of(line, SECONDARY)


def _outside(step: Step, longest: float) -> float:
    """Room for the number of a bar that may be too short to hold it."""
    return width_of(step.inside, INSIDE, SEMIBOLD) + 6 if step.solid < 0.25 * longest else 0.0


def _narrow(canvas: Canvas, steps: Sequence[Step]) -> float:
    longest = max(step.length for step in steps)
    scale = min((canvas.width - 2 - _outside(step, longest)) / (step.length or 1) for step in steps)
    y = 0.0
    for step in steps:
        for line in lines(step.label, canvas.width, weight=SEMIBOLD):
            canvas.text(0, y + 10, line, bold=step.bold)
            y += 12.5
        _bar(canvas, step, 0, y + 2, scale=scale, height=HEIGHT)
        y += HEIGHT + 3
        for line in _told_lines(step, canvas.width):
            canvas.text(0, y + 10, line, size=SECONDARY, colour=_said_in(step))
            y += 11.5
        y += 9
    return y


def _said_in(step: Step) -> str:
    return "green" if step.won else "grey"


def _bar(canvas: Canvas, step: Step, x: float, y: float, *, scale: float, height: float) -> float:
    """Draw a step; the x where it ends, words inside that did not fit included."""
    solid = step.solid * scale
    if solid:
        gap = GAP if step.ends else 0.0
        canvas.bar(x, y, max(solid - gap, 1.0), height, step.fill)
    end = x + solid
    for rank, people in enumerate(step.ends):
        length = max(people * scale - (GAP if rank < len(step.ends) - 1 else 0), 1.5)
        if step.won:
            canvas.bar(end, y, length, height, "green")
        else:
            canvas.lost(end, y, length, height)
        end += people * scale
    baseline = y + height / 2 + 0.35 * INSIDE
    if width_of(step.inside, INSIDE, SEMIBOLD) + 12 <= solid:
        canvas.text(x + 6, baseline, step.inside, size=INSIDE, bold=True, colour="white")
        return end
    return end + 6 + canvas.text(end + 6, baseline, step.inside, size=INSIDE, bold=True)
