"""Intervals agree with published figures, with scipy, and with their own definition."""

from __future__ import annotations

import doctest
import math
import subprocess
import sys
import time
from itertools import pairwise
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from necbilan import intervals
from necbilan.intervals import (
    bonett_price,
    holm,
    hypergeometric,
    net_promoter,
    paired_p_value,
    share_interval,
    student_mean,
    student_p_value,
    student_quantile,
    wilson,
)


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int, int]:
    """successes, sample, population"""
    population = draw(st.integers(2, 400))
    sample = draw(st.integers(1, population - 1))
    return draw(st.integers(0, sample)), sample, population


def test_the_examples_of_the_module_hold():
    assert doctest.testmod(intervals).failed == 0


def test_fifty_of_fifty_eight_has_the_published_bounds():
    found = hypergeometric(50, 58, 181)
    assert (round(found.low, 4), round(found.high, 4)) == (0.7680, 0.9227)
    assert found.method == "hypergeometric"
    score = wilson(50, 58)
    assert (round(score.low, 4), round(score.high, 4)) == (0.7507, 0.9284)


@given(samples())
@settings(max_examples=150, deadline=None)
def test_hypergeometric_bounds_are_where_scipy_says_the_tails_reach_one_in_forty(case):
    successes, sample, population = case
    found = hypergeometric(successes, sample, population)
    low, high = round(found.low * population), round(found.high * population)
    tail = 0.025 * (1 + 1e-9)
    below = stats.hypergeom.sf(successes - 1, population, low - 1, sample) if low else 0
    above = stats.hypergeom.cdf(successes, population, high + 1, sample) if high < population else 0
    if low > successes:
        assert below <= tail
    if high < population - (sample - successes):
        assert above <= tail
    assert stats.hypergeom.sf(successes - 1, population, low, sample) > 0.025 * (1 - 1e-9)
    assert stats.hypergeom.cdf(successes, population, high, sample) > 0.025 * (1 - 1e-9)


@given(samples())
@settings(max_examples=100, deadline=None)
def test_an_exact_interval_holds_its_estimate_and_mirrors_the_failures(case):
    successes, sample, population = case
    found = hypergeometric(successes, sample, population)
    mirrored = hypergeometric(sample - successes, sample, population)
    assert 0 <= found.low <= successes / sample <= found.high <= 1
    assert found.low == pytest.approx(1 - mirrored.high)
    assert found.high == pytest.approx(1 - mirrored.low)


@pytest.mark.parametrize(("sample", "marked"), [(10, 9), (10, 90), (30, 36), (80, 150), (80, 3)])
def test_an_exact_interval_covers_the_truth_at_least_as_often_as_it_says(sample, marked):
    """The sum over every possible sample of N = 181, not a simulation."""
    truth = marked / 181
    coverage = sum(
        stats.hypergeom.pmf(successes, 181, marked, sample)
        for successes in range(sample + 1)
        if (found := hypergeometric(successes, sample, 181)).low <= truth + 1e-12
        and truth <= found.high + 1e-12
    )
    assert coverage >= 0.95


def test_a_full_count_has_no_interval():
    found = hypergeometric(118, 181, 181)
    assert found.low == found.high == 118 / 181
    assert found.method == "count"


def test_an_exact_interval_takes_under_a_millisecond_for_an_ordinary_event():
    hypergeometric(50, 58, 181)
    start = time.process_time()
    for successes in range(59):
        hypergeometric(successes, 58, 181)
    assert (time.process_time() - start) / 59 < 0.001


@given(st.integers(1, 5000), st.data())
@settings(max_examples=100, deadline=None)
def test_wilson_agrees_with_scipy(n, data):
    successes = data.draw(st.integers(0, n))
    found = wilson(successes, n)
    expected = stats.binomtest(successes, n).proportion_ci(method="wilson")
    assert found.low == pytest.approx(expected.low, abs=1e-12)
    assert found.high == pytest.approx(expected.high, abs=1e-12)


def test_nobody_and_everybody_reach_the_ends_exactly():
    assert wilson(0, 12).low == 0.0
    assert wilson(12, 12).high == 1.0
    assert hypergeometric(12, 12, 40).high == 1.0
    assert hypergeometric(0, 12, 40).low == 0.0


def test_without_answers_the_share_could_be_anything():
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)
    assert (hypergeometric(0, 0, 9).low, hypergeometric(0, 0, 9).high) == (0.0, 1.0)


def test_more_answers_than_people_counted_means_the_population_is_unknown():
    assert share_interval(50, 58, 181).method == "hypergeometric"
    assert share_interval(50, 58, None) == wilson(50, 58)
    assert share_interval(50, 58, 40) == wilson(50, 58)
    assert share_interval(0, 0, 0) == wilson(0, 0)


@pytest.mark.parametrize(
    ("most", "least", "low", "high"),
    [(21, 1, 0.1973, 0.4693), (11, 4, -0.0147, 0.2481), (3, 17, -0.3747, -0.0919)],
)
def test_paired_differences_of_metz_have_the_bounds_worked_out_apart(most, least, low, high):
    found = bonett_price(most, least, 58)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_a_paired_difference_stays_between_minus_one_and_one_and_turns_over(most, least, neither):
    n = most + least + neither
    found, turned = bonett_price(most, least, n), bonett_price(least, most, n)
    assert -1 <= found.low <= found.high <= 1
    assert found.low == pytest.approx(-turned.high)


def test_a_net_promoter_score_is_narrower_when_the_population_is_known():
    open_ended, closed = net_promoter(30, 10, 58), net_promoter(30, 10, 58, 181)
    factor = math.sqrt((181 - 58) / 180)
    wide, narrow = open_ended.high - open_ended.low, closed.high - closed.low
    assert narrow == pytest.approx(factor * wide)
    assert net_promoter(30, 10, 58, 58).low == pytest.approx(net_promoter(30, 10, 58, 58).high)


@pytest.mark.parametrize(
    "call",
    [
        lambda: wilson(3, 2),
        lambda: wilson(-1, 2),
        lambda: hypergeometric(1, 5, 4),
        lambda: hypergeometric(0, 0, 0),
        lambda: bonett_price(3, 3, 5),
        lambda: bonett_price(-1, 3, 5),
        lambda: student_mean([1.0] * 9),
        lambda: student_quantile(1.0, 3),
        lambda: paired_p_value(mean=0.0, deviation=0.0, n=0),
    ],
)
def test_impossible_counts_are_refused(call):
    with pytest.raises(ValueError, match=r"."):
        call()


@given(st.floats(0.0, 60.0), st.integers(1, 3000))
@settings(max_examples=150, deadline=None)
def test_student_tails_agree_with_scipy(t, df):
    assert student_p_value(t, df) == pytest.approx(2 * stats.t.sf(t, df), rel=1e-9, abs=1e-15)


@given(st.floats(0.001, 0.999), st.integers(1, 500))
@settings(max_examples=60, deadline=None)
def test_student_quantiles_agree_with_scipy(probability, df):
    expected = stats.t.ppf(probability, df)
    assert student_quantile(probability, df) == pytest.approx(expected, rel=1e-8, abs=1e-8)


def test_a_mean_has_the_interval_of_students_test():
    values = [5] * 17 + [4] * 33 + [3] * 6 + [2] * 2
    found = student_mean(values)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_paired_p_values_agree_with_scipy():
    differences = [1, 0, -1, 2, 1, 1, 0, 0, 1, 2]
    expected = stats.ttest_1samp(differences, 0).pvalue
    found = paired_p_value(mean=fmean(differences), deviation=stdev(differences), n=10)
    assert found == pytest.approx(expected)


def test_equal_differences_are_judged_by_the_sign_test():
    assert paired_p_value(mean=0.0, deviation=0.0, n=3) == 1.0
    assert paired_p_value(mean=1.0, deviation=0.0, n=4) == pytest.approx(0.125)
    assert paired_p_value(mean=2.0, deviation=0.0, n=1) == 1.0


@given(st.lists(st.floats(0, 1), max_size=20))
def test_holm_never_lowers_a_p_value_and_keeps_their_order(p_values):
    adjusted = holm(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    pairs = sorted(zip(p_values, adjusted, strict=True))
    assert all(one[1] <= two[1] for one, two in pairwise(pairs))


def test_holm_agrees_with_r():
    """p.adjust(c(.01, .02, .03, .04, .05), "holm")"""
    adjusted = holm([0.01, 0.02, 0.03, 0.04, 0.05])
    assert adjusted == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])


def test_intervals_do_not_import_scipy():
    code = "import sys, necbilan.intervals; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
