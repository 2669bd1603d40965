"""The two panels of most and least liked: citations on both sides of zero, then the net."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.figures.bars import BEFORE_BAR, label_column
from necbilan.figures.canvas import SECONDARY, TEXT
from necbilan.figures.lettering import SEMIBOLD, labelled, lines, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

    Ties = Sequence[tuple[int, ...]]

__all__ = ["Activity", "draw_panels", "lanes"]

LANE = 7.0
"""width in points of a link"""
MOST_LANES = 8
PITCH, TIGHT = 30.0, 20.0
FEW = 12
"""rows drawn at PITCH; more are drawn TIGHT"""
NAMES, NAMES_LINE = 136.0, 180.0
"""widest names in points, on two lines and on one"""
BETWEEN = 24.0
"""white between the two panels, in points"""
END = 4.0
LEFT_OUT = 14.0
"""height in points of the dots that stand for the rows left out"""
COUNTED = 26.0
"""room in points for a number at the end of a bar"""


@dataclass(frozen=True)
class Activity:
    """What is drawn of an activity: cited most, cited least (None: not known), net."""

    most: Row | None
    least: Row | None
    net: Row

    @property
    def bounds(self) -> tuple[float, float]:
        """The interval; the net itself, twice, when it has none."""
        if math.isnan(self.net.low) or math.isnan(self.net.high):
            return self.net.value, self.net.value
        return self.net.low, self.net.high

    @property
    def hollow(self) -> bool:
        """No interval, or one that contains zero: nothing can be concluded."""
        low, high = self.bounds
        return low <= 0 <= high or low == high


def draw_panels(
    canvas: Canvas,
    shown: Spelled,
    activities: Sequence[Activity],
    ties: Ties,
    *,
    cut: int | None = None,
) -> float:
    """Both panels side by side and the links, or one under the other on a phone.

    ``cut`` is the number of rows after which some are left out.
    """
    if canvas.narrow:
        return _narrow(canvas, shown, activities, cut)
    return _wide(canvas, shown, activities, ties, cut)


def _spans(activities: Sequence[Activity]) -> tuple[float, float, float, float]:
    """Most citations against and for, farthest bounds under and over zero; never 0 to the right."""
    least = max((one.least.value for one in activities if one.least), default=0.0)
    most = max((one.most.value for one in activities if one.most), default=0.0)
    under = max(0.0, *(-one.bounds[0] for one in activities))
    over = max(0.0, *(one.bounds[1] for one in activities))
    return least, most or 1.0, under, over or 0.01


@dataclass(frozen=True)
class Panels:
    """Where things stand across the page, in points; ``citations`` and ``net`` are a unit's."""

    names: float
    zero: float
    citations: float
    net_left: float
    net_zero: float
    net: float
    net_right: float


def _panels(
    canvas: Canvas, shown: Spelled, activities: Sequence[Activity], *, numbers: float, links: float
) -> Panels:
    """Names, then two panels of one width, each with its zero where its longest sides ask.

    ``numbers`` and ``links`` are the widths kept at the right.
    """
    widest = NAMES_LINE if len(activities) > FEW else NAMES
    names = label_column([one.net.label for one in activities], widest)
    left = names + BEFORE_BAR
    panel = (canvas.width - left - links - numbers) / 2 - BETWEEN / 2
    right, net_left = left + panel, left + panel + BETWEEN
    least_head, most_head, net_head = (
        width_of(shown.say(f"figure.differential.{key}"), TEXT, SEMIBOLD) + 6
        for key in ("least", "most", "net")
    )
    least, most, under, over = _spans(activities)
    before = _zero_at(panel - 2 * COUNTED, least, most) + COUNTED
    zero = left + min(max(before, least_head), panel - most_head)
    before = _zero_at(panel - 2 * END, under, over) + END
    net_zero = net_left + min(max(before, net_head / 2), panel - net_head / 2)
    net_right = net_left + panel
    return Panels(
        names=names,
        zero=zero,
        citations=_scale(zero - left - COUNTED, least, right - zero - COUNTED, most),
        net_left=net_left,
        net_zero=net_zero,
        net=_scale(net_zero - net_left - END, under, net_right - net_zero - END, over),
        net_right=net_right,
    )


def _wide(
    canvas: Canvas,
    shown: Spelled,
    activities: Sequence[Activity],
    ties: Ties,
    cut: int | None,
) -> float:
    tight = len(activities) > FEW
    pitch = TIGHT if tight else PITCH
    side_by_side = lanes(ties)
    links = max(84.0, LANE * len(side_by_side) + 8) if side_by_side else 0.0
    at = _panels(canvas, shown, activities, numbers=34.0 if tight else 0.0, links=links)
    top = 40.0
    middles = [
        top + (rank + 0.5) * pitch + (LEFT_OUT if cut is not None and rank >= cut else 0.0)
        for rank in range(len(activities))
    ]
    bottom = middles[-1] + pitch / 2
    _heads(canvas, shown, at.zero, at.net_zero)
    canvas.line([(at.net_zero, top - 4), (at.net_zero, bottom)], "axis", thickness=1.0)
    names = [one.net.label for one in activities]
    labels = labelled(names, at.names + 0.5, most=1 if tight else 2)
    if cut is not None:
        between = (middles[cut - 1] + middles[cut]) / 2
        canvas.text(at.names, between + 2, "…", colour="grey", align="right")
    for one, words, middle in zip(activities, labels, middles, strict=True):
        canvas.paragraph(at.names, middle, words, align="right", leading=11.5)
        _citations(canvas, one, at.zero, middle, height=0.58 * pitch, scale=at.citations)
        net, low, high = (at.net_zero + at.net * value for value in (one.net.value, *one.bounds))
        lane = middle if tight else middle + 4
        canvas.interval(low, high, lane, at=net, hollow=one.hollow)
        if tight:
            right = canvas.width - links
            canvas.text(right, lane + 3.5, one.net.text, bold=True, align="right")
        else:
            half = width_of(one.net.text, TEXT, SEMIBOLD) / 2
            x = min(max(net, at.net_left + half), at.net_right - half)
            canvas.text(x, lane - 8, one.net.text, bold=True, align="center", halo=True)
    if side_by_side:
        _links(canvas, shown, side_by_side, middles, left=canvas.width - links + 18)
    return bottom + 4


def _zero_at(room: float, left: float, right: float) -> float:
    """Where zero stands in ``room`` so that both sides have one scale."""
    return room * left / (left + right)


def _scale(room_left: float, left: float, room_right: float, right: float) -> float:
    """Points a unit, so that ``left`` and ``right`` both fit; a side that is 0 needs nothing."""
    fits = [room / reach for room, reach in ((room_left, left), (room_right, right)) if reach]
    return min(fits)


def lanes(ties: Ties) -> list[list[tuple[int, ...]]]:
    """Ties side by side only where they overlap; none when they would be too many."""
    found: list[list[tuple[int, ...]]] = []
    for tie in ties:
        free = next((lane for lane in found if lane[-1][-1] < tie[0]), None)
        if free is None:
            found.append([tie])
        else:
            free.append(tie)
    return found if len(found) <= MOST_LANES else []


def _heads(canvas: Canvas, shown: Spelled, zero: float, net_zero: float) -> None:
    canvas.text(
        zero - 4,
        12,
        shown.say("figure.differential.least"),
        bold=True,
        colour="ochre_text",
        align="right",
    )
    canvas.text(
        zero + 4, 12, shown.say("figure.differential.most"), bold=True, colour="indigo_text"
    )
    cited = shown.say("figure.differential.cited")
    canvas.text(zero - 4, 26, cited, size=SECONDARY, colour="grey", align="right")
    canvas.text(zero + 4, 26, cited, size=SECONDARY, colour="grey")
    head = shown.say("figure.differential.net")
    canvas.text(net_zero, 12, head, bold=True, colour="night", align="center")
    less, more = shown.say("figure.differential.less"), shown.say("figure.differential.more")
    canvas.text(net_zero - 5, 26, less, size=SECONDARY, colour="grey", align="right")
    canvas.text(net_zero + 5, 26, more, size=SECONDARY, colour="grey")


def _citations(
    canvas: Canvas, one: Activity, zero: float, middle: float, *, height: float, scale: float
) -> None:
    """Cited least to the left in ochre, cited most to the right in indigo, both counted."""
    for row, side, fill in ((one.least, -1, "ochre"), (one.most, 1, "indigo")):
        if row is None:
            continue
        length = max(scale * row.value, 1.0) if row.value else 0.0
        if length:
            left = zero + 1 if side > 0 else zero - 1 - length
            canvas.bar(left, middle - height / 2, length, height, fill)
        canvas.text(
            zero + side * (length + 5),
            middle + 0.35 * TEXT,
            row.text,
            bold=True,
            align="left" if side > 0 else "right",
        )


def _links(
    canvas: Canvas,
    shown: Spelled,
    side_by_side: Sequence[Ties],
    middles: Sequence[float],
    *,
    left: float,
) -> None:
    canvas.text(left, 12, shown.say("figure.differential.linked"), bold=True, colour="green")
    words = shown.say("figure.differential.no_order")
    for rank, line in enumerate(lines(words, canvas.width - left, size=SECONDARY)):
        canvas.text(left, 25 + rank * 11, line, size=SECONDARY, colour="grey")
    for lane, ties in enumerate(side_by_side):
        x = left + 5 + lane * LANE
        for tie in ties:
            first, last = middles[tie[0]], middles[tie[-1]]
            canvas.line([(x, first - 6), (x, last + 6)], "green", thickness=2.2)
            if len(tie) < tie[-1] - tie[0] + 1:
                for rank in tie:
                    canvas.dot(x, middles[rank], colour="green", size=5.5)


def _narrow(
    canvas: Canvas, shown: Spelled, activities: Sequence[Activity], cut: int | None
) -> float:
    net = max(width_of(one.net.text, TEXT, SEMIBOLD) for one in activities)
    net = max(net, width_of(shown.say("figure.differential.net_short"), SECONDARY, SEMIBOLD))
    room = canvas.width - net - 8
    least, most, under, over = _spans(activities)
    words = [shown.say(f"figure.differential.{key}") for key in ("least_short", "most_short")]
    heads = [width_of(word, TEXT, SEMIBOLD) + 6 for word in words]
    before = max(_zero_at(room - 2 * COUNTED, least, most) + COUNTED, _zero_at(room, under, over))
    zero = min(max(before, heads[0]), room - heads[1])
    canvas.text(zero - 4, 11, words[0], bold=True, colour="ochre_text", align="right")
    canvas.text(zero + 4, 11, words[1], bold=True, colour="indigo_text")
    head = shown.say("figure.differential.net_short")
    canvas.text(canvas.width, 11, head, bold=True, colour="night", align="right")
    citations = _scale(zero - COUNTED, least, room - zero - COUNTED, most)
    points = _scale(zero - END, under, room - zero - END, over)
    y = 20.0
    labels = labelled([one.net.label for one in activities], canvas.width)
    for rank, (one, label) in enumerate(zip(activities, labels, strict=True)):
        if rank == cut:
            canvas.text(0, y + 8, "…", colour="grey")
            y += LEFT_OUT
        for line in label:
            canvas.text(0, y + 10, line)
            y += 12.5
        canvas.line([(zero, y + 1), (zero, y + 30)], "axis", thickness=0.8)
        _citations(canvas, one, zero, y + 9, height=12, scale=citations)
        lane = y + 24
        at, low, high = (zero + points * value for value in (one.net.value, *one.bounds))
        canvas.interval(low, high, lane, at=at, hollow=one.hollow)
        canvas.text(canvas.width, lane + 3.5, one.net.text, bold=True, align="right")
        y += 36
    return y
