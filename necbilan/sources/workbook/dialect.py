"""Delimiter, quote and escape of a text file, judged on parsed records.

After van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and
type patterns", Data Mining and Knowledge Discovery 33 (2019): a dialect is good when its
rows have one width and its cells are of known types.  Weights below are ours.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from necbilan.sources.workbook import dates, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["NO_DELIMITER", "Dialect", "detect"]

NO_DELIMITER = "\x1f"  # no text file holds it: every line is one cell
_DELIMITERS = (";", ",", "\t", "|", "💩", " ")
_SAMPLED_LINES = 300
_SAMPLED_CHARACTERS = 200_000
# How much a dialect must beat the others to be believed: what separates words rarely
# separates cells.
_PRIOR = {" ": 0.45}
_KNOWN = re.compile(
    r"[^@\s]+@[^@\s]+\.\w+|https?://\S+|\d{1,2}[:h]\d{2}(?::\d{2})?"
    r"|[\w'’.&@#°+-]+(?: [\w'’.&()!?:…€%/+-]+){0,7}"
)
_LOOSE_MARKS = re.compile(r"[;\t|💩]|^[\"']|[\"']$")


@dataclass(frozen=True)
class Dialect:
    """How to parse: ``escape`` is "" when quotes are doubled."""

    delimiter: str
    quote: str = '"'
    escape: str = ""
    spaced: bool = False

    def records(self, lines: Iterable[str], *, strict: bool) -> LineReader:
        """A csv reader over lines with their ends; raises csv.Error when strict."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            escapechar=self.escape or None,
            skipinitialspace=self.spaced,
            strict=strict,
        )


class LineReader(Protocol):
    """What csv.reader returns: records, and the number of lines read so far."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


def detect(lines: Sequence[str], delimiter: str = "") -> Dialect:
    """The most consistent dialect of the first lines; ``delimiter`` is kept when given."""
    sample: list[str] = []
    size = 0
    for line in lines[:_SAMPLED_LINES]:
        size += len(line)
        if size > _SAMPLED_CHARACTERS and sample:
            break
        sample.append(line[:_SAMPLED_CHARACTERS])
    text = "".join(sample)
    candidates = (delimiter,) if delimiter else _DELIMITERS
    best, best_score = Dialect(delimiter or NO_DELIMITER), 0.12
    for mark in candidates:
        if mark not in text:
            continue
        for quote in ('"', "'"):
            if quote == "'" and not _quotes(text, mark, quote):
                continue
            dialect = Dialect(mark, quote, spaced=mark != " " and f"{mark} {quote}" in text)
            score = _score(sample, dialect) * _PRIOR.get(mark, 1.0)
            if quote == "'" and _quotes(text, mark, '"'):
                score *= 0.8
            if score > best_score:
                best, best_score = dialect, score
    best = replace(best, spaced=best.spaced or _is_spaced(sample, best))
    if best.quote + best.quote not in text.replace(best.delimiter + best.quote * 2, "") and (
        "\\" + best.quote in text
    ):
        return replace(best, escape="\\")
    return best


def _quotes(text: str, delimiter: str, quote: str) -> bool:
    """Whether some field is wrapped in that quote."""
    mark, wrap = re.escape(delimiter), re.escape(quote)
    opened = len(re.findall(rf"(?:^|{mark}) ?{wrap}(?!\s)", text, re.MULTILINE))
    closed = len(re.findall(rf"{wrap}(?:{mark}|\r?$)", text, re.MULTILINE))
    return opened > 0 and closed >= 0.5 * opened


def _score(sample: Sequence[str], dialect: Dialect) -> float:
    records = [row for row in dialect.records(sample, strict=False) if any(row)]
    if not records:
        return 0.0
    widths = Counter(len(row) for row in records)
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    if width < 2:
        return 0.0
    several = sum(count for width, count in widths.items() if width > 1)
    if several < 0.5 * len(records) and not _is_a_block(records):
        return 0.0
    share = 0.5 * count / len(records) + 0.5 * count / several
    cells = [cell.strip() for row in records if len(row) == width for cell in row][:3000]
    known = sum(_is_known(cell) for cell in cells) / len(cells)
    return share * share * (1 - 1 / (width + 1)) * (0.2 + 0.8 * known)


def _is_a_block(records: Sequence[Sequence[str]]) -> bool:
    """Whether the records of several cells stand together, as a table under its title does."""
    places = [place for place, row in enumerate(records) if len(row) > 1]
    return len(places) >= 2 and len(places) >= 0.8 * (places[-1] - places[0] + 1)


def _is_known(cell: str) -> float:
    if not cell or numbers.looks_numeric(cell) or dates.parts(cell) or cell.isdigit():
        return 1.0
    if _LOOSE_MARKS.search(cell):
        return 0.0
    return 1.0 if _KNOWN.fullmatch(cell) else 0.6


def _is_spaced(sample: Sequence[str], dialect: Dialect) -> bool:
    """Whether every delimiter is followed by a space («a, b, "c, d"»)."""
    if dialect.delimiter in (" ", NO_DELIMITER):
        return False
    rows = dialect.records(sample, strict=False)
    cells = [cell for row in rows for cell in row[1:] if cell.strip()]
    return bool(cells) and sum(cell.startswith(" ") for cell in cells) >= 0.95 * len(cells)
