"""``read`` and ``sheet_names``: a path to a Reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from necbilan.errors import InputMissing
from necbilan.sources.workbook import delimited, encoding, ooxml
from necbilan.sources.workbook.assemble import assemble
from necbilan.sources.workbook.contents import Contents
from necbilan.sources.workbook.problems import refused

if TYPE_CHECKING:
    import os

    from necbilan.sources.workbook.reading import Reading

__all__ = ["read", "sheet_names"]


def read(path: str | os.PathLike[str], *, sheet: str | None = None) -> Reading:
    """Read the one table of a file (of its sheet ``sheet``, when it has several).

    Raises UnreadableFile when the bytes are no table, InputMissing when there is no file.
    """
    file = Path(path)
    content = _contents(file)
    return assemble(content, file.name, sheet)


def sheet_names(path: str | os.PathLike[str]) -> list[str]:
    """Visible sheets that hold something, in order; [""] for a text file.

    Raises UnreadableFile and InputMissing as ``read`` does.
    """
    file = Path(path)
    content = _contents(file)
    return [grid.name for grid in content.grids if grid.visible and any(map(any, grid.rows))]


def _contents(file: Path) -> Contents:
    if not file.is_file():
        raise InputMissing(f"{file.name} : aucun fichier à ce nom.")
    data = file.read_bytes()
    if not data.strip():
        raise refused("E_EMPTY", file=file.name)
    if data[:4] == b"PK\x03\x04":
        return Contents("xlsx", tuple(ooxml.grids(file)), engine="calamine")
    decoded = encoding.decode(data)
    parsed = delimited.parse(decoded.text)
    return Contents(
        "csv",
        (parsed.grid,),
        lines=parsed.lines,
        encoding=decoded.encoding,
        delimiter=parsed.delimiter,
        is_text=True,
    )
