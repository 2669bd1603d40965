"""Names close to the one written: one or two typing errors away, of the places of the pack."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from necbilan.reference import tables
from necbilan.sources.places.gazetteer import (
    ABROAD_WEIGHT,
    FORMER_POPULATION,
    Area,
    every_area,
    every_country,
    every_foreign,
    every_former_key,
    every_key,
)

__all__ = ["Similar", "allowed_distance", "similar"]


class Similar(NamedTuple):
    """A name close to the one written: of a commune, a ``country`` or an ``area``."""

    key: str
    population: float
    commune: bool = False
    country: str = ""
    area: Area | None = None
    distance: int = 0


@cache
def _alike() -> dict[tuple[str, int], dict[str, Similar]]:
    """All names by first letter and length; of one name, the place of most weight."""
    table = tables.communes()
    population = table.population.tolist()
    entries = [
        Similar(key, population[row], commune=True)
        for key, rows in every_key().items()
        for row in rows
    ]
    entries += [
        Similar(key, min(population[row], FORMER_POPULATION), commune=True)
        for key, rows in every_former_key().items()
        for row in rows
    ]
    entries += [
        Similar(key, places[0].population * ABROAD_WEIGHT, country=places[0].country)
        for key, places in every_foreign().items()
        if places[0].population >= 100_000
    ]
    entries += [Similar(key, 1e6, country=code) for key, code in every_country().items()]
    entries += [
        Similar(key, 5e5, area=entry) for key, entry in every_area().items() if entry.kind != "epci"
    ]
    found: dict[tuple[str, int], dict[str, Similar]] = defaultdict(dict)
    for entry in sorted(entries, key=lambda entry: entry.population):
        if len(entry.key) >= 4:
            found[entry.key[0], len(entry.key)][entry.key] = entry
    return dict(found)


def allowed_distance(key: str) -> int:
    """Typing errors that a name of that length may hold: 1 from 5 letters, 2 from 8."""
    letters = len(key.replace(" ", ""))
    return 0 if letters < 5 else 1 if letters < 8 else 2


@cache
def similar(key: str) -> tuple[Similar, ...]:
    """Names at most ``allowed_distance`` typing errors away, with the same first letter."""
    limit = allowed_distance(key)
    found: list[Similar] = []
    for length in range(len(key) - limit, len(key) + limit + 1) if limit else ():
        block = _alike().get((key[0], length), {})
        near = process.extract(
            key, block.keys(), scorer=OSA.distance, score_cutoff=limit, limit=None
        )
        found.extend(block[name]._replace(distance=int(errors)) for name, errors, _ in near)
    return tuple(sorted(found, key=lambda entry: (entry.distance, -entry.population)))
