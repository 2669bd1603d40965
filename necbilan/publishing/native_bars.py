"""Bars that PowerPoint draws and lets edit, as many as a room can read, intervals on them.

python-pptx writes no error bars: theirs are added as ECMA-376 (21.2.2.55, errBars) has
them, with the bounds of measures.csv as custom amounts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from necbilan.figures.canvas import TEXT
from necbilan.figures.lettering import labelled, lines
from necbilan.publishing.deck import INSET, LEADING, SMALLEST, WIDER, Box
from necbilan.safe_cells import neutral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.publishing.deck import Deck

__all__ = ["GAP_LABEL", "MOST_BARS", "Bar", "Bars", "draw", "shown_of"]

MOST_BARS = 10
"""bars that are read from the back of a room, at 14 points"""
GAP_LABEL = "⋯"
"""stands between the two ends of a ranking whose middle is not shown"""
NAMES = 0.4
"""part of a chart's width that is kept for the names"""
COLUMNS = (1.2, 1.85, 1.15)
"""inches of the columns beside a chart: the value, its interval, its n"""
NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own table style without fill or line"""
HEAD = 0.4
"""inches of their header"""


@dataclass(frozen=True)
class Bar:
    """One bar: its length, and its bounds when it is an estimate (NaN when it has none)."""

    label: str
    value: float
    text: str
    low: float = math.nan
    high: float = math.nan
    interval: str = ""
    n: str = ""
    fill: str = "indigo"
    """a colour; "white" is outlined: neutral, or nothing can be concluded"""

    @property
    def said(self) -> str:
        """The bar in words."""
        parts = (self.text, self.interval, self.n)
        return f"{self.label} {', '.join(part for part in parts if part)}"


@dataclass(frozen=True)
class Bars:
    """A chart's bars, in order, how its values are shown, and the heads of the columns."""

    name: str
    bars: tuple[Bar, ...]
    number_format: str
    heads: tuple[str, ...] = ()
    """of the value, the interval and the n, when they are estimates"""
    gap_after: int = 0
    """how many bars stand before the part of a ranking that is left out; 0: none is"""


def shown_of(bars: Sequence[Bar], *, kept: int = 0, ranked: bool = False) -> tuple[list[Bar], int]:
    """MOST_BARS of them, and the number before what is left out (0 when nothing is).

    A ranking shows both its ends; else the first, and the last ``kept`` ones, which gather
    what is small or unknown.
    """
    if len(bars) <= MOST_BARS:
        return list(bars), 0
    last = MOST_BARS // 2 if ranked else min(kept, MOST_BARS - 1)
    first = MOST_BARS - last
    return [*bars[:first], *bars[len(bars) - last :]], first


def draw(deck: Deck, slide: Any, told: Bars, box: Box, alternative: str) -> None:
    """The chart, and beside it the columns of what was estimated, row by row."""
    left, top, width, height = box
    beside = sum(COLUMNS) if told.heads else 0.0
    chart_box = (left, top + HEAD, width - beside, height - HEAD) if told.heads else box
    _chart(deck, slide, told, chart_box, alternative)
    if told.heads:
        _columns(deck, slide, told, (left + width - beside, top, beside, height))


def _with_gap(told: Bars) -> list[Bar | None]:
    if not (told.gap_after and told.heads):
        return list(told.bars)
    return [*told.bars[: told.gap_after], None, *told.bars[told.gap_after :]]


def _chart(deck: Deck, slide: Any, told: Bars, box: Box, alternative: str) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    rows = _with_gap(told)
    size = _size(rows, box)
    labels = iter(_named([bar.label for bar in rows if bar], box, len(rows), size))
    data = CategoryChartData(number_format=told.number_format)
    data.categories = [GAP_LABEL if bar is None else neutral(next(labels)) for bar in rows]
    data.add_series(neutral(told.name), [None if bar is None else bar.value for bar in rows])
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, *(deck.inches(side) for side in box), data
    )
    deck.describe(frame, alternative)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(size), deck.colour("ink")
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = _span(told)
    names = chart.category_axis
    names.reverse_order, names.tick_label_position = True, XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = deck.colour("axis")
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 60, False
    if not told.heads:
        plot.has_data_labels = True
        plot.data_labels.number_format = told.number_format
        plot.data_labels.number_format_is_linked = False
        plot.data_labels.font.size = Pt(16)
    series = plot.series[0]
    series.invert_if_negative = False
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = deck.colour("indigo")
    for number, bar in enumerate(rows):
        if bar is not None and bar.fill != "indigo":
            point = series.points[number].format
            point.fill.solid()
            point.fill.fore_color.rgb = deck.colour(bar.fill)
            if bar.fill == "white":
                point.line.color.rgb, point.line.width = deck.colour("grey"), Pt(1)
    _place(chart)
    if told.heads:
        _add_error_bars(series, rows, str(deck.colour("ink")))


def _size(rows: Sequence[Bar | None], box: Box) -> int:
    """16 points, or the smallest when the rows are low or a name takes two lines."""
    pitch = box[3] / len(rows)
    room = box[2] * NAMES * 72 / WIDER
    long = any(bar and len(lines(bar.label, room, size=16)) > 1 for bar in rows)
    return 16 if pitch > (0.6 if long else 0.36) else SMALLEST


def _named(labels: Sequence[str], box: Box, rows: int, size: float) -> list[str]:
    """The names on the lines that a row has room for; those cut alike keep their end too."""
    room = (box[2] * NAMES - 0.1) * 72 / WIDER * TEXT / size
    most = max(1, int(box[3] / rows * 72 / (size * LEADING)))
    return ["\n".join(lines) for lines in labelled(labels, room, most=min(3, most))]


def _span(told: Bars) -> tuple[float, float]:
    """Where the axis starts and ends: every bar, interval and label inside."""
    ends = [end for bar in told.bars for end in (bar.value, bar.low, bar.high)]
    known = [0.0, *(end for end in ends if not math.isnan(end))]
    low, high = min(known), max(known)
    reach = (high - low) or 1.0
    return low - 0.04 * reach if low < 0 else 0.0, high + (0.04 if told.heads else 0.12) * reach


def _place(chart: Any) -> None:
    """The bars take the whole height, so that the columns stand beside their rows."""
    from pptx.oxml import parse_xml

    drawn = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    sides = {"x": NAMES, "y": 0.0, "w": 1 - NAMES - 0.01, "h": 1.0}
    modes = "".join(f'<c:{side}Mode val="edge"/>' for side in "xy")
    places = "".join(f'<c:{side} val="{value:g}"/>' for side, value in sides.items())
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(f"{{{area.nsmap['c']}}}layout"):
        area.remove(old)
    area.insert(
        0,
        parse_xml(
            f'<c:layout {drawn}><c:manualLayout><c:layoutTarget val="inner"/>'
            f"{modes}{places}</c:manualLayout></c:layout>"
        ),
    )
    for axis in area.findall(f"{{{area.nsmap['c']}}}catAx"):
        multi = axis.find(f"{{{area.nsmap['c']}}}noMultiLvlLbl")
        skip = parse_xml(f'<c:tickLblSkip {drawn} val="1"/>')
        if multi is None:
            axis.append(skip)
        else:
            multi.addprevious(skip)


def _add_error_bars(series: Any, rows: Sequence[Bar | None], colour: str) -> None:
    from pptx.oxml import parse_xml

    def amounts(name: str, values: Sequence[float | None]) -> str:
        points = "".join(
            f'<c:pt idx="{number}"><c:v>{value!r}</c:v></c:pt>'
            for number, value in enumerate(values)
            if value is not None and not math.isnan(value)
        )
        count = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>'
        return f"<c:{name}><c:numLit>{count}{points}</c:numLit></c:{name}>"

    over = [None if bar is None else bar.high - bar.value for bar in rows]
    under = [None if bar is None else bar.value - bar.low for bar in rows]
    made = parse_xml(
        '<c:errBars xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"{amounts('plus', over)}{amounts('minus', under)}"
        f'<c:spPr><a:ln w="22225"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
        "</c:spPr></c:errBars>"
    )
    series._element.cat.addprevious(made)


def _columns(deck: Deck, slide: Any, told: Bars, box: Box) -> None:
    """Value, interval and n of each bar, each on the bar's row."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    rows = _with_gap(told)
    left, top, width, height = (deck.inches(side) for side in box)
    frame = slide.shapes.add_table(len(rows) + 1, len(told.heads), left, top, width, height)
    table = frame.table
    deck.describe(frame, "\n".join(bar.said for bar in told.bars))
    table.horz_banding = False
    table._tbl.tblPr.find(f"{{{table._tbl.nsmap['a']}}}tableStyleId").text = NO_GRID
    heights = [HEAD] + [(box[3] - HEAD) / len(rows)] * len(rows)
    for row, tall in zip(table.rows, heights, strict=True):
        row.height = deck.inches(tall)
    for column, wide in zip(table.columns, COLUMNS, strict=False):
        column.width = deck.inches(wide)
    cells = [
        told.heads,
        *(("", GAP_LABEL, "") if bar is None else (bar.text, bar.interval, bar.n) for bar in rows),
    ]
    for number, said in enumerate(cells):
        for at, words in enumerate(said):
            cell = table.cell(number, at)
            cell.fill.background()
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_top = cell.margin_bottom = 0
            cell.margin_left = cell.margin_right = deck.inches(INSET / 2)
            colour = "grey" if number == 0 or at else "night"
            deck.write(cell, [words], SMALLEST, colour, bold=number > 0 and at == 0)
            (paragraph,) = cell.text_frame.paragraphs
            paragraph.alignment = PP_ALIGN.RIGHT
            paragraph.space_after = Pt(0)
