"""Where the table is in a grid: its header rows, its columns, its rows, and all the rest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from necbilan.sources.workbook import dates, numbers
from necbilan.sources.workbook.grid import ErrorCell, column_letter
from necbilan.sources.workbook.words import plain, starts_total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.sources.workbook.grid import Cell, Grid
    from necbilan.sources.workbook.reading import Reason

__all__ = ["Layout", "find"]

Kind = Literal["blank", "text", "number", "date", "email", "code"]
Verdict = Literal["table", "empty", "no_rows", "no_header", "ragged_header"]

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?:\+\d{2}|0)\s?\d(?:[ .\-]?\d{2}){4}")
_SEARCHED = 60  # lines that may stand above a table
_SAMPLED = 40  # rows under a header that say what its columns hold
_MOST_HEADER_ROWS = 3


@dataclass(frozen=True)
class Layout:
    """Positions are indices into the grid's rows and columns.

    ``headers`` holds one tuple a header row, aligned with ``columns``; ``labels`` are the
    unique names of the columns; ``rejects`` are (row index, reason), blank rows included.
    """

    verdict: Verdict
    header_rows: tuple[int, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    columns: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    body: tuple[int, ...] = ()
    rejects: tuple[tuple[int, Reason], ...] = ()


def find(grid: Grid, texts: list[list[str]], *, ragged: bool) -> Layout:
    """Find the table; ``ragged`` rejects rows whose number of cells is not the header's."""
    filled = [[column for column, text in enumerate(row) if text] for row in texts]
    if not any(filled):
        return Layout("empty")
    leaf = _leaf_row(grid, texts, filled)
    if leaf is None:
        return Layout("no_header")
    groups = _group_rows(grid, texts, filled, leaf)
    header_rows = (*groups, leaf)
    levels = [_level(grid, texts, row) for row in header_rows]
    if ragged and _disagreeing_width(texts, filled, leaf) is not None:
        return Layout("ragged_header", header_rows)
    body, rejects = _body(grid, texts, filled, header_rows, levels, ragged=ragged)
    columns = _columns(texts, leaf, body, levels)
    headers = tuple(tuple(level.get(column, "") for column in columns) for level in levels)
    labels, doubled = _labels(grid, headers, columns)
    above = [row for row in range(header_rows[0])]
    marked: list[tuple[int, Reason]] = [
        (row, "preamble" if filled[row] else "blank") for row in above
    ]
    marked += [(row, "header") for row in header_rows]
    return Layout(
        "table" if body else "no_rows",
        header_rows,
        headers,
        tuple(columns),
        labels,
        doubled,
        tuple(body),
        tuple(sorted([*marked, *rejects])),
    )


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


# --- the header -------------------------------------------------------------------------


def _leaf_row(grid: Grid, texts: list[list[str]], filled: list[list[int]]) -> int | None:
    widest = _usual_width(filled)
    enough = max(1, widest * 0.5)
    full = [row for row in range(len(texts)) if len(filled[row]) >= enough][:_SEARCHED]
    for position, row in enumerate(full[:12]):
        score = _header_score(grid, texts, filled, row)
        if score > 0 or (score == 0 and position == 0):
            following = full[position + 1] if position + 1 < len(full) else None
            if (
                following == row + 1
                and len(filled[row]) < len(filled[row + 1]) * 0.9
                and _header_score(grid, texts, filled, row + 1) > score
            ):
                return row + 1
            return row
        if position == 0 and score < 0 and not _could_be_preamble(grid, texts, filled, row):
            return None
    return None


def _usual_width(filled: list[list[int]]) -> int:
    """Filled cells of the fullest rows, one stray long row left aside."""
    counts = sorted((len(row) for row in filled[:500] if row), reverse=True)
    return counts[1] if len(counts) > 8 else counts[0]


def _header_score(grid: Grid, texts: list[list[str]], filled: list[list[int]], row: int) -> float:
    """Above 0: the columns below hold other kinds of values than this row; below 0: the same."""
    kinds = {column: kind_of(grid.rows[row][column], texts[row][column]) for column in filled[row]}
    if "email" in kinds.values():
        return -1
    values = [texts[row][column] for column in filled[row]]
    data_like = sum(kind in ("number", "date", "code") for kind in kinds.values())
    if data_like > 0.5 * len(kinds):
        return -1
    sample = [below for below in range(row + 1, len(texts)) if filled[below]][:_SAMPLED]
    score = 0.0
    for column, kind in kinds.items():
        below = [
            (grid.rows[line][column], texts[line][column])
            for line in sample
            if column < len(texts[line]) and texts[line][column]
        ]
        if not below:
            continue
        found = Counter(kind_of(cell, text) for cell, text in below)
        usual, count = found.most_common(1)[0]
        same = sum(text == texts[row][column] for _, text in below)
        if usual != "text" and count >= 0.8 * len(below):
            score += 1 if kind == "text" else (-1 if kind == usual else 0)
        elif len(below) >= 5 and same >= 0.2 * len(below):
            score -= 1
    if score == 0 and len(set(values)) < len(values) * 0.5:
        return -0.5
    return score


def _could_be_preamble(
    grid: Grid, texts: list[list[str]], filled: list[list[int]], row: int
) -> bool:
    """Whether a wide line that is no header differs from the lines that follow it."""
    below = [line for line in range(row + 1, len(texts)) if filled[line]][:_SAMPLED]
    mine = {column: kind_of(grid.rows[row][column], texts[row][column]) for column in filled[row]}
    alike = 0
    for line in below:
        agreed = sum(
            kind_of(grid.rows[line][column], texts[line][column]) == kind
            for column, kind in mine.items()
            if column < len(texts[line])
        )
        alike += agreed >= 0.7 * len(mine) and len(filled[line]) <= len(mine) * 1.3
    return bool(below) and alike < 0.5 * len(below)


def _group_rows(
    grid: Grid, texts: list[list[str]], filled: list[list[int]], leaf: int
) -> tuple[int, ...]:
    rows: list[int] = []
    row = leaf - 1
    while (
        row >= 0 and len(rows) < _MOST_HEADER_ROWS - 1 and _is_group(grid, texts, filled, row, leaf)
    ):
        rows.insert(0, row)
        row -= 1
    return tuple(rows)


def _is_group(
    grid: Grid, texts: list[list[str]], filled: list[list[int]], row: int, leaf: int
) -> bool:
    columns = filled[row]
    if not columns or len(filled[leaf]) < 3 or grid.numbers[row] < grid.numbers[leaf] - 2:
        return False
    if any(kind_of(grid.rows[row][column], texts[row][column]) != "text" for column in columns):
        return False
    first, last = filled[leaf][0], filled[leaf][-1]
    if columns[0] < first or columns[-1] > last:
        return False
    if len(columns) == 1:
        merged = _merged_width(grid, row, columns[0])
        return columns[0] > first and merged < 0.8 * len(filled[leaf])
    return True


def _merged_width(grid: Grid, row: int, column: int) -> int:
    for top, left, bottom, right in grid.merged:
        if top <= grid.numbers[row] <= bottom and left <= column + grid.first_column <= right:
            return right - left + 1
    return 1


def _level(grid: Grid, texts: list[list[str]], row: int) -> dict[int, str]:
    """The cells of a header row by column; every cell of a merged range holds its text."""
    level = {column: clean_label(text) for column, text in enumerate(texts[row])}
    for top, left, bottom, right in grid.merged:
        if top <= grid.numbers[row] <= bottom:
            text = level.get(left - grid.first_column, "")
            if text and top == grid.numbers[row]:
                for column in range(left, right + 1):
                    level[column - grid.first_column] = text
    return level


def clean_label(text: str) -> str:
    """A header on one line, single spaces, composed accents."""
    import unicodedata

    return " ".join(unicodedata.normalize("NFC", text).replace("\ufeff", "").split())


def _columns(
    texts: list[list[str]], leaf: int, body: Sequence[int], levels: list[dict[int, str]]
) -> list[int]:
    named = {column for column, text in levels[-1].items() if text}
    used = {column for row in body for column, text in enumerate(texts[row]) if text}
    return sorted(named | used)


def _labels(
    grid: Grid, headers: tuple[tuple[str, ...], ...], columns: Sequence[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Unique names, and those that were found more than once.

    A leaf that stands under several groups takes its group's name («Groupe – feuille»).
    """
    leaves = list(headers[-1])
    counts = Counter(leaves)
    groups = _carried(headers[:-1], len(columns))
    names = []
    for position, column in enumerate(columns):
        leaf = leaves[position]
        if not leaf:
            leaf = groups[position] or f"Colonne {column_letter(column + grid.first_column)}"
        elif counts[leaf] > 1 and groups[position]:
            leaf = f"{groups[position]} – {leaf}"
        names.append(leaf)
    doubled = tuple(name for name, count in Counter(names).items() if count > 1)
    seen: Counter[str] = Counter()
    taken = set(names)
    unique = []
    for name in names:
        seen[name] += 1
        shown = name
        while seen[name] > 1 and (shown == name or shown in taken):
            shown = f"{name} ({seen[name]})"
            if shown in taken:
                seen[name] += 1
        taken.add(shown)
        unique.append(shown)
    return tuple(unique), doubled


def _carried(levels: tuple[tuple[str, ...], ...], width: int) -> list[str]:
    """The group of each column: the last one written at its left, levels joined."""
    joined = [""] * width
    for level in levels:
        current = ""
        for column, text in enumerate(level):
            current = text or current
            if current:
                joined[column] = f"{joined[column]} – {current}" if joined[column] else current
    return joined


# --- the rows ---------------------------------------------------------------------------


def _body(
    grid: Grid,
    texts: list[list[str]],
    filled: list[list[int]],
    header_rows: tuple[int, ...],
    levels: list[dict[int, str]],
    *,
    ragged: bool,
) -> tuple[list[int], list[tuple[int, Reason]]]:
    leaf = header_rows[-1]
    headers = [{column: plain(text) for column, text in level.items() if text} for level in levels]
    width = len(headers[-1])
    expected, named = len(texts[leaf]), filled[leaf][-1] + 1
    first_column: Counter[str] = Counter(
        plain(texts[row][filled[row][0]]) for row in range(leaf + 1, len(texts)) if filled[row]
    )
    body: list[int] = []
    rejects: list[tuple[int, Reason]] = []
    lone: list[int] = []
    for row in range(leaf + 1, len(texts)):
        if not filled[row]:
            rejects.append((row, "blank"))
        elif any(_same_as(texts[row], header) for header in headers):
            rejects.append((row, "repeated_header"))
        elif _is_total(grid, texts[row], filled[row], row, width, first_column):
            rejects.append((row, "total"))
        elif len(filled[row]) == 1 and width >= 3 and _is_lone(grid, texts, filled, row, body):
            lone.append(row)
        elif ragged and not _fits(texts[row], expected, named):
            rejects.append((row, "ragged"))
        else:
            body.append(row)
    last = body[-1] if body else leaf
    rejects += [(row, "section" if row < last else "footnote") for row in lone]
    return body, rejects


def _fits(row: Sequence[str], expected: int, named: int) -> bool:
    """As many cells as the header; or more of them but blank; or fewer but all the named."""
    if len(row) > expected:
        return not any(row[expected:])
    return len(row) >= named


def _disagreeing_width(texts: list[list[str]], filled: list[list[int]], leaf: int) -> int | None:
    """The width of most rows when the header cannot be theirs, else None."""
    rows = [texts[row] for row in range(leaf + 1, len(texts)) if len(filled[row]) > 1]
    if not rows:
        return None
    expected, named = len(texts[leaf]), filled[leaf][-1] + 1
    if sum(_fits(row, expected, named) for row in rows) >= 0.5 * len(rows):
        return None
    return Counter(map(len, rows)).most_common(1)[0][0]


def _same_as(row: Sequence[str], header: dict[int, str]) -> bool:
    if len(header) < 2:
        return False
    for column, text in header.items():
        if column >= len(row) or (row[column] != text and plain(row[column]) != text):
            return False
    return True


def _is_total(
    grid: Grid,
    row: Sequence[str],
    columns: Sequence[int],
    index: int,
    width: int,
    first_column: Counter[str],
) -> bool:
    start = row[columns[0]]
    if not starts_total(start):
        return _all_formulas(grid, columns, index, width)
    if first_column[plain(start)] > 2:
        return False
    rest = [row[column] for column in columns[1:]]
    return all(any(char.isdigit() for char in text) and len(text) < 40 for text in rest) or (
        len(columns) <= 0.5 * width
    )


def _all_formulas(grid: Grid, columns: Sequence[int], index: int, width: int) -> bool:
    """A row of nothing but a few formulas under a wide table: a total without its word."""
    formulas = grid.formulas.get(grid.numbers[index], 0)
    return formulas >= len(columns) and len(columns) <= 0.3 * width


def _is_lone(
    grid: Grid, texts: list[list[str]], filled: list[list[int]], row: int, body: Sequence[int]
) -> bool:
    """Whether the only filled cell is a title or a note: text unlike the values of its column."""
    column = filled[row][0]
    cell = grid.rows[row][column]
    if kind_of(cell, texts[row][column]) != "text":
        return False
    shape = _shape(texts[row][column])
    above = [texts[line][column] for line in body[-_SAMPLED:] if column < len(texts[line])]
    alike = sum(_shape(text) == shape for text in above if text)
    single_words = " " not in texts[row][column] and any(
        char.isdigit() for char in texts[row][column]
    )
    return not (single_words and alike > 0.5 * max(1, len(above)))


def _shape(text: str) -> str:
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "9", text.casefold()))
