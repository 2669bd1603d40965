"""protect() against an attacker who owns a linear programme."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from measured_rows import people, printed
from scipy.optimize import linprog

from necbilan import vocabulary
from necbilan.disclosure import protect
from necbilan.disclosure.distances import band_of
from necbilan.disclosure.places import Places, if_share_printed, places_shown
from necbilan.disclosure.rules import RESIDUAL
from necbilan.tables import MEASURES

K = 5


def interval(size: dict[str, int], published: list[tuple[set[str], int]], atom: str):
    """What an attacker learns of one place who knows every published cell, by two programmes.

    Unknowns are the people of each place, ≥ 0; each published cell is one equation.
    """
    atoms = sorted(size)
    rows = np.array([[float(name in members) for name in atoms] for members, _ in published])
    totals = np.array([float(total) for _, total in published])
    goal = np.array([float(name == atom) for name in atoms])
    least, most = (
        linprog(sign * goal, A_eq=rows, b_eq=totals, bounds=(0, None)) for sign in (1, -1)
    )
    return least.fun, -most.fun


def cells(counts: dict[str, int], shown: dict[str, str | None], member_of: dict[str, str]):
    """Published cells of a table as sets of atoms, and its total (which is always known)."""
    out = [({atom for atom in member_of if member_of[atom] in counts}, sum(counts.values()))]
    for name in {label for label in shown.values() if label}:
        levels = {level for level in counts if shown[level] == name}
        out.append(
            (
                {atom for atom, level in member_of.items() if level in levels},
                sum(counts[level] for level in levels),
            )
        )
    return out


HOMES = {
    # commune: (region, EPCI); E3 lies on both sides of the border of 54 and 57
    "57001": ("44", "E1"),
    "57002": ("44", "E1"),
    "57003": ("44", "E1"),
    "57004": ("44", "E2"),
    "57005": ("44", "E3"),
    "57006": ("44", "E2"),
    "54001": ("44", "E3"),
    "54002": ("44", "E4"),
    "75056": ("11", "E5"),
    "13001": ("93", "E6"),
    "13002": ("93", "E6"),
    "department_only:57": ("44", ""),
}
COUNTRIES = ("LU", "DE", "BE")
some_people = st.one_of(st.integers(0, 7), st.integers(0, 60))


def geography(size: dict[str, int]):
    """The five raw tables of a place → people dict, and the level of each place in each."""
    level_of = {
        metric: {}
        for metric in (
            "origin_commune",
            "origin_department",
            "origin_country",
            "origin_region",
            "origin_epci",
        )
    }
    for atom in size:
        if atom == "not_given":
            levels = (atom,) * 5
        elif atom in COUNTRIES:
            levels = ("abroad", "abroad", atom, "abroad", "abroad")
        else:
            region, epci = HOMES[atom]
            levels = (
                atom,
                atom[-2:] if ":" in atom else atom[:2],
                "FR",
                region,
                epci or "not_given",
            )
        for metric, level in zip(level_of, levels, strict=True):
            level_of[metric][atom] = level
    counts = {metric: dict(Counter()) for metric in level_of}
    for metric, members in level_of.items():
        sums: Counter[str] = Counter()
        for atom, level in members.items():
            sums[level] += size[atom]
        counts[metric] = {level: n for level, n in sums.items() if n and level}
    return counts, level_of


AWAY = {
    # kilometres to the venue
    "57001": 0.0,
    "57002": 8.0,
    "57003": 12.0,
    "57004": 20.0,
    "57005": 30.0,
    "57006": 9.0,
    "54001": 40.0,
    "54002": 60.0,
    "75056": 280.0,
    "13001": 600.0,
    "13002": 610.0,
}
BANDS = ("0-10", "10-25", "25-50", "50-100", "100-250", "250+")
VENUE_EPCI = "E1"


def reach(size: dict[str, int], foreign_bands: list[str]):
    """Raw distance bands: of the places of France as they lie, of those abroad as drawn."""
    counts = dict.fromkeys(BANDS, 0)
    at = {atom: band_of(km, BANDS) for atom, km in AWAY.items()}
    at |= dict(zip(COUNTRIES, foreign_bands, strict=True))
    for atom, n in size.items():
        counts[at.get(atom, "not_given")] = counts.get(at.get(atom, "not_given"), 0) + n
    return counts, at


def bands_published(size: dict[str, int], counts: dict[str, int], places: Places):
    """The printed distance cells as sets of atoms, those abroad apart, checked in passing."""
    out = []
    shown = places.shown["distance_band"]
    for name in {label for label in shown.values() if label}:
        levels = {level for level in places.distances if shown[level] == name}
        held = {atom for atom in size if atom in AWAY and band_of(AWAY[atom], BANDS) in levels}
        held |= set(COUNTRIES) if "abroad" in levels else set()
        unknown = {"not_given", *(atom for atom in size if atom.startswith("department_only"))}
        held |= unknown if "not_given" in levels else set()
        total = sum(places.distances[level] for level in levels)
        assert total == sum(size[atom] for atom in held), name
        out.append((held & size.keys(), total))
    return out


@settings(max_examples=80, deadline=None)
@given(
    st.fixed_dictionaries(dict.fromkeys([*HOMES, *COUNTRIES, "not_given"], some_people)),
    st.lists(st.sampled_from((*BANDS, "not_given")), min_size=3, max_size=3),
)
def test_no_place_of_fewer_than_five_people_can_be_worked_out(size, foreign_bands):
    assume(sum(size.values()) >= K)  # the total of the event is published
    counts, level_of = geography(size)
    bands, _ = reach(size, foreign_bands)
    tables = {("essai", metric, ""): people(metric, table) for metric, table in counts.items()}
    tables["essai", "distance_band", "57001"] = people("distance_band", bands)
    places = places_shown(tables, "essai", HOMES, K, away=AWAY, around=VENUE_EPCI)
    shown = places.shown
    published = []
    for metric, table in counts.items():
        labels = {level: shown[metric].get(level, level) for level in table}
        published += cells(table, labels, level_of[metric])
        for level, n in table.items():
            if labels[level] == level and level not in RESIDUAL:
                assert n >= K
    published += bands_published(size, bands, places)
    placed = [atom for atom in AWAY if size[atom]]
    local = {atom for atom in placed if HOMES[atom][1] == VENUE_EPCI}
    inside, all_placed = sum(size[atom] for atom in local), sum(size[atom] for atom in placed)
    if all_placed:
        share = people("local_share", {"": 1}, unit="share")[0]
        row = share | {"value": inside / all_placed, "n": all_placed, "base": sum(size.values())}
        kept = if_share_printed(row, places.sides, K)
        if kept["value"] is not None:
            published += [(local, inside), (set(placed), all_placed)]
    for atom, n in size.items():
        if 0 < n < K and atom not in RESIDUAL:
            low, high = interval(size, published, atom)
            assert high - low > K - 1e-6


profiles = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=6)


@settings(max_examples=80, deadline=None)
@given(profiles)
def test_who_answered_never_tells_on_fewer_than_five_who_did_not(pairs):
    came = {f"p{rank}": max(pair) for rank, pair in enumerate(pairs)}
    answered = {f"p{rank}": min(pair) for rank, pair in enumerate(pairs)}
    frame = protect(
        MEASURES.frame(
            [*people("profile", came), *people("respondent_profile", answered, unit="answers")]
        )
    )
    all_shown, some_shown = printed(frame, "profile"), printed(frame, "respondent_profile")
    for level, n in some_shown.items():
        if n is not None:
            assert n == 0 or n >= K
            if level in all_shown and level != "other":
                silent = all_shown[level] - n
                assert silent == 0 or silent >= K
    if None not in some_shown.values():
        assert sum(some_shown.values()) == sum(answered.values())


@settings(max_examples=80, deadline=None)
@given(st.lists(some_people, min_size=6, max_size=6))
def test_no_profile_of_fewer_than_five_people_can_be_worked_out_from_the_audiences(sizes):
    audience = {entry["id"]: entry["audience"] for entry in vocabulary.read("profiles")["profile"]}
    profiles = [level for level in audience if audience[level]]
    size = dict(zip([*profiles[:3], *profiles[-3:]], sizes, strict=True))
    assume(sum(sizes) >= K)
    sides = Counter({"professional": 0, "general_public": 0})
    for level, n in size.items():
        sides[audience[level]] += n
    counts = {"profile": size, "audience": dict(sides)}
    frame = protect(
        MEASURES.frame([row for name, table in counts.items() for row in people(name, table)])
    )
    shown = printed(frame, "profile"), printed(frame, "audience")
    published = [(set(size), sum(sizes))]
    own = {level for level, n in shown[0].items() if n is not None and level != "other"}
    published += [({level}, size[level]) for level in own & size.keys()]
    if shown[0].get("other") is not None:
        published.append((size.keys() - shown[0].keys(), shown[0]["other"]))
    for side, n in shown[1].items():
        if n is not None:
            published.append(({level for level in size if audience[level] == side}, n))
    for level, n in size.items():
        if 0 < n < K:
            low, high = interval(size, published, level)
            assert high - low > K - 1e-6


@settings(max_examples=60, deadline=None)
@given(st.lists(some_people, min_size=1, max_size=8), st.integers(0, 9))
def test_no_level_of_a_table_of_its_own_can_be_worked_out_from_its_total(sizes, not_given):
    counts = {**{f"p{rank}": n for rank, n in enumerate(sizes)}, "not_given": not_given}
    frame = protect(MEASURES.frame(people("profile", counts)))
    shown = printed(frame, "profile")
    hidden = [level for level, n in shown.items() if n is None]
    rest = sum(counts.values()) - sum(n for n in shown.values() if n is not None)
    if sum(counts.values()) >= K and hidden:
        assert rest >= K and hidden == [""]
    for level, n in shown.items():
        assert level in RESIDUAL or n is None or n == 0 or n >= K


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys([*HOMES, *COUNTRIES], some_people)))
def test_protecting_twice_changes_nothing(size):
    counts, _ = geography(size)
    once = protect(
        MEASURES.frame([row for name, table in counts.items() for row in people(name, table)])
    )
    pd.testing.assert_frame_equal(protect(once), once)
