"""One attacker of all tables of who people are, published together: a linear programme.

Unknowns are the people of each atom: a place, an audience with a profile, a first time, each
of those present and of respondents, whether somebody stands in it or not.  Each published
value, n, base, share and gap is an equation; respondents are among those present.

A leak is a group of 1 to k − 1 people of one level (present, respondents, or present without
an answer) whose number is known to lie in an interval narrower than k.  Out of scope, by rule:

- who gave no place, no profile, no answer to "first time" (``RESIDUAL``): it tells nothing.  So
  does a level that all those present who gave one share: to have it is to have given one;
- totals of the whole event: how many came and how many answered are printed on purpose, so the
  events drawn have 0 or ≥ k people who did not answer and ≥ k who did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from drawn_people import AWAY, COMMUNES, FOREIGN, VENUE, Atom, K, drawn_event, located
from scipy.optimize import linprog

from necbilan.disclosure import protect
from necbilan.disclosure.distances import is_band, limits
from necbilan.disclosure.rules import RESIDUAL
from necbilan.metrics.representativeness import compared
from necbilan.metrics.rows import full_count
from necbilan.reference import epci_of
from necbilan.tables import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from drawn_people import Drawn

Known = Iterator[tuple[set[Atom], float]]
BY_AREA = {f"origin_{column}": column for column in ("epci", "department", "region", "country")}


def area(column: str, place: str) -> str:
    """The level of a place in a metric of places."""
    if place in RESIDUAL:
        return place
    if column == "commune":
        return "abroad" if place in FOREIGN else place
    if column != "country" and place in FOREIGN:
        return "abroad"
    return str(located(place).get(column) or "ambiguous")


def level_maps(asked: str) -> dict[str, tuple[str, Callable[[object], str]]]:
    """Metric -> its family, and the level of each atom there."""
    rank = 0 if asked == "audience" else 1
    maps: dict[str, tuple[str, Callable[[object], str]]] = {
        metric: ("place", lambda place, column=column: area(column, place))
        for metric, column in {**BY_AREA, "origin_commune": "commune"}.items()
    }
    homes = {"ambiguous": "not_given"}
    return maps | {
        "audience": ("kind", lambda kind: kind[0]),
        "profile": ("kind", lambda kind: kind[1]),
        "first_time": ("first", str),
        "respondent_profile": (
            "r:kind",
            lambda kind: "other" if kind[rank] == "unclassified" else kind[rank],
        ),
        "respondent_origin": (
            "r:place",
            lambda place: homes.get(where := area("department", place), where),
        ),
        "respondent_first_time": ("r:first", str),
    }


def cells(table: pd.DataFrame, level_of: dict[Atom, str]) -> Known:
    """Every printed row of a table as the sum of some atoms; what is merged is what is left."""
    told = set(table["level"])
    apart = {level.removeprefix("other:") for level in told if level.startswith("other:")}
    left = {atom for atom, level in level_of.items() if level not in told or level == "other"}
    alone = {atom for atom in left if apart and area("department", str(atom[1])) in apart}
    for row in table.itertuples():
        if row.level.startswith("other:"):
            where = row.level.removeprefix("other:")
            group = {atom for atom in alone if area("department", str(atom[1])) == where}
        elif row.level == "other":
            group = left - alone
        else:
            group = {atom for atom, level in level_of.items() if level == row.level}
        yield group, row.value


def bands(table: pd.DataFrame, places: list[Atom]) -> Known:
    """The printed distance bands; those abroad stand apart."""
    left = set(places)
    for row in table.sort_values("level").itertuples():  # "other" after the bands and abroad
        if is_band(row.level):
            low, high = limits(row.level)
            group = {at for at in places if at[1] in AWAY and low <= AWAY[at[1]] < high}
        elif row.level == "abroad":
            group = {at for at in places if at[1] in FOREIGN}
        elif row.level == "not_given":
            group = {at for at in places if at[1] not in AWAY and at[1] not in FOREIGN}
        else:
            continue
        left -= group
        yield group, row.value
    for row in table[table["level"] == "other"].itertuples():
        yield left, row.value


def equations(safe: pd.DataFrame, drawn: Drawn) -> Known:
    """Every published number as the sum of some atoms."""
    true = drawn.true
    said = dict(iter(safe.groupby("metric", sort=False)))
    for prefix, metric in (("", "present"), ("r:", "responses")):
        for family in ("place", "kind", "first"):
            whole = {atom for atom in true if atom[0] == prefix + family}
            yield whole, said[metric]["value"].iloc[0]
    places = [atom for atom in true if atom[0] == "place"]
    known = said["distance_band"].loc[lambda rows: rows["status"] == "ok"]
    yield from bands(known, places)
    maps = level_maps(drawn.asked)
    for metric, (family, of) in maps.items():
        level_of = {atom: of(atom[1]) for atom in true if atom[0] == family}
        table = said[metric]
        yield from cells(table[table["status"] == "ok"], level_of)
        for row in table[table["n"].notna() & table["n"].ne(table["base"])].itertuples():
            if row.level not in RESIDUAL:
                yield {atom for atom, level in level_of.items() if level not in RESIDUAL}, row.n
    for metric, family in (("representativeness", "kind"), ("representativeness_origin", "place")):
        of = maps["respondent_profile" if family == "kind" else "respondent_origin"][1]
        for row in said[metric].loc[lambda rows: rows["status"] == "ok"].itertuples():
            came = {atom for atom in true if atom[0] == family and of(atom[1]) == row.level}
            share = sum(true[atom] for atom in came) / row.base
            yield {(f"r:{family}", atom[1]) for atom in came}, round((row.value + share) * row.n)
            sorted_people = {
                atom
                for atom in true
                if atom[0] == family and of(atom[1]) not in RESIDUAL | {"other"}
            }
            yield sorted_people, row.base
    inside = {("place", commune) for commune in COMMUNES}
    for row in said["local_share"].itertuples():
        if row.status == "ok":
            near = {atom for atom in inside if epci_of(str(atom[1])) == epci_of(VENUE)}
            yield near, round(row.value * row.n)
        if row.status == "ok" or (row.status == "suppressed" and row.n != row.base):
            yield inside, row.n
    for row in said["located_share"].loc[lambda rows: rows["status"] == "ok"].itertuples():
        placed = {atom for atom in places if area("department", str(atom[1])) not in RESIDUAL}
        yield placed, round(row.value * row.n)


Group = dict[Atom, int]
"""atom -> how it counts: 1, or −1 where respondents are taken from those present"""


def groups(drawn: Drawn) -> dict[frozenset[tuple[Atom, int]], str]:
    """Those of one level: present, respondents, and present without an answer."""
    by_level: dict[str, tuple[str, Callable[[object], str]]] = {
        metric: found
        for metric, found in level_maps(drawn.asked).items()
        if not found[0].startswith("r:")
    }
    by_level["local_share"] = (
        "place",
        lambda place: str(epci_of(place) == epci_of(VENUE)) if place in COMMUNES else "not_given",
    )
    found: dict[frozenset[tuple[Atom, int]], str] = {}
    for metric, (family, of) in by_level.items():
        levels: dict[str, set[object]] = {}
        for atom in drawn.true:
            if atom[0] == family and of(atom[1]) not in RESIDUAL:
                levels.setdefault(of(atom[1]), set()).add(atom[1])
        held = [
            level for level, within in levels.items() if any(drawn.true[family, x] for x in within)
        ]
        if len(held) < 2:
            continue
        for level, within in levels.items():
            came: Group = {(family, x): 1 for x in within}
            answered: Group = {(f"r:{family}", x): 1 for x in within}
            silent = came | dict.fromkeys(answered, -1)
            for name, group in (("came", came), ("answered", answered), ("silent", silent)):
                found.setdefault(frozenset(group.items()), f"{name}, {metric} {level}")
    return found


def narrow(seed: int) -> list[tuple[str, float, float]]:
    """Groups of 1 to 4 of which the attacker learns an interval narrower than K."""
    drawn = drawn_event(seed)
    true, atoms = drawn.true, list(drawn.true)
    column = {atom: rank for rank, atom in enumerate(atoms)}
    known = {(frozenset(group), n) for group, n in equations(protect(drawn.raw), drawn)}
    for group, n in known:
        assert sum(true[atom] for atom in group) == n, (group, n)
    equal = np.array([[float(atom in group) for atom in atoms] for group, _ in known])
    pairs = [(column[atom], column[atom[0][2:], atom[1]]) for atom in atoms if ":" in atom[0]]
    below = np.zeros((len(pairs), len(atoms)))
    for rank, (answered, came) in enumerate(pairs):
        below[rank, answered], below[rank, came] = 1, -1
    found = []
    for group, name in groups(drawn).items():
        if not 0 < sum(sign * true[atom] for atom, sign in group) < K:
            continue
        goal = np.zeros(len(atoms))
        for atom, sign in group:
            goal[column[atom]] = sign
        ends = [
            linprog(
                way * goal,
                A_eq=equal,
                b_eq=[n for _, n in known],
                A_ub=below,
                b_ub=np.zeros(len(pairs)),
                bounds=(0, None),
            )
            for way in (1, -1)
        ]
        low, high = np.ceil(ends[0].fun - 1e-6), np.floor(-ends[1].fun + 1e-6)  # whole people
        if high - low < K:
            found.append((name, low, high))
    return found


def unnamed_types(seed: int) -> list[tuple[str, int, float]]:
    """Types of which the people of unnamed organisations are 1 to 4, known to less than K.

    The attacker knows the type of every organisation that is named, and that each of the
    others sent somebody: of those of a type, how many sent more is all that is left to know.
    """
    drawn = drawn_event(seed)
    safe = protect(drawn.raw)
    printed = safe[safe["status"] == "ok"].groupby("metric")
    if not drawn.sent or "organisation_type" not in printed.groups:
        return []
    rows = printed.get_group("organisation") if "organisation" in printed.groups else safe[:0]
    named = {row.level: row.value for row in rows.itertuples() if row.level != "other"}
    held = printed.get_group("organisations").iloc[0]
    more = held["n"] - sum(named.values()) - (held["value"] - len(named))
    told = set(printed.get_group("organisation_type")["level"])
    left: Counter[str] = Counter()
    for name, (kind, people) in drawn.sent.items():
        if name not in named:
            left[kind if kind in told else "other"] += people
    return [(kind, n, more) for kind, n in left.items() if kind in told and 0 < n < K and more < K]


@pytest.mark.parametrize("tens", range(6))
def test_nothing_published_together_tells_on_fewer_than_five_people(tens):
    seeds = range(10 * tens, 10 * tens + 10)
    assert {seed: told for seed in seeds if (told := narrow(seed))} == {}


@pytest.mark.parametrize("seeds", [range(150, 180), range(380, 400)])
def test_no_type_of_organisation_tells_on_fewer_than_five_people(seeds):
    assert {seed: told for seed in seeds if (told := unnamed_types(seed))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("hundreds", range(20))
def test_nothing_of_two_thousand_events_tells_on_fewer_than_five_people(hundreds):
    seeds = range(1000 + 100 * hundreds, 1100 + 100 * hundreds)
    assert {seed: told for seed in seeds if (told := narrow(seed) + unnamed_types(seed))} == {}


def rows(metric: str, counts: dict[str, int], *, unit: str = "people"):
    total = sum(counts.values())
    return [
        {"event": "e", "metric": metric}
        | full_count(count, unit=unit, level=level, n=total, base=total)
        for level, count in counts.items()
    ]


def test_no_gap_tells_that_nobody_of_a_level_answered_where_respondents_are_hidden():
    came = {"professional": 20, "general_public": 12}
    answered = {"general_public": 10}  # 2 of the general public did not
    gaps = compared(answered, came)
    frame = MEASURES.frame(
        [
            *rows("audience", came),
            *rows("respondent_profile", answered, unit="answers"),
            *({"event": "e", "metric": "representativeness"} | gap for gap in gaps),
        ]
    )
    kept = protect(frame)
    kept = kept[kept["metric"] == "representativeness"]
    assert kept["status"].tolist() == ["suppressed"]
