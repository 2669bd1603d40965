"""A sheet as an engine gave it, before anyone knows where its table is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Cell", "ErrorCell", "Grid", "column_letter", "written"]


@dataclass(frozen=True)
class ErrorCell:
    """An Excel error such as #REF!: shown as text, never a value."""

    code: str


Cell = str | int | float | bool | datetime | date | time | timedelta | ErrorCell


@dataclass(frozen=True)
class Grid:
    """Rows of cells ("" when empty), each with its number in the file.

    Rows may be of unequal length.  ``numbers[i]`` is the physical line (text) or the Excel
    row number of ``rows[i]``; ``heights[i]`` the physical lines it spans; empty means one
    each.  ``first_column`` is 0 for Excel's A.  ``hidden_rows`` holds row numbers,
    ``hidden_columns`` 0-based columns; ``merged`` holds (first row number, first column,
    last row number, last column); ``unvalued`` the (row number, column) of formulas that
    have no stored result; ``formulas`` counts those of each row number.
    """

    name: str
    rows: list[list[Cell]]
    numbers: list[int]
    heights: list[int] = field(default_factory=list)
    first_column: int = 0
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    unvalued: frozenset[tuple[int, int]] = frozenset()
    formulas: Mapping[int, int] = field(default_factory=dict)

    def height(self, index: int) -> int:
        """Physical lines that the row spans."""
        return self.heights[index] if self.heights else 1


def column_letter(column: int) -> str:
    """Excel's letters of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def written(value: Cell) -> str:
    """The cell as text: no scientific notation, ISO dates, TRUE/FALSE for booleans."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _written_float(value)
    if isinstance(value, datetime):
        if not (value.hour or value.minute or value.second or value.microsecond):
            return value.strftime("%Y-%m-%d") if value.year >= 1000 else value.isoformat()[:10]
        return value.isoformat(sep=" ", timespec="milliseconds" if value.microsecond else "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        hours, rest = divmod(round(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return value.code


def _written_float(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    if "e" not in text:
        return text
    return f"{value:.15f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.0f}"
