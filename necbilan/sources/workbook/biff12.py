"""xlsb: records of the binary workbook read in Python, short cells included.

python-calamine 0.9.1 skips the short cell records that SheetJS writes (a row's next cell
without its column), and says nothing.  Source: Microsoft, [MS-XLSB] sections 2.1.4
(records), 2.4 (record ids), 2.5.97.98 (RkNumber).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from necbilan.sources.workbook import limits
from necbilan.sources.workbook.dates import from_serial
from necbilan.sources.workbook.grid import ErrorCell, Grid
from necbilan.sources.workbook.survey import sheet_parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from necbilan.sources.workbook.archive import Archive
    from necbilan.sources.workbook.grid import Cell

__all__ = ["read_workbook"]

# Record ids, [MS-XLSB] 2.4.
_ROW, _SHARED_ITEM, _FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES = 0, 19, 44, 47, 617, 618
_SHEET, _WORKBOOK_PROPERTIES, _MERGE = 156, 153, 176
_BLANK, _RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED = 1, 2, 3, 4, 5, 6, 7
_FORMULAS = {8: _TEXT, 9: _REAL, 10: _BOOLEAN, 11: _ERROR}
_SHORT = {12: _BLANK, 13: _RK, 14: _ERROR, 15: _BOOLEAN, 16: _REAL, 17: _TEXT, 18: _SHARED}
_RICH_TEXT = 62
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
# Built-in number formats that are dates or times, ECMA-376 part 1, 18.8.30.
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DAYS_1904 = 1462


@dataclass
class _Book:
    strings: list[str] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    from_1904: bool = False

    def is_date(self, style: int) -> bool:
        """Whether cells of that style show a date or a time."""
        identifier = self.styles[style] if style < len(self.styles) else 0
        code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", self.formats.get(identifier, ""))
        return identifier in _DATE_FORMATS or bool(re.search(r"[dmyhs]", code, re.IGNORECASE))


def read_workbook(archive: Archive, file: str) -> list[Grid]:
    """Every worksheet.

    Raises UnreadableFile over the limit; struct.error, IndexError, KeyError or
    UnicodeDecodeError when a record is not what it says.
    """
    book = _Book()
    for record, data in _records(archive.read("xl/workbook.bin")):
        if record == _SHEET:
            state = struct.unpack_from("<I", data)[0]
            relation, after = _text(data, 8)
            book.sheets.append((relation, _text(data, after)[0], state == 0))
        elif record == _WORKBOOK_PROPERTIES:
            book.from_1904 = bool(data[0] & 1)
    if archive.has("xl/sharedStrings.bin"):
        book.strings = [
            _text(data, 1)[0]
            for record, data in _records(archive.read("xl/sharedStrings.bin"))
            if record == _SHARED_ITEM
        ]
    if archive.has("xl/styles.bin"):
        _read_styles(archive.read("xl/styles.bin"), book)
    targets = sheet_parts_of(archive, "xl/workbook.bin")
    cells = 0
    grids = []
    for relation, name, visible in book.sheets:
        if relation in targets:
            sheet = _Sheet(book)
            for record, data in _records(archive.read(targets[relation])):
                sheet.take(record, data)
            cells += sum(map(len, sheet.rows.values()))
            limits.check_cells(cells, file=file, sheet=name)
            grids.append(sheet.grid(name, visible=visible, file=file))
    return grids


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(data):
        record = data[place]
        place += 1
        if record & 0x80:
            record = (record & 0x7F) | ((data[place] & 0x7F) << 7)
            place += 1
        size = shift = 0
        while True:
            byte = data[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield record, data[place : place + size]
        place += size


def _text(data: bytes, place: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", data, place)[0]
    if length == 0xFFFFFFFF:  # a null string
        return "", place + 4
    end = place + 4 + 2 * length
    if end > len(data):
        raise IndexError
    return data[place + 4 : end].decode("utf-16-le"), end


def _read_styles(data: bytes, book: _Book) -> None:
    inside = False
    for record, content in _records(data):
        if record == _FORMAT:
            book.formats[struct.unpack_from("<H", content)[0]] = _text(content, 2)[0]
        elif record in (_BEGIN_STYLES, _END_STYLES):
            inside = record == _BEGIN_STYLES
        elif record == _STYLE and inside:
            book.styles.append(struct.unpack_from("<H", content, 2)[0])


class _Sheet:
    """The state of one pass over a sheet's records."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.formulas: dict[int, int] = {}
        self.row = 0
        self.column = -1

    def take(self, record: int, data: bytes) -> None:
        """Take one record; those that hold no cell are passed over."""
        if record == _ROW:
            self.row = struct.unpack_from("<I", data)[0] + 1
            self.column = -1
            if len(data) > 11 and data[11] & 0x10:
                self.hidden.add(self.row)
        elif record == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", data)
            self.merged.append((top + 1, left, bottom + 1, right))
        elif record in _SHORT:
            self.column += 1
            self._cell(_SHORT[record], data, 0)
        elif _BLANK <= record <= 11 or record == _RICH_TEXT:
            self.column = struct.unpack_from("<I", data)[0]
            if record in _FORMULAS:
                self.formulas[self.row] = self.formulas.get(self.row, 0) + 1
            self._cell(_FORMULAS.get(record, record), data, 4)

    def _cell(self, kind: int, data: bytes, place: int) -> None:
        style = int.from_bytes(data[place : place + 3], "little")
        value = self._value(kind, data, place + 4)
        if value == "":
            return
        if isinstance(value, float) and self.book.is_date(style):
            serial = value + (_DAYS_1904 if self.book.from_1904 else 0)
            value = from_serial(serial) if 1 <= serial < 2_958_466 else value
        self.rows.setdefault(self.row, {})[self.column] = value

    def _value(self, kind: int, data: bytes, place: int) -> Cell:
        if kind == _RK:
            return _rk(int.from_bytes(data[place : place + 4], "little"))
        if kind == _REAL:
            return float(struct.unpack_from("<d", data, place)[0])
        if kind == _SHARED:
            return self.book.strings[int.from_bytes(data[place : place + 4], "little")]
        if kind == _TEXT:
            return _text(data, place)[0]
        if kind == _RICH_TEXT:
            return _text(data, place + 1)[0]
        if kind == _BOOLEAN:
            return bool(data[place])
        if kind == _ERROR:
            return ErrorCell(_ERRORS.get(data[place], "#N/A"))
        return ""

    def grid(self, name: str, *, visible: bool, file: str) -> Grid:
        """The rows that hold something, each as long as its last cell."""
        widths = {number: max(row) + 1 for number, row in self.rows.items()}
        limits.check_cells(sum(widths.values()), file=file, sheet=name)
        numbers = sorted(self.rows)
        rows = [
            [self.rows[number].get(column, "") for column in range(widths[number])]
            for number in numbers
        ]
        return Grid(
            name,
            rows,
            numbers,
            visible=visible,
            hidden_rows=frozenset(self.hidden),
            merged=tuple(self.merged),
            formulas=self.formulas,
        )


def _rk(raw: int) -> float:
    """RkNumber: bit 0 divides by 100, bit 1 says integer, the rest is the value."""
    if raw & 2:
        value = float(struct.unpack("<i", struct.pack("<I", raw))[0] >> 2)
    else:
        value = float(struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", raw & 0xFFFFFFFC))[0])
    return value / 100 if raw & 1 else value
