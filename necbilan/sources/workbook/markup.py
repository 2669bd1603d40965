"""HTML tables, such as a portal's export named .xls: each table a grid of its texts."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from necbilan.sources.workbook import limits
from necbilan.sources.workbook.grid import Grid

if TYPE_CHECKING:
    from necbilan.sources.workbook.grid import Cell

__all__ = ["read_tables"]

_WIDEST_SPAN = 1000
_SILENT = frozenset({"script", "style", "template"})
_BREAKS = frozenset({"br", "p", "div", "li"})


def read_tables(text: str, file: str) -> list[Grid]:
    """The outermost tables of a page, in order; raises UnreadableFile over the limit."""
    reader = _Reader(file)
    reader.feed(text)
    reader.close()
    reader.finish()
    return [
        Grid(f"tableau {number}", rows, list(range(1, len(rows) + 1)), merged=tuple(merged))
        for number, (rows, merged) in enumerate(reader.tables, 1)
    ]


class _Reader(HTMLParser):
    """One pass over the page; ``pending`` holds cells that a rowspan brings further down."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.tables: list[tuple[list[list[Cell]], list[tuple[int, int, int, int]]]] = []
        self.depth = 0
        self.silent = 0
        self.row: list[Cell] | None = None
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.pending: dict[int, int] = {}
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(([], []))
                self.pending = {}
        elif self.depth != 1:
            return
        elif tag == "tr":
            self._end_row()
            self.row = []
        elif tag in ("td", "th"):
            self._end_cell()
            if self.row is None:
                self.row = []
            found = dict(attrs)
            self.span = (_span(found.get("colspan")), _span(found.get("rowspan")))
            self.cell = []
        elif tag in _BREAKS and self.cell:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table":
            if self.depth == 1:
                self._end_row()
            self.depth = max(0, self.depth - 1)
        elif self.depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self.depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.append(data)

    def finish(self) -> None:
        """What a page cut before its last tag still held."""
        if self.depth:
            self._end_row()

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        self._skip_pending()
        lines = (" ".join(line.split()) for line in "".join(self.cell).split("\n"))
        wide, high = self.span
        rows, merged = self.tables[-1]
        column, number = len(self.row), len(rows) + 1
        if wide > 1 or high > 1:
            merged.append((number, column, number + high - 1, column + wide - 1))
        if high > 1:
            self.pending.update(dict.fromkeys(range(column, column + wide), high - 1))
        self.row.append("\n".join(line for line in lines if line))
        self.row.extend([""] * (wide - 1))
        self.cells += wide
        limits.check_cells(self.cells, file=self.file)
        self.cell = None

    def _skip_pending(self) -> None:
        assert self.row is not None
        while self.pending.get(len(self.row), 0) > 0 and len(self.row) not in self.used():
            self.pending[len(self.row)] -= 1
            self.row.append("")

    def used(self) -> frozenset[int]:
        """Columns that this row has opened a rowspan in: not to be skipped by itself."""
        _, merged = self.tables[-1]
        number = len(self.tables[-1][0]) + 1
        return frozenset(
            column
            for top, left, bottom, right in merged[-50:]
            if top == number and bottom > top
            for column in range(left, right + 1)
        )

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is not None and self.tables:
            self._skip_pending()
            self.tables[-1][0].append(self.row)
        self.row = None


def _span(text: str | None) -> int:
    return (
        min(int(text), _WIDEST_SPAN)
        if text and text.isascii() and text.isdigit() and int(text)
        else 1
    )
