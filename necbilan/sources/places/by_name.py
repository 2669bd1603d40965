"""Places by their name alone, or with a département beside it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from necbilan.reference import loose_key, tables
from necbilan.sources.places import gazetteer, similar_names
from necbilan.sources.places.judging import (
    AMBIGUOUS,
    BEGINNING_WEIGHT,
    DOMINATES,
    LARGE,
    MANY,
    OUTWEIGHS,
    UNRESOLVED,
    Context,
    Place,
    commune,
    department,
    dominant,
    doubtful,
    meant,
    misspelt_within,
    population,
    pulled,
    town_point,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["by_name"]


def by_name(name: str, hints: frozenset[str], context: Context) -> Place:
    """The place of that name, in one of the départements ``hints`` when there are any."""
    area = gazetteer.area(name)
    exact = gazetteer.named(name)
    if area is not None and not (hints and exact):
        return _area(area, exact, hints)
    country = gazetteer.country(name)
    overseas = tables.usages()["overseas"]
    if country in overseas and not exact:
        return department(overseas[country])
    if country and country not in overseas and not hints:
        return _country(country, name, exact, context)
    rows = tuple(dict.fromkeys(exact + gazetteer.former(name))) or gazetteer.nearly_named(name)
    if hints:
        return _named_in(name, rows, hints)
    if not rows and gazetteer.foreign(name):
        return _foreign_alone(name)
    if rows:
        return _among(name, rows, context)
    if begun := _begun(name, context):
        return begun
    place = _misspelt(name, context)
    return (
        place
        if place.status not in ("ambiguous", "unresolved")
        else _continued(name, context, rivals=place == AMBIGUOUS)
    )


def _country(country: str, name: str, exact: tuple[int, ...], context: Context) -> Place:
    """«Suisse» is the country, though a village of Moselle bears that name."""
    village = context.event is None and max(map(population, exact), default=0) < LARGE / 20
    if exact and not village:
        return AMBIGUOUS
    return Place("pays", country=country, point=town_point(country, name))


def _area(area: gazetteer.Area, exact: tuple[int, ...], hints: frozenset[str]) -> Place:
    if area.kind == "region":
        if area.code == "94" and len(hints) == 1:
            return department(next(iter(hints)))
        return Place("region", region=area.code, country="FR")
    if area.kind == "epci":
        return _epci(area.code)
    if hints - {area.code}:
        return AMBIGUOUS
    if exact and not area.code.startswith("97") and not hints:
        return AMBIGUOUS
    return department(area.code)


@cache
def _epci(code: str) -> Place:
    """An EPCI, with its région and département where it lies in one only."""
    table = tables.communes()
    rows = [row for row, epci in enumerate(table.epci) if epci == code]
    departments = {table.department[row] for row in rows}
    regions = {table.region[row] for row in rows}
    return Place(
        "epci",
        department=departments.pop() if len(departments) == 1 else "",
        region=regions.pop() if len(regions) == 1 else "",
        epci=code,
        country="FR",
    )


def _named_in(name: str, rows: tuple[int, ...], hints: frozenset[str]) -> Place:
    """A name with its département: «Verdun (55)», «La Réunion (974)»."""
    here = within(rows, hints)
    if not here and len(hints) == 1 and gazetteer.department_named(name) in hints:
        return department(next(iter(hints)))
    if not here and rows:
        return AMBIGUOUS
    here = here or within(gazetteer.beginning_with(name), hints)
    best = dominant({row: population(row) for row in here}, DOMINATES)
    if best is not None:
        return commune(best)
    if here:
        return doubtful(hints)
    place = misspelt_within(name, (), hints)
    if place is not None:
        return place
    return department(next(iter(hints))) if len(hints) == 1 else AMBIGUOUS


def _weights(rows: Iterable[int], name: str, context: Context) -> dict[int, float]:
    """Population of each homonym, over the square of its distance when the event is known."""
    begun = set(gazetteer.beginning_with(name))
    weights = {row: max(_weight(row, name, row in begun), 1.0) for row in rows}
    return pulled(weights, context)


def _weight(row: int, name: str, begun: bool) -> float:
    key, people = tables.communes().key[row], population(row)
    if key == name or _same_but_small_words(key, name):
        return people
    # a former commune: «Évry» stands first in Évry-Courcouronnes, «Lomme» is a part of Lille
    return people / 2 if begun else min(people, gazetteer.FORMER_POPULATION)


def _same_but_small_words(one: str, other: str) -> bool:
    return loose_key(one) == loose_key(other) or one.replace(" ", "") == other.replace(" ", "")


def _among(name: str, rows: tuple[int, ...], context: Context) -> Place:
    weights = _weights(rows, name, context)
    others = [row for row in gazetteer.beginning_with(name) if row not in weights]
    large = any(population(row) >= 2 * LARGE for row in rows)
    if context.event is None or not large:
        begun = pulled({row: BEGINNING_WEIGHT * max(population(row), 1) for row in others}, context)
        weights |= begun if len(rows) > 1 or context.event is not None else {}
    best = meant(weights, context)
    if best is None or (best in others and context.event is None):
        return AMBIGUOUS
    longer = max((population(row) for row in others), default=0)
    if context.event is None and longer >= LARGE and BEGINNING_WEIGHT * longer > population(best):
        return AMBIGUOUS  # «Chalon» is a hamlet of Isère, and more often Chalon-sur-Saône
    towns = gazetteer.foreign(name)
    if any(population(best) < _weight_abroad(town) for town in towns):
        return AMBIGUOUS
    if context.event is None and len(gazetteer.named(name)) >= MANY:
        return AMBIGUOUS
    if len(weights) > 1 and context.event is None and population(best) < LARGE:
        return AMBIGUOUS
    return commune(best)


def _weight_abroad(town: gazetteer.Foreign) -> float:
    return town.population * (
        1 if town.country in ("BE", "CH", "DE", "LU") else gazetteer.ABROAD_WEIGHT
    )


def _foreign_alone(name: str) -> Place:
    best, *rivals = gazetteer.foreign(name)
    elsewhere = [town for town in rivals if town.country != best.country]
    if elsewhere and best.population < DOMINATES * elsewhere[0].population:
        return AMBIGUOUS
    begun = [population(row) for row in gazetteer.beginning_with(name)]
    if begun and max(begun) > best.population:
        return AMBIGUOUS
    return Place("pays", country=best.country, point=(best.latitude, best.longitude))


def _begun(name: str, context: Context) -> Place | None:
    """«Saint-Dié» for the only or the dominant commune whose name goes on."""
    rows = gazetteer.beginning_with(name)
    if not rows or len(name) < 3:
        return None
    weights = pulled({row: max(population(row), 1) for row in rows}, context)
    best = meant(weights, context)
    enough = LARGE / 10 if len(rows) == 1 else LARGE
    if best is None or (context.event is None and population(best) < enough):
        return AMBIGUOUS
    return commune(best)


def _misspelt(name: str, context: Context) -> Place:
    """The one name of weight that a typing error or two make of what was written."""
    first, *others = similar_names.similar(name) or (None,)
    if first is None:
        return UNRESOLVED
    rivals = [
        other.population / (1 if other.distance == first.distance else 10) for other in others
    ]
    ratio = DOMINATES if first.distance > 1 else OUTWEIGHS
    if first.population < ratio * max(rivals, default=0):
        return AMBIGUOUS
    if first.commune:
        enough = LARGE if len(name) < 8 else LARGE / 5
        return by_name(first.key, frozenset(), context) if first.population >= enough else AMBIGUOUS
    if any(other.commune and other.distance == first.distance for other in others):
        return AMBIGUOUS
    return by_name(first.key, frozenset(), context)


def _continued(name: str, context: Context, *, rivals: bool) -> Place:
    """«Metz Sablon»: a commune of weight followed by words that name nothing else.

    With ``rivals``, other names look like the whole: only a known part of it will do.
    """
    words = name.split()
    for length in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:length]), " ".join(words[length:])
        rows = gazetteer.named(head) or gazetteer.former(head)
        if not rows:
            continue
        department_said = gazetteer.department_named(tail)
        if department_said and within(rows, {department_said}):
            return _named_in(head, rows, frozenset({department_said}))  # «Metz Moselle»
        place = _among(head, rows, context)
        if place.row is None:
            return AMBIGUOUS
        if set(gazetteer.former(tail)) == {place.row} and not gazetteer.named(tail):
            return place
        goes_on = loose_key(tail) != tail and gazetteer.beginning_with(head)
        doubt = rivals or goes_on or gazetteer.known(tail)
        return AMBIGUOUS if doubt or population(place.row) < LARGE / 2 else place
    return AMBIGUOUS if rivals or _ends_with_town(words) else UNRESOLVED


def _ends_with_town(words: list[str]) -> bool:
    """«Les Minguettes Vénissieux»: a town is named, the rest is not understood."""
    tails = (" ".join(words[at:]) for at in range(1, len(words)))
    return any(
        population(row) >= LARGE for tail in tails if len(tail) > 3 for row in gazetteer.named(tail)
    )
