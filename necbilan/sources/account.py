"""What necbilan understood of a folder, line by line: the verb ``check``.

Every column is told with its field or role, how sure and why; every line is kept or
left out for a reason.  No value of a personal column is ever in it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from necbilan.errors import exit_code_of
from necbilan.sources.decisions import add_proposals, read_decisions
from necbilan.sources.folder import build
from necbilan.sources.gathering import gather
from necbilan.sources.proposing import proposals_of
from necbilan.sources.provenance import source_of
from necbilan.sources.survey.roles import role_label
from necbilan.sources.survey.wordings import is_other

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from necbilan.model import Problem, Source
    from necbilan.sources.gathered import ReadFile
    from necbilan.sources.headings.columns import MappedColumn
    from necbilan.sources.headings.heading import Heading
    from necbilan.sources.survey.asked import Asked

__all__ = ["Account", "ColumnAccount", "FileAccount", "check"]

_KINDS = {
    "registrations": "inscriptions",
    "attendance": "émargement",
    "survey": "questionnaire",
    "programme": "programme",
    "speakers": "intervenantes et intervenants",
    "budget": "budget",
}


@dataclass(frozen=True)
class ColumnAccount:
    """A column and what it became; ``confidence`` from 0 to 1."""

    column: str
    heading: str
    becomes: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class FileAccount:
    """One table: ``lines`` = ``kept`` + all of ``dropped``."""

    file: str
    sheet: str
    kind: str
    tool: str
    format: str
    encoding: str
    header_rows: tuple[int, ...]
    lines: int
    kept: int
    dropped: tuple[tuple[str, int], ...]
    columns: tuple[ColumnAccount, ...]


@dataclass(frozen=True)
class Account:
    """The account of a folder; ``added`` rows were added to decisions.csv."""

    event: str
    files: tuple[FileAccount, ...]
    problems: tuple[Problem, ...]
    people: int | None
    present: int | None
    answers: int | None
    added: int
    waiting: Mapping[str, int]

    @property
    def exit_code(self) -> int:
        return exit_code_of(self.problems)

    @property
    def clean(self) -> bool:
        """Nothing blocks and nothing waits for an answer."""
        return not self.waiting and all(problem.severity == "note" for problem in self.problems)

    def json(self) -> str:
        """The account for a program: the fields of these classes, UTF-8."""
        return json.dumps(
            asdict(self) | {"exit_code": self.exit_code}, ensure_ascii=False, indent=2
        )


def check(folder: str | Path) -> Account:
    """Read the folder, add what must be asked to decisions.csv, and tell everything.

    Raises InputMissing and ConfigError; faults of the data are in ``problems``.
    """
    built = build(gather(folder))
    dossier = built.dossier
    added = add_proposals(folder, proposals_of(built))
    present = None
    if dossier.registrations is not None and dossier.registrations["present"].notna().any():
        present = int(dossier.registrations["present"].fillna(False).sum())
    responses = dossier.responses
    return Account(
        event=dossier.event.name,
        files=tuple(
            _file(file, source_of(file, built.people, index), built.unnamed)
            for index, file in enumerate(built.gathered.files)
        ),
        problems=dossier.problems,
        people=None if dossier.registrations is None else len(dossier.registrations),
        present=present,
        answers=None if responses is None else int(responses["role"].eq("submission").sum()),
        added=added,
        waiting=read_decisions(folder).waiting(),
    )


def _file(file: ReadFile, source: Source, unnamed: Callable[[str], str]) -> FileAccount:
    return FileAccount(
        file=unnamed(source.file),
        sheet=unnamed(source.sheet),
        kind=_KINDS[source.kind],
        tool=source.tool or "outil inconnu",
        format=file.reading.origin.format,
        encoding=source.encoding,
        header_rows=file.reading.origin.header_rows,
        lines=source.lines or 0,
        kept=source.kept or 0,
        dropped=source.dropped,
        columns=tuple(
            replace(column, heading=unnamed(column.heading), reason=unnamed(column.reason))
            for column in _columns(file)
        ),
    )


def _columns(file: ReadFile) -> Iterable[ColumnAccount]:
    """In the order of the file; a question of several columns is told at each of them."""
    told: dict[int, ColumnAccount] = {}
    for column in file.columns:
        told[column.heading.position] = _field(column)
    for asked in file.survey.asked if file.survey else ():
        for position in asked.columns:
            told[position] = _question(asked, file, position)
    for heading in file.headings:
        yield told.get(
            heading.position,
            ColumnAccount(
                heading.letter,
                _heading(heading.levels),
                "non utilisée",
                1.0,
                _why_unused(heading, file),
            ),
        )


def _why_unused(heading: Heading, file: ReadFile) -> str:
    if not any(cell.strip() for cell in file.reading.text.iloc[:, heading.position]):
        return "vide"
    last = re.split(r"[/\[(]|>> ", heading.leaf)[-1].rstrip(" ])")
    if is_other(last) or heading.leaf.casefold().startswith("autre - "):
        return "précisions de «\u00a0Autre\u00a0», non reprises"
    return "résume d’autres colonnes"


def _heading(levels: tuple[str, ...]) -> str:
    return " › ".join(dict.fromkeys(level for level in levels if level))


def _field(column: MappedColumn) -> ColumnAccount:
    becomes = column.label or "non utilisée"
    return ColumnAccount(
        column.heading.letter,
        _heading(column.heading.levels),
        becomes,
        column.confidence,
        column.reason,
    )


def _question(asked: Asked, file: ReadFile, position: int) -> ColumnAccount:
    heading = file.headings[position]
    scale = f", {len(asked.question.scale)} niveaux" if asked.question.scale else ""
    return ColumnAccount(
        heading.letter,
        _heading(heading.levels),
        f"question\u00a0: {role_label(asked.question.role)}{scale}",
        asked.confidence,
        asked.reason,
    )
