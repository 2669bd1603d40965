"""The one writer of workbooks: every text is a text, whatever it starts with."""

from __future__ import annotations

import io
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from necbilan.safe_cells import csv_text, neutral, printable
from necbilan.style import colour

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Cell", "Styled", "csv_text", "neutral", "same_bytes", "sheet_name", "workbook"]


@dataclass(frozen=True)
class Styled:
    """A cell with its look.

    ``kind``: a heading or a caption, which run over the columns beside them; a note, which
    wraps over them; a head of columns; the name of a row; a plain cell.  ``sheet`` and
    ``row`` are where a link inside the workbook leads.
    """

    value: str | int | float
    number_format: str = ""
    kind: Literal["cell", "heading", "caption", "note", "head"] = "cell"
    right: bool = False
    sheet: str = ""
    row: int = 1


Cell = str | int | float | Styled | None
EPOCH = (1980, 1, 1, 0, 0, 0)
"""the earliest time a zip can hold: the same workbook is the same bytes"""
LONGEST = 32767
"""characters that a cell can hold (ECMA-376, as Excel applies it)"""
WIDEST, NARROWEST = 48, 11
"""characters of a column"""
PORTRAIT = 92
"""characters that a page of A4 holds upright at a readable size"""
FONT = "Calibri"
LINE = 15.0
"""points of a line of text at 11 points"""
HIGHEST = 5
"""rows that may stay in sight on a small screen"""
A4 = 9
"""its number among paper sizes (ECMA-376, 18.3.1.63)"""


def sheet_name(name: str) -> str:
    """The name as a sheet can bear it: 31 characters, none that Excel refuses."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name).strip().strip("'") or "1"
    if len(clean) <= 31:
        return clean
    cut = clean[:30]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[15:] else cut}…"


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    title: str = "",
    language: str = "",
    footer: str = "",
) -> bytes:
    """An xlsx of sheets by name, first row = headers; no formula, the same bytes each time.

    Each sheet prints on A4, as wide as the page, its headers on every page; ``footer`` is
    what stands at the foot before the page's number.
    """
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for name, rows in sheets.items():
        sheet = book.create_sheet(sheet_name(name))
        _fill(sheet, rows)
        _print_set_up(sheet, footer, _top(rows))
    book.properties.creator = "necbilan"
    book.properties.title, book.properties.language = title or None, language or None
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue())


def _fill(sheet: Worksheet, rows: Sequence[Sequence[Cell]]) -> None:
    widths = _widths(rows)
    for row_number, row in enumerate(rows, start=1):
        tallest = 1
        for column_number, given in enumerate(row, start=1):
            look = given if isinstance(given, Styled) else Styled("")
            value = given.value if isinstance(given, Styled) else given
            cell = sheet.cell(row_number, column_number)
            if isinstance(value, str):
                cell.value = printable(value)[:LONGEST]
                cell.data_type = "s"  # openpyxl takes a text that starts with = for a formula
            else:
                cell.value = value
            if look.number_format:
                cell.number_format = look.number_format
            _dress(cell, look, first=row_number == 1)
            wide = sum(widths) if look.kind == "note" else widths[column_number - 1]
            if look.kind not in ("heading", "caption"):
                tallest = max(tallest, _lines(cell.value, wide))
        if row and isinstance(row[0], Styled) and row[0].kind == "note" and len(widths) > 1:
            sheet.merge_cells(None, row_number, 1, row_number, len(widths))
        if tallest > 1:
            sheet.row_dimensions[row_number].height = LINE * tallest
    for column_number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column_number)].width = width


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Characters of each column: its longest cell, within bounds."""
    widths = [NARROWEST] * max((len(row) for row in rows), default=1)
    for row in rows:
        for at, cell in enumerate(row):
            if not (isinstance(cell, Styled) and cell.kind in ("heading", "caption", "note")):
                widths[at] = min(WIDEST, max(widths[at], _width(cell) + 2))
    if sum(widths) < 60:  # a note over two narrow columns would be a tower
        widths[0] += 60 - sum(widths)
    return widths


def _lines(value: object, width: int) -> int:
    """Lines that a text takes in a column of so many characters, words whole."""
    return len(textwrap.wrap(value, width)) if isinstance(value, str) else 1


def _dress(cell: Any, look: Styled, *, first: bool) -> None:
    night, tint, rule = (colour(name).removeprefix("#") for name in ("night", "tint", "axis"))
    bold = first or look.kind in ("heading", "caption", "head")
    size = {"heading": 14, "caption": 12}.get(look.kind, 11)
    shade = {"note": colour("grey").removeprefix("#"), "cell": None}.get(look.kind, night)
    if look.sheet:
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate,
            location=f"'{look.sheet.replace(chr(39), chr(39) * 2)}'!A{look.row}",
        )
        shade = colour("indigo_text").removeprefix("#")
    cell.font = Font(
        name=FONT, bold=bold, size=size, color=shade, underline="single" if look.sheet else None
    )
    wrap = look.kind not in ("heading", "caption")
    is_text = isinstance(cell.value, str) and not look.right
    cell.alignment = Alignment(
        horizontal="right" if look.right else "left" if is_text else None,
        vertical="top",
        wrap_text=wrap,
        indent=1 if is_text and cell.column > 1 else 0,
    )
    if look.kind == "head":
        cell.fill = PatternFill("solid", fgColor=tint)
        cell.border = Border(bottom=Side("thin", color=rule))


def _top(rows: Sequence[Sequence[Cell]]) -> int:
    """The rows that stay in sight: to the head of the only table, else the first."""
    heads = [
        number
        for number, row in enumerate(rows, start=1)
        if row and isinstance(row[0], Styled) and row[0].kind == "head"
    ]
    return heads[0] if len(heads) == 1 and heads[0] <= HIGHEST else 1


def _print_set_up(sheet: Worksheet, footer: str, top: int) -> None:
    """A4, upright when that is wide enough; one page wide; the top rows on each page."""
    width = sum(dimension.width for dimension in sheet.column_dimensions.values())
    sheet.page_setup.orientation = "portrait" if width <= PORTRAIT else "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"1:{top}"
    foot = HeaderFooterItem()
    foot.left.text, foot.right.text = footer.replace("&", "&&") or None, "&P / &N"
    sheet.HeaderFooter.oddFooter = foot


def _width(cell: Cell) -> int:
    if not isinstance(cell, Styled):
        return 0 if cell is None else len(str(cell))
    if isinstance(cell.value, str):
        return len(cell.value)
    return len(f"{cell.value:,.2f}") + 2 if "." in cell.number_format else len(str(cell.value)) + 4


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
