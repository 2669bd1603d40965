"""Which places bear a name or a postal code: the pack, turned the way a reader asks.

A place of France is the row of its commune in ``reference.tables.communes()``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from necbilan.reference import loose_key, place_key, tables

__all__ = [
    "ABROAD_WEIGHT",
    "FORMER_POPULATION",
    "Area",
    "Foreign",
    "PostalCode",
    "area",
    "beginning_with",
    "country",
    "department_named",
    "department_rows",
    "departments_of_prefix",
    "every_area",
    "every_country",
    "every_foreign",
    "every_former_key",
    "every_key",
    "foreign",
    "former",
    "former_beginning_with",
    "known",
    "named",
    "nearly_named",
    "parent_row",
    "postal_code",
]

FORMER_POPULATION = 2000.0
"""at most what a former commune weighs against present ones of the same name"""
ABROAD_WEIGHT = 1 / 20
"""weight of a town abroad, not next door, against a French one of the same name"""


class Foreign(NamedTuple):
    """A town abroad."""

    country: str
    population: float
    latitude: float
    longitude: float


class Area(NamedTuple):
    """A name that is no commune: kind is departement, region or epci."""

    kind: str
    code: str


@dataclass(frozen=True)
class PostalCode:
    """Communes that La Poste serves under the code, those seen besides, and their départements."""

    served: tuple[int, ...]
    seen: tuple[int, ...]
    departments: frozenset[str]


@cache
def _parents() -> tuple[int, ...]:
    """Row of each commune; of the city for an arrondissement."""
    table = tables.communes()
    return tuple(table.row[parent] if parent else row for row, parent in enumerate(table.parent))


def parent_row(insee: str) -> int | None:
    """Row of the commune of that INSEE code, the city for an arrondissement, or None."""
    row = tables.communes().row.get(insee)
    return None if row is None else _parents()[row]


@cache
def every_key() -> dict[str, tuple[int, ...]]:
    """Communes of today by the key of their name."""
    table = tables.communes()
    found: dict[str, tuple[int, ...]] = {}
    for row, (key, parent) in enumerate(zip(table.key, table.parent, strict=True)):
        if not parent:
            found[key] = (*found.get(key, ()), row)
    return found


@cache
def every_former_key() -> dict[str, tuple[int, ...]]:
    """Communes of today by the keys of their former, delegated or associated communes."""
    rows = tables.communes().row
    return {
        key: tuple(rows[code] for code in codes) for key, codes in tables.former_names().items()
    }


@cache
def _by_loose_key() -> dict[str, tuple[int, ...]]:
    """Also without spaces: «lhaylesroses»."""
    found: dict[str, tuple[int, ...]] = defaultdict(tuple)
    for index in (every_key(), every_former_key()):
        for key, rows in index.items():
            for form in {loose_key(key), key.replace(" ", "")} - {key}:
                found[form] += rows
    return dict(found)


@cache
def _sorted_loose_keys() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Loose keys of the communes in order, and the row of each."""
    entries = sorted((loose_key(key), row) for key, rows in every_key().items() for row in rows)
    return tuple(key for key, _ in entries), tuple(row for _, row in entries)


def named(key: str) -> tuple[int, ...]:
    """Communes of exactly that name today."""
    return every_key().get(key, ())


def former(key: str) -> tuple[int, ...]:
    """Communes of today that hold a former, delegated or associated commune of that name."""
    return every_former_key().get(key, ())


@cache
def _sorted_former_keys() -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    entries = sorted((loose_key(key), rows) for key, rows in every_former_key().items())
    return tuple(key for key, _ in entries), tuple(rows for _, rows in entries)


def former_beginning_with(key: str) -> tuple[int, ...]:
    """Communes of today that hold a former one whose name goes on: «Hellemmes[-Lille]»."""
    keys, rows = _sorted_former_keys()
    loose = loose_key(key)
    found = rows[bisect_left(keys, f"{loose} ") : bisect_left(keys, f"{loose}!")]
    return tuple(dict.fromkeys(row for each in found for row in each))


def nearly_named(key: str) -> tuple[int, ...]:
    """Communes whose name, today's or a former one, differs by its small words or spaces only."""
    index = _by_loose_key()
    loose = loose_key(key)
    found = index.get(loose, ()) + named(loose) + index.get(key.replace(" ", ""), ())
    return tuple(dict.fromkeys(found))


@cache
def beginning_with(key: str) -> tuple[int, ...]:
    """Communes whose name begins with these words and goes on: «Vandœuvre»."""
    keys, rows = _sorted_loose_keys()
    loose = loose_key(key)
    return rows[bisect_left(keys, f"{loose} ") : bisect_left(keys, f"{loose}!")]


@cache
def postal_code(code: str) -> PostalCode | None:
    """What stands behind a code of five digits, or None when no list has it."""
    pairs = tables.postal_codes().get(code)
    if pairs is None:
        return None
    table, parents = tables.communes(), _parents()
    rows = {parents[table.row[insee]]: source for insee, source in reversed(pairs)}
    served = tuple(row for row, source in rows.items() if source == "laposte")
    seen = tuple(row for row in rows if row not in served)
    deps = frozenset(table.department[row] for row in served or seen)
    return PostalCode(served, seen, deps)


@cache
def departments_of_prefix(code: str) -> frozenset[str]:
    """Départements that a code unknown to La Poste may belong to, by its first digits."""
    usage = tables.usages()["prefix_departments"]
    for length in (3, 2):
        if code[:length] in usage:
            if usage[code[:length]]:
                return frozenset(usage[code[:length]])
            break
        if length == 3 and code[:3] in tables.departments().row:
            return frozenset({code[:3]})
    head = code[:3] if code[:2] in ("97", "98") else code[:2]
    return frozenset({head} & tables.departments().row.keys())


@cache
def _rows_by_department() -> dict[str, tuple[int, ...]]:
    table = tables.communes()
    found: dict[str, list[int]] = defaultdict(list)
    for row, (code, parent) in enumerate(zip(table.department, table.parent, strict=True)):
        if not parent:
            found[code].append(row)
    return {code: tuple(rows) for code, rows in found.items()}


def department_rows(department: str) -> tuple[int, ...]:
    """Communes of a département."""
    return _rows_by_department().get(department, ())


@cache
def every_area() -> dict[str, Area]:
    """Regions, départements and EPCI by key; where one name has two, the first of these wins."""
    usage = tables.usages()
    found: dict[str, Area] = {}
    departments = tables.departments()
    overseas = {
        departments.code[row] for row, zone in enumerate(departments.zone) if zone != "metro"
    }
    for code, name in tables.regions().items():
        if code not in overseas and place_key(name) not in map(place_key, _names_of(overseas)):
            found[place_key(name)] = Area("region", code)
    for key, code in usage["regions"].items():
        found.setdefault(key, Area("region", code))
    for code, name in zip(departments.code, departments.name, strict=True):
        if code not in ("75", "977", "978"):  # these are their own commune
            found.setdefault(place_key(name), Area("departement", code))
    for key, code in usage["departments"].items():
        found.setdefault(key, Area("departement", code))
    for key, code in usage["epci"].items():
        found.setdefault(key, Area("epci", code))
    for code, name in tables.epcis().items():
        for key in _epci_keys(place_key(name)):
            if not (named(key) or former(key) or nearly_named(key)):
                found.setdefault(key, Area("epci", code))
    return found


def _names_of(departments: set[str]) -> list[str]:
    table = tables.departments()
    return [table.name[table.row[code]] for code in departments]


_EPCI_KINDS = {
    "cc": "communaute de communes",
    "ca": "communaute d agglomeration",
    "cu": "communaute urbaine",
}
_OF = frozenset({"de", "du", "des", "d", "la", "le", "les", "l"})


def _epci_keys(key: str) -> list[str]:
    """The official key; its kind short, in full, before or behind; the bare name."""
    kind, _, rest = key.partition(" ")
    if kind not in _EPCI_KINDS:
        bare = key.removeprefix("metropole ").removeprefix("du ").removeprefix("de ")
        return [key, bare] if bare.startswith("grand ") else [key]
    words = rest.split()
    while words and words[0] in _OF:
        words = words[1:]
    bare, full = " ".join(words), _EPCI_KINDS[kind]
    dressed = [f"{kind} {bare}", f"{full} {rest}", f"{full} {bare}", f"{bare} {full}"]
    return [key, *dressed, *([bare] if len(words) > 1 else [])]


def area(key: str) -> Area | None:
    """The region, département or EPCI of that name, articles left aside, or None."""
    found = every_area().get(key)
    if found is None:
        for article in ("la ", "le ", "les ", "l ", "region ", "du ", "de la ", "des ", "de l "):
            if key.startswith(article):
                found = every_area().get(key.removeprefix(article))
                if found and article == "region " and found.kind != "region":
                    found = None
                if found:
                    break
    return found


def department_named(key: str) -> str | None:
    """The code of the département of that name, or None."""
    found = area(key)
    return found.code if found and found.kind == "departement" else None


@cache
def every_country() -> dict[str, str]:
    """ISO codes of countries by key, in eight languages."""
    table = tables.countries()
    found: dict[str, str] = {}
    for code, keys in zip(table.code, table.keys, strict=True):
        for key in keys:
            found.setdefault(key, code)
    return {**found, **tables.usages()["countries"]}


def country(key: str) -> str | None:
    """ISO code of the country of that name, in one of eight languages, or None."""
    return every_country().get(key)


@cache
def every_foreign() -> dict[str, tuple[Foreign, ...]]:
    """Towns abroad by key, the largest first."""
    table = tables.foreign_places()
    found: dict[str, list[Foreign]] = defaultdict(list)
    cells = zip(
        table.keys,
        table.country,
        table.population.tolist(),
        table.latitude.tolist(),
        table.longitude.tolist(),
        strict=True,
    )
    for keys, code, population, latitude, longitude in cells:
        place = Foreign(code, population, latitude, longitude)
        for key in keys:
            found[key].append(place)
            loose = loose_key(key)
            if loose != key:
                found[loose].append(place)
    return {
        key: tuple(sorted(set(places), key=lambda place: -place.population))
        for key, places in found.items()
    }


def foreign(key: str) -> tuple[Foreign, ...]:
    """Towns abroad of that name, in French or in their own language, the largest first."""
    index = every_foreign()
    other = tables.usages()["exonyms"].get(key) or re.sub(r"^saint(?= )", "sankt", key)
    return index.get(key) or index.get(loose_key(key)) or index.get(other, ())


def known(key: str) -> bool:
    """Whether the words name any place we know."""
    return bool(
        named(key) or former(key) or nearly_named(key) or area(key) or country(key) or foreign(key)
    )
