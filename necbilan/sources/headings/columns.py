"""Headings → fields: what each column of a table holds, how sure, and why.

A human's decision comes first, then the export tool's own headings, then the synonyms
of vocabulary/fields.toml, then what the cells look like.  A field goes to one column:
the surest, then the fullest; only presence, activities and dates may take several.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.cells import is_blank, meaning
from necbilan.sources.folding import fold, fold_heading, heading_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from necbilan.sources.headings.heading import Heading
    from necbilan.sources.headings.tools import Tool
    from necbilan.sources.workbook import Reading

__all__ = [
    "MappedColumn",
    "TableKind",
    "cells_by_field",
    "column_of",
    "fields_of",
    "map_columns",
]

TableKind = str
"""registration | programme | budget: a part of vocabulary/fields.toml"""

SURE, LIKELY, DOUBTFUL = 1.0, 0.8, 0.5
_SEVERAL = frozenset({"checked_in", "activity", "submitted"})
"""fields that several columns may share, beside those that are left out"""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?:\+\d{2}|0)[\s.\-]?\d(?:[\s.\-]?\d{2}){4}")
_POSTCODE = re.compile(r"\d{5}")
_TOGETHER = {
    frozenset({"first_name", "last_name"}): "full_name",
    frozenset({"postal_code", "commune"}): "place",
    frozenset({"organisation", "job_title"}): "organisation_and_job",
}
_NAMES = frozenset({"first_name", "last_name", "full_name"})
_ENOUGH = 0.8
"""share of the filled cells that must look alike for the cells to name a column"""


@dataclass(frozen=True)
class MappedColumn:
    """A column and its field ("" when unknown); ``reason`` is French."""

    heading: Heading
    field: str
    confidence: float
    reason: str
    label: str = ""


def column_of(columns: Sequence[MappedColumn], field: str) -> MappedColumn | None:
    """The first column of that field."""
    return next((column for column in columns if column.field == field), None)


def cells_by_field(reading: Reading, columns: Sequence[MappedColumn]) -> Mapping[str, list[str]]:
    """The cells of the first column of each field, stripped; blanks for a field without one."""
    found = {
        column.field: [cell.strip() for cell in reading.text.iloc[:, column.heading.position]]
        for column in reversed(columns)
    }
    return defaultdict(lambda: [""] * len(reading.text), found)


@cache
def _fields(kind: TableKind) -> dict[str, tuple[frozenset[str], tuple[str, ...], frozenset[str]]]:
    """field → exact headings, contained parts, excluded headings; all folded."""
    return {
        field: (
            frozenset(form for text in said.get("exact", ()) for form in heading_forms(text)),
            tuple(fold(text) for text in said.get("contains", ())),
            frozenset(fold_heading(text) for text in said.get("not", ())),
        )
        for field, said in vocabulary.read("fields")[kind].items()
    }


def fields_of(kind: TableKind) -> Mapping[str, Mapping[str, object]]:
    """The fields of a kind of table, as vocabulary/fields.toml describes them."""
    described: Mapping[str, Mapping[str, object]] = vocabulary.read("fields")[kind]
    return described


def map_columns(
    columns: Sequence[Heading],
    text: pd.DataFrame,
    *,
    kind: TableKind,
    tool: Tool | None = None,
    decided: Mapping[str, str] | None = None,
    signed: bool = False,
) -> tuple[MappedColumn, ...]:
    """Each column's field; ``text`` holds the cells as written, one column a heading.

    ``decided`` maps a heading to a field (its name or its French label), or to «aucun»;
    ``signed``: the table is an attendance list.
    """
    options = _priced_options(columns)
    found = [
        MappedColumn(heading, "activity", SURE, "option, avec son montant à côté")
        if heading.position in options
        else _map_one(heading, text.iloc[:, heading.position], kind, tool, decided or {})
        for heading in columns
    ]
    if not any(column.field == "checked_in" for column in found):
        found = [_half_day(column, text, kind, signed=signed) for column in found]
    return tuple(_described(column, kind) for column in _one_a_field(found, text, fields_of(kind)))


def _priced_options(columns: Sequence[Heading]) -> frozenset[int]:
    """HelloAsso writes an option as two columns: «Atelier IA» and «Montant Atelier IA»."""
    names = {fold(heading.leaf): heading.position for heading in columns}
    return frozenset(
        position
        for name, position in names.items()
        if f"montant {name}" in names and name not in ("tarif", "code promo")
    )


def _map_one(
    heading: Heading,
    cells: pd.Series,
    kind: TableKind,
    tool: Tool | None,
    decided: Mapping[str, str],
) -> MappedColumn:
    if heading.leaf in decided:
        field = _named(decided[heading.leaf], kind)
        return MappedColumn(heading, field, SURE, "décidé dans decisions.csv")
    bare, whole = fold_heading(heading.leaf), fold(heading.leaf).rstrip(" :*?")
    if tool is not None:
        for name in (whole, bare):
            if name in tool.columns:
                return MappedColumn(
                    heading, tool.columns[name], SURE, f"intitulé de l’outil {tool.label}"
                )
    fields = _fields(kind)
    for name in (whole, bare, whole.replace("_", " ")):
        for field, (exact, _, _) in fields.items():
            if name in exact:
                return _checked(MappedColumn(heading, field, SURE, "intitulé reconnu"), cells)
    if (together := _of_two_names(bare, fields)) is not None:
        return _checked(MappedColumn(heading, together, LIKELY, "deux intitulés réunis"), cells)
    group = fold_heading(heading.group)
    if group:
        for field in ("checked_in", "activity"):
            if field in fields and group in fields[field][0]:
                return MappedColumn(heading, field, LIKELY, "intitulé du groupe reconnu")
    parts = [
        (len(part), field)
        for field, (_, contains, excluded) in fields.items()
        for part in contains
        if part in whole and not any(other in whole for other in excluded)
    ]
    if parts:
        return _checked(
            MappedColumn(heading, max(parts)[1], LIKELY, "l’intitulé contient un mot connu"), cells
        )
    return _by_content(heading, cells, kind)


def _of_two_names(
    bare: str, fields: Mapping[str, tuple[frozenset[str], tuple[str, ...], frozenset[str]]]
) -> str | None:
    """«Company / Organization», «CP et commune»: the field of both names, or of the two."""
    parts = [part.strip() for part in re.split(r"\s*(?:/|&|\+|\bet\b|\bou\b)\s*", bare)]
    if len(parts) < 2:
        return None
    found = {
        next((field for field, (exact, _, _) in fields.items() if part in exact), "")
        for part in parts
    }
    if len(found) == 1:
        return found.pop() or None
    field = _TOGETHER.get(frozenset(found))
    return field if field in fields else None


def _checked(column: MappedColumn, cells: pd.Series) -> MappedColumn:
    """The heading's word for it, unless the cells say otherwise."""
    texts = [text for text in cells if not is_blank(text)]
    if column.field in _NAMES and sum(map(_has_letter, texts)) < len(texts) / 2:
        return replace(column, field="", confidence=SURE, reason="les cellules ne nomment personne")
    if column.field == "full_name" and texts and all(_EMAIL.fullmatch(t.strip()) for t in texts):
        return replace(column, field="email", reason="les cellules sont des adresses e-mail")
    if column.field in ("commune", "postal_code") and texts:
        mixed = sum(bool(re.search(r"\d{4,5}", t) and re.search(r"[^\W\d_]{3,}", t)) for t in texts)
        if mixed >= len(texts) / 2:
            return replace(column, field="place", reason="code postal et commune ensemble")
    return column


def _has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _by_content(heading: Heading, cells: pd.Series, kind: TableKind) -> MappedColumn:
    texts = [text.strip() for text in cells if not is_blank(text)]
    if kind != "registration" or len(texts) < 3:
        return MappedColumn(heading, "", 0.0, "intitulé inconnu")

    def share(pattern: re.Pattern[str]) -> float:
        return sum(bool(pattern.fullmatch(text)) for text in texts) / len(texts)

    for field, pattern, what in (
        ("email", _EMAIL, "des adresses e-mail"),
        ("phone", _PHONE, "des numéros de téléphone"),
        ("postal_code", _POSTCODE, "des codes postaux"),
    ):
        if share(pattern) >= _ENOUGH:
            return MappedColumn(heading, field, DOUBTFUL, f"les cellules ressemblent à {what}")
    return MappedColumn(heading, "", 0.0, "intitulé inconnu")


def _one_a_field(
    columns: Sequence[MappedColumn], text: pd.DataFrame, fields: Mapping[str, Mapping[str, object]]
) -> list[MappedColumn]:
    """The surest and fullest column keeps the field; the others are said to repeat it."""
    ranks = {
        column.heading.position: (
            column.confidence,
            _says_something(column.field, text.iloc[:, column.heading.position]),
        )
        for column in columns
    }
    best: dict[str, MappedColumn] = {}
    for column in columns:
        rival = best.setdefault(column.field, column)
        if ranks[column.heading.position] > ranks[rival.heading.position]:
            best[column.field] = column
    several = _SEVERAL | {field for field, said in fields.items() if not said.get("kept", True)}
    kept = []
    for column in columns:
        winner = best[column.field]
        if column is winner or not column.field or column.field in several:
            kept.append(column)
        else:
            where = winner.heading.letter or winner.heading.leaf
            kept.append(
                replace(
                    column, field="", confidence=SURE, reason=f"répète la colonne {where}, laissée"
                )
            )
    return kept


def _half_day(
    column: MappedColumn, text: pd.DataFrame, kind: TableKind, *, signed: bool
) -> MappedColumn:
    """Marks under «Matin» or «Jour 2» are presences; outside a signed sheet they may as well
    be intentions, so that they are asked."""
    if column.field:
        return column
    cells = [cell for cell in text.iloc[:, column.heading.position] if not is_blank(cell)]
    words = fold(" ".join(column.heading.levels))
    named = any(re.search(rf"(?<!\w){time}(?!\w)", words) for time in _times(kind))
    if not named or not cells or any(meaning(cell, "presence") is None for cell in cells):
        return column
    reason = "des marques de présence sous une demi-journée"
    return replace(
        column, field="checked_in", confidence=LIKELY if signed else DOUBTFUL, reason=reason
    )


@cache
def _times(kind: TableKind) -> tuple[str, ...]:
    """Words of a heading that name a half-day, folded."""
    said = vocabulary.read("fields")[kind].get("checked_in", {})
    return tuple(re.escape(fold(time)) for time in said.get("times", ()))


def _says_something(field: str, cells: pd.Series) -> bool:
    """Any cell that is filled; of e-mails, one that is no «anonymous»."""
    return any("@" in cell if field == "email" else not is_blank(cell) for cell in cells)


def _named(answer: str, kind: TableKind) -> str:
    """The field of that name or French label; "" for «aucun» and what we do not know."""
    wanted = fold(answer)
    for field, said in fields_of(kind).items():
        if wanted in (fold(field), fold(str(said["label"]))):
            return field
    return ""


def _described(column: MappedColumn, kind: TableKind) -> MappedColumn:
    said = fields_of(kind).get(column.field)
    return column if said is None else replace(column, label=str(said["label"]))
