"""The tables of the pack, each read once, when first asked for.

Columns stand as tuples of text or float arrays beside one another: row i of a table is
item i of each.  See SOURCES.md for what is in them.
"""

from __future__ import annotations

import csv
import gzip
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = [
    "PACK",
    "Communes",
    "Countries",
    "Departments",
    "ForeignPlaces",
    "communes",
    "countries",
    "departments",
    "epcis",
    "first_names",
    "foreign_places",
    "former_names",
    "postal_codes",
    "regions",
    "surnames",
    "usages",
]

PACK = Path(__file__).parent / "pack"

Texts = tuple[str, ...]


@dataclass(frozen=True)
class Communes:
    """Communes of the COG and, with ``parent``, the arrondissements of the three cities."""

    insee: Texts
    name: Texts
    key: Texts
    parent: Texts
    epci: Texts
    department: Texts
    region: Texts
    population: NDArray[np.float64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]

    @cached_property
    def row(self) -> dict[str, int]:
        """INSEE code -> row."""
        return {code: row for row, code in enumerate(self.insee)}


@dataclass(frozen=True)
class Departments:
    """Départements and overseas collectivities; ``box`` is west, south, east, north (°)."""

    code: Texts
    name: Texts
    region: Texts
    zone: Texts
    of: Texts
    within: Texts
    box: tuple[tuple[float, float, float, float] | None, ...]

    @cached_property
    def row(self) -> dict[str, int]:
        """Code -> row."""
        return {code: row for row, code in enumerate(self.code)}


@dataclass(frozen=True)
class Countries:
    """Countries by ISO 3166-1 alpha-2, with the keys of their names in eight languages."""

    code: Texts
    name: Texts
    english: Texts
    keys: tuple[Texts, ...]

    @cached_property
    def row(self) -> dict[str, int]:
        """ISO code -> row."""
        return {code: row for row, code in enumerate(self.code)}


@dataclass(frozen=True)
class ForeignPlaces:
    """Towns abroad: all of Luxembourg and Belgium, the border strip, the larger elsewhere."""

    name: Texts
    country: Texts
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    population: NDArray[np.float64]
    keys: tuple[Texts, ...]


def _columns(name: str) -> dict[str, Texts]:
    with gzip.open(PACK / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return dict(zip(header, zip(*rows, strict=True), strict=True))


def _numbers(column: Texts) -> NDArray[np.float64]:
    return np.array(column, dtype=np.float64)


@cache
def communes() -> Communes:
    """35,014 rows, by INSEE code."""
    table = _columns("communes")
    return Communes(
        insee=table["insee"],
        name=table["name"],
        key=table["key"],
        parent=table["parent"],
        epci=table["epci"],
        department=table["department"],
        region=table["region"],
        population=_numbers(table["population"]),
        latitude=_numbers(table["latitude"]),
        longitude=_numbers(table["longitude"]),
    )


@cache
def departments() -> Departments:
    """109 rows; ``box`` is None without contours (overseas collectivities)."""
    table = _columns("departments")
    edges = zip(*(table[name] for name in ("west", "south", "east", "north")), strict=True)
    boxes = tuple(
        (float(west), float(south), float(east), float(north)) if west else None
        for west, south, east, north in edges
    )
    return Departments(
        code=table["department"],
        name=table["name"],
        region=table["region"],
        zone=table["zone"],
        of=table["of"],
        within=table["in"],
        box=boxes,
    )


@cache
def countries() -> Countries:
    """256 rows."""
    table = _columns("countries")
    keys = tuple(tuple(cell.split("|")) for cell in table["keys"])
    return Countries(table["country"], table["name"], table["english"], keys)


@cache
def foreign_places() -> ForeignPlaces:
    """11,679 rows, the largest of a country first."""
    table = _columns("foreign_places")
    return ForeignPlaces(
        name=table["name"],
        country=table["country"],
        latitude=_numbers(table["latitude"]),
        longitude=_numbers(table["longitude"]),
        population=_numbers(table["population"]),
        keys=tuple(tuple(cell.split("|")) for cell in table["keys"]),
    )


@cache
def epcis() -> dict[str, str]:
    """SIREN of the EPCI (and of the territories of Grand Paris) -> its official name."""
    table = _columns("epci")
    return dict(zip(table["epci"], table["name"], strict=True))


@cache
def regions() -> dict[str, str]:
    """INSEE code of the region -> its name."""
    table = _columns("regions")
    return dict(zip(table["region"], table["name"], strict=True))


@cache
def former_names() -> dict[str, Texts]:
    """Key of a former, delegated or associated commune -> INSEE codes it belongs to today."""
    table = _columns("former_names")
    found: dict[str, Texts] = {}
    for key, insee in zip(table["key"], table["insee"], strict=True):
        found[key] = (*found.get(key, ()), insee)
    return found


@cache
def postal_codes() -> dict[str, tuple[tuple[str, str], ...]]:
    """Postal code -> (INSEE code, source: laposte | dgfip | cedex_mairie)."""
    table = _columns("postal_codes")
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for code, insee, source in zip(table["code"], table["insee"], table["source"], strict=True):
        found[code] = (*found.get(code, ()), (insee, source))
    return found


@cache
def usages() -> Mapping[str, Any]:
    """usages.toml: what people write for places beyond official names."""
    text = (Path(__file__).parent / "usages.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def first_names() -> dict[str, int]:
    """First name (``place_key``) -> 500 or 100, births in the decade that saw most of it."""
    table = _columns("first_names")
    return dict(zip(table["key"], map(int, table["births"]), strict=True))


@cache
def surnames() -> frozenset[str]:
    """Words (``place_key``) of the family names that 100 people or more were born with."""
    return frozenset(_columns("surnames")["key"])
