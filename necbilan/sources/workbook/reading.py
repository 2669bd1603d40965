"""What reading a file gives: the table, its text, its problems, its account, its origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Problem

__all__ = ["Account", "Origin", "Reading", "Reason", "Reject"]

Reason = Literal[
    "hint", "preamble", "header", "blank", "repeated_header", "section", "total", "footnote",
    "ragged", "quote",
]  # fmt: skip


@dataclass(frozen=True)
class Reject:
    """Lines that became no row of the table: from ``line``, ``lines`` of them, and why.

    ``line`` is the physical line of a text file (1-based) or the row number of a sheet;
    ``text`` the words of a section row or a footnote («Inscriptions sur place»), else "".
    """

    line: int
    reason: Reason
    lines: int = 1
    sheet: str = ""
    text: str = field(default="", repr=False)


@dataclass(frozen=True)
class Account:
    """Nothing is lost: ``lines`` = lines of the kept rows + lines of the rejects.

    ``row_numbers[i]`` is the line or the Excel row number at which row i of the table
    starts, ``row_heights[i]`` the physical lines it spans, ``row_sheets[i]`` the sheet it
    comes from ("" for a text file).  ``column_letters`` are the Excel letters of the
    columns: the cell of row i, column j is ``column_letters[j] + str(row_numbers[i])``.
    """

    lines: int
    kept: int
    rejects: tuple[Reject, ...] = ()
    row_numbers: tuple[int, ...] = ()
    row_heights: tuple[int, ...] = ()
    row_sheets: tuple[str, ...] = ()
    column_letters: tuple[str, ...] = ()

    def balance(self) -> int:
        """Lines that nothing accounts for: always 0."""
        return self.lines - sum(self.row_heights) - sum(reject.lines for reject in self.rejects)


@dataclass(frozen=True)
class Origin:
    """Where the table was found.

    ``format``: csv | xlsx | xls | xlsb | ods | fods | html.  ``header_rows``: row numbers
    of the header, from the group row to the leaf row.  ``headers``: one tuple a header
    row, each as long as the table is wide ("" where the cell is blank; the cells of a
    merged range all hold its text).  ``preamble``: the text of each line skipped above.
    ``engine``: the library that read the cells, or "necbilan".
    """

    format: str
    sheet: str = ""
    header_rows: tuple[int, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    preamble: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    engine: str = "necbilan"


@dataclass(frozen=True, repr=False)
class Reading:
    """One table as it was found: the only object of necbilan that may hold names.

    ``table``: each column typed by its values: ``string``, ``Int64``, ``Float64`` or
    ``datetime64[us]`` (wall clock as written, no zone); missing is NA.  ``text``: same
    shape and labels, every cell as written, "" when empty.
    """

    table: pd.DataFrame
    text: pd.DataFrame
    problems: tuple[Problem, ...]
    account: Account
    origin: Origin

    def __repr__(self) -> str:
        sheet = f", sheet={self.origin.sheet!r}" if self.origin.sheet else ""
        return (
            f"Reading({self.origin.format}{sheet}, {len(self.table)} rows × "
            f"{len(self.table.columns)} columns, {len(self.problems)} problems)"
        )
