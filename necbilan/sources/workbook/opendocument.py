"""ods and flat fods: content.xml read as a stream, repeated cells never unrolled in vain.

python-calamine 0.9.1 refuses indented files (Gnumeric, SheetJS), so one reader of our own
serves them all.  Source: OASIS OpenDocument 1.3, part 3, sections 9 (tables), 19.385
(office:value-type).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from necbilan.sources.workbook import limits, xml
from necbilan.sources.workbook.grid import ErrorCell, Grid

if TYPE_CHECKING:
    from typing import IO

    from necbilan.sources.workbook.grid import Cell

__all__ = ["read_content"]

_MORE_THAN_A_SHEET = 10**9
_MOST_CELLS = 1_500_000  # a stream in Python takes ten microseconds a cell
_DURATION = re.compile(r"P(?:(\d+)D)?T(\d+)H(\d+)M(\d+(?:[.,]\d+)?)S")
_ERRORS = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NUM!|VALUE!|NULL!)|Err:\d{3}")


@dataclass
class _Table:
    name: str
    style: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    unvalued: set[tuple[int, int]] = field(default_factory=set)
    formulas: dict[int, int] = field(default_factory=dict)
    next_row: int = 1
    next_column: int = 0


def read_content(source: IO[bytes], file: str) -> list[Grid]:
    """Sheets of a content.xml or of a flat file; raises what ``xml.stream`` raises, and
    UnreadableFile when repetitions cover more cells than the limit."""
    reader = _Reader(file)
    xml.stream(source, start=reader.start, end=reader.end, characters=reader.characters)
    return [
        Grid(
            table.name,
            table.rows,
            table.numbers,
            visible=table.style not in reader.hidden_styles,
            hidden_rows=frozenset(table.hidden_rows),
            hidden_columns=frozenset(table.hidden_columns),
            merged=tuple(table.merged),
            unvalued=frozenset(table.unvalued),
            formulas=table.formulas,
        )
        for table in reader.tables
    ]


class _Reader:
    """The state of one pass: the table, the row and the cell being read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.tables: list[_Table] = []
        self.depth = 0  # tables within a cell are not ours
        self.cells = 0
        self.row: list[tuple[Cell, int]] = []
        self.row_repeat = 1
        self.attributes: dict[str, str] = {}
        self.text: list[str] | None = None
        self.paragraphs = 0
        self.in_note = 0
        self.style_name = ""
        self.hidden_styles: set[str] = set()
        self.padded: dict[str, int] = {}
        self.cell_styles: dict[str, str] = {}
        self.number_style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = xml.local(name)
        if name.startswith("table:"):
            self._start_table_part(tag, attributes)
        elif self.text is not None:
            self._start_text_part(name, tag, attributes)
        elif name == "style:style":
            self.style_name = attributes.get("style:name", "")
            if "style:data-style-name" in attributes:
                self.cell_styles[self.style_name] = attributes["style:data-style-name"]
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style_name)
        elif name == "number:number-style":
            self.number_style = attributes.get("style:name", "")
        elif name == "number:number" and self.number_style:
            width = attributes.get("number:min-integer-digits", "1")
            if (
                width.isdigit()
                and 2 <= int(width) <= 14
                and not int(attributes.get("number:decimal-places", "0") or 0)
            ):
                self.padded[self.number_style] = int(width)

    def _start_text_part(self, name: str, tag: str, attributes: dict[str, str]) -> None:
        assert self.text is not None
        if name == "office:annotation":
            self.in_note += 1
        elif self.in_note:
            return
        elif name == "text:p":
            if self.paragraphs:
                self.text.append("\n")
            self.paragraphs += 1
        elif tag == "s":
            self.text.append(" " * min(int(attributes.get("text:c", "1") or 1), 1000))
        elif tag == "tab":
            self.text.append("\t")
        elif tag == "line-break":
            self.text.append("\n")

    def _start_table_part(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(
                    _Table(attributes.get("table:name", ""), attributes.get("table:style-name", ""))
                )
        elif self.depth != 1:
            return
        elif tag == "table-column":
            table = self.tables[-1]
            repeat = _count(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in ("collapse", "filter"):
                last = min(table.next_column + repeat, 16384)
                table.hidden_columns.update(range(table.next_column, last))
            table.next_column += repeat
        elif tag == "table-row":
            self.row = []
            self.row_repeat = _count(attributes, "table:number-rows-repeated")
            table = self.tables[-1]
            if attributes.get("table:visibility") in ("collapse", "filter"):
                last = table.next_row + min(self.row_repeat, 100_000)
                table.hidden_rows.update(range(table.next_row, last))
        elif tag in ("table-cell", "covered-table-cell"):
            self.attributes = attributes
            self.text = []
            self.paragraphs = 0

    def characters(self, text: str) -> None:
        if self.text is not None and not self.in_note and self.paragraphs:
            self.text.append(text)

    def end(self, name: str) -> None:
        if name == "office:annotation":
            self.in_note = max(0, self.in_note - 1)
        elif name == "number:number-style":
            self.number_style = ""
        elif name == "table:table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell(covered=name == "table:covered-table-cell")
        elif name == "table:table-row":
            self._end_row()

    def _end_cell(self, *, covered: bool) -> None:
        repeat = _count(self.attributes, "table:number-columns-repeated")
        value = "" if covered else self._value()
        column = sum(count for _, count in self.row) if self._is_remarkable() else 0
        table = self.tables[-1]
        if "table:formula" in self.attributes:
            table.formulas[table.next_row] = table.formulas.get(table.next_row, 0) + 1
            if value == "" and self.attributes.get("office:value-type") != "string":
                table.unvalued.add((table.next_row, column))
        wide = _count(self.attributes, "table:number-columns-spanned")
        high = _count(self.attributes, "table:number-rows-spanned")
        if wide > 1 or high > 1:
            row = table.next_row
            table.merged.append((row, column, row + high - 1, column + wide - 1))
        self.row.append((value, repeat))
        self.text = None

    def _is_remarkable(self) -> bool:
        return any(
            key in self.attributes
            for key in (
                "table:formula",
                "table:number-columns-spanned",
                "table:number-rows-spanned",
            )
        )

    def _value(self) -> Cell:
        attributes = self.attributes
        text = "".join(self.text or ())
        kind = attributes.get("office:value-type", attributes.get("calcext:value-type", ""))
        if kind == "error" or (attributes.get("table:formula") and _ERRORS.fullmatch(text)):
            return ErrorCell(text or "#N/A")
        if kind in ("float", "currency", "percentage"):
            return self._number(text)
        if kind == "date":
            return _date(attributes.get("office:date-value", "")) or text
        if kind == "time":
            return _time(attributes.get("office:time-value", "")) or text
        if kind == "boolean":
            return attributes.get("office:boolean-value") == "true"
        return text or attributes.get("office:string-value", "")

    def _number(self, text: str) -> Cell:
        try:
            number = float(self.attributes.get("office:value", ""))
        except ValueError:
            return text
        style = self.cell_styles.get(self.attributes.get("table:style-name", ""), "")
        width = self.padded.get(style)
        if width and number >= 0 and number.is_integer():
            return f"{number:.0f}".zfill(width)
        return number

    def _end_row(self) -> None:
        table = self.tables[-1]
        while self.row and self.row[-1][0] == "":
            self.row.pop()
        if self.row:
            self.cells += self.row_repeat * sum(count for _, count in self.row)
            limits.check_cells(self.cells, file=self.file, sheet=table.name, most=_MOST_CELLS)
            cells = [value for value, count in self.row for _ in range(count)]
            for offset in range(self.row_repeat):
                table.rows.append(list(cells))
                table.numbers.append(table.next_row + offset)
        table.next_row += self.row_repeat


def _count(attributes: dict[str, str], key: str) -> int:
    """1 when it is no count; of one too long for a sheet, what no limit lets through."""
    text = attributes.get(key, "1").strip()
    if not (text.isascii() and text.isdigit()):
        return 1
    return max(1, int(text)) if len(text) < 10 else _MORE_THAN_A_SHEET


def _date(text: str) -> Any:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _time(text: str) -> Any:
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    hours = int(match[1] or 0) * 24 + int(match[2])
    seconds = int(float(match[4].replace(",", ".")))
    try:
        return time(hours, int(match[3]), min(seconds, 59))
    except ValueError:
        return None
