"""Where the table is in a grid: its header, its columns, its rows, and all the rest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from necbilan.sources.workbook.header import Sheet, group_rows, labels_of, leaf_row, levels_of
from necbilan.sources.workbook.words import holds_word, plain, starts_total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.sources.workbook.grid import Grid
    from necbilan.sources.workbook.reading import Reason

__all__ = ["Layout", "find"]

Verdict = Literal["table", "empty", "no_rows", "no_header", "ragged_header"]

_SAMPLED = 40
_ANNOUNCED = {"email": "email_headers", "date": "date_headers"}
_MOST = 0.8


@dataclass(frozen=True)
class Layout:
    """Positions are indices into the grid's rows and columns.

    ``headers`` holds one tuple a header row, aligned with ``columns``; ``labels`` are the
    unique names of the columns; ``rejects`` are (row index, reason), blank rows included.
    ``row_width``: cells of most rows of a text file, 0 for a sheet.
    """

    verdict: Verdict
    header_rows: tuple[int, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    columns: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    body: tuple[int, ...] = ()
    rejects: tuple[tuple[int, Reason], ...] = ()
    row_width: int = 0


def find(grid: Grid, texts: list[list[str]], *, ragged: bool) -> Layout:
    """Find the table in stripped ``texts``; ``ragged``: rows must have one number of cells."""
    sheet = Sheet(grid, texts)
    if not any(sheet.filled):
        return Layout("empty")
    leaf = leaf_row(sheet)
    if leaf is None:
        return Layout("no_header")
    header_rows = (*group_rows(sheet, leaf), leaf)
    width = _row_width(sheet, leaf) if ragged else 0
    if width and not _covers(sheet, leaf, width):
        return Layout("ragged_header", header_rows, row_width=width)
    levels = levels_of(sheet, header_rows)
    body, rejects = _sorted_rows(sheet, header_rows, levels, width)
    columns = sorted(
        {column for column, text in levels[-1].items() if text}
        | {column for row in body for column in sheet.filled[row]}
    )
    headers = tuple(tuple(level.get(column, "") for column in columns) for level in levels)
    labels, doubled = labels_of(grid, headers, columns)
    above: list[tuple[int, Reason]] = [
        (row, "preamble" if sheet.filled[row] else "blank") for row in range(header_rows[0])
    ]
    above += [(row, "header") for row in header_rows]
    return Layout(
        "table" if body else "no_rows",
        header_rows,
        headers,
        tuple(columns),
        labels,
        doubled,
        tuple(body),
        tuple(sorted([*above, *rejects])),
        width,
    )


def _row_width(sheet: Sheet, leaf: int) -> int:
    """Cells of most rows under the header; the header's own number when tied or alone."""
    header = len(sheet.texts[leaf])
    widths = Counter(
        len(sheet.texts[row]) for row in range(leaf + 1, len(sheet.texts)) if sheet.filled[row]
    )
    if not widths:
        return header
    return max(widths, key=lambda width: (widths[width], width == header))


def _covers(sheet: Sheet, leaf: int, width: int) -> bool:
    """Whether a header may name rows of that width: cells in excess on either side are blank,
    or the names that announce e-mails or dates stand over some.

    Otherwise a separator is missing or in excess in the header, and names would shift.
    """
    header = len(sheet.texts[leaf])
    if width >= header:
        rows = [row for row in range(leaf + 1, len(sheet.texts)) if len(sheet.texts[row]) == width]
        blank = all(not sheet.filled[row] or sheet.filled[row][-1] < header for row in rows)
        return blank or _stands_right(sheet, leaf, rows)
    return sheet.filled[leaf][-1] < width


def _stands_right(sheet: Sheet, leaf: int, rows: Sequence[int]) -> bool:
    """Whether every name that announces e-mails or dates stands over such cells, one at least."""
    proven = 0
    for column, name in enumerate(sheet.texts[leaf]):
        announced = [kind for kind, words in _ANNOUNCED.items() if holds_word(words, name)]
        kinds = [kind for row in rows if (kind := sheet.kind(row, column)) != "blank"]
        if announced and kinds:
            if sum(kind in announced for kind in kinds) < _MOST * len(kinds):
                return False
            proven += 1
    return proven > 0


def _sorted_rows(
    sheet: Sheet, header_rows: tuple[int, ...], levels: list[dict[int, str]], width: int
) -> tuple[list[int], list[tuple[int, Reason]]]:
    """Rows of the table, and the others with what they are."""
    leaf = header_rows[-1]
    headers = [{column: plain(text) for column, text in level.items() if text} for level in levels]
    named = len(headers[-1])
    starts = Counter(
        sheet.texts[row][columns[0]]
        for row, columns in enumerate(sheet.filled)
        if columns and row > leaf
    )
    body: list[int] = []
    rejects: list[tuple[int, Reason]] = []
    lone: list[int] = []
    for row in range(leaf + 1, len(sheet.texts)):
        if not sheet.filled[row]:
            rejects.append((row, "blank"))
        elif any(_repeats(sheet.texts[row], header) for header in headers):
            rejects.append((row, "repeated_header"))
        elif _is_total(sheet, row, named, starts):
            rejects.append((row, "total"))
        elif len(sheet.filled[row]) == 1 and named >= 3 and _is_lone(sheet, row, body):
            lone.append(row)
        elif width and len(sheet.texts[row]) != width:
            rejects.append((row, "ragged"))
        else:
            body.append(row)
    last = body[-1] if body else leaf
    rejects += [(row, "section" if row < last else "footnote") for row in lone]
    return body, rejects


def _repeats(row: Sequence[str], header: dict[int, str]) -> bool:
    """Whether every named cell of the header stands again in the row."""
    if len(header) < 2:
        return False
    return all(
        column < len(row) and (row[column] == text or plain(row[column]) == text)
        for column, text in header.items()
    )


def _is_total(sheet: Sheet, row: int, named: int, starts: Counter[str]) -> bool:
    """A total or a subtotal: its word first, then nothing but figures; or bare formulas."""
    columns, texts = sheet.filled[row], sheet.texts[row]
    start = texts[columns[0]]
    if not starts_total(start):
        formulas = sheet.grid.formulas.get(sheet.grid.numbers[row], 0)
        return formulas >= len(columns) and len(columns) <= 0.3 * named
    if starts[start] > 2:  # an answer that several people gave
        return False
    rest = [texts[column] for column in columns[1:]]
    figures = all(len(text) < 40 and any(map(str.isdigit, text)) for text in rest)
    return figures or len(columns) <= 0.5 * named


def _is_lone(sheet: Sheet, row: int, body: Sequence[int]) -> bool:
    """Whether the only filled cell is a title or a note: text unlike the values of its column."""
    column = sheet.filled[row][0]
    text = sheet.texts[row][column]
    if sheet.kind(row, column) != "text":
        return False
    if " " in text or not any(map(str.isdigit, text)):
        return True
    above = [sheet.texts[line][column] for line in body[-_SAMPLED:] if sheet.kind(line, column)]
    alike = sum(_shape(other) == _shape(text) for other in above)
    return alike <= 0.5 * max(1, len(above))


def _shape(text: str) -> str:
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "9", text.casefold()))
