"""Which rows of a grid are its header, and what they name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from necbilan.sources.workbook import dates, numbers
from necbilan.sources.workbook.grid import ErrorCell, column_letter
from necbilan.sources.workbook.words import is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.sources.workbook.grid import Cell, Grid

__all__ = ["Sheet", "group_rows", "kind_of", "labels_of", "leaf_row", "levels_of"]

Kind = Literal["blank", "text", "number", "date", "email", "code"]

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?:\+\d{2}|0)\s?\d(?:[ .\-]?\d{2}){4}")
_TRIED = 12  # full rows that may stand before the header
_SEARCHED = 500  # rows that say how wide the table is
_SAMPLED = 40  # rows under a header that say what its columns hold
_MOST_HEADER_ROWS = 3


@dataclass(frozen=True)
class Sheet:
    """A grid with the stripped text of its cells."""

    grid: Grid
    texts: list[list[str]]

    @cached_property
    def filled(self) -> list[list[int]]:
        """The columns of each row that are not blank."""
        return [[column for column, text in enumerate(row) if text] for row in self.texts]

    def kind(self, row: int, column: int) -> Kind:
        """What the cell looks like; blank past the end of its row."""
        if column >= len(self.texts[row]):
            return "blank"
        return kind_of(self.grid.rows[row][column], self.texts[row][column])

    def below(self, row: int) -> list[int]:
        """The next rows that hold something."""
        found = []
        for line in range(row + 1, len(self.texts)):
            if self.filled[line]:
                found.append(line)
                if len(found) == _SAMPLED:
                    break
        return found


def kind_of(cell: Cell, text: str) -> Kind:
    """What one cell looks like, on its own."""
    if not text:
        return "blank"
    if isinstance(cell, date) or (isinstance(cell, str) and dates.parts(text)):
        return "date"
    if not isinstance(cell, str):
        return "text" if isinstance(cell, (bool, ErrorCell)) else "number"
    if numbers.looks_numeric(text):
        return "number"
    if numbers.is_code(text) or _PHONE.fullmatch(text):
        return "code"
    return "email" if _EMAIL.fullmatch(text) else "text"


def leaf_row(sheet: Sheet) -> int | None:
    """The row that names the columns, None when the first full row is data already."""
    enough = max(1.0, 0.5 * _usual_width(sheet.filled))
    full = [row for row, columns in enumerate(sheet.filled) if len(columns) >= enough]
    for position, row in enumerate(full[:_TRIED]):
        score = _score(sheet, row)
        if score > 0 or (score == 0 and position == 0):
            return (
                row + 1 if _goes_on(sheet, row) else _outdone(sheet, full[position:_TRIED], score)
            )
        if position == 0 and not _could_be_preamble(sheet, row):
            return None
    return None


def _usual_width(filled: Sequence[Sequence[int]]) -> int:
    """Filled cells of the fullest rows, one stray long row left aside."""
    counts = sorted((len(row) for row in filled[:_SEARCHED] if row), reverse=True)
    return counts[1] if len(counts) > 8 else counts[0]


def _goes_on(sheet: Sheet, row: int) -> bool:
    """Whether the next row names just the columns that this one groups («Participant» over
    «Prénom», «Nom») and leaves the others as they are named here."""
    if row + 1 >= len(sheet.texts) or sheet.grid.numbers[row + 1] != sheet.grid.numbers[row] + 1:
        return False
    here, after = set(sheet.filled[row]), set(sheet.filled[row + 1])
    used = {column for line in sheet.below(row + 1) for column in sheet.filled[line]}
    unnamed = used - here
    starts = {column - 1 for column in unnamed} & here
    words = sheet.texts[row + 1]
    starts |= {c for c in after & here if is_word("answer_headers", words[c])}
    if len(here) < 2 or not here - after:  # a title, or groups of every column
        return False
    if not unnamed or not unnamed <= after or not after & here <= starts:
        return False
    return all(sheet.kind(row + 1, column) == "text" for column in after)


def _outdone(sheet: Sheet, rows: Sequence[int], score: float) -> int:
    """The first of the rows, unless a fuller one names the columns better: then the first
    named groups, or was a line of the preamble."""
    for row in rows[1:]:
        fuller = len(sheet.filled[rows[0]]) < 0.9 * len(sheet.filled[row])
        if fuller and _score(sheet, row) > max(score, 0):
            return row
    return rows[0]


def _score(sheet: Sheet, row: int) -> float:
    """Above 0: the columns below hold other kinds of values than this row; below 0: the same."""
    kinds = {column: sheet.kind(row, column) for column in sheet.filled[row]}
    if "email" in kinds.values():
        return -1
    data_like = sum(kind in ("number", "date", "code") for kind in kinds.values())
    sample = sheet.below(row)
    score = 0.0
    for column, kind in kinds.items():
        lines = [line for line in sample if sheet.kind(line, column) != "blank"]
        if not lines:
            continue
        usual, count = Counter(sheet.kind(line, column) for line in lines).most_common(1)[0]
        if count >= 0.8 * len(lines) and "text" in (kind, usual) and kind != usual:
            score += 1
        elif count >= 0.8 * len(lines) and kind == usual != "text":
            score -= 1
        elif len(lines) >= 5:
            same = sum(sheet.texts[line][column] == sheet.texts[row][column] for line in lines)
            score -= same >= 0.2 * len(lines)
    if score <= 0 and data_like > 0.5 * len(kinds):
        return -1
    values = [sheet.texts[row][column] for column in kinds]
    return -0.5 if score == 0 and len(set(values)) < 0.5 * len(values) else score


def _could_be_preamble(sheet: Sheet, row: int) -> bool:
    """Whether a wide line that is no header differs from the lines that follow it."""
    below = sheet.below(row)
    mine = {column: sheet.kind(row, column) for column in sheet.filled[row]}
    alike = 0
    for line in below:
        agreed = sum(sheet.kind(line, column) == kind for column, kind in mine.items())
        alike += agreed >= 0.7 * len(mine) and len(sheet.filled[line]) <= 1.3 * len(mine)
    return bool(below) and alike < 0.5 * len(below)


def group_rows(sheet: Sheet, leaf: int) -> tuple[int, ...]:
    """The rows right above the leaf that name groups of columns, from the top."""
    rows: list[int] = []
    row = leaf - 1
    while row >= 0 and len(rows) < _MOST_HEADER_ROWS - 1:
        if not (_is_group(sheet, row, leaf) or (row == leaf - 1 and _goes_on(sheet, row))):
            break
        rows.insert(0, row)
        row -= 1
    return tuple(rows)


def _is_group(sheet: Sheet, row: int, leaf: int) -> bool:
    columns, leaves = sheet.filled[row], sheet.filled[leaf]
    near = sheet.grid.numbers[leaf] - sheet.grid.numbers[row] < _MOST_HEADER_ROWS
    if not columns or len(leaves) < 3 or not near:
        return False
    if any(sheet.kind(row, column) != "text" for column in columns):
        return False
    if columns[0] < leaves[0] or columns[-1] > leaves[-1]:
        return False
    if len(columns) == 1:  # a title stands at the left or across the whole table
        merged = _merged_width(sheet.grid, row, columns[0])
        return columns[0] > leaves[0] and merged < 0.8 * len(leaves)
    # «Lieu ; Metz» above a wide table is a line of its preamble.
    is_pair = columns == leaves[:2] and _merged_width(sheet.grid, row, columns[1]) == 1
    return not (is_pair and len(leaves) > 3)


def _merged_width(grid: Grid, row: int, column: int) -> int:
    for top, left, bottom, right in grid.merged:
        if top <= grid.numbers[row] <= bottom and left <= column + grid.first_column <= right:
            return right - left + 1
    return 1


def levels_of(sheet: Sheet, rows: Sequence[int]) -> list[dict[int, str]]:
    """The cells of each header row by column.

    Every cell of a merged range holds its text; a leaf left blank takes the text above it.
    """
    levels = [
        {column: _clean(text) for column, text in enumerate(sheet.texts[row]) if text}
        for row in rows
    ]
    first = sheet.grid.first_column
    for level, row in zip(levels, rows, strict=True):
        for top, left, _, right in sheet.grid.merged:
            if top == sheet.grid.numbers[row] and left - first in level:
                text = level[left - first]
                level.update(dict.fromkeys(range(left - first, right - first + 1), text))
    if len(rows) > 1:
        above = {column: _clean(sheet.texts[rows[-2]][column]) for column in sheet.filled[rows[-2]]}
        starts = {column for column in above if column not in levels[-1]}
        levels[-1].update({column: above[column] for column in starts})
    return levels


def _clean(text: str) -> str:
    """A header on one line, single spaces, composed accents."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\ufeff", "").split())


def labels_of(
    grid: Grid, headers: Sequence[Sequence[str]], columns: Sequence[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Unique names of the columns, and the names that were found more than once.

    A leaf that stands under several groups takes its group's name («Groupe – feuille»), a
    column without a name its letter, a name met again its rank («Commentaire (2)»).
    """
    counts = Counter(headers[-1])
    groups = _carried(headers[:-1], len(columns))
    names = []
    for leaf, group, column in zip(headers[-1], groups, columns, strict=True):
        if not leaf:
            names.append(group or f"Colonne {column_letter(column + grid.first_column)}")
        elif counts[leaf] > 1 and group:
            names.append(f"{group} – {leaf}")
        else:
            names.append(leaf)
    doubled = tuple(name for name, count in Counter(names).items() if count > 1)
    taken = set(names)
    seen: set[str] = set()
    unique = []
    for name in names:
        shown, rank = name, 1
        while shown in seen or (rank > 1 and shown in taken):
            rank += 1
            shown = f"{name} ({rank})"
        seen.add(shown)
        unique.append(shown)
    return tuple(unique), doubled


def _carried(levels: Sequence[Sequence[str]], width: int) -> list[str]:
    """The group of each column: the last one written at its left, levels joined."""
    joined = [""] * width
    for level in levels:
        current = ""
        for column, text in enumerate(level):
            current = text or current
            if current:
                joined[column] = f"{joined[column]} – {current}" if joined[column] else current
    return joined
