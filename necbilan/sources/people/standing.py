"""Where each line of a list stands: registered or not, seen or not, and how it was seen."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from necbilan.model import Problem
from necbilan.sources.cells import is_blank, meaning, presence, yes_no
from necbilan.sources.folding import fold_label
from necbilan.sources.headings.columns import column_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.sources.event.file import FileEntry
    from necbilan.sources.headings.columns import MappedColumn
    from necbilan.sources.headings.tools import Tool
    from necbilan.sources.workbook import Reading

__all__ = ["marks_of", "presences_of", "statuses_of"]


_REFUSALS = {
    "paid": "pending",
    "confirmed": "pending",
    "valid": "cancelled",
    "coming": "cancelled",
}
"""fields answered by yes or no: what a «no» makes of a registration"""
_SEEN = re.compile(r"present|venu\b|venue\b|attended|emarge")
"""a status that says more than a registration: the person came"""


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


def _section_notes(sections: Mapping[int, str]) -> list[Problem]:
    """What a section title made of the people under it, said aloud."""
    words = {
        "walk_in": "venues sans inscription",
        "cancelled": "désinscrites",
        "waiting_list": "sur liste d’attente",
    }
    return [
        Problem(
            code="W_SECTION_STATUS",
            found=f"sous un titre de section, {count} personnes sont comptées comme {words[sense]}",
            remedy="Rien à faire si c’est bien le sens de ce titre.",
        )
        for sense, count in Counter(sections.values()).items()
    ]


def statuses_of(
    reading: Reading, columns: Sequence[MappedColumn], tool: Tool | None
) -> tuple[list[str], list[Problem]]:
    """The status of each row (as in REGISTRATIONS), and the words not understood."""
    rows = len(reading.text)
    usual = (tool.status_by_default if tool else "") or "registered"
    statuses = [usual] * rows
    unknown: dict[str, list[int]] = {}
    status = column_of(columns, "status")
    if status is not None:
        for row, cell in enumerate(reading.text.iloc[:, status.heading.position]):
            if is_blank(cell):
                continue
            sense = meaning(cell, "status", tool.statuses if tool else None)
            if sense is None:
                unknown.setdefault(fold_label(cell), []).append(row)
            else:
                statuses[row] = sense
    for name, otherwise in _REFUSALS.items():
        column = column_of(columns, name)
        if column is not None:
            for row, cell in enumerate(reading.text.iloc[:, column.heading.position]):
                if yes_no(cell) is False and statuses[row] == "registered":
                    statuses[row] = otherwise
    sections = _sections(reading)
    for row, sense in sections.items():
        statuses[row] = sense if statuses[row] == usual else statuses[row]
    problems = _section_notes(sections)
    problems += [
        Problem(
            code="A_STATUS",
            cell=_address(reading, status, rows_[0]),
            found=f"un statut n’est pas connu ({len(rows_)} ligne{'s' * (len(rows_) > 1)})",
            expected="inscrit, en attente, liste d’attente, annulé…",
            remedy="Ces personnes sont comptées comme inscrites. Corrigez le statut s’il le faut.",
        )
        for rows_ in unknown.values()
        if status is not None
    ]
    return statuses, problems


def presences_of(
    reading: Reading, columns: Sequence[MappedColumn], entry: FileEntry, tool: Tool | None
) -> tuple[list[bool | None], list[Problem], str]:
    """Seen, not seen, or not said; and how: scan | roll, "" when not measured."""
    rows = len(reading.text)
    said, own_words = _said_by_status(reading, columns, tool)
    marks = [column for column in columns if column.field == "checked_in"]
    if not marks:
        if any(said):
            return list(said), [], "scan" if own_words else "roll"
        listed = entry.kind == "attendance"
        return [True if listed else None] * rows, [], "roll" if listed else ""
    texts = [list(reading.text.iloc[:, column.heading.position]) for column in marks]
    values = [_marked(column, tool) for column in texts]
    seen: list[bool | None] = [
        said[row] or any(column[row] for column in values) for row in range(rows)
    ]
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


def _said_by_status(
    reading: Reading, columns: Sequence[MappedColumn], tool: Tool | None
) -> tuple[list[bool], bool]:
    """Who came by the word of the status alone, and whether that word is the tool's own.

    Where some are said to have come, so did those who registered at the door.
    """
    status = column_of(columns, "status")
    if status is None:
        return [False] * len(reading.text), False
    cells = [fold_label(cell) for cell in reading.text.iloc[:, status.heading.position]]
    own = tool.present_statuses if tool else frozenset[str]()
    if own:
        return [cell in own for cell in cells], True
    came = [bool(_SEEN.match(cell)) for cell in cells]
    at_door = [meaning(cell, "status") == "walk_in" for cell in cells]
    return [c or (any(came) and door) for c, door in zip(came, at_door, strict=True)], False


def _marked(cells: Sequence[str], tool: Tool | None) -> list[bool | None]:
    if tool is not None and tool.any_text_is_present:
        return [not is_blank(cell) for cell in cells]
    return [presence(cell) for cell in cells]


def marks_of(
    reading: Reading, columns: Sequence[MappedColumn], entry: FileEntry, tool: Tool | None
) -> list[tuple[tuple[str, ...], ...]]:
    """Where each mark of presence of a row stands: its heading ("" when none), sheet, file.

    A line of an attendance list without columns of marks is one mark by itself.
    """
    where = (reading.origin.sheet, entry.path.stem)
    marks = [column for column in columns if column.field == "checked_in"]
    if not marks:
        return [(("", *where),) if entry.kind == "attendance" else ()] * len(reading.text)
    found: list[list[tuple[str, ...]]] = [[] for _ in range(len(reading.text))]
    for column in marks:
        heading = " ".join(level for level in column.heading.levels if level)
        cells = list(reading.text.iloc[:, column.heading.position])
        for row, seen in enumerate(_marked(cells, tool)):
            found[row] += [(heading, *where)] if seen else []
    return [tuple(places) for places in found]


def _address(reading: Reading, column: MappedColumn | None, row: int) -> str:
    number = reading.account.row_numbers[row]
    if reading.origin.format == "csv" or column is None or not column.heading.letter:
        return f"ligne {number}"
    return f"{column.heading.letter}{number}"
