"""The one writer of workbooks: every text is a text, whatever it starts with."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from necbilan.safe_cells import csv_text, neutral, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Cell", "Styled", "csv_text", "neutral", "same_bytes", "workbook"]


@dataclass(frozen=True)
class Styled:
    """A cell with its look; ``caption`` runs over the columns beside it and widens none."""

    value: str | int | float
    number_format: str = ""
    bold: bool = False
    caption: bool = False


Cell = str | int | float | Styled | None
EPOCH = (1980, 1, 1, 0, 0, 0)
"""the earliest time a zip can hold: the same workbook is the same bytes"""
LONGEST = 32767
"""characters that a cell can hold (ECMA-376, as Excel applies it)"""
WIDEST = 60


def workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """An xlsx of sheets by name, first row = headers; no formula, the same bytes each time."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for name, rows in sheets.items():
        _fill(book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31]), rows)
    book.properties.creator = "necbilan"
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue())


def _fill(sheet: Worksheet, rows: Sequence[Sequence[Cell]]) -> None:
    for row_number, row in enumerate(rows, start=1):
        for column_number, given in enumerate(row, start=1):
            cell = sheet.cell(row_number, column_number)
            look = given if isinstance(given, Styled) else Styled("")
            value = given.value if isinstance(given, Styled) else given
            if isinstance(value, str):
                cell.value = printable(value)[:LONGEST]
                cell.data_type = "s"  # openpyxl takes a text that starts with = for a formula
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=not look.caption)
            if look.number_format:
                cell.number_format = look.number_format
            if look.bold or row_number == 1:
                cell.font = Font(bold=True)
    for column_number in range(1, sheet.max_column + 1):
        cells = [row[column_number - 1] for row in rows if len(row) >= column_number]
        width = min(WIDEST, max(map(_width, cells), default=0) + 2)
        sheet.column_dimensions[get_column_letter(column_number)].width = width
    sheet.freeze_panes = "A2"


def _width(cell: Cell) -> int:
    if isinstance(cell, Styled):
        return 0 if cell.caption else len(str(cell.value))
    return 0 if cell is None else len(str(cell))


def same_bytes(xlsx: bytes) -> bytes:
    """The xlsx or pptx with the times of its members and properties set back, inside too."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(xlsx)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", content)
            elif name.endswith(".xlsx"):
                content = same_bytes(content)
            member = ZipInfo(name, EPOCH)
            member.compress_type = ZIP_DEFLATED
            target.writestr(member, content)
    return out.getvalue()
