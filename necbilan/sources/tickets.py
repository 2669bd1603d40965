"""One line of a registration list, as values: a ticket.

A ticket may name a person, or be one of several seats of an order.  What it holds stays
in memory, inside ``sources``; its repr shows nothing of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from necbilan.model import Problem
from necbilan.sources import choices
from necbilan.sources.cells import days, is_blank, meaning, presence, whole_number, yes_no
from necbilan.sources.folding import fold_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from necbilan.sources.columns import MappedColumn
    from necbilan.sources.event_file import FileEntry
    from necbilan.sources.tools import Tool
    from necbilan.sources.workbook import Reading

__all__ = ["PLACE_FIELDS", "Ticket", "Tickets", "read_tickets"]

PLACE_FIELDS = (
    "postal_code", "insee", "commune", "place", "department", "region", "epci", "country",
)  # fmt: skip
_NAMELESS = re.compile(r"participant[·⋅.e()]* anonyme|anonym\w*|anonymous( participant)?", re.I)
_PSEUDONYM = re.compile(r"\s*\(@[^)]*\)\s*$")
_NO_EMAIL = frozenset({"anonymous", "anonyme"})
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
    audience: str = ""
    role: str = ""
    activities: tuple[str, ...] | None = None
    first_time: bool | None = None
    source: int = 0
    line: int = 0
    listed: bool = True
    """in a registration list; False for a line of an attendance list"""


@dataclass(frozen=True, repr=False)
class Tickets:
    """The tickets of one table, what could not be read in it, and how presence was seen."""

    tickets: tuple[Ticket, ...]
    problems: tuple[Problem, ...] = ()
    presence: str = ""
    dropped: tuple[tuple[str, int], ...] = field(default=())


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
    statuses, status_problems = _statuses(reading, columns, entry, tool)
    seen, presence_problems, how = _presences(reading, columns, entry, tool)
    chosen = _activities(reading, columns, tool)
    first_times = [yes_no(cell) for cell in cells("first_time")]
    seats = [whole_number(cell) or 1 for cell in cells("quantity")]
    placed = list(zip(*(cells(name) for name in PLACE_FIELDS), strict=True))
    tickets: list[Ticket] = []
    dropped: dict[str, int] = {}
    for row in range(rows):
        organisation, job = organisations[row], jobs[row]
        if not organisation and combined[row]:
            organisation, _, job = (part.strip() for part in combined[row].rpartition(" / "))
            organisation, job = (organisation, job) if organisation else (job, "")
        if addons[row]:
            dropped["option d’un autre billet"] = dropped.get("option d’un autre billet", 0) + 1
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
            audience=entry.audience,
            role=entry.role
            or _role(types[row], profiles[row], _status_cell(reading, columns, row)),
            activities=chosen[row],
            first_time=first_times[row],
            source=source,
            line=reading.account.row_numbers[row],
            listed=entry.kind != "attendance",
        )
        tickets.append(ticket)
        extra = min(seats[row], _MOST_SEATS) - 1
        tickets += [replace(ticket, name="", email="")] * max(extra, 0)
    return Tickets(
        tuple(tickets),
        (*status_problems, *presence_problems),
        how,
        tuple(dropped.items()),
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


def _column(columns: Sequence[MappedColumn], field_name: str) -> MappedColumn | None:
    return next((column for column in columns if column.field == field_name), None)


def _status_cell(reading: Reading, columns: Sequence[MappedColumn], row: int) -> str:
    column = _column(columns, "status")
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


def _sections(reading: Reading) -> dict[int, str]:
    """Row → status said by the title of the section it stands in."""
    titles = [
        (reject.sheet, reject.line, meaning(reject.text, "sections"))
        for reject in reading.account.rejects
        if reject.reason == "section"
    ]
    account = reading.account
    found: dict[int, str] = {}
    for row, (line, sheet) in enumerate(zip(account.row_numbers, account.row_sheets, strict=True)):
        above = [sense for name, at, sense in titles if name == sheet and at < line]
        if above and above[-1]:
            found[row] = above[-1]
    return found


def _section_notes(sections: Mapping[int, str], entry: FileEntry) -> list[Problem]:
    """What a section title made of the people under it, said aloud."""
    words = {
        "walk_in": "venues sans inscription",
        "cancelled": "désinscrites",
        "waiting_list": "sur liste d’attente",
    }
    return [
        Problem(
            code="W_SECTION_STATUS",
            severity="note",
            file=entry.path.name,
            sheet=entry.sheet or "",
            found=f"sous un titre de section, {count} personnes sont comptées comme {words[sense]}",
            remedy="Rien à faire si c’est bien le sens de ce titre.",
        )
        for sense, count in Counter(sections.values()).items()
    ]


def _statuses(
    reading: Reading, columns: Sequence[MappedColumn], entry: FileEntry, tool: Tool | None
) -> tuple[list[str], list[Problem]]:
    rows = len(reading.text)
    usual = (tool.status_by_default if tool else "") or "registered"
    statuses = [usual] * rows
    unknown: dict[str, list[int]] = {}
    status, paid, valid = (_column(columns, name) for name in ("status", "paid", "valid"))
    if status is not None:
        for row, cell in enumerate(reading.text.iloc[:, status.heading.position]):
            if is_blank(cell):
                continue
            sense = meaning(cell, "status", tool.statuses if tool else None)
            if sense is None:
                unknown.setdefault(fold_label(cell), []).append(row)
            else:
                statuses[row] = sense
    for column, otherwise in ((paid, "pending"), (valid, "cancelled")):
        if column is not None:
            for row, cell in enumerate(reading.text.iloc[:, column.heading.position]):
                if yes_no(cell) is False and statuses[row] == "registered":
                    statuses[row] = otherwise
    sections = _sections(reading)
    for row, sense in sections.items():
        statuses[row] = sense if statuses[row] == usual else statuses[row]
    problems = _section_notes(sections, entry)
    problems += [
        Problem(
            code="A_STATUS",
            severity="ask",
            file=entry.path.name,
            sheet=entry.sheet or "",
            cell=_address(reading, status, rows_[0]),
            found=f"un statut n’est pas connu ({len(rows_)} ligne{'s' * (len(rows_) > 1)})",
            expected="inscrit, en attente, liste d’attente, annulé…",
            remedy="Ces personnes sont comptées comme inscrites. Corrigez le statut s’il le faut.",
        )
        for rows_ in unknown.values()
        if status is not None
    ]
    return statuses, problems


def _presences(
    reading: Reading, columns: Sequence[MappedColumn], entry: FileEntry, tool: Tool | None
) -> tuple[list[bool | None], list[Problem], str]:
    """Seen, not seen, or not said; and how: scan | roll, "" when not measured."""
    rows = len(reading.text)
    marks = [column for column in columns if column.field == "checked_in"]
    if not marks:
        status = _column(columns, "status")
        if tool is None or not tool.present_statuses or status is None:
            listed = entry.kind == "attendance"
            return [True if listed else None] * rows, [], "roll" if listed else ""
        said = [fold_label(cell) for cell in reading.text.iloc[:, status.heading.position]]
        seen: list[bool | None] = [word in tool.present_statuses for word in said]
        return (seen, [], "scan") if any(seen) else ([None] * rows, [], "")
    texts = [list(reading.text.iloc[:, column.heading.position]) for column in marks]
    any_text = tool is not None and tool.any_text_is_present
    values: list[list[bool | None]] = [
        [not is_blank(cell) if any_text else presence(cell) for cell in column] for column in texts
    ]
    seen = [any(column[row] for column in values) for row in range(rows)]
    if not any(seen):
        return [None] * rows, [], ""
    odd = [
        (column, row)
        for column, cells, found in zip(marks, texts, values, strict=True)
        for row, cell in enumerate(cells)
        if found[row] is None and not is_blank(cell)
    ]
    problems = []
    if odd:
        problems.append(
            Problem(
                code="A_PRESENCE",
                severity="ask",
                file=entry.path.name,
                sheet=entry.sheet or "",
                cell=_address(reading, *odd[0]),
                found=f"une marque de présence n’est pas comprise ({len(odd)} case"
                f"{'s' * (len(odd) > 1)})",
                expected="x, oui, présent, une heure… ou non, absent",
                remedy="Ces personnes sont comptées comme absentes. Corrigez la case s’il le faut.",
            )
        )
    timed = sum(
        bool(re.search(r"\d{1,2}:\d{2}|\d{4}-\d{2}", cell)) for cells in texts for cell in cells
    )
    how = (tool.presence if tool else "") or ("scan" if timed > len(texts[0]) / 4 else "roll")
    return seen, problems, how


def _address(reading: Reading, column: MappedColumn | None, row: int) -> str:
    number = reading.account.row_numbers[row]
    if reading.origin.format == "csv" or column is None or not column.heading.letter:
        return f"ligne {number}"
    return f"{column.heading.letter}{number}"


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
        ticks = choices.ticks(texts)
        if ticks is not None:
            option = choices.option_of(column.heading.leaf)
            for row, ticked in enumerate(ticks):
                found[row] += [option] if ticked else []
        else:
            split = choices.split_choices(texts, separator=tool.choices if tool else "")
            for row, options in enumerate(split):
                found[row] += options
    return [tuple(dict.fromkeys(options)) for options in found]
