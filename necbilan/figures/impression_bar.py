"""Overall impression: one stacked bar, and above it the share of positives with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.canvas import GAP, SECONDARY, TEXT
from necbilan.figures.framing import asked, framed, listed, question_of, title_of, with_question
from necbilan.figures.lettering import SEMIBOLD, width_of
from necbilan.figures.scales import INSIDE, WORDS, Segment, draw_levels, draw_segments, segments_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["impression"]

BAR = 36.0
ABOVE = 40.0
COUNT = 12.5
EDGE = 5.0
"""white beside the bar when a dot would stand on its very end"""


def impression(shown: Spelled, question: str | None = None) -> Chart | None:
    """The distribution on the question's own scale, and the share of positive answers.

    ``question`` is an id; the one that most people answered without it.
    """
    question, number = question_of(shown, "overall_impression", question)
    rows = shown.rows("overall_impression", question)
    if not rows or all(row.value == 0 for row in rows):
        return None
    satisfied = shown.one("satisfied_share", question)
    satisfied = satisfied if satisfied is not None and satisfied.text else None
    segments = segments_of(shown, rows)
    unit = "unit_present" if rows[0].base not in (None, rows[0].n) else "unit"
    title = title_of(shown, f"overall_impression:{question}", "figure.impression.title")
    return framed(
        shown,
        "impression",
        lambda canvas: _draw(canvas, shown, segments, satisfied),
        title=title,
        subtitle=with_question(
            shown,
            asked(shown, question),
            shown.say(f"figure.impression.{unit}", n_text=rows[0].n_text),
        ),
        source=_source(shown, rows, satisfied),
        alt=_alt(shown, title, rows, satisfied),
        table=_table(shown, rows),
        number=number,
    )


def _source(shown: Spelled, rows: Sequence[Row], satisfied: Row | None) -> str:
    positive = sum(1 for segment in segments_of(shown, rows) if segment.side > 0)
    parts = [shown.say("figure.impression.positive", count=positive, levels=len(rows))]
    if satisfied is not None and satisfied.interval_text:
        parts.append(shown.say(f"figure.interval.{satisfied.method}", base=satisfied.base or ""))
    silent = shown.one("no_opinion", rows[0].group)
    if silent is not None and silent.value:
        parts.append(shown.say("figure.impression.no_opinion", count=silent.value, n=silent.text))
    return " ".join(parts)


def _alt(shown: Spelled, title: str, rows: Sequence[Row], satisfied: Row | None) -> str:
    parts = [shown.say("figure.impression.alt", title=title, items=listed(shown, rows))]
    if satisfied is not None:
        parts.append(shown.say("figure.impression.alt_share", share=satisfied.text))
        if satisfied.interval_text:
            parts.append(shown.say("figure.alt.interval", interval=satisfied.interval_text))
    return " ".join(parts)


def _table(shown: Spelled, rows: Sequence[Row]) -> dict[str, list[str]]:
    columns = {
        shown.say("figure.column.level"): [row.label for row in rows],
        shown.say("figure.column.answers"): [row.text for row in rows],
    }
    if any(row.share_text for row in rows):
        columns[shown.say("figure.column.share")] = [row.share_text for row in rows]
    return columns


def _draw(
    canvas: Canvas, shown: Spelled, segments: Sequence[Segment], satisfied: Row | None
) -> float:
    top, edge = 4.0, 0.0
    if satisfied is not None:
        edge = EDGE if min(satisfied.share, 1 - satisfied.share) * canvas.width < EDGE else 0.0
        _draw_share(canvas, shown, satisfied, edge)
        top = ABOVE
    width = canvas.width - 2 * edge
    draw_segments(canvas, segments, x=edge, y=top, width=width, height=BAR, size=COUNT)
    return _draw_names(canvas, segments, top + BAR, edge)


def _draw_share(canvas: Canvas, shown: Spelled, satisfied: Row, edge: float) -> None:
    """The share, its interval on the scale of the bar, and the words beside it."""
    width, lane = canvas.width, 26.0
    bounds = (satisfied.share, satisfied.low, satisfied.high)
    at, low, high = (edge + (width - 2 * edge) * part for part in bounds)
    key = "bracket" if "%" in satisfied.text else "bracket_few"
    words = shown.say(f"figure.impression.{key}", share=satisfied.text)
    needed = width_of(words, 11, SEMIBOLD)
    if satisfied.interval_text:
        canvas.line([(at, lane), (at, ABOVE)], "night", thickness=1.0, dotted=True)
        canvas.interval(low, high, lane, at=at)
        note = shown.say("figure.interval.words", interval=satisfied.interval_text)
        half = width_of(note, SECONDARY) / 2
        middle = min(max((low + high) / 2, half), width - half)
        canvas.text(middle, 11, note, size=SECONDARY, colour="grey", align="center")
    else:
        low = high = at
    if low - 7 >= needed:
        canvas.text(low - 7, lane + 4, words, size=11, bold=True, colour="night", align="right")
    elif width - high - 7 >= needed:
        canvas.text(high + 7, lane + 4, words, size=11, bold=True, colour="night")
    else:
        canvas.text(0, 11, satisfied.text, size=11, bold=True, colour="night")


def _draw_names(canvas: Canvas, segments: Sequence[Segment], bottom: float, edge: float) -> float:
    """Level names under their segments; what does not fit goes to a second line, or a list."""
    if canvas.narrow:
        return draw_levels(canvas, segments, bottom + 10)
    placed, left_over = _placed(segments, canvas.width - 2 * edge)
    second = " · ".join(f"{segment.label} ({segment.text})" for segment in left_over)
    if width_of(second, SECONDARY, SEMIBOLD) > canvas.width:
        return draw_levels(canvas, segments, bottom + 10)
    for segment, x in placed:
        canvas.text(edge + x, bottom + 15, segment.label, bold=True, colour=WORDS[segment.fill])
    right = canvas.width - edge
    for rank, segment in enumerate(reversed(left_over)):
        words = f"{segment.label} ({segment.text})"
        if rank:
            canvas.text(right - 5, bottom + 29, "·", colour="grey", align="center")
            right -= 10
        right -= canvas.text(
            right,
            bottom + 29,
            words,
            size=SECONDARY,
            bold=True,
            colour=WORDS[segment.fill],
            align="right",
        )
    return bottom + (34 if left_over else 20)


def _placed(
    segments: Sequence[Segment], width: float
) -> tuple[list[tuple[Segment, float]], list[Segment]]:
    """Segments whose name fits under them with its x, and those whose name does not.

    A name may run under the next segments as long as they have none of their own.
    """
    placed: list[tuple[Segment, float]] = []
    left_over: list[Segment] = []
    free = 0.0
    for segment in segments:
        x = max(segment.start * width, free)
        needed = width_of(segment.label, TEXT, SEMIBOLD)
        counted = segment.share * width >= INSIDE * width_of(segment.text, COUNT, SEMIBOLD)
        fits = needed <= max(segment.share * width, 0) + GAP
        if segment.share > 0 and counted and fits and x + needed <= width:
            placed.append((segment, x))
            free = x + needed + 8
        else:
            left_over.append(segment)
    return placed, left_over
