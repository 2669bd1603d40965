"""One attacker of all tables of who people are, published together: a linear programme.

Unknowns are the people of each atom: a place, a profile, a first time, each of those present
and of respondents, whether somebody stands in it or not.  Each published value, n, base and
share is an equation; respondents are among those present.

A leak is a group of 1 to k − 1 people of one level (present, respondents, or present without
an answer) whose number is known to lie in an interval narrower than k.  Out of scope, by rule:

- who gave no place, no profile, no answer to "first time" (``RESIDUAL``): it tells nothing;
- the only level of those present who gave one: whoever answered then has it, so that how many
  have it is the number of answers less some who gave none, and no table of respondents is needed;
- totals of the whole event: how many came and how many answered are printed on purpose, so the
  events drawn have 0 or ≥ k people who did not answer and ≥ k who did.
"""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from necbilan import vocabulary
from necbilan.disclosure import protect
from necbilan.disclosure.rules import RESIDUAL
from necbilan.metrics.representativeness import compared
from necbilan.metrics.rows import full_count
from necbilan.reference import epci_of
from necbilan.tables import MEASURES

K = 5
VENUE = "57463"
PLACES = {
    # commune or alone département, or country: département
    **dict.fromkeys((VENUE, "57751", "57672", "57447", "57227", "57606"), "57"),
    **dict.fromkeys(("54395", "54431", "54323"), "54"),
    "75056": "75",
    "51454": "51",
    "88160": "88",
    "department_only:57": "57",
    "department_only:54": "54",
    **dict.fromkeys(("LU", "DE"), "abroad"),
    "not_given": "not_given",
}
AUDIENCE = {entry["id"]: entry["audience"] for entry in vocabulary.read("profiles")["profile"]}
PROFILES = [level for level in AUDIENCE if AUDIENCE[level]]
SIDE = {level: AUDIENCE[level] for level in PROFILES} | {"not_given": "not_given"}
Atom = tuple[str, str]


def drawn(dice: random.Random, levels: list[str], total: int) -> Counter[str]:
    weights = [dice.paretovariate(0.7) for _ in levels]
    return Counter(dice.choices(levels, weights, k=total))


def rows(metric: str, counts: Counter[str], *, unit: str = "people"):
    """Rows as the metric writes them; n of places is the people placed by that table."""
    total = sum(counts.values())
    unplaced = sum(n for level, n in counts.items() if level in RESIDUAL)
    placed = total - unplaced if metric in PLACES_BY else total
    return [
        {"event": "essai", "metric": metric}
        | full_count(
            count, unit=unit, level=level, n=total if level in RESIDUAL else placed, base=total
        )
        for level, count in counts.items()
    ]


def summed(size: Counter[str], level_of: dict[str, str]) -> Counter[str]:
    out: Counter[str] = Counter()
    for atom, n in size.items():
        out[level_of[atom]] += n
    return out


def geography() -> dict[str, dict[str, str]]:
    """The level of each atom in each geographic metric."""
    home = {
        atom: "abroad" if where == "abroad" else "not_given" if where == "not_given" else ""
        for atom, where in PLACES.items()
    }
    epci = {atom: home[atom] or epci_of(atom) or "ambiguous" for atom in PLACES}
    return {
        "origin_commune": {atom: home[atom] or atom for atom in PLACES},
        "origin_epci": epci,
        "origin_department": PLACES,
        "origin_country": {atom: atom if len(atom) == 2 else home[atom] or "FR" for atom in PLACES},
    }


PLACES_BY = geography()
FIRST_TIME = ["yes", "no", "not_given"]
ATOMS = {
    "place": [*PLACES],
    "profile": [*PROFILES, "not_given"],
    "first_time": FIRST_TIME,
    "respondent_profile": [*PROFILES, "not_given"],
    "respondent_audience": ["professional", "general_public", "not_given"],
    "respondent_origin": [*dict.fromkeys(PLACES.values())],
    "respondent_first_time": FIRST_TIME,
}


METRIC = {"respondent_audience": "respondent_profile"}


def an_event(seed: int):
    """Raw rows, and the true people of each atom of each family."""
    dice = random.Random(seed)  # draws events, not keys
    total = dice.choice((8, 20, 40, 120))
    place = drawn(dice, list(PLACES), total)
    profile = drawn(dice, [*dice.sample(PROFILES, 6), "not_given"], total)
    before = drawn(dice, FIRST_TIME, total)
    found: list[dict[str, object]] = []
    placed = total - place["not_given"]
    for metric, level_of in PLACES_BY.items():
        found += rows(metric, summed(place, level_of))
    communes = [atom for atom in PLACES if len(atom) == 5 and place[atom]]
    inside = sum(place[atom] for atom in communes if epci_of(atom) == epci_of(VENUE))
    in_communes = sum(place[atom] for atom in communes)
    shares = [("located_share", placed, total)]
    if in_communes:
        shares.append(("local_share", inside, in_communes))
    for metric, part, whole in shares:
        share = full_count(part / whole, unit="share", n=whole, base=total)
        found.append({"event": "essai", "metric": metric} | share)
    sides = Counter({"professional": 0, "general_public": 0}) + Counter()
    for level, n in profile.items():
        sides[SIDE[level]] += n
    found += [*rows("profile", profile), *rows("audience", sides), *rows("first_time", before)]
    asked = dice.choice(("respondent_profile", "respondent_audience"))
    answers = {
        asked: thinned(dice, profile if asked == "respondent_profile" else sides),
        "respondent_origin": thinned(dice, summed(place, PLACES)),
        "respondent_first_time": thinned(dice, before),
    }
    for family, counts in answers.items():
        found += rows(METRIC.get(family, family), counts, unit="answers")
    departments = summed(place, PLACES)
    profiles = profile if asked == "respondent_profile" else sides
    for metric, told, came in (
        ("representativeness", answers[asked], profiles),
        ("representativeness_origin", answers["respondent_origin"], departments),
    ):
        gaps = compared(named(told), named(came))
        found += [{"event": "essai", "metric": metric} | gap for gap in gaps]
    families = {"place": place, "profile": profile, "first_time": before, **answers}
    true = {(name, atom): n[atom] for name, n in families.items() for atom in ATOMS[name]}
    return MEASURES.frame(found), true


def named(counts: Counter[str]) -> dict[str, int]:
    return {level: n for level, n in counts.items() if level not in RESIDUAL}


def thinned(dice: random.Random, came: Counter[str]) -> Counter[str]:
    """Some of those who came: at least k, and all or at least k fewer."""
    while True:
        rate = dice.choice((0.3, 0.7, 0.95, 1))
        answered = Counter(
            {x: sum(dice.random() < rate for _ in range(n)) for x, n in came.items()}
        )
        silent = came.total() - answered.total()
        if answered.total() >= K and (silent == 0 or silent >= K):
            return answered


def level_maps(asked: str) -> dict[str, tuple[str, dict[str, str] | None]]:
    """Metric -> its family, and the level of each atom there (None: the atom itself)."""
    maps: dict[str, tuple[str, dict[str, str] | None]] = {
        metric: ("place", level_of) for metric, level_of in PLACES_BY.items()
    }
    maps["audience"] = ("profile", SIDE)
    for metric in ("profile", "first_time"):
        maps[metric] = (metric, None)
    maps["respondent_profile"] = (asked, None)
    for metric in ("respondent_origin", "respondent_first_time"):
        maps[metric] = (metric, None)
    return maps


def equations(safe: pd.DataFrame, true: dict[Atom, int]) -> list[tuple[set[Atom], int]]:
    """Every published number as the sum of some atoms."""
    out: list[tuple[set[Atom], int]] = []
    asked = next(name for name, _ in true if name in ("respondent_profile", "respondent_audience"))
    maps = level_maps(asked)
    for metric, (family, level_of) in maps.items():
        atoms = {
            atom: level_of[atom[1]] if level_of else atom[1] for atom in true if atom[0] == family
        }
        table = safe[safe["metric"] == metric]
        if table.empty:
            continue
        out.append((set(atoms), int(table["base"].iloc[0])))
        told = {row.level for row in table.itertuples() if row.status == "ok"}
        merged = {x: where for x, where in atoms.items() if where not in told}
        for row in table.itertuples():
            if row.status == "ok":
                group = {x for x, where in atoms.items() if where == row.level}
                if row.level.startswith("other:"):
                    alone = row.level.removeprefix("other:")
                    group = {x for x in merged if PLACES[x[1]] == alone}
                elif row.level == "other":
                    apart = {r.level.removeprefix("other:") for r in table.itertuples()}
                    group = {x for x in merged if PLACES.get(x[1]) not in apart or level_of is None}
                    if metric != "origin_commune":
                        group = set(merged)
                out.append((group, int(row.value)))
            if row.level not in RESIDUAL and row.n != row.base:
                out.append(({x for x, where in atoms.items() if where not in RESIDUAL}, int(row.n)))
    for row in safe[safe["metric"].str.startswith("represent") & safe["n"].notna()].itertuples():
        family = "respondent_origin" if row.metric.endswith("origin") else asked
        came = {"respondent_origin": "origin_department", "respondent_audience": "audience"}
        metric = came.get(family, "profile")
        base, level_of = maps[metric]
        present = {x: level_of[x[1]] if level_of else x[1] for x in true if x[0] == base}
        if row.status == "ok":
            share = sum(true[x] for x in present if present[x] == row.level) / row.base
            out.append(({(family, row.level)}, round((row.value + share) * row.n)))
        if row.n != answered_in_all(safe, family) or row.status == "ok":
            out.append(({x for x in true if x[0] == family and x[1] not in RESIDUAL}, int(row.n)))
            out.append(({x for x in present if present[x] not in RESIDUAL}, int(row.base)))
    for row in safe[safe["metric"].isin(["local_share", "located_share"])].itertuples():
        if row.metric == "located_share" and row.status == "ok":
            known = {x for x in true if x[0] == "place" and x[1] != "not_given"}
            out.append((known, round(row.value * row.n)))
        if row.metric == "local_share":
            inside = {x for x in true if x[0] == "place" and len(x[1]) == 5}
            if row.n != row.base:
                out.append((inside, int(row.n)))
            if row.status == "ok":
                near = {x for x in inside if epci_of(x[1]) == epci_of(VENUE)}
                out.append((near, round(row.value * row.n)))
    for group, n in out:
        assert sum(true[x] for x in group) == n, (group, n)
    return out


def answered_in_all(safe: pd.DataFrame, family: str) -> int:
    return int(safe.loc[safe["metric"] == METRIC.get(family, family), "base"].iloc[0])


RESPONDED = {"respondent_profile": "profile", "respondent_first_time": "first_time"}


def silent(true: dict[Atom, int]) -> list[tuple[set[Atom], Atom]]:
    """Those present of a level, and the respondents among them."""
    pairs = []
    for atom in true:
        if atom[0] == "respondent_origin":
            pairs.append(({x for x in true if x[0] == "place" and PLACES[x[1]] == atom[1]}, atom))
        elif atom[0] == "respondent_audience":
            pairs.append(({("profile", x) for x in SIDE if SIDE[x] == atom[1]}, atom))
        elif atom[0] in RESPONDED:
            pairs.append(({(RESPONDED[atom[0]], atom[1])}, atom))
    return pairs


def narrow(seed: int) -> list[tuple[object, float, float]]:
    """Groups of 1 to 4 of which the attacker learns an interval narrower than K."""
    raw, true = an_event(seed)
    known = equations(protect(raw), true)
    atoms = sorted(true)
    column = {atom: rank for rank, atom in enumerate(atoms)}
    equal = np.zeros((len(known), len(atoms)))
    for rank, (group, _) in enumerate(known):
        equal[rank, [column[x] for x in group]] = 1
    pairs = silent(true)
    below = np.zeros((len(pairs), len(atoms)))
    for rank, (came, atom) in enumerate(pairs):
        below[rank, column[atom]] = 1
        below[rank, [column[x] for x in came]] -= 1
    goals = {atom: np.eye(len(atoms))[column[atom]] for atom in atoms}
    goals |= {("silent", *pair[1]): -below[rank] for rank, pair in enumerate(pairs)}
    size = np.array([true[atom] for atom in atoms])
    given = Counter(
        atom[0]
        for came, atom in pairs
        if atom[1] not in RESIDUAL and any(true[present] for present in came)
    )
    shared = {
        atom
        for came, atom in pairs
        if given[atom[0]] == 1 and any(true[present] for present in came)
    }
    found = []
    for name, goal in goals.items():
        if not 0 < goal @ size < K or name[-1] in RESIDUAL or name[-2:] in shared:
            continue
        ends = [
            linprog(
                sign * goal,
                A_eq=equal,
                b_eq=[n for _, n in known],
                A_ub=below,
                b_ub=np.zeros(len(pairs)),
                bounds=(0, None),
            )
            for sign in (1, -1)
        ]
        assert ends[0].status == 0 and ends[1].status in {0, 3}  # solved, or without limit
        low, high = ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf
        if high - low < K - 1e-6:
            found.append((name, low, high))
    return found


@pytest.mark.parametrize("tens", range(6))
def test_nothing_published_together_tells_on_fewer_than_five_people(tens):
    seeds = range(10 * tens, 10 * tens + 10)
    assert {seed: told for seed in seeds if (told := narrow(seed))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("hundreds", range(20))
def test_nothing_of_two_thousand_events_tells_on_fewer_than_five_people(hundreds):
    seeds = range(1000 + 100 * hundreds, 1100 + 100 * hundreds)
    assert {seed: told for seed in seeds if (told := narrow(seed))} == {}


def test_no_gap_tells_that_nobody_of_a_level_answered_where_respondents_are_hidden():
    came = Counter({"professional": 20, "general_public": 12})
    answered = Counter({"general_public": 10})  # 2 of the general public did not
    gaps = compared(dict(answered), dict(came))
    frame = MEASURES.frame(
        [
            *rows("audience", came),
            *rows("respondent_profile", answered, unit="answers"),
            *({"event": "essai", "metric": "representativeness"} | gap for gap in gaps),
        ]
    )
    kept = protect(frame)
    kept = kept[kept["metric"] == "representativeness"]
    assert kept["status"].tolist() == ["suppressed"]
