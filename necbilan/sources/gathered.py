"""What a folder holds, once each file is read and understood on its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from necbilan.sources.privacy.elsewhere import Elsewhere

if TYPE_CHECKING:
    from necbilan.model import Picture, Problem
    from necbilan.sources.decisions import Decisions
    from necbilan.sources.event.file import EventFile, FileEntry
    from necbilan.sources.headings.columns import MappedColumn
    from necbilan.sources.headings.heading import Heading
    from necbilan.sources.headings.tools import Tool
    from necbilan.sources.people.tickets import Tickets
    from necbilan.sources.survey.reading import Survey
    from necbilan.sources.workbook import Reading

__all__ = ["Gathered", "ReadFile"]


@dataclass(frozen=True, repr=False)
class ReadFile:
    """One table of the folder, with what was understood of it."""

    entry: FileEntry
    reading: Reading
    headings: tuple[Heading, ...]
    columns: tuple[MappedColumn, ...]
    tool: Tool | None
    sha256: str
    tickets: Tickets | None = None
    survey: Survey | None = None
    guessed: bool = False

    @property
    def sheet(self) -> str:
        return self.reading.origin.sheet if self.reading.origin.format != "csv" else ""


@dataclass(frozen=True, repr=False)
class Gathered:
    """What the folder holds: event.toml, the decisions, the files, and every problem."""

    event_file: EventFile
    decisions: Decisions
    files: tuple[ReadFile, ...]
    problems: tuple[Problem, ...] = field(default=())
    pictures: tuple[Picture, ...] = ()
    logo: str = ""
    folder: str = ""
    """its name"""
    elsewhere: Elsewhere = field(default=Elsewhere())
    """who is named in what is not counted too: only to scrub and to search"""

    def of_kind(self, *kinds: str) -> tuple[ReadFile, ...]:
        return tuple(file for file in self.files if file.entry.kind in kinds)
