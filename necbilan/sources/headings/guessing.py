"""What a table holds, told by its headings alone, when event.toml does not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from necbilan.sources.folding import fold
from necbilan.sources.headings.columns import map_columns
from necbilan.sources.headings.heading import headings
from necbilan.sources.headings.tools import recognise_tool
from necbilan.sources.survey.questions import find_questions

if TYPE_CHECKING:
    from pathlib import Path

    from necbilan.sources.workbook import Reading

__all__ = ["KIND_WORDS", "guess_kind", "is_spreadsheet", "names_attendance", "worth"]

_SUFFIXES = frozenset(
    {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".fods", ".csv", ".tsv", ".txt", ".dsv", ".html"}
)
_ATTENDANCE = re.compile(r"emarge|presences?\b|presents\b|signature|pointage")
_OURS = frozenset({"decisions.csv", "measures.csv"})
KIND_WORDS = {
    "registrations": "une liste d’inscriptions",
    "attendance": "une feuille d’émargement",
    "survey": "un questionnaire",
    "programme": "le programme",
    "budget": "le budget",
}
_PEOPLE = frozenset({"first_name", "last_name", "full_name", "email"})
_ABOUT_PEOPLE = frozenset({"organisation", "status", "checked_in", "registered_on", "postal_code"})


def is_spreadsheet(path: Path) -> bool:
    """A file that may be a table of the event, by its name."""
    return (
        path.is_file()
        and path.suffix.casefold() in _SUFFIXES
        and path.name not in _OURS
        and not path.name.startswith((".", "~$"))
    )


def names_attendance(path: Path, sheet: str | None) -> bool:
    """A file or a sheet called «émargement», «présents», «signatures»."""
    return bool(_ATTENDANCE.search(fold(f"{path.stem} {sheet or ''}")))


def guess_kind(reading: Reading) -> str:
    """The kind of an entry of [files], "" when nothing fits."""
    tool = recognise_tool(headings(reading.origin.headers, reading.account.column_letters))
    if tool is not None and tool.holds in ("registrations", "waiting_list", "refused"):
        return "registrations"
    kinds = ("registrations", "survey", "programme", "budget")
    scores = {kind: worth(reading, kind)[0] for kind in kinds}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= 2 else ""


def worth(reading: Reading, kind: str) -> tuple[int, int]:
    """How much of its kind a table holds: what is recognised in it, then its rows."""
    columns = headings(reading.origin.headers, reading.account.column_letters)
    rows = len(reading.text)
    if kind == "survey":
        asked = find_questions(columns, reading.text)
        roles = [question for question in asked if question.question.role != "other"]
        score = sum(2 if question.confidence > 0.5 else 1 for question in roles if question.kept)
        return score, rows
    part = "registration" if kind in ("registrations", "attendance") else kind
    fields = {column.field for column in map_columns(columns, reading.text, kind=part)} - {""}
    if part == "registration":
        people = fields & _PEOPLE
        return (2 * len(people) + len(fields & _ABOUT_PEOPLE) if people else 0), rows
    if part == "programme":
        wanted = {"title", "speakers"} if "speakers" in fields else {"title", "kind"}
    else:
        wanted = {"line"}
        if not fields & {"actual", "planned"}:
            return 0, rows
    return (2 + len(fields) if wanted <= fields else 0), rows
