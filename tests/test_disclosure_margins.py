"""An attacker of the tables that stand apart from places and profiles: a linear programme each.

Half-days (unknowns: the people of each set of half-days), the dates of registration (of each
day), people's own labels (of each label of a profile).  How many came is known to all.
"""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from necbilan.disclosure import protect
from necbilan.metrics.rows import full_count
from necbilan.tables import MEASURES

K = 5
Known = list[tuple[set[object], int]]


def narrow(true: dict[object, int], known: Known, groups: dict[str, set[object]]):
    """Groups of 1 to 4 of which the attacker learns an interval narrower than K."""
    atoms = list(true)
    equal = np.array([[float(atom in group) for atom in atoms] for group, _ in known])
    for group, n in known:
        assert sum(true[atom] for atom in group) == n
    found = []
    for name, group in groups.items():
        goal = np.array([float(atom in group) for atom in atoms])
        if not 0 < sum(true[atom] for atom in group) < K:
            continue
        ends = [
            linprog(sign * goal, A_eq=equal, b_eq=[n for _, n in known], bounds=(0, None))
            for sign in (1, -1)
        ]
        high = -ends[1].fun if ends[1].status == 0 else np.inf
        if high - ends[0].fun < K - 1e-6:
            found.append((name, ends[0].fun, high))
    return found


def rows(metric, counts, *, base, group=""):
    return [
        {"event": "essai", "metric": metric, "group": group}
        | full_count(n, unit="people", level=level, n=base, base=base)
        for level, n in counts.items()
    ]


# --- half-days -----------------------------------------------------------------------------


def seen(dice: random.Random) -> tuple[list[str], Counter]:
    moments = ["morning", "afternoon", "evening"][: dice.choice((2, 2, 3))]
    sets = [s for size in range(1, len(moments) + 1) for s in combinations(moments, size)]
    weights = [dice.paretovariate(0.6) for _ in sets]
    return moments, Counter(dice.choices(sets, weights, k=dice.choice((8, 15, 30, 90))))


def of_half_days(seed: int):
    moments, people = seen(random.Random(seed))
    sets = [s for size in range(1, len(moments) + 1) for s in combinations(moments, size)]
    true = {s: people[s] for s in sets}
    total = sum(people.values())
    at = {moment: sum(n for s, n in people.items() if moment in s) for moment in moments}
    mean = full_count(sum(at.values()) / len(at), unit="people", n=len(at))
    raw = [*rows("half_day", at, base=total), {"event": "essai", "metric": "half_day_mean"} | mean]
    safe = protect(MEASURES.frame(raw))
    known: Known = [(set(sets), total)]
    for row in safe[safe["status"] == "ok"].itertuples():
        if row.metric == "half_day":
            known.append(({s for s in sets if row.level in s}, int(row.value)))
    groups: dict[str, set[object]] = {str(s): {s} for s in sets}
    groups |= {f"in {m}": {s for s in sets if m in s} for m in moments}
    groups |= {f"not in {m}": {s for s in sets if m not in s} for m in moments}
    hidden = "suppressed" in set(safe.loc[safe["metric"] == "half_day", "status"])
    mean_told = safe.loc[safe["metric"] == "half_day_mean", "status"].tolist() == ["ok"]
    return narrow(true, known, groups), hidden and mean_told, hidden


@pytest.mark.parametrize("hundreds", range(3))
def test_half_days_and_how_many_came_tell_on_fewer_than_five_people_nowhere(hundreds):
    seeds = range(100 * hundreds, 100 * hundreds + 100)
    found = {seed: of_half_days(seed) for seed in seeds}
    assert {seed: told for seed, (told, _, _) in found.items() if told} == {}
    assert not any(mean for _, mean, _ in found.values())
    assert any(not hidden for *_, hidden in found.values())


def test_a_hundred_came_and_all_but_two_in_the_morning():
    """Printed, 100 − 98 would say that two came in the afternoon only."""
    at = {"morning": 98, "afternoon": 60}
    kept = protect(MEASURES.frame(rows("half_day", at, base=100)))
    assert kept[kept["status"] == "ok"]["level"].tolist() == ["afternoon"]


def test_of_two_half_days_that_three_people_share_the_smaller_is_hidden():
    """40 + 23 − 60 = 3 came to both."""
    at = {"morning": 40, "afternoon": 23}
    kept = protect(MEASURES.frame(rows("half_day", at, base=60)))
    assert kept[kept["status"] == "ok"]["level"].tolist() == ["morning"]


def test_two_half_days_that_most_people_share_are_printed():
    at = {"morning": 80, "afternoon": 70}
    kept = protect(MEASURES.frame(rows("half_day", at, base=100)))
    assert kept["status"].tolist() == ["ok", "ok"]


def test_protecting_half_days_twice_changes_nothing():
    for at in ({"morning": 98, "afternoon": 60}, {"morning": 40, "afternoon": 23}):
        once = protect(MEASURES.frame(rows("half_day", at, base=max(100, 60))))
        assert protect(once).equals(once)


# --- dates of registration ---------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_the_dates_of_registration_tell_on_fewer_than_five_people_nowhere(seed):
    dice = random.Random(seed)
    days = [f"2025-01-{day:02d}" for day in range(1, 13)]
    people = Counter(dice.choices(days, [dice.paretovariate(0.6) for _ in days], k=40))
    dated = sorted(people)
    running = {day: sum(people[d] for d in dated if d <= day) for day in dated}
    safe = protect(MEASURES.frame(rows("registration_timeline", running, base=40)))
    known: Known = [(set(days), 40)]
    for row in safe[safe["status"] == "ok"].itertuples():
        known.append(({day for day in days if day <= row.level}, int(row.value)))
    assert narrow({day: people[day] for day in days}, known, {day: {day} for day in days}) == []


# --- people's own labels -------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_labels_within_a_profile_tell_on_fewer_than_five_people_nowhere(seed):
    dice = random.Random(seed)
    profiles = {"digital_mediator": 4, "elected_official": 3, "student": 3}
    labels = {(p, f"{p} {rank}"): 0 for p, count in profiles.items() for rank in range(count)}
    for _ in range(60):
        weights = [1 + 3 * (rank % 3) for rank in range(len(labels))]
        labels[dice.choices(list(labels), weights)[0]] += 1
    whole = {p: sum(n for (q, _), n in labels.items() if q == p) for p in profiles}
    raw = rows("profile", {p: n for p, n in whole.items() if n}, base=60)
    for profile in profiles:
        told = {label: n for (p, label), n in labels.items() if p == profile and n}
        raw += rows("profile_label", told, base=60, group=profile)
    safe = protect(MEASURES.frame(raw))
    known: Known = [(set(labels), 60)]
    printed = safe[safe["status"] == "ok"]
    shown = set(printed.loc[printed["metric"] == "profile", "level"])
    for row in printed.itertuples():
        if row.metric == "profile_label":
            known.append(({(row.group, row.level)}, int(row.value)))
        elif row.level == "other":
            known.append(({atom for atom in labels if atom[0] not in shown}, int(row.value)))
        else:
            known.append(({atom for atom in labels if atom[0] == row.level}, int(row.value)))
    groups = {str(atom): {atom} for atom in labels}
    groups |= {p: {atom for atom in labels if atom[0] == p} for p in profiles}
    assert narrow(labels, known, groups) == []
