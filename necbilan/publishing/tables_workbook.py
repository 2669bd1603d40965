"""tableaux.xlsx: every table of the report, one sheet a section, behind a contents sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from necbilan.publishing.safe_cells import Styled, sheet_name, workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.publishing.content import Content
    from necbilan.publishing.safe_cells import Cell
    from necbilan.words.spelled import Row, Spelled

__all__ = ["NUMBER", "tables_workbook", "value_of"]

Rows = list[list["Cell"]]

LONG = 25
"""rows of a table that fill a page"""
NARROW = "\u202f"
NUMBER = re.compile(
    r"(?P<sign>[+\u2212]?)(?P<before>€?)(?P<digits>\d{1,3}(?:[\u202f\u00a0,]\d{3})+|\d+)"
    r"(?P<decimals>(?:[.,]\d{1,2})?)(?:[\u202f\u00a0]?(?:(?P<percent>%)|(?P<after>€)))?"
)
"""a number as the report prints it, in French or in English"""


def tables_workbook(content: Content, shown: Spelled) -> bytes:
    """The workbook's bytes: a section's tables under one another, each below its caption.

    Before them what is where and how it reads; after them every estimate with its interval.
    """
    sheets: dict[str, Rows] = {}
    entries: Rows = []
    sections = [part for section in _with_tables(content) for part in _sheets(section)]
    if estimates := _estimates(shown):
        sections.append((shown.say("tables.estimates"), [estimates]))
    for number, (title, tables) in enumerate(sections, start=1):
        sheet = sheet_name(f"{number:02d} {title}")
        sheets[sheet] = [[Styled(title, kind="heading")]]
        for table in tables:
            sheets[sheet].append([])
            row = len(sheets[sheet]) + 1
            entries.append([sheet, Styled(table["caption"], sheet=sheet, row=row)])
            sheets[sheet] += _rows(table)
    contents = sheet_name(shown.say("tables.contents"))
    return workbook(
        {contents: _contents(content, shown, entries)} | sheets,
        title=str(content.cover["title"]),
        language=content.language,
        footer=" · ".join(part for part in (content.cover["title"], content.cover["tag"]) if part),
    )


def _contents(content: Content, shown: Spelled, entries: Rows) -> Rows:
    """What the workbook is, what is in it, how to read it, under what licences."""
    cover = content.cover
    heads = [shown.say(f"tables.{name}") for name in ("sheet", "table")]
    rows: Rows = [[Styled(shown.say("tables.title", name=cover["title"]), kind="heading")]]
    rows += [[Styled(text, kind="note")] for text in (cover["origin"], cover["tag"]) if text]
    rows += [[], [Styled(head, kind="head") for head in heads], *entries, []]
    rows.append([Styled(shown.say("tables.key"), kind="caption")])
    keys = ("same", "interval", "n", "floors", "gap", "rounding")
    rows += [[Styled(shown.say(f"tables.key.{key}"), kind="note")] for key in keys]
    rows.append([])
    rows += [[Styled(credit, kind="note")] for credit in cover["credits"]]
    return rows


def _with_tables(content: Content) -> list[Mapping[str, Any]]:
    sections = [block for block in content.blocks if block["kind"] == "section"]
    return [section for section in sections if _tables(section)]


def _sheets(section: Mapping[str, Any]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """A section's title and tables; a long table, whose head is to stay in sight, stands alone."""
    tables = _tables(section)
    long = [table for table in tables if len(table["rows"]) > LONG] if len(tables) > 1 else []
    short = [table for table in tables if table not in long]
    apart = [(str(table["caption"]), [table]) for table in long]
    return [*([(str(section["title"]), short)] if short else []), *apart]


def _tables(section: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [block for block in section["blocks"] if block["kind"] in ("table", "chart")]


def _estimates(shown: Spelled) -> Mapping[str, Any] | None:
    """Every number that has an interval, as a table of the report would hold it."""
    metrics = dict.fromkeys(shown.table["metric"])
    rows = [
        [
            shown.say(f"metric.{row.metric}"),
            _about(shown, row),
            row.text,
            row.interval_text,
            str(row.n or "–"),
            str(row.base or "–"),
        ]
        for metric in metrics
        for row in shown.rows(str(metric))
        if row.interval_text and row.text
    ]
    if not rows:
        return None
    names = ("measure", "about", "value")
    return {
        "caption": shown.say("tables.estimates.caption"),
        "headers": [
            *(shown.say(f"tables.{name}") for name in names),
            shown.say("figure.column.interval"),
            shown.say("figure.column.n"),
            shown.say("tables.base"),
        ],
        "numeric": [False, False, True, True, True, True],
        "rows": rows,
        "source": shown.say("tables.estimates.source"),
    }


def _about(shown: Spelled, row: Row) -> str:
    """What a number is taken within, and its level: a question's wording, an item, an activity."""
    question, _, item = row.group.partition(" › ")
    wordings = {known.id: known.wording for known in shown.facts.questions}
    within = shown.language.typeset(item or wordings.get(question, question))
    return " · ".join(part for part in (within, row.label if row.level else "") if part)


def _rows(table: Mapping[str, Any]) -> Rows:
    """A table under its caption, with its note."""
    is_numeric = table["numeric"]
    rows: Rows = [[Styled(table["caption"], kind="caption")]]
    rows.append(
        [
            Styled(head, kind="head", right=right)
            for head, right in zip(table["headers"], is_numeric, strict=True)
        ]
    )
    rows += [
        [_cell(cell, is_number) for cell, is_number in zip(row, is_numeric, strict=True)]
        for row in table["rows"]
    ]
    if table["source"]:
        rows.append([Styled(table["source"], kind="note")])
    return rows


def _cell(text: str, is_number: bool) -> Cell:
    """A number that a spreadsheet can add up, shown as the report shows it; else the text."""
    found = NUMBER.fullmatch(text) if is_number else None
    if found is None:
        return Styled(text, right=True) if is_number else text
    value = value_of(found)
    shown = "#,##0" + (f".{'0' * (len(found['decimals']) - 1)}" if found["decimals"] else "")
    signed = f"+{shown};\u2212{shown};0" if found["sign"] == "+" else shown
    if found["percent"]:
        return Styled(value / 100, f'{shown}"{NARROW}"%')
    if found["before"] or found["after"]:
        return Styled(value, ";".join(f'{form}"{NARROW}€"' for form in signed.split(";")))
    return Styled(value, signed)


def value_of(found: re.Match[str]) -> float:
    """What NUMBER found, an int when it is whole."""
    french = NARROW in found[0] or "," in found["decimals"]
    digits = re.sub(rf"[{NARROW}\u00a0]" if french else ",", "", found["digits"])
    value = float(f"{digits}.{found['decimals'][1:] or 0}")
    value = -value if found["sign"] == "\u2212" else value
    return int(value) if value.is_integer() else value
