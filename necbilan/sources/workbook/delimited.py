"""Text files: their dialect found on parsed records, each record with its physical line."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from necbilan.sources.workbook.grid import Cell, Grid

__all__ = ["Parsed", "parse"]

_DELIMITERS = (";", ",", "\t", "|", "💩")
_SAMPLE = 200


@dataclass(frozen=True)
class Parsed:
    """A grid, its delimiter, and the lines that no record could hold."""

    grid: Grid
    delimiter: str
    lines: int
    hint_lines: int = 0
    unclosed: tuple[int, ...] = ()
    swallowed: tuple[int, ...] = ()


def parse(text: str) -> Parsed:
    """Parse a text of any delimiter and newline into a grid of its records."""
    hint, text, hint_lines = _hint(text)
    delimiter = hint or _delimiter(text)
    rows, numbers, heights = _records(text, delimiter, hint_lines)
    lines = (numbers[-1] + heights[-1] - 1) if numbers else hint_lines
    grid = Grid("", rows, numbers, heights)
    return Parsed(grid, delimiter, lines, hint_lines)


def _hint(text: str) -> tuple[str, str, int]:
    first = text.split("\n", 1)[0].rstrip("\r")
    if first.casefold().startswith("sep=") and len(first) == 5:
        return first[4], text.split("\n", 1)[1] if "\n" in text else "", 1
    return "", text, 0


def _records(
    text: str, delimiter: str, offset: int
) -> tuple[list[list[Cell]], list[int], list[int]]:
    single = delimiter
    if len(delimiter.encode("utf-16-le")) > 2:
        pass
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=single)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    heights: list[int] = []
    before = 0
    csv.field_size_limit(2**31 - 1)
    for row in reader:
        rows.append(
            [cell.replace("\ufeff", "") if cell.startswith("\ufeff") else cell for cell in row]
        )
        numbers.append(offset + before + 1)
        heights.append(reader.line_num - before)
        before = reader.line_num
    return rows, numbers, heights


def _delimiter(text: str) -> str:
    best, best_score = ",", -1.0
    for delimiter in _DELIMITERS:
        if delimiter not in text:
            continue
        reader = csv.reader(io.StringIO(text[:400_000], newline=""), delimiter=delimiter)
        widths = Counter[int]()
        for index, row in enumerate(reader):
            if index >= _SAMPLE:
                break
            if any(row):
                widths[len(row)] += 1
        width, count = max(widths.items(), key=lambda item: item[0] * item[1] ** 2)
        score = count / sum(widths.values()) * (1 - 1 / (width + 0.5))
        if score > best_score:
            best, best_score = delimiter, score
    return best
