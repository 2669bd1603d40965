"""Pages without large white: how each figure stands is chosen by what the page is left with.

A figure is never cut, so one that misses its page leaves it half empty.  typst says where
each block ends (``<mark>`` in templates/common.typ); from the first page to the last, a page
that ends too early is offered other ways to stand, the mildest first, until the figure after
it fits: figures a little smaller together, or a small drawing with its table beside it.
A last page of a few lines is then won, or filled, by the gaps of the whole report.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["fitted"]

Given = dict[str, Any]

BOTTOM = 841.9 - 18 / 25.4 * 72
"""points from the top of the page to its bottom margin (templates/report.typ)"""
TOP = 15 / 25.4 * 72
BODY = BOTTOM - TOP
SMALLEST = {"chart": 0.78, "photographs": 0.5}
"""of its size, to which a figure may shrink: the 10 pt text of a chart then prints at 7.1 pt"""
GAPS = (9 / 25.4 * 72, 14 / 25.4 * 72)
"""white before what moves up: a figure, or a whole section"""
SLACK = 6.0
"""points below an end that its line and its box may still take"""
MOST_WHITE = 0.22
"""part of a page that may stay white at its foot before another layout is tried"""
MOST_WHITE_FIRST = 0.34
"""the same for the first page, a cover that may stand alone"""
LEAST_LAST = 0.35
"""part of the last page under which it is worth winning or filling"""
BESIDE_ROWS = 14
BESIDE_LETTERS = 50
NAME_LETTERS = 24
"""rows of a table, and letters of its widest row, that may stand beside a small drawing; its
names take two lines, and its headers as many as they have words"""
MOST_TRIES = 14
"""layouts tried for one spacing of the report; each takes typst about 0.1 s"""


@dataclass(frozen=True)
class _Mark:
    """Where a block ends, or a table opens: page from 1, points from its top; of a figure,
    its anchor and the height of its drawing, 0 where it may not shrink.
    """

    page: int
    y: float
    figure: str = ""
    height: float = 0.0
    opens: bool = False


@dataclass(frozen=True)
class _Layout:
    """How figures stand: the width kept by each, those beside their table; the gaps of all."""

    shares: Mapping[str, float] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()
    gaps: str = "usual"

    def of(self, given: Given) -> Given:
        """What the template reads, with its figures standing so."""
        return {**given, "gaps": self.gaps, "blocks": self._applied(given["blocks"])}

    def _applied(self, blocks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        made: list[Mapping[str, Any]] = []
        for block in blocks:
            anchor = block.get("anchor", "")
            if "blocks" in block:
                made.append({**block, "blocks": self._applied(block["blocks"])})
            elif anchor in self.beside:
                made.append({**block, "beside": True})
            elif anchor in self.shares:
                kept = self.shares[anchor]
                smaller = {
                    name: block[name] * kept for name in ("share", "height") if name in block
                }
                made.append({**block, **smaller})
            else:
                made.append(block)
        return made


class _Trial:
    """Layouts tried on one report: where blocks end in each, asked of typst once."""

    def __init__(self, given: Given, query: Callable[[Given], str]) -> None:
        self.given = given
        self.query = query
        figures = list(_figures(given["blocks"]))
        self.smallest = {one["anchor"]: SMALLEST[one["kind"]] for one in figures}
        self.small_tables = {one["anchor"] for one in figures if _may_stand_beside(one)}
        self.known: list[tuple[_Layout, list[_Mark]]] = []

    def marks(self, layout: _Layout) -> list[_Mark]:
        for known, marks in self.known:
            if known == layout:
                return marks
        marks = [
            _Mark(
                one["page"],
                one["y"],
                one.get("figure", ""),
                one.get("height", 0.0),
                one.get("opens", False),
            )
            for one in json.loads(self.query(layout.of(self.given)))
        ]
        self.known.append((layout, marks))
        return marks


def fitted(given: Given, query: Callable[[Given], str]) -> Given:
    """What the template reads, with its figures and gaps chosen so that pages are full.

    ``query`` gives the JSON of the ``<mark>`` marks of what the template would make.
    """
    trial = _Trial(given, query)
    for gaps in ("usual", "tight", "airy"):
        layout = _filled(trial, _Layout(gaps=gaps))
        if not _badness(_whites(trial.marks(layout))):
            break
    best, _ = min(trial.known, key=lambda one: _badness(_whites(one[1])))
    return best.of(given)


def _badness(whites: Sequence[float]) -> float:
    """The white beyond what each page may keep, and what a last page lacks."""
    if len(whites) < 2:
        return 0.0
    few_lines = max(0.0, LEAST_LAST - (1 - whites[-1]))
    full = enumerate(whites[:-1], start=1)
    return few_lines + sum(max(0.0, white - _most_white(page)) for page, white in full)


def _most_white(page: int) -> float:
    return MOST_WHITE if page > 1 else MOST_WHITE_FIRST


def _filled(trial: _Trial, layout: _Layout) -> _Layout:
    """The same with other ways to stand for the figures next to each white, page by page."""
    page = 1
    tries = len(trial.known) + MOST_TRIES
    while page < len(whites := _whites(trial.marks(layout))):
        if whites[page - 1] > _most_white(page):
            for other in _other_layouts(trial, layout, page):
                if len(trial.known) > tries:
                    return layout
                after = _whites(trial.marks(other))
                if _badness([*after[:page], 0]) < _badness([*whites[:page], 0]):
                    layout = other
                    break
        page += 1
    return layout


def _other_layouts(trial: _Trial, layout: _Layout, page: int) -> Iterator[_Layout]:
    """Ways to bring the figure that opens the next page up to this one, the mildest first."""
    marks = trial.marks(layout)
    target = next((one.figure for one in marks if one.page == page + 1 and one.figure), "")
    if not target:
        return
    here = [one.figure for one in marks if one.page == page and one.figure]
    yield from _shrunk(trial, layout, page, target)
    movable = [one for one in (target, *reversed(here)) if one in trial.small_tables]
    free = [one for one in movable if one not in layout.beside]
    for some in chain([(one,) for one in free], [free] if len(free) > 1 else []):
        kept = {name: share for name, share in layout.shares.items() if name not in some}
        moved = _Layout(kept, layout.beside | set(some), layout.gaps)
        yield moved
        yield from _shrunk(trial, moved, page, target)


def _shrunk(trial: _Trial, layout: _Layout, page: int, target: str) -> Iterator[_Layout]:
    """The target alone, then with the figures before it on the page, as small as it takes."""
    marks = trial.marks(layout)
    found = next(one for one in marks if one.figure == target)
    if found.page != page + 1:
        return
    white = BODY * _whites(marks)[page - 1]
    here = [one for one in marks if one.page == page and one.figure]
    for gap in GAPS:
        missing = found.y - TOP - (white - gap) + SLACK
        for some in ([found], [*here, found]) if here else ([found],):
            shares = _spread(trial, layout, some, missing)
            if shares:
                yield _Layout(shares, layout.beside, layout.gaps)


def _spread(
    trial: _Trial, layout: _Layout, figures: Sequence[_Mark], missing: float
) -> Mapping[str, float]:
    """The shares of all figures when these lose the missing points together; none if they
    would become too small.
    """
    able = [one for one in figures if one.figure not in layout.beside and one.height > 0]
    total = sum(one.height for one in able)
    kept = 1 - missing / total if total else 0.0
    shares = {one.figure: layout.shares.get(one.figure, 1.0) * kept for one in able}
    if kept >= 1 or any(share < trial.smallest[name] for name, share in shares.items()):
        return {}
    return {**layout.shares, **shares}


def _whites(marks: Sequence[_Mark]) -> list[float]:
    """The part of each page that stays white at its foot; none where a table runs on."""
    lowest: dict[int, float] = {}
    for before, mark in zip([None, *marks], marks, strict=False):
        lowest[mark.page] = max(mark.y, lowest.get(mark.page, TOP))
        if before and before.opens:
            lowest.update(dict.fromkeys(range(before.page, mark.page), BOTTOM))
    return [
        max(0.0, BOTTOM - lowest.get(page, BOTTOM)) / BODY
        for page in range(1, max(lowest, default=0) + 1)
    ]


def _figures(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in blocks:
        yield from _figures(block.get("blocks", ()))
        if block["kind"] in SMALLEST:
            yield block


def _may_stand_beside(figure: Mapping[str, Any]) -> bool:
    """Whether it has a small drawing and a table that is narrow and short enough."""
    if not figure.get("narrow") or len(figure["rows"]) > BESIDE_ROWS:
        return False
    heads = [max(map(len, words.split()), default=0) for words in figure["headers"]]
    columns = [[len(cell) for cell in column] for column in zip(*figure["rows"], strict=True)]
    widths = [max(head, *column) + 3 for head, column in zip(heads, columns, strict=True)]
    return min(widths[0], NAME_LETTERS) + sum(widths[1:]) <= BESIDE_LETTERS
