"""One line of a registration list, as values: a ticket.

A ticket may name a person, or be one of several seats of an order.  What it holds stays
in memory, inside ``sources``; its repr shows nothing of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from necbilan.sources.cells import days, first_time, is_blank, meaning, whole_number
from necbilan.sources.folding import fold
from necbilan.sources.headings.submissions import UNFINISHED, unfinished
from necbilan.sources.people.lone_names import lone_names
from necbilan.sources.people.standing import column_of, marks_of, presences_of, statuses_of
from necbilan.sources.survey import choices

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    dropped: tuple[tuple[str, int], ...] = field(default=())
    recovered: int = 0
    """people that a line of one filled cell names, taken for a title by the reader"""


def read_tickets(
    reading: Reading,
    columns: Sequence[MappedColumn],
    entry: FileEntry,
    *,
    tool: Tool | None = None,
    source: int = 0,
) -> Tickets:
    """The tickets of a registration or attendance list.

    A line without name, e-mail and organisation is dropped; a line for n seats gives n
    tickets, of which the first is named.
    """
    text = reading.text
    rows = len(text)

    def cells(wanted: str) -> list[str]:
        for column in columns:
            if column.field == wanted:
                return [cell.strip() for cell in text.iloc[:, column.heading.position]]
        return [""] * rows

    first, last, full = cells("first_name"), cells("last_name"), cells("full_name")
    names = [_name(*parts) for parts in zip(first, last, full, strict=True)]
    emails = [_email(cell) for cell in cells("email")]
    organisations, jobs = cells("organisation"), cells("job_title")
    combined = cells("organisation_and_job")
    profiles = cells("profile")
    types, kinds = cells("ticket_type"), cells("organisation_type")
    dates = days(cells("registered_on"))
    addons = cells("addon")
    statuses, status_problems = statuses_of(reading, columns, entry, tool)
    seen, presence_problems, how = presences_of(reading, columns, entry, tool)
    marked = column_of(columns, "checked_in") is not None
    chosen = _activities(reading, columns, tool)
    newcomer = column_of(columns, "first_time")
    asked = " ".join(newcomer.heading.levels) if newcomer else ""
    first_times = [first_time(cell, asked) for cell in cells("first_time")]
    marks = marks_of(reading, columns, entry, tool) if how else [()] * rows
    seats = [whole_number(cell) or 1 for cell in cells("quantity")]
    placed = list(zip(*(cells(name) for name in PLACE_FIELDS), strict=True))
    left = unfinished(text, [column.heading for column in columns], tool)
    tickets: list[Ticket] = []
    dropped: dict[str, int] = {}
    for row in range(rows):
        if left[row]:
            dropped[UNFINISHED] = dropped.get(UNFINISHED, 0) + 1
            continue
        organisation, job = organisations[row], jobs[row]
        if not organisation and combined[row]:
            organisation, _, job = (part.strip() for part in combined[row].rpartition(" / "))
            organisation, job = (organisation, job) if organisation else (job, "")
        if addons[row]:
            dropped["option d’un autre billet"] = dropped.get("option d’un autre billet", 0) + 1
            continue
        if names[row] and set(fold(names[row]).split()) <= _TESTS:
            dropped["ligne de test"] = dropped.get("ligne de test", 0) + 1
            continue
        if not (names[row] or emails[row] or _NAMELESS.match(full[row])):
            dropped["ni nom ni e-mail"] = dropped.get("ni nom ni e-mail", 0) + 1
            continue
        ticket = Ticket(
            name=names[row],
            email=emails[row],
            organisation=_said(organisation),
            organisation_type=_said(kinds[row]),
            job=job,
            profile=_said(profiles[row]),
            places=tuple(_said(cell) for cell in placed[row]),
            registered_on=dates[row],
            status=statuses[row],
            present=seen[row],
            seen_at=marks[row],
            audience=entry.audience,
            role=entry.role
            or _role(types[row], profiles[row], _status_cell(reading, columns, row)),
            activities=chosen[row],
            first_time=first_times[row],
            source=source,
            line=reading.account.row_numbers[row],
            sheet=reading.account.row_sheets[row],
            listed=entry.kind != "attendance",
        )
        tickets.append(ticket)
        extra = min(seats[row], _MOST_SEATS) - 1
        tickets += [replace(ticket, name="", email="")] * max(extra, 0)
    alone = lone_names(reading, full)
    signed = bool(how) and entry.kind == "attendance" and not marked
    tickets += [
        Ticket(
            name=_name("", "", name),
            present=True if signed else None,
            seen_at=(("", reading.origin.sheet, entry.path.stem),) if signed else (),
            audience=entry.audience,
            role=entry.role or "public",
            source=source,
            line=line,
            listed=entry.kind != "attendance",
        )
        for line, name in alone
    ]
    return Tickets(
        tuple(tickets),
        (*status_problems, *presence_problems),
        how,
        tuple(dropped.items()),
        len(alone),
    )


def _said(cell: str) -> str:
    """The cell, "" when it says nothing."""
    return "" if is_blank(cell) else cell


def _name(first: str, last: str, full: str) -> str:
    name = f"{first} {last}".strip() if first or last else full
    name = _PSEUDONYM.sub("", name)
    return "" if _NAMELESS.fullmatch(name) or is_blank(name) else name


def _email(cell: str) -> str:
    email = cell.strip().casefold().removeprefix("mailto:")
    return "" if email in _NO_EMAIL or "@" not in email else email


def _status_cell(reading: Reading, columns: Sequence[MappedColumn], row: int) -> str:
    column = column_of(columns, "status")
    return "" if column is None else str(reading.text.iloc[row, column.heading.position])


def _role(ticket_type: str, profile: str, status: str) -> str:
    """Who is no public: by the ticket, the profile or the status («Créateur⋅ice»)."""
    for text, part in (
        (ticket_type, "attendee_role"),
        (profile, "profile_role"),
        (status, "attendee_role"),
    ):
        found = meaning(text, part) if text else None
        if found:
            return found
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
