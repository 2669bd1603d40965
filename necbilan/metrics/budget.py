"""What it cost and what it took: euros, people mobilised, meetings.

Cash and in-kind are never added; the cost per participant is the actual cash cost
over the public present.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from necbilan.metrics.attendance import present
from necbilan.metrics.rows import declared_count, frame, full_count, not_collected

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from necbilan.model import Dossier

__all__ = [
    "budget_actual",
    "budget_gap",
    "budget_line",
    "budget_line_planned",
    "budget_planned",
    "budget_total",
    "cost_per_participant",
    "cost_per_place",
    "grant_share",
    "grants",
    "in_kind",
    "meetings",
    "mobilised",
]

AMOUNTS = ("planned", "actual")
"""the columns of a budget"""


def budget_planned(dossier: Dossier) -> pd.DataFrame:
    """Planned cash expenses, in euros."""
    return _total(dossier, "budget_planned", "expense", "planned")


def budget_actual(dossier: Dossier) -> pd.DataFrame:
    """Actual cash expenses, in euros."""
    return _total(dossier, "budget_actual", "expense", "actual")


def in_kind(dossier: Dossier) -> pd.DataFrame:
    """Valued contributions in kind, in euros."""
    return _total(dossier, "in_kind", "in_kind", "actual")


def grants(dossier: Dossier) -> pd.DataFrame:
    """Grants received, in euros."""
    return _total(dossier, "grants", "income", "actual", grants_only=True)


def _total(
    dossier: Dossier, declared: str, nature: str, column: str, *, grants_only: bool = False
) -> pd.DataFrame:
    stated = declared_count(dossier.event.declared, declared, unit="euros")
    table = dossier.budget
    if table is None:
        return frame([stated or not_collected("euros")])
    lines = table[table["nature"].eq(nature)]
    if grants_only:
        lines = lines[lines["grant"].fillna(False)]
    amounts = lines[column].dropna()
    if amounts.empty:
        return frame([stated or not_collected("euros")])
    return frame([full_count(float(amounts.sum()), unit="euros", n=len(amounts), evidence="count")])


def budget_line(dossier: Dossier) -> pd.DataFrame:
    """Each actual line, in euros; group = expense, income or in_kind."""
    return frame(_by_line(dossier.budget, "actual"))


def budget_line_planned(dossier: Dossier) -> pd.DataFrame:
    """Each planned line, in euros; group = expense, income or in_kind."""
    return frame(_by_line(dossier.budget, "planned"))


def budget_gap(dossier: Dossier) -> pd.DataFrame:
    """Actual less planned, in euros; group = nature: in all ('') and by line that has both."""
    if dossier.budget is None:
        return frame([not_collected("euros")])
    table = dossier.budget.assign(gap=dossier.budget["actual"] - dossier.budget["planned"])
    return frame([*_totals(table, "gap", level=""), *_by_line(table, "gap")])


def budget_total(dossier: Dossier) -> pd.DataFrame:
    """Planned and actual by nature, in euros; NA when a line of it is unknown."""
    table = dossier.budget
    if table is None:
        return frame([not_collected("euros")])
    return frame([row for name in AMOUNTS for row in _totals(table, name, level=name)])


def _by_line(table: pd.DataFrame | None, column: str) -> list[dict[str, Any]]:
    known = None if table is None else table[table[column].notna()]
    if known is None or known.empty:
        return [not_collected("euros")]
    return [
        full_count(
            float(amount), unit="euros", group=str(nature), level=str(line), evidence="count"
        )
        for nature, line, amount in zip(known["nature"], known["line"], known[column], strict=True)
    ]


def _totals(table: pd.DataFrame, column: str, *, level: str) -> list[dict[str, Any]]:
    """The sum of each nature, unknown when one of its lines is."""
    rows = []
    for name, lines in table.groupby("nature", sort=False):
        nature, total = str(name), float(lines[column].sum())
        rows.append(
            not_collected("euros", group=nature, level=level)
            if lines[column].isna().any()
            else full_count(
                total, unit="euros", group=nature, level=level, n=len(lines), evidence="count"
            )
        )
    return rows


def cost_per_participant(dossier: Dossier) -> pd.DataFrame:
    """Actual cash cost over the public present, in euros."""
    return _cost_over(dossier, _first(present(dossier)))


def cost_per_place(dossier: Dossier) -> pd.DataFrame:
    """Actual cash cost over the seats of the venue, in euros."""
    seats = dossier.event.capacity
    return _cost_over(dossier, float(seats) if seats else None)


def _first(table: pd.DataFrame) -> float | None:
    row = table.iloc[0]
    return float(row["value"]) if row["status"] == "ok" else None


def _cost_over(dossier: Dossier, people: float | None) -> pd.DataFrame:
    cost = _first(budget_actual(dossier))
    if cost is None or not people:
        return frame([not_collected("euros")])
    return frame([full_count(cost / people, unit="euros", n=int(people), evidence="count")])


def grant_share(dossier: Dossier) -> pd.DataFrame:
    """Grants over actual cash expenses; above 1 when more was granted than spent."""
    cost, granted = _first(budget_actual(dossier)), _first(grants(dossier))
    if not cost or granted is None:
        return frame([not_collected("share")])
    return frame([full_count(granted / cost, unit="share", evidence="count")])


def mobilised(dossier: Dossier) -> pd.DataFrame:
    """People mobilised on the day: in all ('') and by task."""
    return _whole_and_parts({task.task: task.people for task in dossier.event.mobilised}, "people")


def meetings(dossier: Dossier) -> pd.DataFrame:
    """Preparation meetings: in all ('') and by kind."""
    kinds = {kind.kind: kind.count for kind in dossier.event.meetings}
    return _whole_and_parts(kinds, "meetings")


def _whole_and_parts(counts: Mapping[str, int], unit: str) -> pd.DataFrame:
    """What was declared by kind, after its sum at level ''."""
    if not counts:
        return frame([not_collected(unit)])
    total = sum(counts.values())
    parts = [
        full_count(count, unit=unit, level=kind, n=total, evidence="declared")
        for kind, count in counts.items()
    ]
    return frame([full_count(total, unit=unit, evidence="declared"), *parts])
