"""Text files to a grid: each record with its physical lines, each bad line by its number."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from necbilan.sources.workbook import limits
from necbilan.sources.workbook.dialect import NO_DELIMITER, Dialect, detect
from necbilan.sources.workbook.grid import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Parsed", "parse"]

_HINT = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE | re.DOTALL)
_LONGEST_RECORD = 2000  # physical lines that one quoted cell may span
_MOST_QUOTES = 400  # in a line worth mending


@dataclass(frozen=True)
class Parsed:
    """A grid and its delimiter ("" when every line is one cell).

    ``lines``: physical lines in all; ``hint``: whether line 1 was «sep=;»; ``mended``:
    lines whose stray quote was kept as a character; ``lost``: lines left out because no
    reading of their quotes gives a record.
    """

    grid: Grid
    delimiter: str
    lines: int
    hint: bool = False
    mended: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()


@dataclass
class _Records:
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)

    def add(self, row: list[str], number: int, height: int = 1) -> None:
        self.rows.append(row)
        self.numbers.append(number)
        self.heights.append(height)


def parse(text: str, file: str) -> Parsed:
    """Parse a text of any delimiter, quote and newline.

    Raises UnreadableFile over the limits of lines and cells.
    """
    limits.check_lines(text.count("\n") + text.count("\r") - text.count("\r\n"), file=file)
    lines = [
        line[1:] if line.startswith("\ufeff") else line for line in io.StringIO(text, newline="")
    ]
    hint = _HINT.fullmatch(lines[0]) if lines else None
    skipped = 1 if hint else 0
    dialect = detect(lines[skipped:], hint[1] if hint else "")
    most = csv.field_size_limit(limits.MAX_TEXT + 1)
    try:
        records = _records(lines, skipped, dialect)
    finally:
        csv.field_size_limit(most)
    limits.check_cells(sum(map(len, records.rows)), file=file)
    grid = Grid("", cast("list[list[Cell]]", records.rows), records.numbers, records.heights)
    return Parsed(
        grid,
        "" if dialect.delimiter == NO_DELIMITER else dialect.delimiter,
        len(lines),
        hint is not None,
        tuple(records.mended),
        tuple(records.lost),
    )


def _records(lines: Sequence[str], skipped: int, dialect: Dialect) -> _Records:
    """At once when the text is in order, else line by line."""
    records = _Records()
    reader = dialect.records(lines[skipped:], strict=True)
    before = 0
    try:
        for row in reader:
            records.add(row, skipped + before + 1, reader.line_num - before)
            before = reader.line_num
    except csv.Error:
        return _line_by_line(lines, skipped, dialect)
    width = _usual([len(row) for row in records.rows])
    for number, height in zip(records.numbers, records.heights, strict=True):
        if height > 1 and _swallows(lines[number : number + height - 1], dialect, width):
            return _line_by_line(lines, skipped, dialect)
    return records


def _usual(widths: Sequence[int]) -> int:
    counts = Counter(width for width in widths if width > 1)
    return counts.most_common(1)[0][0] if counts else 1


def _swallows(continuation: Sequence[str], dialect: Dialect, width: int) -> bool:
    """Whether a line inside a quoted cell is a whole record on its own."""
    if width < 3:
        return False
    return any(
        line.count(dialect.delimiter) >= width - 1
        and line.count(dialect.quote) % 2 == 0
        and (cells := _strictly(line, dialect)) is not None
        and len(cells) == width
        for line in continuation
    )


def _strictly(text: str, dialect: Dialect) -> list[str] | None:
    """The cells of one whole record, or None when its quotes are wrong."""
    try:
        rows = list(dialect.records(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _line_by_line(lines: Sequence[str], skipped: int, dialect: Dialect) -> _Records:
    alone = [[] if not line.strip("\r\n") else _strictly(line, dialect) for line in lines[skipped:]]
    width = _usual([len(cells) for cells in alone if cells])
    records = _Records()
    index = skipped
    while index < len(lines):
        cells = alone[index - skipped]
        if cells is not None:
            records.add(cells, index + 1)
            index += 1
            continue
        height = _quoted_height(lines, index, dialect, width)
        if height:
            joined = _strictly("".join(lines[index : index + height]), dialect)
            records.add(joined or [], index + 1, height)
            index += height
            continue
        mended = _mended(lines[index], dialect, width)
        if mended is None:
            records.lost.append(index + 1)
        else:
            records.mended.append(index + 1)
            records.add(mended, index + 1)
        index += 1
    return records


def _quoted_height(lines: Sequence[str], index: int, dialect: Dialect, width: int) -> int:
    """Lines of the record that starts there and whose quoted cell holds newlines; 0 if none."""
    quotes = lines[index].count(dialect.quote)
    if quotes % 2 == 0:
        return 0
    last = min(len(lines), index + _LONGEST_RECORD)
    for end in range(index + 1, last):
        quotes += lines[end].count(dialect.quote)
        if quotes % 2:
            continue
        cells = _strictly("".join(lines[index : end + 1]), dialect)
        if cells is None:
            return 0
        if len(cells) != width or _swallows(lines[index + 1 : end + 1], dialect, width):
            return 0
        return end + 1 - index
    return 0


def _mended(line: str, dialect: Dialect, width: int) -> list[str] | None:
    """The one reading of the line, of the usual width, in which one quote is a character."""
    line = line.rstrip("\r\n")
    found: list[list[str]] = []
    if line.count(dialect.quote) > _MOST_QUOTES:
        return None
    for place, char in enumerate(line):
        if char != dialect.quote:
            continue
        cells = _strictly(line[:place] + "\x00" + line[place + 1 :], dialect)
        if cells is not None and len(cells) == width:
            cells = [cell.replace("\x00", dialect.quote) for cell in cells]
            if cells not in found:
                found.append(cells)
    if len(found) == 1:
        return found[0]
    plain = line.split(dialect.delimiter)
    return plain if not found and len(plain) == width else None
