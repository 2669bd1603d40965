"""Text that a spreadsheet shows and never runs: the one rule for every csv and xlsx we write.

A cell that starts with = + - @ (ASCII or fullwidth), a tabulation or a line end is a
formula to Excel and LibreOffice.  Source: OWASP ASVS 4.0 § 5.3 and 1.2.10, CWE-1236.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["csv_text", "neutral", "original", "printable", "visible"]

GUARD = "'"
_LIVE = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    """The text without the control characters that no cell can hold."""
    return _CONTROLS.sub("", text)


def visible(text: str) -> str:
    """The text without what no reader sees: controls, orders to a terminal, marks that turn the
    direction of writing round, halves of characters.
    """
    return _UNSEEN.sub("", text)


def neutral(text: str) -> str:
    """The text behind an apostrophe when a spreadsheet would run it; controls left out.

    >>> neutral("=1+1"), neutral("Enjeu"), neutral("'=1")
    ("'=1+1", 'Enjeu', "''=1")
    """
    clean = printable(text)
    return GUARD + clean if _LIVE.match(clean.lstrip(GUARD)) else clean


def original(text: str) -> str:
    """What ``neutral`` was given, controls apart.

    >>> original("'=1+1"), original("l'été"), original("''=1")
    ('=1+1', "l'été", "'=1")
    """
    guarded = text.startswith(GUARD) and _LIVE.match(text.lstrip(GUARD))
    return text.removeprefix(GUARD) if guarded else text


def csv_text(rows: Iterable[Sequence[str | int | float | None]], *, separator: str = ",") -> str:
    """CSV with "\\n" line ends: texts made neutral, numbers as 1234.5, None empty.

    Between semicolons, as French spreadsheet programs have it, numbers are 1234,5.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    mark = "," if separator == ";" else "."
    writer.writerows([_written(cell, mark) for cell in row] for row in rows)
    return out.getvalue()


def _written(cell: str | float | None, mark: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutral(cell)
    number = repr(cell)
    return number.removesuffix(".0").replace(".", mark)
