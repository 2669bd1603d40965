"""Links beside rows: they join exactly what is not told apart."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from necbilan.figures.ties import tied_groups


def test_nothing_separable_is_one_group():
    assert tied_groups(3, lambda one, two: False) == [(0, 1, 2)]


def test_all_separable_has_no_group():
    assert tied_groups(4, lambda one, two: True) == []


def test_metz_has_two_groups_of_three():
    assert tied_groups(6, lambda one, two: one // 3 != two // 3) == [(0, 1, 2), (3, 4, 5)]


def test_a_chain_overlaps():
    assert tied_groups(3, lambda one, two: two - one > 1) == [(0, 1), (1, 2)]


def test_a_single_row_has_no_group():
    assert tied_groups(1, lambda one, two: False) == []


@given(
    st.integers(2, 7).flatmap(
        lambda n: st.tuples(st.just(n), st.sets(st.sampled_from(list(combinations(range(n), 2)))))
    )
)
def test_two_rows_share_a_group_exactly_when_they_are_not_separable(case):
    count, separable = case
    groups = tied_groups(count, lambda one, two: (one, two) in separable)
    for pair in combinations(range(count), 2):
        together = any(set(pair) <= set(group) for group in groups)
        assert together == (pair not in separable)
