"""One line of a registration list, as values: a ticket.

A ticket may name a person, or be one of several seats of an order.  What it holds stays
in memory, inside ``sources``; its repr shows nothing of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from necbilan.sources.cells import days, first_time, is_blank, meaning, whole_number
from necbilan.sources.folding import fold
from necbilan.sources.headings.columns import cells_by_field, column_of
from necbilan.sources.headings.submissions import UNFINISHED, unfinished
from necbilan.sources.people.lone_names import lone_names
from necbilan.sources.people.standing import marks_of, presences_of, statuses_of
from necbilan.sources.survey import choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from necbilan.model import Problem
    from necbilan.sources.event.file import FileEntry
    from necbilan.sources.headings.columns import MappedColumn
    from necbilan.sources.headings.tools import Tool
    from necbilan.sources.workbook import Reading

__all__ = ["PLACE_FIELDS", "Ticket", "Tickets", "read_tickets"]

PLACE_FIELDS = (
    "postal_code", "insee", "commune", "place", "department", "region", "epci", "country",
)  # fmt: skip
_NAMELESS = re.compile(r"participant[·⋅.e()]* anonyme|anonym\w*|anonymous( participant)?", re.I)
_PSEUDONYM = re.compile(r"\s*\(@[^)]*\)\s*$")
_NO_EMAIL = frozenset({"anonymous", "anonyme"})
_TESTS = frozenset({"test", "tests", "essai", "testeur"})
"""what organisers call themselves when they try their own form"""
_MOST_SEATS = 50


@dataclass(frozen=True, repr=False)
class Ticket:
    """``status`` and ``role`` as in REGISTRATIONS; ``present`` None = not said here."""

    name: str = ""
    email: str = ""
    organisation: str = ""
    organisation_type: str = ""
    job: str = ""
    profile: str = ""
    places: tuple[str, ...] = ("",) * len(PLACE_FIELDS)
    registered_on: datetime | None = None
    status: str = "registered"
    present: bool | None = None
    seen_at: tuple[tuple[str, ...], ...] = ()
    """where each mark of presence stands: column, sheet, file"""
    audience: str = ""
    role: str = ""
    activities: tuple[str, ...] | None = None
    first_time: bool | None = None
    source: int = 0
    line: int = 0
    sheet: str = ""
    listed: bool = True
    """in a registration list; False for a line of an attendance list"""


@dataclass(frozen=True, repr=False)
class Tickets:
    """The tickets of one table, what could not be read in it, and how presence was seen."""

    tickets: tuple[Ticket, ...]
    problems: tuple[Problem, ...] = ()
    presence: str = ""
    dropped: tuple[tuple[str, int], ...] = ()
    recovered: int = 0
    """people that a line of one filled cell names, taken for a title by the reader"""


def read_tickets(
    reading: Reading,
    columns: Sequence[MappedColumn],
    entry: FileEntry,
    *,
    tool: Tool | None,
    source: int,
) -> Tickets:
    """The tickets of a registration or attendance list, the ``source``-th file of the event.

    A line without name, e-mail and organisation is dropped; a line for n seats gives n
    tickets, of which the first is named.
    """
    cells = cells_by_field(reading, columns)
    left = _left_out(reading, columns, cells, tool)
    statuses, doubts = statuses_of(reading, columns, tool)
    seen, unclear, how = presences_of(reading, columns, entry, tool)
    marks = marks_of(reading, columns, entry, tool) if how else [()] * len(left)
    dates = days(cells["registered_on"])
    chosen = _activities(reading, columns, tool)
    newcomers = _first_times(columns, cells)
    listed = entry.kind != "attendance"
    tickets: list[Ticket] = []
    for row, reason in enumerate(left):
        if reason:
            continue
        organisation, job = _employer(cells, row)
        named = Ticket(
            name=_name(cells, row),
            email=_email(cells["email"][row]),
            organisation=_said(organisation),
            organisation_type=_said(cells["organisation_type"][row]),
            job=job,
            profile=_said(cells["profile"][row]),
            places=tuple(_said(cells[name][row]) for name in PLACE_FIELDS),
            registered_on=dates[row],
            status=statuses[row],
            present=seen[row],
            seen_at=marks[row],
            audience=entry.audience,
            role=entry.role or _role(cells, row),
            activities=chosen[row],
            first_time=newcomers[row],
            source=source,
            line=reading.account.row_numbers[row],
            sheet=reading.account.row_sheets[row],
            listed=listed,
        )
        seats = min(whole_number(cells["quantity"][row]) or 1, _MOST_SEATS)
        tickets += [named, *[replace(named, name="", email="")] * (seats - 1)]
    signed = bool(how) and not listed and column_of(columns, "checked_in") is None
    alone = [
        Ticket(
            name=_cleaned(name),
            present=True if signed else None,
            seen_at=(("", reading.origin.sheet, entry.path.stem),) if signed else (),
            audience=entry.audience,
            role=entry.role or "public",
            source=source,
            line=line,
            listed=listed,
        )
        for line, name in lone_names(reading, cells["full_name"])
    ]
    return Tickets(
        tickets=(*tickets, *alone),
        problems=(*doubts, *unclear),
        presence=how,
        dropped=tuple(Counter(reason for reason in left if reason).items()),
        recovered=len(alone),
    )


def _left_out(
    reading: Reading,
    columns: Sequence[MappedColumn],
    cells: Mapping[str, Sequence[str]],
    tool: Tool | None,
) -> list[str]:
    """Why each row is no ticket, "" when it is one."""
    drafts = unfinished(reading.text, [column.heading for column in columns], tool)

    def reason(row: int) -> str:
        name = _name(cells, row)
        if drafts[row]:
            return UNFINISHED
        if cells["addon"][row]:
            return "option d’un autre billet"
        if name and set(fold(name).split()) <= _TESTS:
            return "ligne de test"
        if not (name or _email(cells["email"][row]) or _NAMELESS.match(cells["full_name"][row])):
            return "ni nom ni e-mail"
        return ""

    return [reason(row) for row in range(len(reading.text))]


def _employer(cells: Mapping[str, Sequence[str]], row: int) -> tuple[str, str]:
    """Organisation and job; «Mairie / Maire» in one cell fills both, «Mairie» the first."""
    organisation, combined = cells["organisation"][row], cells["organisation_and_job"][row]
    if organisation or not combined:
        return organisation, cells["job_title"][row]
    before, _, after = (part.strip() for part in combined.rpartition(" / "))
    return (before, after) if before else (after, "")


def _said(cell: str) -> str:
    """The cell, "" when it says nothing."""
    return "" if is_blank(cell) else cell


def _name(cells: Mapping[str, Sequence[str]], row: int) -> str:
    parts = f"{cells['first_name'][row]} {cells['last_name'][row]}".strip()
    return _cleaned(parts or cells["full_name"][row])


def _cleaned(name: str) -> str:
    name = _PSEUDONYM.sub("", name)
    return "" if _NAMELESS.fullmatch(name) or is_blank(name) else name


def _email(cell: str) -> str:
    email = cell.casefold().removeprefix("mailto:")
    return "" if email in _NO_EMAIL or "@" not in email else email


def _first_times(
    columns: Sequence[MappedColumn], cells: Mapping[str, Sequence[str]]
) -> list[bool | None]:
    newcomer = column_of(columns, "first_time")
    asked = " ".join(newcomer.heading.levels) if newcomer else ""
    return [first_time(cell, asked) for cell in cells["first_time"]]


def _role(cells: Mapping[str, Sequence[str]], row: int) -> str:
    """Who is no public: by the ticket, the profile or the status («Créateur⋅ice»)."""
    for field_name, part in (
        ("ticket_type", "attendee_role"),
        ("profile", "profile_role"),
        ("status", "attendee_role"),
    ):
        cell = cells[field_name][row]
        if cell and (role := meaning(cell, part)):
            return role
    return "public"


def _activities(
    reading: Reading, columns: Sequence[MappedColumn], tool: Tool | None
) -> list[tuple[str, ...] | None]:
    """Activities chosen a row; None when the list does not ask."""
    asked = [column for column in columns if column.field == "activity"]
    rows = len(reading.text)
    if not asked:
        return [None] * rows
    found: list[list[str]] = [[] for _ in range(rows)]
    for column in asked:
        texts = list(reading.text.iloc[:, column.heading.position])
        option = choices.option_of(column.heading.leaf)
        ticks = choices.ticks(texts, option)
        if ticks is not None:
            for row, ticked in enumerate(ticks):
                found[row] += [option] if ticked else []
        else:
            split = choices.split_choices(texts, separator=tool.choices if tool else "")
            for row, options in enumerate(split):
                found[row] += options
    return [tuple(dict.fromkeys(options)) for options in found]
