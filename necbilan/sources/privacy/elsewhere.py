"""Who a folder names in what is not counted: lists set aside, hidden sheets, comments, authors.

Nothing of it is counted; all of it leaves the remarks and is sought in the outputs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from necbilan.errors import InputMissing, UnreadableFile
from necbilan.reference import tables
from necbilan.sources.folding import heading_forms
from necbilan.sources.headings.columns import fields_of
from necbilan.sources.privacy.cell_names import (
    bare_name,
    is_person,
    names_of_a_cell,
    people_in,
)
from necbilan.sources.privacy.remark_words import words_in
from necbilan.sources.privacy.word_kinds import is_common
from necbilan.sources.workbook import every_cell, margins_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["EMAIL", "PHONE", "Elsewhere", "people_elsewhere"]

EMAIL = re.compile(r"[^\s@,;<>()\"']+@[^\s@,;<>()\"']+\.[^\s@,;<>()\"']+")
PHONE = re.compile(
    r"(?<![\d.,])(?:\+\d{1,3}|00\d{2}|0)[\s.\-]?(?:\(0\)\s?)?\d(?:[\s.\-/]?\d){7,9}(?!\d)"
)
_HEADER = 6
"""rows at the top of a sheet where its headings stand"""
_FIRST_ROW = 1


@dataclass(frozen=True, repr=False)
class Elsewhere:
    """Names ((first, last), or ("", full)), e-mails and phones of every cell of a folder."""

    names: frozenset[tuple[str, str]] = field(default=frozenset())
    emails: frozenset[str] = field(default=frozenset())
    phones: frozenset[str] = field(default=frozenset())


def people_elsewhere(paths: Iterable[Path]) -> Elsewhere:
    """What the spreadsheets say of people, in any sheet; one that cannot be read says nothing.

    Why it cannot is told where it is read to be counted.
    """
    names: set[tuple[str, str]] = set()
    texts: list[str] = []
    for path in paths:
        try:
            sheets = every_cell(path)
        except (UnreadableFile, InputMissing):
            continue
        for rows in sheets:
            names |= {*_headed(rows), *people_in(rows)}
            texts += [cell for row in rows for cell in row if "@" in cell or _could_dial(cell)]
        margins = margins_of(path)
        names |= {("", name) for text in margins for name in _in_a_margin(text)}
        texts += margins
    return Elsewhere(
        names=frozenset(name for name in names if _is_somebody(" ".join(name))),
        emails=frozenset(email for text in texts for email in EMAIL.findall(text)),
        phones=frozenset(phone for text in texts for phone in PHONE.findall(text)),
    )


def _is_somebody(name: str) -> bool:
    """A heading among the cells («Nom Prénom») has words of the language only."""
    return any(word in tables.first_names() or not is_common(word) for word in words_in(name))


def _could_dial(cell: str) -> bool:
    return sum(map(str.isdigit, cell)) >= 9


def _headed(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Names under headings that we know: «Prénom» and «Nom», «Nom complet»."""
    for index, row in enumerate(rows[:_HEADER]):
        by_field = {name: place for place, cell in enumerate(row) if (name := _field(cell))}
        below = rows[index + _FIRST_ROW :]
        if {"first_name", "last_name"} <= by_field.keys():
            for line in below:
                first, last = (_cell(line, by_field[name]) for name in ("first_name", "last_name"))
                yield bare_name(first), bare_name(last)
        if "full_name" in by_field:
            for line in below:
                cell = _cell(line, by_field["full_name"])
                yield from (("", name) for name in names_of_a_cell(cell) if is_person(name))


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _field(cell: str) -> str:
    if not cell or len(cell) > 60:
        return ""
    forms = set(heading_forms(cell))
    for name in ("first_name", "last_name", "full_name"):
        exact = fields_of("registration")[name]["exact"]
        assert isinstance(exact, list)
        if any(forms & set(heading_forms(known)) for known in exact):
            return name
    return ""


def _in_a_margin(text: str) -> Iterator[str]:
    """A comment, an author: whoever its words name for sure."""
    yield from (name for _, name in people_in([[text]]))
