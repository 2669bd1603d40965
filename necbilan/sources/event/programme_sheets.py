"""A programme or a budget kept in a sheet, as our frames."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from necbilan.model import Problem
from necbilan.sources.cells import amount, is_blank, meaning, presence, whole_number
from necbilan.sources.event.programme import budget_frame
from necbilan.sources.folding import fold, name_key
from necbilan.sources.headings.columns import cells_by_field

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from necbilan.sources.headings.columns import MappedColumn
    from necbilan.sources.workbook import Reading

__all__ = ["programme_rows", "read_budget", "speaker_rows"]

_SPEAKERS = re.compile(r"\s*[;\n]\s*")
_COUNTS = ("capacity", "registered", "waiting", "attended")
_TOTAL = re.compile(r"^(?:sous[- ])?total\b|^solde\b|^resultat\b")
_NATURES = (
    ("in_kind", re.compile(r"en nature|valoris|benevolat|mise a disposition|in kind")),
    ("income", re.compile(r"recette|produit|subvention|income|ressource|financement")),
    ("expense", re.compile(r"depense|charge|cout|expense")),
)
_AMOUNTS = re.compile(
    r"^(?:montants?|prevus?|previsionnel|realises?|reel|encaisse|recu|budget)\b\D*$"
)
"""what heads a column of amounts"""
_GRANT = re.compile(r"subvention|aide|dotation|grant")


def programme_rows(reading: Reading, columns: Sequence[MappedColumn]) -> list[dict[str, Any]]:
    """Activities as event.toml writes them; speakers of a cell part at «;»."""
    cells = cells_by_field(reading, columns)
    activities: list[dict[str, Any]] = []
    for row, title in enumerate(cells["title"]):
        if is_blank(title):
            continue
        speakers = [name.strip() for name in _SPEAKERS.split(cells["speakers"][row])]
        activities.append(
            {
                "title": _unique(title, [activity["title"] for activity in activities]),
                "kind": cells["kind"][row],
                "theme": cells["theme"][row],
                **{name: whole_number(cells[name][row]) for name in _COUNTS},
                "speakers": [name for name in speakers if not is_blank(name)],
            }
        )
    return activities


def speaker_rows(
    reading: Reading, columns: Sequence[MappedColumn], titles: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Speakers as event.toml writes them, one a name: name, gender, on_stage, activities.

    A gender is what its column declares, else it is left out; on_stage only where somebody
    is marked, a blank then being a no.  Activities are named as in ``titles`` when they are
    the same but for case and accents.
    """
    cells = cells_by_field(reading, columns)
    known = {fold(title): title for title in titles}
    marks = [presence(cell) for cell in cells["on_stage"]]
    found: dict[str, dict[str, Any]] = {}
    for row, full in enumerate(cells["full_name"]):
        name = full or f"{cells['first_name'][row]} {cells['last_name'][row]}".strip()
        if is_blank(name):
            continue
        speaker = found.setdefault(name_key(name), {"name": name, "activities": []})
        gender = meaning(cells["gender"][row], "gender")
        if gender is not None:
            speaker["gender"] = gender
        if any(marks):
            speaker["on_stage"] = bool(marks[row]) or speaker.get("on_stage", False)
        for part in _SPEAKERS.split(cells["activity"][row]):
            title = known.get(fold(part), part)
            if not is_blank(part) and title not in speaker["activities"]:
                speaker["activities"].append(title)
    return list(found.values())


def _unique(title: str, taken: Sequence[str]) -> str:
    """The title, numbered when the programme says it twice."""
    shown, number = title, 2
    while shown in taken:
        shown, number = f"{title} ({number})", number + 1
    return shown


def read_budget(
    reading: Reading, columns: Sequence[MappedColumn]
) -> tuple[pd.DataFrame | None, tuple[Problem, ...]]:
    """BUDGET; total lines are left out, an amount that is no number is told."""
    cells = cells_by_field(reading, columns)
    lines: list[dict[str, Any]] = []
    unread: list[int] = []
    titled = _natures_by_title(reading)
    current = "expense"
    for row, line in enumerate(cells["line"]):
        current = titled.get(row, current)
        if is_blank(line) or _TOTAL.search(fold(line)):
            continue
        texts = {name: cells[name][row] for name in ("planned", "actual")}
        amounts = {name: amount(text) for name, text in texts.items()}
        if all(is_blank(text) or _AMOUNTS.search(fold(text)) for text in texts.values()):
            current = _nature(line) or current  # a title, or the header of a second part
            continue
        if any(amounts[name] is None and not is_blank(text) for name, text in texts.items()):
            unread.append(reading.account.row_numbers[row])
        nature = _nature(cells["nature"][row]) or _nature(line) or current
        lines.append(
            {
                "line": line,
                "nature": nature,
                "grant": nature == "income" and bool(_GRANT.search(fold(line))),
                **amounts,
                "explanation": cells["explanation"][row] or None,
            }
        )
    return budget_frame(lines), (_unread(unread),) if unread else ()


def _unread(lines: Sequence[int]) -> Problem:
    return Problem(
        code="A_AMOUNT",
        cell=f"ligne {lines[0]}",
        found=f"un montant n’est pas un nombre ({len(lines)} ligne{'s' * (len(lines) > 1)})",
        expected="un montant en euros : 1250 ou 1 250,50 €",
        remedy="Corrigez la case : cette ligne n’est pas comptée.",
    )


def _natures_by_title(reading: Reading) -> dict[int, str]:
    """Row → nature said by the title just above it («Recettes»), which is no line itself."""
    titles = [
        (reject.line, nature)
        for reject in reading.account.rejects
        if reject.text and (nature := _nature(reject.text))
    ]
    numbers = reading.account.row_numbers
    return {
        min(row for row, number in enumerate(numbers) if number > line): nature
        for line, nature in titles
        if numbers and numbers[-1] > line
    }


def _nature(text: str) -> str:
    folded = fold(text)
    return next((nature for nature, pattern in _NATURES if pattern.search(folded)), "")
