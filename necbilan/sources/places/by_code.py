"""Places by their postal code, with or without a name beside it."""

from __future__ import annotations

from necbilan.reference import kilometres, loose_key, tables
from necbilan.sources.places import gazetteer
from necbilan.sources.places.judging import (
    AMBIGUOUS,
    DOMINATES,
    LARGE,
    UNRESOLVED,
    Context,
    Place,
    commune,
    dominant,
    doubtful,
    misspelt_within,
    population,
    town_point,
    within,
)

__all__ = ["by_four_digits", "by_postal_code"]


def by_postal_code(code: str, name: str, hints: frozenset[str], context: Context) -> Place:
    """The place of a code of five digits and of the name beside it, if any."""
    found = gazetteer.postal_code(code)
    own = gazetteer.parent_row(code)
    if context.insee and own is not None and (not name or own in _all_named(name)):
        return commune(own)
    if not name:
        return _bare(code, found, own, hints)
    served = found.served + found.seen if found else ()
    departments = found.departments if found else gazetteer.departments_of_prefix(code)
    if hints and departments and not hints & departments:
        return AMBIGUOUS
    place = _name_near_code(code, name, served, departments)
    if place is not None:
        return place
    return _bare(code, found, own, hints, unknown_name=True)


def _all_named(name: str) -> tuple[int, ...]:
    rows = gazetteer.named(name) + gazetteer.former(name) + gazetteer.nearly_named(name)
    return tuple(dict.fromkeys(rows))


def _name_near_code(
    code: str, name: str, served: tuple[int, ...], departments: frozenset[str]
) -> Place | None:
    """The commune of that name that fits the code; None when the name is unknown."""
    here = [row for row in gazetteer.named(name) if row in served]
    if len(here) == 1:
        return commune(here[0])
    tiers = [gazetteer.named(name), gazetteer.former(name), gazetteer.nearly_named(name)]
    for rows in tiers:
        here = [row for row in rows if row in served]
        if here:
            best = dominant({row: population(row) for row in here}, DOMINATES)
            return commune(best) if best is not None else doubtful(departments)
    own = gazetteer.parent_row(code)
    if own is not None and any(own in rows for rows in tiers):
        return commune(own)
    for rows in tiers:
        here = list(within(rows, departments))
        if here:
            best = dominant({row: population(row) for row in here}, DOMINATES)
            return commune(best) if best is not None else doubtful(departments)
    begun = tuple(row for row in served if _one_begins_the_other(name, row))
    if len(begun) == 1:
        return commune(begun[0])
    begun = tuple(row for row in gazetteer.former_beginning_with(name) if row in served)
    if len(begun) == 1 and not any(tiers):
        return commune(begun[0])
    if not any(tiers) and not gazetteer.foreign(name):
        begun = within(gazetteer.beginning_with(name), departments)
        if len(begun) == 1:
            return commune(begun[0])
    country = gazetteer.country(name)
    towns = gazetteer.foreign(name)
    if any(tiers):
        home = max(population(row) for rows in tiers for row in rows)
        far = towns and gazetteer.ABROAD_WEIGHT * towns[0].population > home and not served
        return _foreign_with_code(code, name) if far else AMBIGUOUS
    if towns or (country and country != "FR"):
        return _foreign_with_code(code, name)
    area = gazetteer.area(name)
    if area is not None:
        wrong = area.kind == "departement" and departments and area.code not in departments
        return AMBIGUOUS if wrong else None
    return misspelt_within(name, served, departments)


def _one_begins_the_other(name: str, row: int) -> bool:
    """Whether one has all the words of the other, then more: «Metz Devant les Ponts»."""
    written, own = loose_key(name), loose_key(tables.communes().key[row])
    return own.startswith(f"{written} ") or written.startswith(f"{own} ")


def _foreign_with_code(code: str, name: str) -> Place:
    """A town or country abroad, if its codes have that many digits."""
    digits = tables.usages()["digits"]
    fitting = [
        town for town in gazetteer.foreign(name) if digits.get(town.country, len(code)) == len(code)
    ]
    country = gazetteer.country(name)
    if country and country != "FR" and digits.get(country, len(code)) == len(code):
        return Place("pays", country=country, point=town_point(country, name))
    if not fitting:
        return AMBIGUOUS
    best = fitting[0]
    rivals = [town for town in fitting if town.country != best.country]
    if rivals and best.population < DOMINATES * rivals[0].population:
        return AMBIGUOUS
    return Place("pays", country=best.country, point=(best.latitude, best.longitude))


def _bare(
    code: str,
    found: gazetteer.PostalCode | None,
    own: int | None,
    hints: frozenset[str],
    *,
    unknown_name: bool = False,
) -> Place:
    """A code of five digits on its own, or with words that name nothing we know."""
    if code.startswith("980"):
        return Place("pays", country="MC")
    if found is not None:
        if hints and not hints & found.departments:
            return AMBIGUOUS
        if len(found.served) == 1:
            return commune(found.served[0])
        return doubtful(found.departments)
    if own is not None and population(own) >= LARGE and not unknown_name:
        return commune(own)
    departments = gazetteer.departments_of_prefix(code)
    if not departments:
        return UNRESOLVED
    if _looks_german(code) and not unknown_name:
        return AMBIGUOUS
    if code.endswith("000") and len(departments) == 1:
        rows = gazetteer.department_rows(next(iter(departments)))
        if len(rows) == 1:
            return commune(rows[0])
    return doubtful(departments)


def _looks_german(code: str) -> bool:
    return any(low <= code <= high for low, high in tables.usages()["german_border"]["ranges"])


# --- four digits ------------------------------------------------------------------------


def by_four_digits(digits: str, name: str, hints: frozenset[str], context: Context) -> Place:
    """A French code without its zero, or one of Luxembourg, Belgium, Switzerland …"""
    code = f"0{digits}"
    if not name:
        if not context.zeros_lost or _foreign_is_nearer(code, context):
            return AMBIGUOUS
        return _bare(code, gazetteer.postal_code(code), gazetteer.parent_row(code), hints)
    found = gazetteer.postal_code(code)
    served = found.served + found.seen if found else ()
    departments = found.departments if found else gazetteer.departments_of_prefix(code)
    rows = _all_named(name)
    own = gazetteer.parent_row(code)
    if set(rows) & {*served, own} or within(rows, departments):
        return _name_near_code(code, name, served, departments) or AMBIGUOUS
    country = gazetteer.country(name)
    if gazetteer.foreign(name) or (country and country != "FR"):
        return _foreign_with_code(digits, name)
    if rows:
        return AMBIGUOUS
    return _name_near_code(code, name, served, departments) or AMBIGUOUS


def _foreign_is_nearer(code: str, context: Context) -> bool:
    """Whether a town with codes of four digits is nearer to the event than the French code."""
    if context.event is None:
        return False
    found = gazetteer.postal_code(code)
    rows = found.served if found else ()
    table, abroad = tables.communes(), tables.foreign_places()
    four = [row for row, country in enumerate(abroad.country) if country in ("LU", "BE", "CH")]
    away = kilometres(abroad.latitude[four], abroad.longitude[four], to=context.event).min()
    if not rows:
        return bool(away < 100)
    home = kilometres(
        table.latitude[list(rows)], table.longitude[list(rows)], to=context.event
    ).min()
    return bool(away < home)
