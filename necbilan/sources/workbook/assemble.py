"""Grids to a Reading: which sheet, its table, its typed columns, its problems, its account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.sources.workbook import dates, faults, layout, limits
from necbilan.sources.workbook.grid import column_letter, written
from necbilan.sources.workbook.problems import listed, problem, refused
from necbilan.sources.workbook.reading import Account, Origin, Reading, Reject
from necbilan.sources.workbook.typed import type_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.model import Problem
    from necbilan.sources.workbook.contents import Contents
    from necbilan.sources.workbook.grid import Cell, Grid
    from necbilan.sources.workbook.layout import Layout

__all__ = ["assemble"]


@dataclass(frozen=True)
class Found:
    """A sheet and the table in it; ``texts`` is every cell as written."""

    grid: Grid
    texts: list[list[str]]
    layout: Layout


def assemble(
    contents: Contents, file: str, sheet: str | None, *, without_rows: bool = False
) -> Reading:
    """The Reading of one sheet, or of all visible sheets when their headers agree."""
    wanted = ("table", "no_rows") if without_rows else ("table",)
    chosen, sheet_problems = _chosen(contents, file, sheet, wanted)
    tables = [found for found in chosen if found.layout.verdict in wanted]
    first = tables[0]
    account = _account(contents, tables)
    cells, texts = _columns(tables)
    labels = first.layout.labels
    text = pd.DataFrame(
        {position: pd.array(column, dtype="string") for position, column in enumerate(texts)}
    )
    text.columns = pd.Index(labels, dtype="object")
    order = _file_order(texts)
    typed = [
        type_column(label, column, column_texts, file_order=order)
        for label, column, column_texts in zip(labels, cells, texts, strict=True)
    ]
    table = pd.DataFrame({position: column.values for position, column in enumerate(typed)})
    table.columns = text.columns
    problems = [
        *contents.problems,
        *sheet_problems,
        *(
            told
            for found in tables
            for told in faults.of_table(found.grid, found.layout, file, is_text=contents.is_text)
        ),
        *faults.of_columns(labels, typed, account, file, is_text=contents.is_text),
    ]
    origin = Origin(
        format=contents.format,
        sheet=" + ".join(found.grid.name for found in tables),
        header_rows=tuple(first.grid.numbers[row] for row in first.layout.header_rows),
        headers=first.layout.headers,
        preamble=_preamble(first),
        encoding=contents.encoding,
        delimiter=contents.delimiter,
        engine=contents.engine,
    )
    return Reading(table, text, tuple(problems), account, origin)


def _found(grid: Grid, file: str, *, is_text: bool) -> Found:
    texts = [[written(cell) for cell in row] for row in grid.rows]
    limits.check_characters(sum(sum(map(len, row)) for row in texts), file=file, sheet=grid.name)
    stripped = [[text.strip() for text in row] for row in texts]
    return Found(grid, texts, layout.find(grid, stripped, ragged=is_text))


def _chosen(
    contents: Contents, file: str, sheet: str | None, wanted: Sequence[str]
) -> tuple[list[Found], list[Problem]]:
    problems: list[Problem] = []
    hidden = [grid for grid in contents.grids if not grid.visible and any(map(any, grid.rows))]
    if hidden:
        names = listed(f"« {grid.name} »" for grid in hidden)
        problems.append(problem("W_HIDDEN_SHEET", file=file, sheets=names))
    if sheet is not None and not contents.is_text:
        named = [grid for grid in contents.grids if grid.name == sheet]
        if not named:
            names = listed(f"« {grid.name} »" for grid in contents.grids if grid.visible)
            raise refused("E_NO_SHEET", file=file, wanted=sheet, sheets=names)
        found = _found(named[0], file, is_text=contents.is_text)
        if found.layout.verdict not in wanted:
            _refuse(found, file)
        return [found], problems
    visible = [grid for grid in contents.grids if grid.visible] or list(contents.grids)
    all_found = [_found(grid, file, is_text=contents.is_text) for grid in visible]
    tables = [found for found in all_found if found.layout.verdict in wanted]
    if not tables:
        told = [found for found in all_found if found.layout.verdict != "empty"]
        if not told:
            code = "E_ONLY_HIDDEN" if hidden else "E_NO_TABLE"
            raise refused(code, file=file, sheets=listed(f"« {grid.name} »" for grid in hidden))
        _refuse(told[0], file)
    unread = [found for found in all_found if found.layout.verdict.endswith("_header")]
    if unread and len(unread) < len(all_found):
        names = listed(f"« {found.grid.name} »" for found in unread)
        problems.append(problem("W_OTHER_SHEETS", file=file, sheets=names))
    if len(tables) > 1:
        tables, told_problem = _one_of(tables, file)
        problems.append(told_problem)
    return tables, problems


def _refuse(found: Found, file: str) -> None:
    """Raise what the verdict calls for; a table is let through."""
    layout, grid = found.layout, found.grid
    codes = {"empty": "E_NO_TABLE", "no_rows": "E_NO_ROWS", "no_header": "E_NO_HEADER"}
    if layout.verdict in codes:
        raise refused(codes[layout.verdict], file=file, sheet=grid.name)
    if layout.verdict == "ragged_header":
        leaf = layout.header_rows[-1]
        line = grid.numbers[leaf]
        raise refused(
            "E_RAGGED_HEADER",
            file=file,
            cell=f"ligne {line}",
            header=line,
            header_width=len(grid.rows[leaf]),
            row_width=layout.row_width,
        )


def _one_of(tables: list[Found], file: str) -> tuple[list[Found], Problem]:
    """Join sheets of the same header; else the only wide one; else ask."""
    names = [f"« {found.grid.name} »" for found in tables]
    if all(found.layout.labels == tables[0].layout.labels for found in tables):
        return tables, problem("W_JOINED_SHEETS", file=file, sheets=listed(names))
    wide = [found for found in tables if len(found.layout.labels) >= 3]
    if len(wide) == 1:
        others = listed(f"« {found.grid.name} »" for found in tables if found is not wide[0])
        return wide, problem("W_OTHER_SHEETS", file=file, sheets=others)
    raise refused("E_AMBIGUOUS_SHEET", file=file, sheets=listed(names))


def _columns(tables: Sequence[Found]) -> tuple[list[list[Cell]], list[list[str]]]:
    width = len(tables[0].layout.columns)
    cells: list[list[Cell]] = [[] for _ in range(width)]
    texts: list[list[str]] = [[] for _ in range(width)]
    for found in tables:
        rows = [found.grid.rows[row] for row in found.layout.body]
        written_rows = [found.texts[row] for row in found.layout.body]
        for position, column in enumerate(found.layout.columns):
            cells[position] += [row[column] if column < len(row) else "" for row in rows]
            texts[position] += [row[column] if column < len(row) else "" for row in written_rows]
    return cells, texts


def _account(contents: Contents, tables: Sequence[Found]) -> Account:
    first = tables[0]
    rejects = list(contents.rejects)
    numbers: list[int] = []
    heights: list[int] = []
    sheets: list[str] = []
    for found in tables:
        grid = found.grid
        numbers += [grid.numbers[row] for row in found.layout.body]
        heights += [grid.height(row) for row in found.layout.body]
        sheets += [grid.name] * len(found.layout.body)
        rejects += [
            Reject(
                grid.numbers[row],
                reason,
                grid.height(row),
                grid.name,
                " ".join(found.texts[row]).strip() if reason in ("section", "footnote") else "",
            )
            for row, reason in found.layout.rejects
        ]
    lines = contents.lines or sum(
        grid.height(row)
        for found in tables
        for grid in [found.grid]
        for row in range(len(grid.rows))
    )
    letters = tuple(
        column_letter(column + first.grid.first_column) for column in first.layout.columns
    )
    return Account(
        lines=lines,
        kept=len(numbers),
        rejects=tuple(sorted(rejects, key=lambda reject: (reject.sheet, reject.line))),
        row_numbers=tuple(numbers),
        row_heights=tuple(heights),
        row_sheets=tuple(sheets),
        column_letters=letters,
    )


def _file_order(texts: Sequence[Sequence[str]]) -> dates.Order | None:
    """The order of day and month that some column proves, when none proves the other."""
    orders = set()
    for column in texts:
        filled = [text for text in column if text]
        if filled and sum(dates.parts(text) is not None for text in filled[:20]) >= 0.8 * min(
            20, len(filled)
        ):
            order, _ = dates.day_order(filled)
            orders.add(order)
    orders.discard(None)
    return orders.pop() if len(orders) == 1 else None


def _preamble(found: Found) -> tuple[str, ...]:
    return tuple(
        " ".join(text for text in found.texts[row] if text.strip())
        for row, reason in found.layout.rejects
        if reason == "preamble"
    )
