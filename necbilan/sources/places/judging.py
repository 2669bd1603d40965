"""What a decision on a place is, and how homonyms are weighed against one another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from necbilan.reference import kilometres, tables
from necbilan.sources.places import gazetteer
from necbilan.sources.places.similar_names import allowed_distance, similar

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AMBIGUOUS",
    "BEGINNING_WEIGHT",
    "DOMINATES",
    "LARGE",
    "MANY",
    "OUTWEIGHS",
    "UNRESOLVED",
    "Context",
    "Place",
    "commune",
    "department",
    "dominant",
    "doubtful",
    "meant",
    "misspelt_within",
    "population",
    "pulled",
    "town_point",
    "within",
]

DOMINATES = 8.0
"""a homonym must be that many times as populous as the next to be meant"""
OUTWEIGHS = 4.0
"""near an event, that many times the next one's population / distance²"""
LARGE = 10_000
"""inhabitants of a commune whose INSEE code may stand for a postal code on its own"""
BEGINNING_WEIGHT = 0.2
"""weight of «Saint-Martin-d'Hères» against «Saint-Martin» when only «Saint-Martin» was written"""
MANY = 5
"""homonyms from which none is meant by its name alone: «Saint-Pierre»"""


class Place(NamedTuple):
    """A decision: status, and the row of the commune or the code of what is known."""

    status: str
    row: int | None = None
    department: str = ""
    region: str = ""
    epci: str = ""
    country: str = ""
    point: tuple[float, float] | None = None


UNRESOLVED = Place("unresolved")
AMBIGUOUS = Place("ambiguous")


@dataclass(frozen=True)
class Context:
    """What the column and the event add to a cell.

    ``zeros_lost``: the column's codes lost their first zero; ``insee``: it holds INSEE
    codes; ``event``: latitude and longitude of the event's commune.
    """

    zeros_lost: bool = False
    insee: bool = False
    event: tuple[float, float] | None = None


@cache
def commune(row: int) -> Place:
    """That commune, firmly."""
    table = tables.communes()
    return Place(
        "commune",
        row,
        table.department[row],
        table.region[row],
        table.epci[row],
        "FR",
        _point(row),
    )


def _point(row: int) -> tuple[float, float]:
    table = tables.communes()
    return float(table.latitude[row]), float(table.longitude[row])


def department(code: str, status: str = "departement") -> Place:
    """That département."""
    table = tables.departments()
    return Place(status, department=code, region=table.region[table.row[code]], country="FR")


def doubtful(departments: Iterable[str]) -> Place:
    """Ambiguous, with the département when only one is possible."""
    found = set(departments)
    return department(found.pop(), "ambiguous") if len(found) == 1 else AMBIGUOUS


def within(rows: Iterable[int], departments: Iterable[str]) -> tuple[int, ...]:
    """Those of the communes that lie in one of the départements."""
    table, allowed = tables.communes(), set(departments)
    return tuple(row for row in rows if table.department[row] in allowed)


def dominant(weights: dict[int, float], ratio: float) -> int | None:
    """The row that weighs ``ratio`` times the next one, or None."""
    order = sorted(weights, key=lambda row: -weights[row])
    if not order:
        return None
    if len(order) == 1 or weights[order[0]] >= ratio * weights[order[1]]:
        return order[0]
    return None


def meant(weights: dict[int, float], context: Context) -> int | None:
    """The homonym that is meant; near an event, a small neighbour is no rival of a town."""
    if context.event is None:
        return dominant(weights, DOMINATES)
    best = max(weights, key=lambda row: weights[row])
    rivals = [row for row in weights if row != best and OUTWEIGHS * weights[row] > weights[best]]
    small = all(OUTWEIGHS * population(row) <= population(best) for row in rivals)
    return best if small else None


def population(row: int) -> float:
    """Inhabitants of the commune."""
    return float(tables.communes().population[row])


def pulled(weights: dict[int, float], context: Context) -> dict[int, float]:
    """The weights over the square of the kilometres to the event, when there is one."""
    if context.event is None:
        return weights
    table, rows = tables.communes(), list(weights)
    far = kilometres(table.latitude[rows], table.longitude[rows], to=context.event)
    return {
        row: weights[row] / max(float(distance), 1.0) ** 2
        for row, distance in zip(rows, far, strict=True)
    }


def town_point(country: str, name: str) -> tuple[float, float] | None:
    """Latitude and longitude of the largest town of that name in the country."""
    towns = [town for town in gazetteer.foreign(name) if town.country == country]
    return (towns[0].latitude, towns[0].longitude) if towns else None


def misspelt_within(
    name: str, served: tuple[int, ...], departments: frozenset[str]
) -> Place | None:
    """The commune a typing error or two away, of those served, then of the départements.

    None when no name is near; ambiguous when it looks like a large commune elsewhere.
    """
    keys = tables.communes().key
    everywhere = tuple(row for code in departments for row in gazetteer.department_rows(code))
    for rows, wide in ((served, True), (everywhere, False)):
        limit = allowed_distance(name) + wide
        near = {row: OSA.distance(name, keys[row]) for row in rows}
        close = [
            row for row in rows if near[row] <= limit and near[row] <= len(name) / 3 + wide / 2
        ]
        best = [row for row in close if near[row] == min(near[row] for row in close)]
        if len(best) == 1:
            return commune(best[0])
        if best:
            return doubtful(departments)
    if any(other.distance <= 1 and other.population > LARGE for other in similar(name)):
        return AMBIGUOUS
    return None
