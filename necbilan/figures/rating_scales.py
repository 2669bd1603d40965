"""Several scaled questions, and one question over several activities.

Each row: the answers stacked on both sides of zero (negative left, positive right), then
the share of positives with its interval on its own lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.figures.bars import BEFORE_BAR, label_column
from necbilan.figures.canvas import GAP, SECONDARY, TEXT
from necbilan.figures.framing import asked, framed, spoken
from necbilan.figures.lettering import SEMIBOLD, labelled, lines, width_of
from necbilan.figures.scales import INSIDE, ON, WORDS, Segment, segments_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["activity_ratings", "ratings"]

ITEM = " › "
"""between a question's id and what it rates, in the group of a measure"""
PER_ACTIVITY = "activity_rating"
MOST_ROWS = 16
PITCH = 30.0
TIGHT = 21.0
FEW = 10
LANES = 112.0
"""width in points of the scale from 0 to 100 %"""


@dataclass(frozen=True)
class Rated:
    """A question or an activity: its name, its levels, its share of positives."""

    label: str
    rows: tuple[Row, ...]
    segments: tuple[Segment, ...]
    satisfied: Row | None
    n_words: str = ""
    """«n = 58»"""

    @property
    def n(self) -> str:
        """Its number of answers."""
        return str(self.rows[0].n or "–")

    @property
    def levels(self) -> tuple[str, ...]:
        """The scale, best first."""
        return tuple(row.label for row in self.rows)

    @property
    def positive(self) -> float:
        """What stands right of zero: positives, and half of the middle."""
        return sum(
            segment.share * (1 if segment.side > 0 else 0.5 if segment.side == 0 else 0)
            for segment in self.segments
        )


def ratings(shown: Spelled) -> Chart | None:
    """Every scaled question beside the overall impression; one block a scale."""
    rated = [
        _rated(shown, group, rows, group.partition(ITEM)[2] or asked(shown, group) or group)
        for group, rows in _by_group(shown).items()
        if not _of_activity(shown, group)
    ]
    return _chart(shown, "ratings", rated)


def activity_ratings(shown: Spelled) -> Chart | None:
    """One scaled question asked of several activities, in the order of the measures."""
    rated = [
        _rated(shown, group, rows, group.partition(ITEM)[2])
        for group, rows in _by_group(shown).items()
        if _of_activity(shown, group)
    ]
    return _chart(shown, "activity_ratings", rated)


def _of_activity(shown: Spelled, group: str) -> bool:
    """Whether a row of a grid rates an activity: the question's role says so."""
    question, _, item = group.partition(ITEM)
    roles = {known.id: known.role for known in shown.facts.questions}
    return bool(item) and roles.get(question, PER_ACTIVITY) == PER_ACTIVITY


def _by_group(shown: Spelled) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in shown.rows("rating"):
        groups.setdefault(row.group, []).append(row)
    return {group: rows for group, rows in groups.items() if any(row.value for row in rows)}


def _rated(shown: Spelled, group: str, rows: Sequence[Row], label: str) -> Rated:
    satisfied = shown.one("rating_satisfied", group)
    satisfied = satisfied if satisfied is not None and satisfied.text else None
    n_words = shown.say("number.n", n=rows[0].n) if rows[0].n else ""
    label = shown.language.typeset(label)
    return Rated(label, tuple(rows), tuple(segments_of(shown, rows)), satisfied, n_words)


def _chart(shown: Spelled, chart: str, rated: Sequence[Rated]) -> Chart | None:
    if not rated:
        return None
    scales: dict[tuple[str, ...], list[Rated]] = {}
    for one in rated:
        scales.setdefault(one.levels, []).append(one)
    ordered = [one for same in scales.values() for one in same]
    drawn = ordered[:MOST_ROWS]
    title = shown.say(f"figure.{chart}.title")
    said = " ".join(_said(shown, one) for one in ordered[:8])
    return framed(
        shown,
        chart,
        lambda canvas: _draw(canvas, shown, drawn),
        title=title,
        subtitle=shown.say(f"figure.{chart}.unit"),
        source=_source(shown, ordered),
        alt=shown.say(f"figure.{chart}.alt", title=title, said=said),
        table=_table(shown, chart, scales, ordered),
    )


def _said(shown: Spelled, one: Rated) -> str:
    items = ", ".join(spoken(shown, row) for row in one.rows)
    label = shown.language.quoted(one.label)
    if one.satisfied is None:
        return shown.say("figure.ratings.alt_row", label=label, items=items)
    return shown.say(
        "figure.ratings.alt_share",
        label=label,
        items=items,
        share=one.satisfied.text,
        interval=one.satisfied.interval_text or "–",
    )


def _source(shown: Spelled, rated: Sequence[Rated]) -> str:
    shares = [one.satisfied for one in rated if one.satisfied is not None]
    middle = any(segment.side == 0 for one in rated for segment in one.segments)
    scales = {(_positive(one), len(one.rows)) for one in rated if one.satisfied is not None}
    parts = [
        shown.say("figure.impression.positive", count=count, levels=levels)
        for count, levels in sorted(scales)
    ]
    parts += [shown.say("figure.ratings.source")] if middle else []
    parts += _intervals(shown, [row for row in shares if row.interval_text])
    rest = len(rated) - MOST_ROWS
    if rest > 0:
        parts.append(shown.say("figure.undrawn", count=rest, drawn=MOST_ROWS))
    return " ".join(parts)


def _positive(one: Rated) -> int:
    return sum(1 for segment in one.segments if segment.side > 0)


def _intervals(shown: Spelled, shares: Sequence[Row]) -> list[str]:
    """How the intervals were made, once each; one population is named, several are not."""
    said = []
    for method in dict.fromkeys(row.method for row in shares):
        bases = {row.base for row in shares if row.method == method}
        alone = method != "hypergeometric" or len(bases) == 1
        key = method if alone else "hypergeometric_each"
        said.append(shown.say(f"figure.interval.{key}", base=bases.pop() or ""))
    return said


def _table(
    shown: Spelled,
    chart: str,
    scales: dict[tuple[str, ...], list[Rated]],
    rated: Sequence[Rated],
) -> dict[str, list[str]]:
    """One column a level when all share a scale, else the levels in one column of words."""
    columns = {shown.say(f"figure.{chart}.head"): [one.label for one in rated]}
    if len(scales) == 1:
        for rank, level in enumerate(rated[0].levels):
            columns[level] = [one.rows[rank].text for one in rated]
    else:
        columns[shown.say("figure.column.answers")] = [
            " · ".join(f"{row.label} {row.text}" for row in one.rows) for one in rated
        ]
    satisfied = [one.satisfied for one in rated]
    columns[shown.say("figure.ratings.positive")] = [row.text if row else "–" for row in satisfied]
    columns[shown.say("figure.column.interval")] = [
        (row.interval_text if row else "") or "–" for row in satisfied
    ]
    columns[shown.say("figure.column.n")] = [one.n for one in rated]
    return columns


def _draw(canvas: Canvas, shown: Spelled, rated: Sequence[Rated]) -> float:
    y = 0.0
    start = 0
    while start < len(rated):
        end = start
        while end < len(rated) and rated[end].levels == rated[start].levels:
            end += 1
        if start:
            y += 12
        y = _legend(canvas, rated[start].segments, y)
        same = rated[start:end]
        if canvas.narrow:
            y = _narrow(canvas, same, y)
        else:
            y = _wide(canvas, shown, same, alike=rated, top=y)
        start = end
    return y


def _legend(canvas: Canvas, segments: Sequence[Segment], y: float) -> float:
    """The levels in the order of the bars, worst first, on as many lines as they need."""
    x = 0.0
    y += 11
    for segment in reversed(segments):
        words = lines(segment.label, canvas.width - 15, size=SECONDARY, most=1)[0]
        needed = 14 + width_of(words, SECONDARY)
        if x and x + needed > canvas.width:
            x, y = 0.0, y + 14
        outline = "grey" if segment.fill == "white" else ""
        canvas.bar(x, y - 8, 10, 9, segment.fill, outline=outline)
        canvas.text(x + 14, y, words, size=SECONDARY, colour=WORDS[segment.fill])
        x += needed + 14
    return y + 5


def _stack(
    canvas: Canvas, one: Rated, zero: float, y: float, *, scale: float, height: float
) -> None:
    """The levels from the worst at the left to the best at the right."""
    for segment in one.segments:
        full = segment.share * scale
        if full <= 0:
            continue
        left = zero + (one.positive - segment.start - segment.share) * scale
        outline = "grey" if segment.fill == "white" else ""
        canvas.bar(left, y, max(full - GAP, 0.8), height, segment.fill, outline=outline)
        if full >= INSIDE * width_of(segment.text, SECONDARY, SEMIBOLD):
            canvas.text(
                left + (full - GAP) / 2,
                y + height / 2 + 0.35 * SECONDARY,
                segment.text,
                size=SECONDARY,
                bold=True,
                colour=ON[segment.fill],
                align="center",
            )


def _reach(rated: Sequence[Rated]) -> tuple[float, float]:
    """The farthest that the bars go left and right of zero, as shares."""
    right = max(one.positive for one in rated)
    left = max(sum(part.share for part in one.segments) - one.positive for one in rated)
    return left, right


def _wide(
    canvas: Canvas, shown: Spelled, rated: Sequence[Rated], *, alike: Sequence[Rated], top: float
) -> float:
    """One block of questions on one scale; its columns are those of all, ``alike``."""
    pitch = PITCH if len(alike) <= FEW else TIGHT
    names = label_column([one.label for one in alike], 150 if pitch == PITCH else 190)
    some = any(one.satisfied is not None for one in alike)
    shares = [one.satisfied.text for one in alike if one.satisfied is not None]
    numbers = [one.n for one in alike]
    n_width = max(width_of(number, SECONDARY) for number in numbers)
    share_width = max((width_of(share, TEXT, SEMIBOLD) for share in shares), default=0.0)
    lane = canvas.width - n_width - share_width - 22 - LANES
    left = names + BEFORE_BAR
    before, after = _reach(rated)
    scale = ((lane - 20 if some else canvas.width - n_width - 14) - left) / (before + after)
    zero = left + before * scale
    body = top + 18
    bottom = body + pitch * len(rated)
    canvas.text(
        canvas.width,
        top + 12,
        shown.say("figure.column.n"),
        size=SECONDARY,
        colour="grey",
        align="right",
    )
    if some:
        head = shown.say("figure.ratings.positive")
        middle = min(lane + LANES / 2, canvas.width - n_width - 14 - width_of(head) / 2)
        canvas.text(middle, top + 12, head, bold=True, colour="night", align="center")
        for quarter in range(0, 5, 2):
            x = lane + quarter * LANES / 4
            canvas.line([(x, body - 1), (x, bottom)], "rule", thickness=0.8)
            words = shown.language.percent(1) if quarter == 4 else str(25 * quarter)
            canvas.text(x, bottom + 13, words, size=SECONDARY, colour="grey", align="center")
    canvas.line([(zero - GAP / 2, body - 1), (zero - GAP / 2, bottom)], "axis", thickness=1.0)
    most = 2 if pitch == PITCH else 1
    labels = labelled([one.label for one in rated], names + 0.5, most=most)
    for rank, (one, words_of) in enumerate(zip(rated, labels, strict=True)):
        middle = body + (rank + 0.5) * pitch
        canvas.paragraph(names, middle, words_of, align="right", leading=11.5)
        height = 0.6 * pitch
        _stack(canvas, one, zero, middle - height / 2, scale=scale, height=height)
        right = canvas.width
        canvas.text(right, middle + 3.4, one.n, size=SECONDARY, colour="grey", align="right")
        if one.satisfied is not None:
            _interval(canvas, one.satisfied, lane, middle, scale=LANES)
            share = one.satisfied.text
            canvas.text(right - n_width - 10, middle + 3.5, share, bold=True, align="right")
    return bottom + (18 if some else 4)


def _interval(canvas: Canvas, row: Row, left: float, y: float, *, scale: float) -> None:
    low, high, at = (left + part * scale for part in (row.low, row.high, row.share))
    if row.interval_text:
        canvas.interval(low, high, y, at=at)
    else:
        canvas.dot(at, y)


def _narrow(canvas: Canvas, rated: Sequence[Rated], top: float) -> float:
    shares = [one.satisfied.text for one in rated if one.satisfied is not None]
    numbers = max((width_of(share, TEXT, SEMIBOLD) for share in shares), default=0.0)
    before, after = _reach(rated)
    scale = canvas.width / (before + after)
    zero = before * scale
    y = top + 8
    labels = labelled([one.label for one in rated], canvas.width)
    for one, label in zip(rated, labels, strict=True):
        for line in label:
            canvas.text(0, y + 10, line)
            y += 12.5
        _stack(canvas, one, zero, y + 3, scale=scale, height=14)
        y += 20
        if one.satisfied is not None:
            left, length = 5.0, canvas.width - numbers - 20
            canvas.line([(left, y + 6), (left + length, y + 6)], "rule", thickness=0.8)
            for end in (left, left + length / 2, left + length):
                canvas.line([(end, y + 3), (end, y + 9)], "rule", thickness=0.8)
            _interval(canvas, one.satisfied, left, y + 6, scale=length)
            canvas.text(canvas.width, y + 9.5, one.satisfied.text, bold=True, align="right")
            y += 13
        canvas.text(0, y + 11, one.n_words, size=SECONDARY, colour="grey")
        y += 24
    return y - 4
