"""HTML tables, such as a portal's export named .xls: each table a grid of its texts.

Tags are found in one pass that never goes back: html.parser takes a time that grows as the
square of a malformed page (CVE-2025-6069), and a page may be anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from necbilan.sources.workbook import limits
from necbilan.sources.workbook.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from necbilan.sources.workbook.grid import Cell

__all__ = ["read_tables"]

_WIDEST_SPAN = 1000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})")
_SILENT = {
    name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "template")
}
_SPANS = {
    name: re.compile(rf"""{name}\s*=\s*["']?(\d{{1,6}})""", re.IGNORECASE)
    for name in ("colspan", "rowspan")
}
_BREAKS = frozenset({"br", "p", "div", "li"})


def read_tables(text: str, file: str) -> list[Grid]:
    """The outermost tables of a page, in order; raises UnreadableFile over the limit."""
    tables: list[_Table] = []
    depth = 0
    cells = 0
    for name, content in _tokens(text):
        if name == "table":
            depth += 1
            if depth == 1:
                tables.append(_Table())
        elif name == "/table":
            if depth == 1:
                tables[-1].end_row()
            depth = max(0, depth - 1)
        elif depth and not (depth > 1 and name):
            cells += tables[-1].take(name, content)
            limits.check_cells(cells, file=file)
    if depth:
        tables[-1].end_row()
    return [
        Grid(
            f"tableau {number}",
            table.rows,
            list(range(1, len(table.rows) + 1)),
            merged=tuple(table.merged),
        )
        for number, table in enumerate(tables, 1)
    ]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """(tag name, tag text), the name with its slash when it closes; ("", text) between tags."""
    place = 0
    while True:
        start = text.find("<", place)
        if start < 0:
            yield "", unescape(text[place:])
            return
        if start > place:
            yield "", unescape(text[place:start])
        if text.startswith("<!--", start):
            end = text.find("-->", start)
            if end < 0:
                return
            place = end + 3
            continue
        tag = _TAG.match(text, start)
        end = text.find(">", start)
        if end < 0:
            return
        if tag is None and text[start + 1 : start + 2] not in ("!", "?", "/"):
            yield "", "<"
            place = start + 1
            continue
        place = end + 1
        if tag is not None:
            name = tag[2].lower()
            yield tag[1] + name, text[start:end]
            if not tag[1] and name in _SILENT:
                closing = _SILENT[name].search(text, place)
                if closing is None:
                    return
                place = closing.start()


@dataclass
class _Table:
    """Rows read so far; ``pending``: how many more rows each column is filled from above."""

    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    pending: dict[int, int] = field(default_factory=dict)
    opened: dict[int, int] = field(default_factory=dict)
    row: list[Cell] | None = None
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)

    def take(self, name: str, content: str) -> int:
        """Take a tag or a text; returns the cells and rows that it added."""
        if not name:
            if self.cell is not None:
                self.cell.append(content)
            return 0
        if name == "tr":
            self.end_row()
            self.row = []
            return 1
        if name in ("td", "th"):
            added = self._end_cell()
            if self.row is None:
                self.row = []
            self.span = (_span(content, "colspan"), _span(content, "rowspan"))
            self.cell = []
            return added
        if name in ("/td", "/th"):
            return self._end_cell()
        if name == "/tr":
            self.end_row()
        elif name in _BREAKS and self.cell:
            self.cell.append("\n")
        return 0

    def end_row(self) -> None:
        """Close the cell and the row being read, if any."""
        self._end_cell()
        if self.row is not None:
            self._fill()
            self.rows.append(self.row)
            self.pending.update(self.opened)
            self.opened = {}
        self.row = None

    def _end_cell(self) -> int:
        if self.cell is None or self.row is None:
            return 0
        self._fill()
        text = "".join(self.cell)
        lines = (" ".join(line.split()) for line in text.split("\n"))
        wide, high = self.span
        column, number = len(self.row), len(self.rows) + 1
        if wide > 1 or high > 1:
            self.merged.append((number, column, number + high - 1, column + wide - 1))
        if high > 1:
            self.opened.update(dict.fromkeys(range(column, column + wide), high - 1))
        self.row.append("\n".join(line for line in lines if line))
        self.row.extend([""] * (wide - 1))
        self.cell = None
        return wide

    def _fill(self) -> None:
        """Leave blank the columns that a cell of a row above spans."""
        while self.row is not None and self.pending.get(len(self.row), 0) > 0:
            self.pending[len(self.row)] -= 1
            self.row.append("")


def _span(tag: str, name: str) -> int:
    found = _SPANS[name].search(tag)
    return max(1, min(int(found[1]), _WIDEST_SPAN)) if found else 1
