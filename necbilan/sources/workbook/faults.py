"""What a table's rows and columns have to be told: each fault as a Problem, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.sources.workbook.grid import column_letter
from necbilan.sources.workbook.problems import listed, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.model import Problem
    from necbilan.sources.workbook.assemble import Found
    from necbilan.sources.workbook.reading import Account
    from necbilan.sources.workbook.typed import TypedColumn

__all__ = ["of_columns", "of_tables"]

_MANY_COLUMNS = 500

_ROW_CODES = {
    "total": "W_TOTAL_ROW",
    "section": "W_SECTION",
    "footnote": "W_FOOTNOTE",
    "repeated_header": "W_REPEATED_HEADER",
    "ragged": "W_RAGGED",
}
_COLUMN_CODES = {
    "not_a_number": "W_NOT_A_NUMBER",
    "not_a_date": "W_NOT_A_DATE",
    "cell_error": "W_CELL_ERROR",
    "date_serial": "W_DATE_SERIAL",
    "phone": "W_PHONE",
    "date_order": "W_DATE_ORDER",
    "date_conflict": "A_DATE_CONFLICT",
    "date_swapped": "A_DATE_SWAPPED",
    "number_mark": "W_NUMBER_MARK",
}


def of_tables(tables: Sequence[Found], file: str, *, is_text: bool) -> list[Problem]:
    """Lines left out, headers merged or doubled, hidden rows, too many columns."""
    problems = []
    for found in tables:
        grid, layout = found.grid, found.layout
        leaf = grid.numbers[layout.header_rows[-1]]
        place = {"file": file, "sheet": grid.name}
        above = [row for row, reason in layout.rejects if reason == "preamble"]
        if above:
            problems.append(problem("W_PREAMBLE", count=len(above), header=leaf, **place))
        for reason, code in _ROW_CODES.items():
            lines = [grid.numbers[row] for row, why in layout.rejects if why == reason]
            if lines:
                values = {"count": len(lines), "lines": listed(lines)}
                cell = f"ligne {lines[0]}" if is_text else ""
                width = len(found.texts[layout.header_rows[-1]])
                problems.append(problem(code, cell=cell, expected_width=width, **values, **place))
        if len(layout.header_rows) > 1:
            lines = [grid.numbers[row] for row in layout.header_rows]
            problems.append(
                problem("W_MERGED_HEADER", count=len(lines), lines=listed(lines), **place)
            )
        if layout.doubled:
            labels = listed(f"« {label} »" for label in layout.doubled)
            problems.append(problem("W_DUP_HEADER", labels=labels, **place))
        if len(layout.columns) > _MANY_COLUMNS:
            problems.append(problem("W_MANY_COLS", count=len(layout.columns), **place))
        problems += _unvalued(found, file)
        kept = {grid.numbers[row] for row in layout.body}
        hidden_rows = kept & grid.hidden_rows
        if hidden_rows:
            problems.append(problem("W_HIDDEN_ROWS", count=len(hidden_rows), **place))
        columns = {column + grid.first_column for column in layout.columns}
        hidden_columns = columns & grid.hidden_columns
        if hidden_columns:
            problems.append(problem("W_HIDDEN_COLUMNS", count=len(hidden_columns), **place))
    return problems


def of_columns(
    labels: Sequence[str],
    typed: Sequence[TypedColumn],
    account: Account,
    file: str,
    *,
    is_text: bool,
) -> list[Problem]:
    """Cells that did not follow their column, named by address or line."""
    problems = []
    for position, (label, column) in enumerate(zip(labels, typed, strict=True)):
        for fault in column.faults:
            cells = [_address(account, row, position, is_text=is_text) for row in fault.rows]
            problems.append(
                problem(
                    _COLUMN_CODES[fault.kind],
                    file=file,
                    sheet=account.row_sheets[fault.rows[0]] if fault.rows else "",
                    cell=cells[0] if cells else "",
                    label=label,
                    count=len(cells),
                    cells=listed(cells),
                )
            )
    return problems


def _address(account: Account, row: int, column: int, *, is_text: bool) -> str:
    number = account.row_numbers[row]
    return f"ligne {number}" if is_text else f"{account.column_letters[column]}{number}"


def _unvalued(found: Found, file: str) -> list[Problem]:
    """Formulas without stored result: blocking when they are most of a column."""
    grid, layout = found.grid, found.layout
    problems = []
    for label, column in zip(layout.labels, layout.columns, strict=True):
        place = column + grid.first_column
        cells = [
            f"{column_letter(place)}{grid.numbers[row]}"
            for row in layout.body
            if (grid.numbers[row], place) in grid.unvalued
        ]
        if cells:
            code = (
                "E_FORMULA_NO_VALUE"
                if len(cells) > 0.5 * len(layout.body)
                else "W_FORMULA_NO_VALUE"
            )
            problems.append(
                problem(
                    code,
                    file=file,
                    sheet=grid.name,
                    cell=cells[0],
                    label=label,
                    count=len(cells),
                    cells=listed(cells),
                )
            )
    return problems
