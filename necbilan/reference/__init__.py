"""Where places are: names, codes and outlines of France and its neighbours, offline.

The pack (``pack/``) is data made by ``necbilan/reference/rebuild``; SOURCES.md says from what,
of which year and under which licence.  Nothing is read before it is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from necbilan.reference import tables
from necbilan.reference.keys import loose_key, place_key

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "distance_km",
    "epci_of",
    "find_commune",
    "in_department",
    "kilometres",
    "loose_key",
    "of_department",
    "place_key",
    "place_name",
]

EARTH_RADIUS_KM = 6371.0088
"""mean radius R1 of the Earth (Moritz, Geodetic Reference System 1980, 2000)"""


@cache
def place_name(key: str, language: str = "fr") -> str:
    """The name behind "insee:57463", "epci:…", "department:57", "region:44", "country:LU".

    Countries are named in French or English, the rest as in France; '' when unknown.  The
    official files write straight apostrophes, readers get curly ones.

    >>> place_name("insee:57463"), place_name("country:DE", "en"), place_name("insee:00000")
    ('Metz', 'Germany', '')
    >>> place_name("department:22")
    'Côtes-d’Armor'
    """
    return _named(*key.partition(":")[::2], language).replace("'", "’")


def _named(kind: str, code: str, language: str) -> str:
    match kind:
        case "insee":
            communes = tables.communes()
            row = communes.row.get(code)
            return "" if row is None else communes.name[row]
        case "epci":
            return tables.epcis().get(code, "")
        case "department":
            departments = tables.departments()
            row = departments.row.get(code)
            return "" if row is None else departments.name[row]
        case "region":
            return tables.regions().get(code, "")
        case "country":
            countries = tables.countries()
            row = countries.row.get(code)
            if row is None:
                return ""
            return (countries.english if language == "en" else countries.name)[row]
        case _:
            return ""


def of_department(code: str) -> str:
    """«du Bas-Rhin», «de Moselle», «des Vosges»; the code after «de» when unknown.

    >>> of_department("67"), of_department("57"), of_department("974")
    ('du Bas-Rhin', 'de Moselle', 'de La Réunion')
    """
    departments = tables.departments()
    row = departments.row.get(code)
    named = f"de {code}" if row is None else departments.of[row] + departments.name[row]
    return named.replace("'", "’")


def in_department(code: str) -> str:
    """«dans le Bas-Rhin», «en Moselle», «à La Réunion»; the code after «en» when unknown.

    >>> in_department("67"), in_department("57"), in_department("75")
    ('dans le Bas-Rhin', 'en Moselle', 'à Paris')
    """
    departments = tables.departments()
    row = departments.row.get(code)
    named = f"en {code}" if row is None else departments.within[row] + departments.name[row]
    return named.replace("'", "’")


def epci_of(insee: str) -> str:
    """The SIREN of the EPCI of a commune; '' when it has none or nobody knows the code."""
    communes = tables.communes()
    row = communes.row.get(insee)
    return "" if row is None else communes.epci[row]


def find_commune(name: str) -> str | None:
    """INSEE code of the commune of that name (or code), or None.

    Present names come before former ones; among several the most populous is returned.

    >>> find_commune("Metz"), find_commune("Nulle part")
    ('57463', None)
    """
    communes = tables.communes()
    if name in communes.row:
        return communes.parent[communes.row[name]] or name
    key = place_key(name)
    for rows in (_rows_by_key().get(key, ()), _rows_by_loose_key().get(loose_key(key), ())):
        if rows:
            return communes.insee[max(rows, key=lambda row: communes.population[row])]
    codes = tables.former_names().get(key, ())
    return max(codes, key=lambda code: communes.population[communes.row[code]], default=None)


@cache
def _rows_by_key() -> dict[str, tuple[int, ...]]:
    communes = tables.communes()
    found: dict[str, tuple[int, ...]] = {}
    for row, key in enumerate(communes.key):
        if not communes.parent[row]:
            found[key] = (*found.get(key, ()), row)
    return found


@cache
def _rows_by_loose_key() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for key, rows in _rows_by_key().items():
        loose = loose_key(key)
        found[loose] = found.get(loose, ()) + rows
    return found


def kilometres(
    latitude: NDArray[np.float64] | float,
    longitude: NDArray[np.float64] | float,
    *,
    to: tuple[float, float],
) -> NDArray[np.float64]:
    """Great-circle distance to ``to`` (latitude, longitude), all in degrees.

    Haversine formula: R. W. Sinnott, "Virtues of the Haversine" (Sky & Telescope, 1984).
    """
    import numpy as np

    north, east = np.radians(latitude), np.radians(longitude)
    there_north, there_east = np.radians(to)
    chord = (
        np.sin((north - there_north) / 2) ** 2
        + np.cos(north) * np.cos(there_north) * np.sin((east - there_east) / 2) ** 2
    )
    distance: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord))
    return distance


def distance_km(insee: pd.Series, venue: str) -> pd.Series:
    """Kilometres from each commune's town hall to that of ``venue``, as Float64.

    ``insee`` and ``venue`` are INSEE codes; NA where one of the two is unknown.
    """
    import pandas as pd

    communes = tables.communes()
    at = communes.row.get(venue)
    rows = [communes.row.get(code) for code in insee.astype("object").tolist()]
    if at is None:
        return pd.Series(pd.NA, index=insee.index, dtype="Float64")
    there = (float(communes.latitude[at]), float(communes.longitude[at]))
    known = [row for row in rows if row is not None]
    found = iter(kilometres(communes.latitude[known], communes.longitude[known], to=there))
    values = [None if row is None else float(next(found)) for row in rows]
    return pd.Series(values, index=insee.index, dtype="Float64")
