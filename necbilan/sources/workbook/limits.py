"""How much a file may hold: checked before an engine sees it, absolute limits before ratios.

Measured: a table of 50,000 rows × 15 columns is 4 MB of xlsx and 45 MB of XML inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.sources.workbook.problems import refused

if TYPE_CHECKING:
    from necbilan.sources.workbook.archive import Archive

__all__ = [
    "MAX_CELLS",
    "MAX_CHARACTERS",
    "MAX_INFLATED",
    "MAX_TEXT",
    "check_archive",
    "check_cells",
    "check_characters",
    "check_lines",
    "check_size",
]

MAX_FILE = 100 * 2**20
MAX_TEXT = 40 * 2**20
MAX_ELEMENTS = 6_000_000  # cells of a sheet, blank ones included
MAX_LINES = 1_100_000
MAX_CHARACTERS = 100_000_000
MAX_INFLATED = 300 * 2**20
MAX_PARTS = 1000
MAX_CELLS = 3_000_000


def check_size(size: int, *, file: str, most: int = MAX_FILE) -> None:
    """Raise UnreadableFile when the file itself is too big."""
    if size > most:
        raise _over(file, f"{size // 2**20} Mo", f"{most // 2**20} Mo")


def check_cells(cells: int, *, file: str, sheet: str = "", most: int = MAX_CELLS) -> None:
    """Raise UnreadableFile when a sheet holds (or its used range covers) too many cells."""
    if cells > most:
        found, limit = (f"{number:,} cellules".replace(",", "\u202f") for number in (cells, most))
        raise _over(file, found, limit, sheet)


def check_lines(lines: int, *, file: str) -> None:
    """Raise UnreadableFile when there are more lines than a sheet of Excel has rows."""
    if lines > MAX_LINES:
        raise _over(file, f"{lines} lignes", f"{MAX_LINES} lignes")


def check_characters(characters: int, *, file: str, sheet: str = "") -> None:
    """Raise UnreadableFile when the cells hold more text than people write."""
    if characters > MAX_CHARACTERS:
        found = f"{characters // 1_000_000} millions de caractères"
        raise _over(file, found, f"{MAX_CHARACTERS // 1_000_000} millions", sheet)


def check_archive(archive: Archive, *, file: str) -> None:
    """Refuse a zip bomb, too many parts, a part present twice, an encrypted part."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise _over(file, f"{len(parts)} parties compressées", f"{MAX_PARTS} parties")
    inflated = sum(part.file_size for part in parts)
    if inflated > MAX_INFLATED:
        raise _over(
            file,
            f"{inflated // 2**20} Mo une fois décompressé (bombe zip ?)",
            f"{MAX_INFLATED // 2**20} Mo",
        )
    names = [part.filename.casefold() for part in parts]
    if len(set(names)) < len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise refused("E_CORRUPT", file=file, detail=f"la partie {double} s'y trouve deux fois")
    if any(part.flag_bits & 0x1 for part in parts):
        raise refused("E_PASSWORD", file=file)


def _over(file: str, detail: str, limit: str, sheet: str = "") -> Exception:
    return refused("E_LIMIT", file=file, sheet=sheet, detail=detail, limit=limit)
