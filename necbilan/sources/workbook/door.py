"""``read`` and ``sheet_names``: a path to a Reading; ``every_cell``: all that a file says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from necbilan.errors import InputMissing
from necbilan.sources.workbook.assemble import assemble
from necbilan.sources.workbook.engines import contents_of
from necbilan.sources.workbook.grid import written

if TYPE_CHECKING:
    import os

    from necbilan.sources.workbook.contents import Contents
    from necbilan.sources.workbook.reading import Reading

__all__ = ["every_cell", "read", "sheet_names"]


def read(
    path: str | os.PathLike[str], *, sheet: str | None = None, without_rows: bool = False
) -> Reading:
    """Read the one table of a file (of its sheet ``sheet``, when it has several).

    The Reading holds ``table`` (each column typed by its values, missing is NA), ``text``
    (every cell as written, "" when empty), ``problems``, and where each line went
    (``account``).  It may hold names: nothing else that necbilan gives does.

    ``without_rows``: a header alone is a table too, of no row.  Raises UnreadableFile when
    the bytes are no table, InputMissing when there is no file.
    """
    file = Path(path)
    return assemble(_contents(file), file.name, sheet, without_rows=without_rows)


def sheet_names(path: str | os.PathLike[str]) -> list[str]:
    """Visible sheets that hold something, in order; [""] for a text file.

    Raises UnreadableFile and InputMissing as ``read`` does.
    """
    contents = _contents(Path(path))
    return [grid.name for grid in contents.grids if grid.visible and any(map(any, grid.rows))]


def every_cell(path: str | os.PathLike[str]) -> list[list[list[str]]]:
    """Each sheet as rows of cells as written, hidden sheets, rows and columns included.

    For who looks for names, never for who counts: lines that only spaces part stay whole.
    Raises UnreadableFile and InputMissing as ``read`` does.
    """
    contents = _contents(Path(path))
    sheets = [
        [[written(cell).strip() for cell in row] for row in grid.rows] for grid in contents.grids
    ]
    if contents.delimiter == " ":
        return [[[" ".join(row)] for row in rows] for rows in sheets]
    return sheets


def _contents(file: Path) -> Contents:
    if file.is_dir():
        raise InputMissing(f"{file.name}\u00a0: c’est un dossier, pas un fichier de tableau.")
    if not file.is_file():
        raise InputMissing(f"{file.name}\u00a0: aucun fichier à ce nom.")
    return contents_of(file, file.name)
