"""Who came and who answered: bar = present, hollow diamond = respondents, on one scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.figures.bars import (
    BEFORE_BAR,
    FEW,
    MOST_ROWS,
    Bar,
    draw_bars,
    fill_of,
    label_column,
    undrawn,
)
from necbilan.figures.canvas import SECONDARY, TEXT
from necbilan.figures.framing import framed, listed, title_of
from necbilan.figures.lettering import SEMIBOLD, labelled, width_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["audience", "profiles"]

PITCH = 28.0
TIGHT = 18.0
UNKNOWN = frozenset({"not_given", "unclassified"})
RESIDUAL = UNKNOWN | {"other"}


def audience(shown: Spelled) -> Chart | None:
    """Professionals and general public."""
    return _represented(shown, "audience", shown.rows("audience"), "audience")


def profiles(shown: Spelled) -> Chart | None:
    """The public by profile; by audience when most gave no profile."""
    rows = shown.rows("profile")
    unknown = sum(row.share for row in rows if row.level in UNKNOWN)
    if rows and unknown <= 0.5:
        return _represented(shown, "profiles", rows, "profiles")
    return audience(shown) or _represented(shown, "profiles", rows, "profiles")


def _answered(shown: Spelled, rows: Sequence[Row]) -> dict[str, Row]:
    """Respondents by level, only when they were sorted as ``rows`` are.

    A survey may ask the audience where registration asks the profile: both have a
    level "general_public", which is not the same group.
    """
    levels = {row.level for row in rows} | RESIDUAL
    found = {row.level: row for row in shown.rows("respondent_profile")}
    return found if set(found) <= levels else {}


def _regrouped(rows: Sequence[Row], answered: Mapping[str, Row]) -> Row | None:
    """The respondents' "other", when it holds profiles that those present are shown by."""
    apart = any(row.level not in RESIDUAL and row.level not in answered for row in rows)
    return answered.get("other") if apart else None


def _represented(shown: Spelled, chart: str, rows: Sequence[Row], subject: str) -> Chart | None:
    if not any(row.value > 0 and row.level not in RESIDUAL for row in rows):
        return None
    answered = _answered(shown, rows)
    rest = _regrouped(rows, answered)
    if rest is not None:
        answered = {level: row for level, row in answered.items() if row is not rest}
    drawn = rows[:MOST_ROWS]
    title = title_of(shown, subject, f"figure.{chart}.title")
    units = [shown.say("figure.represented.present", n_text=rows[0].n_text)]
    said = [shown.say("figure.represented.alt_present", items=listed(shown, rows))]
    source = [shown.say("figure.represented.source")]
    if answered:
        some = next(iter(answered.values()))
        units.append(shown.say("figure.represented.answered", n_text=some.n_text))
        items = listed(shown, answered.values())
        said.append(shown.say("figure.represented.alt_answered", items=items))
        source.append(shown.say("figure.represented.diamond"))
    if rest is not None:
        source.append(shown.say("figure.represented.rest", count=rest.value, n=rest.text))
    return framed(
        shown,
        chart,
        lambda canvas: _draw(canvas, shown, drawn, answered),
        title=title,
        subtitle=" ".join(units),
        source=" ".join([*source, *filter(None, [undrawn(shown, rows)])]),
        alt=" ".join([shown.say(f"figure.{chart}.alt", title=title), *said]),
        table=_table(shown, chart, rows, answered),
    )


def _table(
    shown: Spelled, chart: str, rows: Sequence[Row], answered: Mapping[str, Row]
) -> dict[str, list[str]]:
    """Count and share of those present, then of respondents when they are known."""
    columns = {shown.say(f"figure.{chart}.head"): [row.label for row in rows]}
    sides: list[tuple[str, list[Row | None]]] = [("present", list(rows))]
    if answered:
        sides.append(("answered", [answered.get(row.level) for row in rows]))
    for who, side in sides:
        short = shown.say(f"figure.represented.{who}_short")
        columns[f"{short[:1].upper()}{short[1:]}"] = [row.text if row else "–" for row in side]
        if any(row is not None and row.share_text for row in side):
            columns[shown.say(f"figure.represented.{who}_share")] = [
                (row.share_text if row else "") or "–" for row in side
            ]
    return columns


def _counted(row: Row | None) -> str:
    """«118 (65 %)», «118» when no percentage may be printed, '–' when nothing is known."""
    if row is None:
        return "–"
    return f"{row.text} ({row.share_text})" if "%" in row.share_text else row.text


def _draw(
    canvas: Canvas, shown: Spelled, rows: Sequence[Row], answered: Mapping[str, Row]
) -> float:
    if not answered:
        return draw_bars(
            canvas,
            [
                Bar(row.label, row.value, row.text, row.share_text, fill_of(row, first=True))
                for row in rows
            ],
        )
    columns = [
        Column(shown.say(f"figure.represented.{who}"), [_counted(row) for row in side])
        for who, side in (
            ("present_short", list(rows)),
            ("answered_short", [answered.get(row.level) for row in rows]),
        )
    ]
    ticks = _ticks(shown, [*rows, *answered.values()])
    return (_narrow if canvas.narrow else _wide)(canvas, rows, answered, columns, ticks)


@dataclass(frozen=True)
class Column:
    """Numbers beside the bars, under the mark they belong to."""

    head: str
    cells: list[str]

    @property
    def width(self) -> float:
        """Width in points, the mark before the head included."""
        cells = max(width_of(cell, TEXT, SEMIBOLD) for cell in self.cells)
        return max(width_of(self.head, SECONDARY) + 16, cells)


def _ticks(shown: Spelled, rows: Sequence[Row]) -> list[tuple[float, str]]:
    """Shares to mark on the scale with their words, 0 to the first that no row exceeds."""
    most = max(row.share for row in rows)
    step = next(step for step in (0.05, 0.1, 0.25) if most <= 4 * step)
    last = max(1, math.ceil(most / step - 1e-9))
    ticks = [(step * rank, shown.language.number(100 * step * rank, 0)) for rank in range(last)]
    return [*ticks, (step * last, shown.language.percent(step * last))]


def _wide(
    canvas: Canvas,
    rows: Sequence[Row],
    answered: Mapping[str, Row],
    columns: Sequence[Column],
    ticks: Sequence[tuple[float, str]],
) -> float:
    pitch = PITCH if len(rows) <= FEW else TIGHT
    names = label_column([row.label for row in rows])
    left = names + BEFORE_BAR
    right = canvas.width - sum(column.width + 18 for column in columns)
    scale = (right - left) / ticks[-1][0]
    top, bottom = 20.0, 20.0 + pitch * len(rows)
    for tick, words in ticks:
        x = left + tick * scale
        canvas.line([(x, top - 2), (x, bottom + 2)], "rule", thickness=0.8)
        canvas.text(x, bottom + 15, words, size=SECONDARY, colour="grey", align="center")
    labels = labelled([row.label for row in rows], names + 0.5, most=2 if pitch == PITCH else 1)
    for rank, (row, words_of) in enumerate(zip(rows, labels, strict=True)):
        middle = top + (rank + 0.5) * pitch
        canvas.paragraph(names, middle, words_of, align="right", leading=11.5)
        answer = answered.get(row.level)
        _marks(canvas, row, answer, (left, middle), scale=scale, height=0.6 * pitch)
    x = right
    for place, column in enumerate(columns):
        x += 18 + column.width
        used = canvas.text(x, 11, column.head, size=SECONDARY, colour="grey", align="right")
        _key(canvas, place, x - used - 11, 8)
        for rank, cell in enumerate(column.cells):
            baseline = top + (rank + 0.5) * pitch + 3.5
            canvas.text(x, baseline, cell, bold=place == 0, align="right")
    return bottom + 20


def _narrow(
    canvas: Canvas,
    rows: Sequence[Row],
    answered: Mapping[str, Row],
    columns: Sequence[Column],
    ticks: Sequence[tuple[float, str]],
) -> float:
    scale = (canvas.width - 14) / ticks[-1][0]
    x = 0.0
    for place, column in enumerate(columns):
        _key(canvas, place, x + 5, 8)
        x += 30 + canvas.text(x + 14, 11, column.head, size=SECONDARY, colour="grey")
    y = 20.0
    labels = labelled([row.label for row in rows], canvas.width)
    for rank, (row, label) in enumerate(zip(rows, labels, strict=True)):
        for line in label:
            canvas.text(0, y + 10, line)
            y += 12.5
        _marks(canvas, row, answered.get(row.level), (0, y + 9), scale=scale, height=13)
        x = 0.0
        for place, column in enumerate(columns):
            _key(canvas, place, x + 5, y + 24.5)
            x += 30 + canvas.text(x + 14, y + 28, column.cells[rank], bold=place == 0)
        y += 40
    return y


def _key(canvas: Canvas, rank: int, x: float, y: float) -> None:
    """The mark of a column: a bar, then a diamond."""
    if rank:
        canvas.diamond(x, y, size=9)
    else:
        canvas.bar(x - 5, y - 4, 10, 8, "night")


def _marks(
    canvas: Canvas,
    row: Row,
    answer: Row | None,
    at: tuple[float, float],
    *,
    scale: float,
    height: float,
) -> None:
    """A bar from ``at`` (its left end, its middle), and the diamond on its scale."""
    left, middle = at
    length = row.share * scale
    fill = "white" if fill_of(row) == "white" else "night"
    if length > 0:
        outline = "grey" if fill == "white" else ""
        canvas.bar(left, middle - height / 2, max(length, 1.0), height, fill, outline=outline)
    if answer is not None:
        canvas.diamond(left + answer.share * scale, middle, size=11)
