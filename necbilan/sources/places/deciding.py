"""Which place a code and a name mean together; doubtful stays ambiguous.

A wrong place said firmly is worse than «ambiguous»: each rule returns a commune only when
what was written leaves no rival of comparable weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.reference import tables
from necbilan.sources.places import gazetteer
from necbilan.sources.places.by_code import by_four_digits, by_postal_code
from necbilan.sources.places.by_name import by_name
from necbilan.sources.places.judging import (
    AMBIGUOUS,
    UNRESOLVED,
    Context,
    Place,
    commune,
    department,
    doubtful,
)

if TYPE_CHECKING:
    from necbilan.sources.places.cells import Code, Said

__all__ = ["decide"]


def decide(code: Code, said: Said, country: str, context: Context) -> Place:
    """The place of one line.  ``country`` is an ISO code, or '' when not given."""
    overseas = tables.usages()["overseas"]
    departments = said.departments
    country = country or said.country
    if country in overseas:
        departments, country = departments | {overseas[country]}, "FR"
    if country and country != "FR":
        return _abroad(country, said)
    if code.kind == "country":
        return _abroad(code.text, said)
    if code.kind in ("none", "junk") and said.code.kind not in ("none", "junk"):
        code = said.code
        if code.kind == "country":
            return _abroad(code.text, said)
    name = said.names[0] if len(said.names) == 1 and said.names[0] != "france" else ""
    if len(said.names) > 1 and not said.vague:
        rows = {by_name(each, departments, context).row for each in said.names}
        row = rows.pop()
        return commune(row) if row is not None and not rows else AMBIGUOUS
    if said.vague:
        return doubtful(departments or _departments_of(code))
    if code.kind == "five":
        return by_postal_code(code.text, name, departments, context)
    if code.kind == "four":
        return by_four_digits(code.text, name, departments, context)
    if code.kind == "insee":
        row = gazetteer.parent_row(code.text)
        return commune(row) if row is not None else UNRESOLVED
    if code.kind == "corsica" and not name:
        return Place("ambiguous", region="94", country="FR")
    if code.kind == "department":
        if departments - {code.text}:
            return AMBIGUOUS
        departments = frozenset({code.text})
    if name:
        return by_name(name, departments, context)
    if departments:
        return department(next(iter(departments))) if len(departments) == 1 else AMBIGUOUS
    return Place("pays", country="FR") if country == "FR" else UNRESOLVED


def _departments_of(code: Code) -> frozenset[str]:
    """Départements that a code alone allows."""
    if code.kind == "department":
        return frozenset({code.text})
    if code.kind != "five":
        return frozenset()
    found = gazetteer.postal_code(code.text)
    return found.departments if found else gazetteer.departments_of_prefix(code.text)


def _abroad(country: str, said: Said) -> Place:
    towns = [
        town for name in said.names for town in gazetteer.foreign(name) if town.country == country
    ]
    point = (towns[0].latitude, towns[0].longitude) if towns else None
    return Place("pays", country=country, point=point)
