"""One table of people at a time: regroup, then suppress, with complements."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from necbilan.disclosure.rules import RESIDUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = dict[str, Any]
Shown = dict[str, str | None]
"""raw level -> the level it is printed under, None when suppressed."""


def people_by_level(table: Iterable[Row]) -> dict[str, int]:
    """People by level, of the rows that have a value."""
    return {
        row["level"]: round(row["value"])
        for row in table
        if row["status"] == "ok" and row["value"] is not None
    }


def people_in(counts: Mapping[str, int], levels: Iterable[str]) -> int:
    """The people of some of the levels."""
    return sum(counts[level] for level in levels)


def to_regroup(counts: Mapping[str, int], k: int) -> set[str]:
    """The small levels, and the smallest others until they are ≥ 2 levels of ≥ k people."""
    order = sorted(
        (level for level in counts if counts[level] and level not in RESIDUAL),
        key=lambda level: (counts[level], level),
    )
    pool = {level for level in order if counts[level] < k}
    if pool and "other" in counts:
        pool.add("other")
    for level in order:
        if not pool or (len(pool) > 1 and people_in(counts, pool) >= k):
            break
        pool.add(level)
    return pool


def shown_alone(counts: Mapping[str, int], k: int) -> Shown:
    """Regroup under "other"; suppress when only "other" would remain of what was printable."""
    pool = to_regroup(counts, k)
    if not pool:
        return {level: level for level in counts}
    printed = [level for level in counts if counts[level] and level not in pool | RESIDUAL]
    all_small = all(counts[level] < k for level in pool)
    if people_in(counts, pool) >= k and (printed or all_small):
        return {level: "other" if level in pool else level for level in counts}
    for level in sorted(counts, key=lambda level: (counts[level] == 0, counts[level])):
        if len(pool) > 1 and people_in(counts, pool) >= k:
            break
        pool.add(level)
    return {level: None if level in pool else level for level in counts}


def relabelled(table: list[Row], shown: Shown) -> list[Row]:
    """Rows under their printed level; sums of regrouped ones stand after the printed groups."""
    members = Counter(shown.values())
    out: list[Row] = []
    sums: dict[str, Row] = {}
    place = 0
    for row in table:
        printed = shown.get(row["level"], row["level"])
        if row["value"] is None:
            out.append(row)
        elif printed is None:
            out.append(suppressed(row))
        elif printed == row["level"] and members[printed] <= 1:
            out.append(row)
        else:
            sums[printed] = added(sums.get(printed), {**row, "level": printed})
            continue
        place = place if row["level"] in RESIDUAL else len(out)
    order = sorted(sums, key=lambda level: (level == "other", -sums[level]["value"]))
    return [*out[:place], *(sums[level] for level in order), *out[place:]]


def added(total: Row | None, row: Row) -> Row:
    """The sum of two counts; it has an interval only as a full count."""
    value = row["value"] + (total["value"] if total else 0)
    exact = value if row["method"] == "count" else None
    return {**row, "value": value, "low": exact, "high": exact}


def suppressed(row: Row) -> Row:
    """The row with its gap shown: no value, n and base kept."""
    if row["status"] not in {"ok", "to_review"}:
        return row
    return {**row, "value": None, "low": None, "high": None, "status": "suppressed"}


def if_enough(row: Row, k: int) -> Row:
    """The row when it rests on k answers; a declared figure without n is the organisers' own."""
    if row["n"] is None and row["evidence"] == "declared":
        return row
    return row if row["n"] is not None and row["n"] >= k else suppressed(row)


def both_enough(row: Row, k: int) -> Row:
    """``if_enough`` of a change: n answers of this edition, base of the one before."""
    few_before = row["base"] is not None and row["base"] < k
    return suppressed(row) if few_before else if_enough(row, k)


def moments_shown(table: list[Row], k: int) -> list[Row]:
    """How many were there at each moment, so that who came tells on fewer than k.

    A moment is printed when those seen then, and those who came and were not, are 0 or ≥ k.
    Of all m moments, attendances beyond one a person bound how many came to several: they
    are 0 or ≥ k (m − 1), for somebody seen at all m counts m − 1 times; else the smallest
    moment is hidden, and what came to several is no longer bounded from above.
    """
    known = [row for row in table if row["value"]]
    printed = [row for row in known if row["value"] >= k and not 0 < _not_seen(row) < k]
    if len(printed) == len(known) > 1 and known[0]["base"] is not None:
        beyond = sum(row["value"] for row in known) - known[0]["base"]
        if 0 < beyond < k * (len(known) - 1):
            printed.remove(min(printed, key=lambda row: row["value"]))
    return [
        row if row in printed or row["value"] in (None, 0) else suppressed(row) for row in table
    ]


def _not_seen(row: Row) -> float:
    """Who came and was not seen then; 0 when nobody says how many came."""
    return float(row["base"] - row["value"]) if row["base"] is not None else 0.0


def any_hidden(table: list[Row], k: int) -> bool:
    """Whether a row of the table of moments is, or will be, suppressed."""
    return any(row["status"] == "suppressed" for row in moments_shown(table, k))


def labels_shown(
    table: list[Row], group: str, profiles: Mapping[str, int], shown: Shown, k: int
) -> list[Row]:
    """Labels that k people share, within a profile that is printed; the others lose their text.

    ``profiles`` are the people of each profile, labelled or not, ``shown`` how it is printed.
    Labels not printed add up, with those who gave none, to 0 or at least k: else the smallest
    printed one is hidden too.
    """
    profile = "unclassified" if group == "unmapped" else group
    same = [level for level in profiles if shown.get(level) == profile]
    whole = people_in(profiles, same) if profile in same else None
    known = sorted((row for row in table if row["value"] is not None), key=lambda r: r["value"])
    printed = [row for row in known if whole is not None and row["value"] >= k]
    while printed and whole is not None and 0 < whole - sum(r["value"] for r in printed) < k:
        printed = printed[1:]
    hidden = [row for row in table if row["value"] is not None and row not in printed]
    kept = [row for row in table if row not in hidden]
    return kept + [{**suppressed(row), "level": ""} for row in hidden[:1]]


def steps(table: list[Row], k: int) -> list[Row]:
    """Cumulated rows, oldest first, without those that would show a step of 1 to k − 1 people."""
    known = [row["value"] for row in table if row["value"] is not None]
    kept = [0]
    for value in known:
        if value - kept[-1] >= k and (value == known[-1] or known[-1] - value >= k):
            kept.append(value)
    return [row if row["value"] in kept else suppressed(row) for row in table]


def reviewed(table: list[Row]) -> list[Row]:
    """One suppressed row without its text in the place of all that wait for a human's yes."""
    waiting = [row for row in table if row["status"] == "to_review"]
    decided = [row for row in table if row["status"] != "to_review"]
    return decided + [{**suppressed(row), "level": ""} for row in waiting[:1]]


def untold(rows: list[Row], *, venue: bool) -> list[Row]:
    """One suppressed row, the last, in the place of all of a metric: no level, group or rank.

    ``venue``: the group is where the event was, which says nothing of who came.
    """
    hidden = [row for row in rows if row["status"] == "suppressed"]
    told = [row for row in rows if row["status"] != "suppressed"]
    apart: Row = {"level": ""} if venue else {"level": "", "group": ""}
    return [*told, *({**row, **apart} for row in hidden[:1])]


def by_cell(counts: Mapping[str, int], cell: Mapping[str, str]) -> dict[str, int]:
    """People by the cell that each level stands in."""
    sums: dict[str, int] = defaultdict(int)
    for level, count in counts.items():
        sums[cell[level]] += count
    return sums
