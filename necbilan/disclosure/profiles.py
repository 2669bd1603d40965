"""Who came and who answered, by profile: tables of the same people, protected together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.disclosure.regroup import (
    Row,
    Shown,
    by_cell,
    people_by_level,
    people_in,
    shown_alone,
    suppressed,
)
from necbilan.disclosure.rules import COMPARED, RESIDUAL, RESPONDENTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.disclosure.places import Tables

__all__ = ["gaps_shown", "profiles_shown", "respondents_shown"]


def profiles_shown(tables: Tables, event: str, k: int) -> Shown:
    """Profiles regrouped so that no sum of them and of an audience isolates fewer than k.

    A profile tells its audience (vocabulary/profiles.toml): what is regrouped holds 0 or
    ≥ k people of each audience, when the audiences are printed.
    """
    counts = people_by_level(tables.get((event, "profile", ""), []))
    shown = shown_alone(counts, k)
    audiences = people_by_level(tables.get((event, "audience", ""), []))
    audience = _audience_of()
    if None in shown_alone(audiences, k).values():
        return _room_left(counts, shown, audiences, audience, k)
    pool = {level for level, name in shown.items() if name == "other" and level in audience}
    while pool and None not in shown.values():
        inside = by_cell({level: counts[level] for level in pool}, audience)
        short = {side for side, n in inside.items() if side and 0 < n < k}
        rest = [
            level
            for level in counts
            if level not in pool and counts[level] and audience.get(level) in short
        ]
        if not short and counts.keys() - pool - RESIDUAL:
            return {level: "other" if level in pool else name for level, name in shown.items()}
        if not short or not rest:
            return dict.fromkeys(counts)
        pool.add(min(rest, key=lambda level: (counts[level], level)))
    return shown


def _room_left(
    counts: Mapping[str, int],
    shown: Shown,
    audiences: Mapping[str, int],
    audience: Mapping[str, str],
    k: int,
) -> Shown:
    """Profiles printed as far as those of a small hidden audience could be 0 to k people.

    Whoever has a printed profile of the other audience is not of the hidden one, nor is who
    gave no audience; the rest may be.
    """
    sorted_people = sum(n for level, n in audiences.items() if level not in RESIDUAL)
    small = {level for level, n in audiences.items() if 0 < n < k and level not in RESIDUAL}
    while small and None not in shown.values():
        told = [level for level, name in shown.items() if name == level and counts[level]]
        other = [x for x in told if audience.get(x) and audience[x] not in small]
        if sorted_people - people_in(counts, other) >= k:
            return shown
        pool = {level for level, name in shown.items() if name == "other"}
        if len(other) < 2 and not pool:
            return dict.fromkeys(counts)
        pool |= set(sorted(other, key=lambda level: (counts[level], level))[: 1 if pool else 2])
        if len(other) == 1:
            return dict.fromkeys(counts)
        shown = {level: "other" if level in pool else name for level, name in shown.items()}
    return shown


def _present_shown(came: Mapping[str, int], tables: Tables, event: str, k: int) -> Shown:
    profiles = people_by_level(tables.get((event, "profile", ""), []))
    return profiles_shown(tables, event, k) if came == profiles else shown_alone(came, k)


def gaps_shown(table: list[Row], metric: str, tables: Tables, event: str, k: int) -> list[Row]:
    """Those who answered against those who came, only for levels that both tables print.

    The gap of two shares gives back the people behind it, even of a level that nobody
    answered for, which has no row among respondents: none is printed where some of them are
    hidden.  A hidden gap has the n and base of the two tables, since its own leave out those
    who said nothing.
    """
    asked = COMPARED[metric]
    answered = respondents_shown(tables, event, asked, k)
    present = [tables.get((event, name, ""), []) for name in RESPONDENTS[asked]]
    came: Shown = {}
    for rows in present:
        came |= _present_shown(people_by_level(rows), tables, event, k)
    everybody = {
        "n": _base(tables.get((event, asked, ""), [])),
        "base": _base([row for rows in present for row in rows]),
    }
    hidden = None in answered.values()
    return [
        row
        if row["value"] is None
        or (
            not hidden
            and all(
                shown.get(row["level"], row["level"]) == row["level"] for shown in (answered, came)
            )
        )
        else {**suppressed(row), **everybody}
        for row in table
    ]


def _base(table: list[Row]) -> int | None:
    """The people that a table rests on, None when it has no count."""
    return next((row["base"] for row in table if row["base"] is not None), None)


def respondents_shown(tables: Tables, event: str, metric: str, k: int) -> Shown:
    """Respondents regrouped so that those who came and did not answer are 0 or ≥ k as well.

    Answers that are no level of those who came («other») are of people of any level, or of
    none: what is regrouped with them is held to k together with who gave no level.
    """
    counts = people_by_level(tables.get((event, metric, ""), []))
    came = max(
        (people_by_level(tables.get((event, name, ""), [])) for name in RESPONDENTS[metric]),
        key=lambda table: len(table.keys() & counts.keys() - RESIDUAL),
    )
    if not came.keys() & counts.keys() - RESIDUAL:
        return shown_alone(counts, k)
    present = _present_shown(came, tables, event, k)
    hidden: Shown = dict.fromkeys(counts)
    cell = {level: present.get(level, level) or "" for level in {**came, **counts}}
    if "" in cell.values():
        return hidden
    loose = counts.keys() - came.keys() - RESIDUAL
    by_profile = came == people_by_level(tables.get((event, "profile", ""), []))
    of_one_profile = _of_one_profile(tables, event, k)
    matched = {level: n for level, n in counts.items() if level not in loose}
    while True:
        answered = by_cell(counts, cell)
        sure = by_cell(matched, cell)
        seen = by_cell(came, cell)
        silent = Counter(seen)
        silent.subtract(sure)
        parts = (answered, silent)
        bad = {
            name
            for name, n in answered.items()
            if name not in RESIDUAL and any(0 < m < k for m in (n, sure.get(name, 0), silent[name]))
        }
        bad |= {
            name
            for name in of_one_profile & answered.keys()
            if any(0 < m < 2 * k for m in (answered[name], silent[name]))
        }
        mixed = {cell[level] for level in loose} & {cell[level] for level in came}
        unsorted = mixed | {cell[level] for level in loose} | RESIDUAL
        if mixed and 0 < sum(silent[name] for name in unsorted) - people_in(counts, loose) < k:
            bad |= mixed
        if not bad and by_profile and not _room_for_audiences(tables, event, seen, parts, k):
            return hidden
        if not bad:
            return {level: cell[level] for level in counts}
        rest = sorted(set(answered) - bad - RESIDUAL - {"other"}, key=lambda name: answered[name])
        if not rest:
            return hidden
        if len(bad | ({"other"} & answered.keys())) == 1:  # "other" alone would be its level
            bad.add(rest[0])
        cell = {level: "other" if name in bad else name for level, name in cell.items()}


def _room_for_audiences(
    tables: Tables, event: str, came: Mapping[str, int], parts: Sequence[Mapping[str, int]], k: int
) -> bool:
    """Whether no audience is counted to less than k by its printed profiles and what is left.

    ``came`` and ``parts`` (who answered, who did not) are people by printed profile.  Of an
    audience that has people elsewhere, a part is its printed profiles and some of what has no
    audience of its own: k at least, or nobody, unless the profiles alone are k.
    """
    audiences = people_by_level(tables.get((event, "audience", ""), []))
    side = _audience_of()
    for audience in audiences.keys() - RESIDUAL:
        within = [level for level in came if side.get(level) == audience]
        if audiences[audience] <= people_in(came, within):
            continue
        for part in parts:
            alone = sum(part.get(level, 0) for level in within)
            room = sum(n for level, n in part.items() if not side.get(level))
            if alone < k and 0 < room < k:
                return False
    return True


def _of_one_profile(tables: Tables, event: str, k: int) -> set[str]:
    """Audiences of which one printed profile holds everybody but 1 to k − 1 people.

    Fewer than 2k of them, counted, would count those of that profile to less than k.
    """
    profiles = people_by_level(tables.get((event, "profile", ""), []))
    shown = profiles_shown(tables, event, k)
    told: dict[str, list[int]] = {}
    for level, audience in _audience_of().items():
        if profiles.get(level) and shown.get(level, level) == level:
            told.setdefault(audience, []).append(profiles[level])
    audiences = people_by_level(tables.get((event, "audience", ""), []))
    return {
        audience
        for audience, people in told.items()
        if len(people) == 1 and 0 < audiences.get(audience, 0) - people[0] < k
    }


def _audience_of() -> dict[str, str]:
    return {entry["id"]: entry["audience"] for entry in vocabulary.read("profiles")["profile"]}
