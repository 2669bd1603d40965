"""Most and least liked: what was cited, then the net with its interval, and ties."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.figures.bars import BEFORE_BAR, label_column
from necbilan.figures.canvas import SECONDARY, TEXT
from necbilan.figures.framing import asked, framed, title_of, with_question
from necbilan.figures.lettering import SEMIBOLD, labelled, lines, width_of
from necbilan.figures.ties import tied_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

    Separable = Callable[[int, int], bool]
    Ties = Sequence[tuple[int, ...]]

__all__ = ["differential"]

MOST_ROWS = 20
SIGNIFICANT = 0.05
"""p-value, Holm-adjusted, under which two activities are told apart"""
LANE = 7.0
MOST_LANES = 8
PITCH = 30.0
TIGHT = 20.0
FEW = 12
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


def differential(shown: Spelled) -> Chart | None:
    """Two panels on the same rows, highest net first; links join what is not told apart."""
    rows = shown.rows("differential")
    if not rows:
        return None
    most = {row.level: row for row in shown.rows("liked_most")}
    least = {row.level: row for row in shown.rows("liked_least")}
    every = [Activity(most.get(row.level), least.get(row.level), row) for row in rows]
    drawn = every[:MOST_ROWS]
    ties = tied_groups(len(drawn), _separable(shown, drawn))
    title = title_of(shown, "differential", "figure.differential.title")
    return framed(
        shown,
        "differential",
        lambda canvas: _draw(canvas, shown, drawn, ties),
        title=title,
        subtitle=with_question(
            shown,
            _asked(shown),
            shown.say("figure.differential.unit", n_text=rows[0].n_text),
        ),
        source=_source(shown, every, ties),
        alt=_alt(shown, title, drawn, ties),
        table=_table(shown, every),
    )


def _separable(shown: Spelled, drawn: Sequence[Activity]) -> Separable:
    """Whether two rows are told apart; a pair that was not compared is not."""
    apart = {
        frozenset((row.group, row.level))
        for row in shown.rows("differential_pair")
        if row.value < SIGNIFICANT
    }
    names = [activity.net.level for activity in drawn]
    return lambda one, two: frozenset((names[one], names[two])) in apart


def _asked(shown: Spelled) -> str:
    wordings = [
        asked(shown, question.id)
        for role in ("liked_most", "liked_least")
        if (question := shown.facts.question(role)) is not None
    ]
    return " ".join(wordings)


def _source(shown: Spelled, every: Sequence[Activity], ties: Ties) -> str:
    parts = [shown.say(f"figure.interval.{every[0].net.method}", base=every[0].net.base or "")]
    if any(activity.hollow for activity in every):
        parts.append(shown.say("figure.differential.hollow"))
    if ties and not _lanes(ties):
        parts.append(shown.say("figure.differential.too_many_ties"))
    elif len(every) > 1:
        parts.append(shown.say("figure.differential.order"))
    if not shown.facts.exposure:
        parts.append(shown.say("figure.differential.exposure_unknown"))
    rest = len(every) - MOST_ROWS
    if rest > 0:
        parts.append(shown.say("figure.undrawn", count=rest, drawn=MOST_ROWS))
    return " ".join(parts)


def _alt(shown: Spelled, title: str, drawn: Sequence[Activity], ties: Ties) -> str:
    spoken = " ".join(
        shown.say(
            "figure.differential.alt_row",
            activity=activity.net.label,
            most=activity.most.text if activity.most else "–",
            least=activity.least.text if activity.least else "–",
            net=activity.net.text,
            interval=activity.net.interval_text,
        )
        for activity in drawn[:8]
    )
    parts = [shown.say("figure.differential.alt", title=title), spoken]
    for tie in ties[:3]:
        names = shown.language.join([drawn[rank].net.label for rank in tie])
        parts.append(shown.say("figure.differential.alt_tie", names=names))
    return " ".join(parts)


def _table(shown: Spelled, every: Sequence[Activity]) -> dict[str, list[str]]:
    return {
        shown.say("figure.column.activity"): [one.net.label for one in every],
        shown.say("figure.column.most"): [one.most.text if one.most else "–" for one in every],
        shown.say("figure.column.least"): [one.least.text if one.least else "–" for one in every],
        shown.say("figure.column.net"): [one.net.text for one in every],
        shown.say("figure.column.interval"): [one.net.interval_text for one in every],
        shown.say("figure.column.n"): [str(one.net.n or "–") for one in every],
    }


def _draw(canvas: Canvas, shown: Spelled, activities: Sequence[Activity], ties: Ties) -> float:
    if canvas.narrow:
        return _narrow(canvas, shown, activities)
    return _wide(canvas, shown, activities, ties)


def _spans(activities: Sequence[Activity]) -> tuple[float, float, float, float]:
    """Most citations against and for, farthest bounds under and over zero; never 0 to the right."""
    least = max((one.least.value for one in activities if one.least), default=0.0)
    most = max((one.most.value for one in activities if one.most), default=0.0)
    under = max(0.0, *(-one.bounds[0] for one in activities))
    over = max(0.0, *(one.bounds[1] for one in activities))
    return least, most or 1.0, under, over or 0.01


def _wide(canvas: Canvas, shown: Spelled, activities: Sequence[Activity], ties: Ties) -> float:
    pitch = PITCH if len(activities) <= FEW else TIGHT
    names = label_column([one.net.label for one in activities], 136)
    lanes = _lanes(ties)
    links = max(84.0, LANE * len(lanes) + 8) if lanes else 0.0
    numbers = 0.0 if pitch == PITCH else 34.0
    room = canvas.width - names - links - numbers - BEFORE_BAR
    least, most, under, over = _spans(activities)
    heads = [
        width_of(shown.say(f"figure.differential.{key}"), TEXT, SEMIBOLD) + 6
        for key in ("least", "most", "net")
    ]
    panel = room / 2 - 12
    before = _zero_at(panel - 2 * COUNTED, least, most) + COUNTED
    zero = names + BEFORE_BAR + min(max(before, heads[0]), panel - heads[1])
    end = names + BEFORE_BAR + panel
    citations = _scale(zero - names - BEFORE_BAR - COUNTED, least, end - zero - COUNTED, most)
    start = end + 24
    half = heads[2] / 2
    net_zero = start + min(max(_zero_at(panel - 8, under, over) + 4, half), panel - half)
    points = _scale(net_zero - start - 4, under, start + panel - 4 - net_zero, over)
    top = 40.0
    bottom = top + pitch * len(activities)
    _heads(canvas, shown, zero, net_zero)
    canvas.line([(net_zero, top - 4), (net_zero, bottom)], "axis", thickness=1.0)
    most_lines = 2 if pitch == PITCH else 1
    labels = labelled([one.net.label for one in activities], names + 0.5, most=most_lines)
    for rank, (one, words) in enumerate(zip(activities, labels, strict=True)):
        middle = top + (rank + 0.5) * pitch
        canvas.paragraph(names, middle, words, align="right", leading=11.5)
        _citations(canvas, one, zero, middle, height=0.58 * pitch, scale=citations)
        at, low, high = (net_zero + points * value for value in (one.net.value, *one.bounds))
        lane = middle if numbers else middle + 4
        canvas.interval(low, high, lane, at=at, hollow=one.hollow)
        if numbers:
            right = canvas.width - links
            canvas.text(right, lane + 3.5, one.net.text, bold=True, align="right")
        else:
            half = width_of(one.net.text, TEXT, SEMIBOLD) / 2
            x = min(max(at, start + half), canvas.width - links - half)
            canvas.text(x, lane - 8, one.net.text, bold=True, align="center", halo=True)
    if lanes:
        _links(canvas, shown, lanes, top=top, pitch=pitch, left=canvas.width - links + 18)
    return bottom + 4


def _zero_at(room: float, left: float, right: float) -> float:
    """Where zero stands in ``room`` so that both sides have one scale."""
    return room * left / (left + right)


def _scale(room_left: float, left: float, room_right: float, right: float) -> float:
    """Points a unit, so that ``left`` and ``right`` both fit; a side that is 0 needs nothing."""
    fits = [room / reach for room, reach in ((room_left, left), (room_right, right)) if reach]
    return min(fits)


def _lanes(ties: Ties) -> list[list[tuple[int, ...]]]:
    """Ties side by side only where they overlap; none when they would be too many."""
    lanes: list[list[tuple[int, ...]]] = []
    for tie in ties:
        free = next((lane for lane in lanes if lane[-1][-1] < tie[0]), None)
        if free is None:
            lanes.append([tie])
        else:
            free.append(tie)
    return lanes if len(lanes) <= MOST_LANES else []


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
    lanes: Sequence[Sequence[tuple[int, ...]]],
    *,
    top: float,
    pitch: float,
    left: float,
) -> None:
    canvas.text(left, 12, shown.say("figure.differential.linked"), bold=True, colour="green")
    words = shown.say("figure.differential.no_order")
    for rank, line in enumerate(lines(words, canvas.width - left, size=SECONDARY)):
        canvas.text(left, 25 + rank * 11, line, size=SECONDARY, colour="grey")
    for lane, ties in enumerate(lanes):
        x = left + 5 + lane * LANE
        for tie in ties:
            first, last = (top + (rank + 0.5) * pitch for rank in (tie[0], tie[-1]))
            canvas.line([(x, first - 6), (x, last + 6)], "green", thickness=2.2)
            if len(tie) < tie[-1] - tie[0] + 1:
                for rank in tie:
                    canvas.dot(x, top + (rank + 0.5) * pitch, colour="green", size=5.5)


def _narrow(canvas: Canvas, shown: Spelled, activities: Sequence[Activity]) -> float:
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
    points = _scale(zero - 4, under, room - zero - 4, over)
    y = 20.0
    labels = labelled([one.net.label for one in activities], canvas.width)
    for one, label in zip(activities, labels, strict=True):
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
