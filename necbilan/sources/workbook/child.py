"""Run apart, in a process of its own: reads an old binary workbook and writes its cells.

Started by guarded.py as a script, so it imports nothing of necbilan: a file that aborts
the reader, never ends or fills the memory takes this process with it and no other.
The answer is a marshalled dict: {"engine", "sheets": [{"name", "visible", "rows",
"merged", "hidden_rows", "hidden_columns"}]} or {"refused": reason, "detail": name}.
A cell is a str, a float, a bool, ("date", serial in the 1900 system) or ("error", code).
"""

from __future__ import annotations

import marshal
import re
import sys
from typing import Any

# xlrd's cell types: xlrd/sheet.py, class Cell.
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)
_DAYS_1904 = 1462


def limit_memory(most: int) -> None:
    """Cap the address space where the system knows how (Linux; macOS ignores it)."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def by_xlrd(path: str, most_cells: int) -> dict[str, Any]:
    """Cells of an xls by xlrd, with number formats, hidden rows and merged cells."""
    import xlrd

    with open(path, "rb") as source:  # noqa: PTH123 (this script imports as little as it can)
        content = source.read()
    book = xlrd.open_workbook(
        file_contents=content, formatting_info=True, logfile=sys.stderr, ragged_rows=True
    )
    sheets = []
    cells = 0
    for sheet in book.sheets():
        rows = []
        for number in range(sheet.nrows):
            width = sheet.row_len(number)
            cells += width
            if cells > most_cells:
                return {"refused": "limit", "detail": str(cells)}
            rows.append([_xlrd_cell(book, sheet, number, column) for column in range(width)])
        sheets.append(
            {
                "name": sheet.name,
                "visible": sheet.visibility == 0,
                "rows": rows,
                "merged": [(a + 1, c, b, d - 1) for a, b, c, d in sheet.merged_cells],
                "hidden_rows": [n + 1 for n, row in sheet.rowinfo_map.items() if row.hidden],
                "hidden_columns": [n for n, column in sheet.colinfo_map.items() if column.hidden],
            }
        )
    return {"engine": "xlrd", "sheets": sheets}


def _xlrd_cell(book: Any, sheet: Any, row: int, column: int) -> Any:
    from xlrd.biffh import error_text_from_code

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in (_EMPTY, _BLANK):
        return ""
    if kind == _DATE:
        return ("date", value + (_DAYS_1904 if book.datemode else 0))
    if kind == _BOOLEAN:
        return bool(value)
    if kind == _ERROR:
        return ("error", error_text_from_code.get(value, "#N/A"))
    if kind == _NUMBER:
        style = book.format_map[book.xf_list[sheet.cell_xf_index(row, column)].format_key]
        if re.fullmatch("0{2,14}", style.format_str) and value >= 0:
            return f"{value:.0f}".zfill(len(style.format_str))
        return float(value)
    return str(value)


def by_calamine(path: str, most_cells: int) -> dict[str, Any]:
    """Cells of an xls or xlsb by python-calamine."""
    from datetime import date, datetime, time, timedelta

    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return ("date", (value - datetime(1899, 12, 30)) / timedelta(days=1))
        if isinstance(value, date):
            return ("date", float((value - date(1899, 12, 30)).days))
        if isinstance(value, time):
            return value.isoformat()
        if isinstance(value, timedelta):
            return str(value)
        return value

    workbook = CalamineWorkbook.from_path(path)
    sheets = []
    for meta in workbook.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        if sheet.total_height * sheet.total_width > most_cells:
            return {"refused": "limit", "detail": str(sheet.total_height * sheet.total_width)}
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append(
            {
                "name": meta.name,
                "visible": meta.visible == SheetVisibleEnum.Visible,
                "rows": [[plain(value) for value in row] for row in rows],
                "merged": [],
                "hidden_rows": [],
                "hidden_columns": [],
            }
        )
    return {"engine": "calamine", "sheets": sheets}


def main(path: str, engine: str, most_cells: int, most_memory: int) -> dict[str, Any]:
    """Read ``path``; what stopped the engine is named by its class, never by its words."""
    limit_memory(most_memory)
    try:
        return (by_xlrd if engine == "xlrd" else by_calamine)(path, most_cells)
    except MemoryError:
        return {"refused": "limit", "detail": "mémoire"}
    except Exception as error:  # noqa: BLE001 (whatever an engine raises, this file is not read)
        words = str(error).casefold()
        locked = "password" in words or "encrypt" in words
        return {"refused": "password" if locked else "engine", "detail": type(error).__name__}


if __name__ == "__main__":
    answer = main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.buffer.write(marshal.dumps(answer))
