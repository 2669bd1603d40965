"""tableaux.xlsx: every table of the report, one sheet a section, behind a contents sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from necbilan.publishing.safe_cells import workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.publishing.content import Content
    from necbilan.words.spelled import Spelled

__all__ = ["tables_workbook"]

Rows = list[list[str | int | float | None]]


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
    rows: Rows = []
    for table in _tables(section):
        if rows:
            rows.append([])
        rows += [[table["caption"]], list(table["headers"]), *(list(row) for row in table["rows"])]
    return rows
