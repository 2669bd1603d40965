"""Which tables an event has: those that event.toml names, or every one the folder holds.

A table that is not used is told, never passed over in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from necbilan.errors import InputMissing, UnreadableFile
from necbilan.model import Problem
from necbilan.sources import workbook
from necbilan.sources.event.file import FileEntry
from necbilan.sources.headings.guessing import (
    KIND_WORDS,
    guess_kind,
    holds_people_of_a_tool,
    is_spreadsheet,
    names_attendance,
    people_named,
    worth,
)
from necbilan.sources.survey.tallied import untallied

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from necbilan.sources.workbook import Reading

__all__ = ["guessed_entries", "read_entry", "sheets_of"]

_ASIDE = "aside"
_ASIDE_SURVEY = "aside_survey"
_NO_ROWS = "E_NO_ROWS"
_SHOWN_HEADINGS = 5


@dataclass(frozen=True, repr=False)
class _Found:
    path: Path
    sheet: str
    reading: Reading
    kind: str


def guessed_entries(folder: Path) -> tuple[list[FileEntry], list[Problem]]:
    """One entry a sheet, its kind told by its headings; what was taken for what, and why not."""
    found: list[_Found] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if is_spreadsheet(path):
            tables, told = _tables_of(path)
            found += tables
            problems += told
    known = [table for table in found if table.kind not in ("", _ASIDE, _ASIDE_SURVEY)]
    entries = _with_attendance(
        [FileEntry(kind=table.kind, path=table.path, sheet=table.sheet or None) for table in known]
    )
    problems += [_guessed(entry) for entry in entries]
    problems += [_unknown(table, alone=not known) for table in found if not table.kind]
    problems += [_aside(table) for table in found if table.kind == _ASIDE]
    problems += [_aside_survey(table) for table in found if table.kind == _ASIDE_SURVEY]
    return entries, problems


def _kind(path: Path, sheet: str, reading: Reading) -> str:
    """What its headings tell, but for people whose name says that they are no public."""
    kind = guess_kind(reading)
    who = people_named(path, sheet)
    if kind == "survey" and who in ("speakers", _ASIDE):
        return _ASIDE_SURVEY
    return who if kind == "registrations" and who in ("speakers", _ASIDE) else kind


def _tables_of(path: Path) -> tuple[list[_Found], list[Problem]]:
    """The tables of a file; beside the list of a known tool, other sheets of it are details."""
    found: list[_Found] = []
    problems: list[Problem] = []
    try:
        sheets = workbook.sheet_names(path) or [""]
    except UnreadableFile as error:
        return [], [error.problem]
    for sheet in sheets:
        try:
            reading, told = _read(path, sheet)
        except UnreadableFile as error:
            problems.append(error.problem if len(sheets) < 2 else _left(error.problem, sheet))
            continue
        if told is None or len(sheets) < 2:
            found.append(_Found(path, sheet, reading, _kind(path, sheet, reading)))
        else:
            problems.append(_left(told, sheet))
    main = [table for table in found if holds_people_of_a_tool(table.reading)]
    if main and len(main) < len(found):
        problems.append(_details(path, [table.sheet for table in found if table not in main]))
        found = main
    return found, problems


def read_entry(entry: FileEntry) -> tuple[Reading, list[Problem]]:
    """The table of the entry; of several sheets, the one that holds the most of its kind.

    A table without a line under its header is read all the same, with a Problem that
    blocks: its columns can be told.  Raises UnreadableFile and InputMissing.
    """
    try:
        reading, told = _read(entry.path, entry.sheet or "")
    except UnreadableFile as error:
        if error.problem.code != "E_AMBIGUOUS_SHEET" or entry.sheet:
            raise
        return _fullest_sheet(entry)
    return reading, [told] if told is not None else []


def sheets_of(entry: FileEntry) -> list[FileEntry]:
    """A workbook of signatures without a sheet named: each sheet of people is a list.

    One sheet a half-day or a workshop is how such workbooks are kept; a workbook that can't
    be read is left to the reader, which says why.
    """
    if entry.kind != "attendance" or entry.sheet:
        return [entry]
    try:
        sheets = workbook.sheet_names(entry.path)
    except (UnreadableFile, InputMissing):
        return [entry]
    signed = [
        sheet
        for sheet in sheets
        if people_named(entry.path, sheet) not in ("speakers", _ASIDE)
        and _holds_people(entry, sheet)
    ]
    return [replace(entry, sheet=sheet) for sheet in signed] if len(signed) > 1 else [entry]


def _holds_people(entry: FileEntry, sheet: str) -> bool:
    try:
        return worth(workbook.read(entry.path, sheet=sheet), entry.kind)[0] > 0
    except UnreadableFile:
        return False


def _read(path: Path, sheet: str) -> tuple[Reading, Problem | None]:
    try:
        return untallied(workbook.read(path, sheet=sheet or None), file=path.name), None
    except UnreadableFile as error:
        if error.problem.code != _NO_ROWS:
            raise
        return workbook.read(path, sheet=sheet or None, without_rows=True), error.problem


def _fullest_sheet(entry: FileEntry) -> tuple[Reading, list[Problem]]:
    candidates: list[Reading] = []
    for sheet in workbook.sheet_names(entry.path):
        try:
            candidates.append(_read(entry.path, sheet)[0])
        except UnreadableFile:
            continue
    best = max(candidates, key=lambda reading: _suits(reading, entry))
    others = ", ".join(
        f"« {reading.origin.sheet} »" for reading in candidates if reading is not best
    )
    told = Problem(
        code="W_SHEET_CHOSEN",
        file=entry.path.name,
        sheet=best.origin.sheet,
        found=f"plusieurs feuilles : celle-ci est lue ; laissées de côté : {others}",
        remedy="Nommez la feuille dans [files] si ce n’est pas la bonne.",
    )
    return best, [told]


def _with_attendance(entries: Sequence[FileEntry]) -> list[FileEntry]:
    """A list named «émargement» beside a list of registrations says who came."""
    lists = [entry for entry in entries if entry.kind == "registrations"]
    signed = [entry for entry in lists if names_attendance(entry.path, entry.sheet)]
    if not signed or len(signed) == len(lists):
        return list(entries)
    return [replace(entry, kind="attendance") if entry in signed else entry for entry in entries]


def _suits(reading: Reading, entry: FileEntry) -> tuple[bool, tuple[int, int]]:
    """Whether its name is not that of other people, then how much of the kind it holds."""
    wanted = ("speakers",) if entry.kind == "speakers" else ("", "public")
    named = people_named(entry.path, reading.origin.sheet)
    return named in wanted, worth(reading, entry.kind)


# --- what is said of it -------------------------------------------------------------------


def _guessed(entry: FileEntry) -> Problem:
    return Problem(
        code="W_KIND_GUESSED",
        file=entry.path.name,
        sheet=entry.sheet or "",
        found=f"event.toml n’a pas de [files] : ce tableau est pris pour {KIND_WORDS[entry.kind]}",
        remedy="Nommez les fichiers dans [files] si ce n’est pas le cas.",
    )


def _unknown(table: _Found, *, alone: bool) -> Problem:
    """A table that is nothing we know: it stops everything when the folder has no other."""
    said = [heading for heading in table.reading.origin.headers[-1] if heading]
    shown = ", ".join(f"« {heading} »" for heading in said[:_SHOWN_HEADINGS])
    return Problem(
        code="E_KIND_UNKNOWN" if alone else "A_KIND_UNKNOWN",
        file=table.path.name,
        sheet=table.sheet,
        found="ce tableau n’est pas utilisé : ses colonnes "
        f"({shown}{'…' if len(said) > _SHOWN_HEADINGS else ''}) n’annoncent ni une liste de "
        "personnes, ni un questionnaire, ni un programme, ni un budget",
        remedy="Dites ce qu’il contient dans [files] de event.toml, retirez-le du dossier, ou "
        "reportez ses chiffres dans [declared].",
    )


def _aside(table: _Found) -> Problem:
    """A list of the team, of partners, of exhibitors: never counted without a human's word."""
    where = f'file = "{table.path.name}"' + (f', sheet = "{table.sheet}"' if table.sheet else "")
    return Problem(
        code="A_PEOPLE_ASIDE",
        file=table.path.name,
        sheet=table.sheet,
        found=f"par son nom, cette liste ({len(table.reading.text)} lignes) est celle d’une "
        "équipe, de partenaires ou d’exposants : personne n’en est compté dans le public",
        remedy="Rien à faire si c’est bien le cas. Sinon, nommez tous les fichiers dans [files], "
        f"celui-ci avec son rôle : registrations = {{ {where}, role = "
        '"public" } (ou team, press, provider).',
    )


def _aside_survey(table: _Found) -> Problem:
    """What exhibitors or speakers answered is no opinion of the public."""
    return Problem(
        code="A_SURVEY_ASIDE",
        file=table.path.name,
        sheet=table.sheet,
        found=f"par son nom, ce questionnaire ({len(table.reading.text)} réponses) est celui "
        "d’intervenants, d’une équipe, de partenaires ou d’exposants : il n’est pas compté avec "
        "celui du public",
        remedy="Rien à faire si c’est bien le cas. Sinon, nommez tous les fichiers dans [files], "
        f'celui-ci aussi : survey = "{table.path.name}".',
    )


def _left(problem: Problem, sheet: str) -> Problem:
    """A sheet that holds no table, beside others that do."""
    return Problem(
        code="W_SHEET_LEFT",
        file=problem.file,
        sheet=sheet,
        found=f"cette feuille n’est pas lue : {problem.found}",
        remedy="Rien à faire si elle ne contient pas de liste.",
    )


def _details(path: Path, sheets: Sequence[str]) -> Problem:
    names = ", ".join(f"« {sheet} »" for sheet in sheets)
    return Problem(
        code="W_SHEETS_LEFT",
        file=path.name,
        found=f"des feuilles qui détaillent la liste ne sont pas lues : {names}",
        remedy="Nommez la feuille dans [files] si elle contient une autre liste.",
    )
