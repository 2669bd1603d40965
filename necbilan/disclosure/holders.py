"""What people hold (an organisation), counted where nearly every one is held by one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.disclosure.regroup import Row, people_by_level, relabelled, shown_alone
from necbilan.disclosure.rules import FLOOR, HOLDERS

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

__all__ = ["told_without_number", "types_shown"]


def types_shown(table: list[Row], holders: list[Row], k: int) -> list[Row]:
    """Types of what people hold, small ones regrouped where nearly everyone holds one alone.

    ``holders`` are the people by what they hold.  Whoever knows the type of what is named
    counts the rest of a type: a type is then printed with at least k more than are named.
    """
    named = [n for level, n in people_by_level(holders).items() if n >= k and level != "other"]
    people = max((row["n"] or 0 for row in holders), default=None)
    counts = people_by_level(table)
    if people is None or _beyond_one_each(people, sum(counts.values()), named) >= k:
        return table
    return relabelled(table, shown_alone(counts, k + len(named)))


def told_without_number(measures: pd.DataFrame, *, k: int = FLOOR) -> bool:
    """Whether organisations that no number names may be listed beside protected MEASURES.

    Each of them sent somebody: how many is known to less than k where nearly every one
    sent one person.
    """
    (holders,) = HOLDERS.values()
    held = measures[measures["metric"].eq("organisations") & measures["status"].eq("ok")]
    if held.empty or held["n"].isna().any():
        return False
    named = measures[
        measures["metric"].eq(holders) & measures["status"].eq("ok") & measures["level"].ne("other")
    ]
    people, number = int(held["n"].iloc[0]), float(held["value"].iloc[0])
    return _beyond_one_each(people, number, named["value"].tolist()) >= k


def _beyond_one_each(people: float, held: float, named: Collection[float]) -> float:
    """The people of what is not named, less one for each of these: what nobody can place.

    ``people`` hold something, ``held`` things in all, ``named`` by the numbers printed.
    """
    return (people - sum(named)) - (held - len(named))
