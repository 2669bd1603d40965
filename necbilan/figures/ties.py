"""Groups of things that the data do not tell apart, for drawing links beside them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["tied_groups"]


def tied_groups(count: int, separable: Callable[[int, int], bool]) -> list[tuple[int, ...]]:
    """The largest groups of ranks 0 … count − 1 in which no pair is separable.

    Two ranks share a group exactly when they are not separable; a rank separable from
    all others is in none.  Source: H.-P. Piepho, An algorithm for a letter-based
    representation of all-pairwise comparisons (J. Comput. Graph. Stat., 2004): insert
    and absorb.
    """
    groups: list[frozenset[int]] = [frozenset(range(count))]
    for pair in combinations(range(count), 2):
        if separable(*pair):
            split = [
                part
                for group in groups
                for part in (
                    [group - {pair[0]}, group - {pair[1]}] if group.issuperset(pair) else [group]
                )
            ]
            groups = [
                group
                for rank, group in enumerate(split)
                if not any(
                    group < other or (group == other and place < rank)
                    for place, other in enumerate(split)
                )
            ]
    return sorted(tuple(sorted(group)) for group in groups if len(group) > 1)
