"""What a table holds, told by its headings alone, when event.toml does not say."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.folding import fold
from necbilan.sources.headings.columns import map_columns
from necbilan.sources.headings.heading import headings
from necbilan.sources.headings.tools import recognise_tool
from necbilan.sources.survey.groups import spread_groups
from necbilan.sources.survey.questions import find_questions

if TYPE_CHECKING:
    from pathlib import Path

    from necbilan.sources.headings.columns import MappedColumn
    from necbilan.sources.headings.tools import Tool
    from necbilan.sources.survey.asked import Asked
    from necbilan.sources.workbook import Reading

__all__ = [
    "KIND_WORDS",
    "guess_kind",
    "holds_people_of_a_tool",
    "is_spreadsheet",
    "names_attendance",
    "people_named",
    "worth",
]

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
    "speakers": "les intervenantes et intervenants du programme",
}
_PEOPLE = frozenset({"first_name", "last_name", "full_name", "email"})
_AFTERWARDS = frozenset(
    {
        "overall_satisfaction", "liked_most", "liked_least", "activity_rating", "nps",
        "recommendation", "return_intent", "improvement", "usefulness", "word_association",
        "organisation_logistics", "content_quality", "networking", "next_topics",
    }
)  # fmt: skip
"""roles of what is asked once the day is over"""
_TELLS_MUCH = 3
_ENOUGH = 2
_SUGGESTED = 0.5
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


def people_named(path: Path, sheet: str | None) -> str:
    """Who a list is about, by the name of its sheet, else of its file.

    "public", "speakers", "aside" (team, partners, exhibitors…), "" when the names say nothing.
    """
    for name in (sheet or "", path.stem):
        said = fold(name).replace("_", " ")
        for who, words in _who().items():
            if words.search(said):
                return who
    return ""


@cache
def _who() -> dict[str, re.Pattern[str]]:
    """In the order of vocabulary/sheets.toml, which is that of precedence."""
    return {
        who: re.compile("|".join(rf"\b{re.escape(word)}" for word in said["words"]))
        for who, said in vocabulary.read("sheets").items()
    }


def guess_kind(reading: Reading) -> str:
    """The kind of an entry of [files], "" when nothing fits.

    A form tool serves to register people as well as to ask them: its questions decide.
    """
    tool = _tool_of(reading)
    if tool is not None and tool.holds in ("registrations", "waiting_list", "refused"):
        return "registrations"
    kinds = ("survey", "registrations", "programme", "budget")
    scores = {kind: worth(reading, kind)[0] for kind in kinds}
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] >= _ENOUGH:
        return best
    return "survey" if tool is not None else ""


def holds_people_of_a_tool(reading: Reading) -> bool:
    """The list of a ticketing tool: other sheets of its workbook detail it."""
    tool = _tool_of(reading)
    return tool is not None and tool.holds == "registrations"


def _tool_of(reading: Reading) -> Tool | None:
    columns = headings(reading.origin.headers, reading.account.column_letters)
    return recognise_tool(columns, reading.origin.delimiter)


def worth(reading: Reading, kind: str) -> tuple[int, int]:
    """How much of its kind a table holds: what is recognised in it, then its rows."""
    columns = headings(reading.origin.headers, reading.account.column_letters)
    rows = len(reading.text)
    if kind == "survey":
        tool = _tool_of(reading)
        asked = find_questions(spread_groups(columns, reading.text), reading.text, tool=tool)
        return sum(map(_telling, asked)), rows
    part = "registration" if kind in ("registrations", "attendance") else kind
    mapped = map_columns(columns, reading.text, kind=part)
    fields = {column.field for column in mapped} - {""}
    if part == "registration":
        people = {c.field for c in mapped if c.field in _PEOPLE and _is_filled(reading, c)}
        if not rows:
            people = fields & _PEOPLE
        return (2 * len(people) + len(fields & _ABOUT_PEOPLE) if people else 0), rows
    if part == "programme":
        wanted = {"title", "speakers"} if "speakers" in fields else {"title", "kind"}
    else:
        wanted = {"line"}
        if not fields & {"actual", "planned"}:
            return 0, rows
    return (2 + len(fields) if wanted <= fields else 0), rows


def _telling(asked: Asked) -> int:
    """What a question says for a survey: much when only those who came can answer it."""
    role, sure = asked.question.role, asked.confidence > _SUGGESTED
    if not asked.kept or role == "other":
        return 0
    if role in _AFTERWARDS:
        return _TELLS_MUCH if sure else 1
    return 1


def _is_filled(reading: Reading, column: MappedColumn) -> bool:
    return any(cell.strip() for cell in reading.text.iloc[:, column.heading.position])
