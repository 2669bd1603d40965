"""The whole, the spread between events and the funnel's limits, against known figures."""

from __future__ import annotations

import math

import numpy as np
import pytest

from necbilan.comparison.pooling import (
    Spread,
    Stratum,
    fit_spread,
    funnel_limits,
    is_outside,
    stratified_share,
)
from necbilan.intervals import wilson


def test_a_full_count_of_every_event_has_no_interval():
    share, interval = stratified_share([Stratum(8, 10, 10), Stratum(15, 20, 20)])
    assert share == pytest.approx(23 / 30)
    assert (interval.low, interval.high, interval.method) == (share, share, "count")


def test_without_the_number_present_answers_weigh():
    share, interval = stratified_share([Stratum(8, 10, None), Stratum(15, 20, 300)])
    assert share == pytest.approx(23 / 30)
    plain = wilson(23, 30)
    assert interval.low == pytest.approx(plain.low, abs=0.05)
    assert interval.high == pytest.approx(plain.high, abs=0.05)


def test_the_finite_population_narrows_the_interval():
    _, wide = stratified_share([Stratum(40, 50, 5000), Stratum(30, 50, 5000)])
    _, narrow = stratified_share([Stratum(40, 50, 60), Stratum(30, 50, 60)])
    assert narrow.high - narrow.low < wide.high - wide.low


def test_a_unanimous_event_is_not_taken_for_certainty():
    share, interval = stratified_share([Stratum(12, 12, 100), Stratum(10, 10, 100)])
    assert share == 1
    assert interval.low < 0.95


def test_the_interval_of_the_whole_covers_the_truth_as_often_as_it_says():
    random = np.random.default_rng(11)
    truths = [0.9, 0.7, 0.8, 0.85]
    present = [60, 180, 100, 300]
    answers = [20, 58, 25, 60]
    inside = 0
    for _ in range(400):
        positive = [round(p * n) for p, n in zip(truths, present, strict=True)]
        strata = [
            Stratum(int(random.hypergeometric(k, n - k, a)), a, n)
            for k, n, a in zip(positive, present, answers, strict=True)
        ]
        _, interval = stratified_share(strata)
        inside += interval.low <= sum(positive) / sum(present) <= interval.high
    assert inside / 400 >= 0.92


def test_strata_without_answers_are_refused():
    with pytest.raises(ValueError, match="answers"):
        stratified_share([Stratum(0, 0, 10)])


def simulated(sd: float, seed: int) -> tuple[list[Stratum], list[float]]:
    random = np.random.default_rng(seed)
    mean, events = 0.82, 70
    answers = random.integers(5, 150, events)
    if sd:
        precision = mean * (1 - mean) / sd**2 - 1
        truths = random.beta(mean * precision, (1 - mean) * precision, events)
    else:
        truths = np.full(events, mean)
    drawn = random.binomial(answers, truths)
    strata = [Stratum(int(x), int(n), None) for x, n in zip(drawn, answers, strict=True)]
    return strata, truths.tolist()


def error(estimates: list[float], truths: list[float]) -> float:
    return math.sqrt(
        sum((e - t) ** 2 for e, t in zip(estimates, truths, strict=True)) / len(truths)
    )


@pytest.mark.parametrize("sd", [0.0, 0.05, 0.1])
def test_shrunk_shares_are_nearer_the_truth_than_raw_ones(sd):
    strata, truths = simulated(sd, seed=5)
    spread = fit_spread(strata)
    raw = error([one.positive / one.answers for one in strata], truths)
    drawn = error([spread.shrunk(one.positive, one.answers) for one in strata], truths)
    assert drawn < raw
    assert spread.sd == pytest.approx(sd, abs=0.03)
    assert spread.mean == pytest.approx(0.82, abs=0.04)
    assert spread.differ == (sd > 0)


def test_identical_events_are_seldom_flagged_by_the_far_limit():
    near = far = 0
    for seed in range(12):
        strata, _ = simulated(0.0, seed)
        spread = fit_spread(strata)
        near += sum(is_outside(spread, one, 0.95) for one in strata)
        far += sum(is_outside(spread, one, 0.998) for one in strata)
    assert near / 12 <= 70 * 0.05
    assert far / 12 <= 70 * 0.002 + 0.1


def test_an_event_is_outside_when_its_tail_is_too_small():
    alike = Spread(0.5, 0.0, 1.0, math.inf, math.inf)
    # P(X >= 9) = 11/1024 = .0107 and P(X >= 8) = 56/1024 = .0547, against .025
    assert is_outside(alike, Stratum(9, 10, None), 0.95)
    assert not is_outside(alike, Stratum(8, 10, None), 0.95)
    assert not is_outside(alike, Stratum(9, 10, None), 0.998)


def test_limits_close_in_as_answers_grow_and_open_with_the_spread():
    alike = Spread(0.8, 0.0, 1.0, math.inf, math.inf)
    apart = Spread(0.8, 0.1, 0.001, 12.0, 3.0)
    lows, highs = funnel_limits(alike, [10, 100, 1000], 0.95)
    assert lows == sorted(lows)
    assert highs == sorted(highs, reverse=True)
    assert lows[2] == pytest.approx(0.8 - 1.96 * math.sqrt(0.16 / 1000), abs=0.002)
    wider, _ = funnel_limits(apart, [1000], 0.95)
    assert wider[0] < lows[2] - 0.1


def test_unanimous_events_do_not_differ():
    spread = fit_spread([Stratum(10, 10, None), Stratum(20, 20, None)])
    assert (spread.mean, spread.sd, spread.differ) == (1.0, 0.0, False)
    assert spread.shrunk(10, 10) == 1.0


def test_one_event_has_no_spread():
    with pytest.raises(ValueError, match="two events"):
        fit_spread([Stratum(3, 5, None)])
