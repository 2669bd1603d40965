"""What a table's rows and columns have to be told: each fault as a Problem, cell by cell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from necbilan.sources.workbook.grid import column_letter
from necbilan.sources.workbook.problems import listed, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.model import Problem
    from necbilan.sources.workbook.grid import Grid
    from necbilan.sources.workbook.layout import Layout
    from necbilan.sources.workbook.reading import Account
    from necbilan.sources.workbook.typed import TypedColumn

__all__ = ["of_columns", "of_table"]

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
    "utc": "W_UTC",
}


def of_table(grid: Grid, layout: Layout, file: str, *, is_text: bool) -> list[Problem]:
    """Lines left out, headers merged or doubled, hidden rows, formulas without result."""
    tell = partial(problem, file=file, sheet=grid.name)
    leaf = grid.numbers[layout.header_rows[-1]]
    told = []
    above = sum(reason == "preamble" for _, reason in layout.rejects)
    if above:
        told.append(tell("W_PREAMBLE", count=above, header=leaf))
    for reason, code in _ROW_CODES.items():
        lines = [grid.numbers[row] for row, why in layout.rejects if why == reason]
        if lines:
            first = f"ligne {lines[0]}" if is_text else ""
            width = layout.row_width
            told.append(
                tell(code, cell=first, count=len(lines), lines=listed(lines), row_width=width)
            )
    if len(layout.header_rows) > 1:
        lines = [grid.numbers[row] for row in layout.header_rows]
        told.append(tell("W_MERGED_HEADER", count=len(lines), lines=listed(lines)))
    if layout.doubled:
        labels = listed(f"« {label} »" for label in layout.doubled)
        told.append(tell("W_DUP_HEADER", labels=labels))
    named = len(grid.rows[layout.header_rows[-1]])
    if layout.row_width > named:
        unnamed = any(column >= named for column in layout.columns)
        code = "A_SHORT_HEADER" if unnamed else "A_BLANK_CELLS"
        told.append(tell(code, cell=f"ligne {leaf}", header=named, rows=layout.row_width))
    if len(layout.columns) > _MANY_COLUMNS:
        told.append(tell("W_MANY_COLS", count=len(layout.columns)))
    if grid.unvalued:
        told += _of_formulas(grid, layout, file)
    return told + _of_hidden(grid, layout, file)


def _of_hidden(grid: Grid, layout: Layout, file: str) -> list[Problem]:
    tell = partial(problem, file=file, sheet=grid.name)
    rows = {grid.numbers[row] for row in layout.body} & grid.hidden_rows
    columns = {column + grid.first_column for column in layout.columns} & grid.hidden_columns
    told = []
    if rows:
        told.append(tell("W_HIDDEN_ROWS", count=len(rows)))
    if columns:
        told.append(tell("W_HIDDEN_COLUMNS", count=len(columns)))
    return told


def _of_formulas(grid: Grid, layout: Layout, file: str) -> list[Problem]:
    """Formulas without stored result: blocking when they are most of a column."""
    told = []
    for label, column in zip(layout.labels, layout.columns, strict=True):
        place = column + grid.first_column
        numbers = [
            grid.numbers[row] for row in layout.body if (grid.numbers[row], place) in grid.unvalued
        ]
        if numbers:
            most = len(numbers) > 0.5 * len(layout.body)
            cells = [f"{column_letter(place)}{number}" for number in numbers]
            told.append(
                problem(
                    "E_FORMULA_NO_VALUE" if most else "W_FORMULA_NO_VALUE",
                    file=file,
                    sheet=grid.name,
                    cell=cells[0],
                    label=label,
                    count=len(cells),
                    cells=listed(cells),
                )
            )
    return told


def of_columns(
    labels: Sequence[str],
    typed: Sequence[TypedColumn],
    account: Account,
    file: str,
    *,
    is_text: bool,
) -> list[Problem]:
    """Cells that did not follow their column, named by address or line."""
    told = []
    for position, (label, column) in enumerate(zip(labels, typed, strict=True)):
        for fault in column.faults:
            numbers = [account.row_numbers[row] for row in fault.rows]
            letter = "ligne " if is_text else account.column_letters[position]
            shown = numbers if is_text else [f"{letter}{number}" for number in numbers]
            told.append(
                problem(
                    _COLUMN_CODES[fault.kind],
                    file=file,
                    sheet=account.row_sheets[fault.rows[0]],
                    cell=f"{letter}{numbers[0]}",
                    label=label,
                    count=len(numbers),
                    cells=("lignes " if is_text else "") + listed(shown),
                )
            )
    return told
