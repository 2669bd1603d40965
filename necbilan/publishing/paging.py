"""Pages without large white: a figure that nearly fits is drawn smaller, a last page is won.

A figure is never cut, so one that misses its page by a few millimetres leaves it half
empty.  typst says where each block ends (``<end>`` in templates/blocks.typ); a figure
that opens a page is shrunk when that brings it to the page before, one after the other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["fitted"]

Given = dict[str, Any]

SMALLEST = 0.78
"""of its size, to which a figure may shrink: its 10 pt text then prints at 7.2 pt"""
BOTTOM = 841.9 - 18 / 25.4 * 72
"""points from the top of the page to its bottom margin (templates/report.typ)"""
TOP = 15 / 25.4 * 72
GAPS = (9 / 25.4 * 72, 14 / 25.4 * 72)
"""white before what moves up: a figure, or a whole section"""
LEAST_WHITE = 30 / 25.4 * 72
"""points of white under which a page is full enough"""
FEW_LINES = 0.3
"""part of the last page under which it is worth winning"""
MOST_TRIES = 12


@dataclass(frozen=True)
class _End:
    """Where a block ends: page from 1, points from its top; the chart's anchor, or ''."""

    page: int
    y: float
    chart: str = ""


def fitted(given: Given, query: Callable[[Given], str]) -> Given:
    """What the template reads, with some figures smaller and closer gaps if that helps.

    ``query`` gives the JSON of the ``<end>`` marks of what the template would make.
    """
    loose, pages, last = _shrunk(given, query)
    if pages == 1 or last > FEW_LINES * (BOTTOM - TOP):
        return loose
    tight, fewer, _ = _shrunk({**given, "tight": True}, query)
    return tight if fewer < pages else loose


def _shrunk(given: Given, query: Callable[[Given], str]) -> tuple[Given, int, float]:
    """The same with some figures smaller; its pages, and the points used of the last."""
    ends = _read(query(given))
    tried: set[tuple[str, float]] = set()
    for _ in range(MOST_TRIES):
        found = _nearly_fitting(given, ends, tried)
        if found is None:
            break
        chart, gap, share = found
        tried.add((chart, gap))
        smaller = {**given, "blocks": _with_share(given["blocks"], chart, share)}
        after = _read(query(smaller))
        if _page_of(chart, after) < _page_of(chart, ends):
            given, ends = smaller, after
    pages = max((end.page for end in ends), default=1)
    return given, pages, max((end.y for end in ends if end.page == pages), default=BOTTOM) - TOP


def _read(marks: str) -> list[_End]:
    return [_End(one["page"], one["y"], one.get("chart", "")) for one in json.loads(marks)]


def _page_of(chart: str, ends: Sequence[_End]) -> int:
    return next(end.page for end in ends if end.chart == chart)


def _nearly_fitting(
    given: Given, ends: Sequence[_End], tried: set[tuple[str, float]]
) -> tuple[str, float, float] | None:
    """A first chart of a page that, smaller, would stand on the page before; the gap that is
    put before what moves, and the chart's share of the width.
    """
    charts = {block["anchor"]: block for block in _charts(given["blocks"])}
    for page in range(1, max((end.page for end in ends), default=1)):
        white = BOTTOM - max((end.y for end in ends if end.page == page), default=BOTTOM)
        end = next((one for one in ends if one.page == page + 1 and one.chart), None)
        if end is None or white < LEAST_WHITE:
            continue
        chart = charts[end.chart]
        for gap in GAPS:
            missing = (end.y - TOP) - (white - gap)
            kept = 1 - (missing + 1) / chart["height"] if chart["height"] else 0
            if (end.chart, gap) not in tried and SMALLEST <= kept < 1:
                return end.chart, gap, chart["share"] * kept
    return None


def _charts(blocks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for block in blocks:
        found += _charts(block.get("blocks", ()))
        if block["kind"] == "chart":
            found.append(block)
    return found


def _with_share(
    blocks: Sequence[Mapping[str, Any]], chart: str, share: float
) -> list[Mapping[str, Any]]:
    made: list[Mapping[str, Any]] = []
    for block in blocks:
        if "blocks" in block:
            made.append({**block, "blocks": _with_share(block["blocks"], chart, share)})
        elif block.get("anchor") == chart:
            kept = share / block["share"]
            made.append({**block, "share": share, "height": block["height"] * kept})
        else:
            made.append(block)
    return made
