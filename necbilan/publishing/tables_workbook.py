"""tableaux.xlsx: every table of the report, one sheet a section, behind a contents sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from necbilan.publishing.safe_cells import Styled, workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.publishing.content import Content
    from necbilan.publishing.safe_cells import Cell
    from necbilan.words.spelled import Spelled

__all__ = ["tables_workbook"]

Rows = list[list["Cell"]]

NARROW = "\u202f"
NUMBER = re.compile(
    r"(?P<sign>[+\u2212]?)(?P<before>€?)(?P<digits>\d{1,3}(?:[\u202f\u00a0,]\d{3})+|\d+)"
    r"(?P<decimals>(?:[.,]\d{1,2})?)(?:[\u202f\u00a0]?(?:(?P<percent>%)|(?P<after>€)))?"
)
"""a number as the report prints it, in French or in English"""


def tables_workbook(content: Content, shown: Spelled) -> bytes:
    """The workbook's bytes: a section's tables under one another, each below its caption."""
    names = [shown.say(f"tables.{name}") for name in ("sheet", "section", "table")]
    contents: Rows = [list(names)]
    sheets: dict[str, Rows] = {}
    for number, section in enumerate(_with_tables(content), start=1):
        sheet = f"{number:02d} {section['title']}"[:31]
        sheets[sheet] = _rows(section)
        contents += [[sheet, section["title"], table["caption"]] for table in _tables(section)]
    return workbook({shown.say("tables.contents"): contents} | sheets)


def _with_tables(content: Content) -> list[Mapping[str, Any]]:
    sections = [block for block in content.blocks if block["kind"] == "section"]
    return [section for section in sections if _tables(section)]


def _tables(section: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [block for block in section["blocks"] if block["kind"] in ("table", "chart")]


def _rows(section: Mapping[str, Any]) -> Rows:
    """Each table under its caption, with its note; a blank row between two."""
    rows: Rows = []
    for table in _tables(section):
        if rows:
            rows.append([])
        rows.append([Styled(table["caption"], bold=True, caption=True)])
        rows.append([Styled(head, bold=True) for head in table["headers"]])
        rows += [
            [_cell(cell, is_number) for cell, is_number in zip(row, table["numeric"], strict=True)]
            for row in table["rows"]
        ]
        if table["source"]:
            rows.append([Styled(table["source"], caption=True)])
    return rows


def _cell(text: str, is_number: bool) -> Cell:
    """A number that a spreadsheet can add up, shown as the report shows it; else the text."""
    found = NUMBER.fullmatch(text) if is_number else None
    if found is None:
        return text
    separator = "," if NARROW in text or "," in found["decimals"] else "."
    digits = re.sub(rf"[{NARROW}\u00a0]" if separator == "," else ",", "", found["digits"])
    value = float(f"{digits}.{found['decimals'][1:] or 0}")
    value = -value if found["sign"] == "\u2212" else value
    shown = "#,##0" + (f".{'0' * (len(found['decimals']) - 1)}" if found["decimals"] else "")
    signed = f"+{shown};\u2212{shown};0" if found["sign"] == "+" else shown
    if found["percent"]:
        return Styled(value / 100, f'{shown}"{NARROW}"%')
    if found["before"] or found["after"]:
        return Styled(value, ";".join(f'{form}"{NARROW}€"' for form in signed.split(";")))
    return Styled(int(value) if value.is_integer() else value, signed)
