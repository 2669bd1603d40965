"""Geographic tables of the same people, protected together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from necbilan.disclosure.distances import (
    band_of,
    bands_shown,
    cuts_nothing,
    is_band,
    people_at_home,
)
from necbilan.disclosure.regroup import (
    Row,
    Shown,
    by_cell,
    people_by_level,
    people_in,
    shown_alone,
    suppressed,
    to_regroup,
)
from necbilan.disclosure.rules import BANDS, PLACES, RESIDUAL

Tables = Mapping[tuple[str, str, str], list[Row]]
Group = tuple[str, ...]
Blocks = dict[str, Group]
"""atom -> the group of people that published cells never cut below k."""
_ELSEWHERE = RESIDUAL | {"abroad"}
Homes = Mapping[str, tuple[str, str]]
"""commune or département -> its region and EPCI, "" when it has none."""


class Places(NamedTuple):
    """How the levels of each metric are printed, and the people of each distance band.

    ``sides``: whether the share of the venue's EPCI cuts no block; None when no place is known.
    """

    shown: Mapping[str, Shown]
    distances: Mapping[str, int]
    sides: bool | None = None


def _department(place: str) -> str:
    """The département of an INSEE code or of "department_only:57"; "abroad" otherwise."""
    if place.startswith("department_only:"):
        return place.removeprefix("department_only:")
    if len(place) != 5:
        return "abroad"
    return place[:3] if place[:2] in {"97", "98"} else place[:2]


def homes_of(places: Iterable[str]) -> Homes:
    """Region and EPCI of communes, and the region of "department_only:57"."""
    from necbilan.reference import tables  # read only when there are places to look up

    communes, departments = tables.communes(), tables.departments()
    homes = {}
    for place in places:
        row = communes.row.get(place)
        alone = departments.row.get(place.removeprefix("department_only:"))
        if row is not None:
            homes[place] = (communes.region[row], communes.epci[row])
        elif alone is not None:
            homes[place] = (departments.region[alone], "")
    return homes


def home_of(venue: str) -> str:
    """The EPCI of the venue's commune, "" when it is not known."""
    from necbilan.reference import epci_of  # as above

    return epci_of(venue)


def kilometres_to(venue: str, places: Iterable[str]) -> Mapping[str, float]:
    """Great circle from each commune to the venue's, both INSEE codes; others are absent."""
    from necbilan.reference import kilometres, tables  # as above

    communes = tables.communes()
    known = [place for place in places if place in communes.row]
    if venue not in communes.row or not known:
        return {}
    rows, there = [communes.row[place] for place in known], communes.row[venue]
    away = kilometres(
        communes.latitude[rows],
        communes.longitude[rows],
        to=(float(communes.latitude[there]), float(communes.longitude[there])),
    )
    return dict(zip(known, away.tolist(), strict=True))


def distances_of(tables: Tables, event: str) -> dict[str, int]:
    """People by distance band of an event; {} when it has none."""
    found = [table for (of, metric, _), table in tables.items() if (of, metric) == (event, BANDS)]
    return people_by_level(found[0]) if found else {}


def places_shown(
    tables: Tables,
    event: str,
    homes: Homes,
    k: int,
    *,
    away: Mapping[str, float],
    around: str,
) -> Places:
    """How each geographic level of an event is printed.

    ``away``: kilometres of communes to the venue, {} when it is not known; ``around``: the
    venue's EPCI, "" when it is not.

    ``block`` puts the atoms in groups of ≥ k people; a table is admitted when its cells cut
    no block into parts of 1 to k − 1 people, after merging those that would.
    """
    rows = {name: tables.get((event, name, ""), []) for name in PLACES}
    bands = distances_of(tables, event)
    if not any(rows.values()) or _protected_already(rows.values(), bands):
        return Places({}, bands)  # distances stand alone
    counts = {name: people_by_level(table) for name, table in rows.items()}
    atoms = _atoms(counts, homes)
    size = atoms.size
    by_department = shown_alone(counts["origin_department"] or by_cell(size, atoms.department), k)
    shown = {"origin_department": by_department}
    block: Blocks = {atom: (by_department.get(atoms.department[atom]) or "",) for atom in size}
    for metric, cell in (("origin_country", atoms.country), ("origin_region", atoms.region)):
        shown[metric], block = _admitted(counts[metric], cell, size, block, k)
    shown["origin_commune"], block = _communes_shown(size, atoms.epci, block, k)
    for level in _ELSEWHERE:
        shown["origin_commune"][level] = by_department.get(level, level)
    shown["origin_epci"], block = _admitted(counts["origin_epci"], atoms.epci, size, block, k)
    placed = {atom for atom in atoms.at_home if len(atom) == len("57463")}
    side = {atom: "here" if atom in placed and atoms.epci[atom] == around else "" for atom in size}
    sides = bool(around) and _cuts_no_block(side, size, block, k)
    if sides:
        block = {atom: (*group, side[atom]) for atom, group in block.items()}
    band = {atom: band_of(away[atom], bands) if atom in away else "" for atom in atoms.at_home}
    people = people_at_home(bands, band, size) if away else None
    distances = bands_shown(people, band, size, block, k) if people else dict.fromkeys(bands)
    for atom in size:
        level = band.get(atom, "abroad") or "not_given"
        block[atom] = (*block[atom], distances.get(level, level) or "")
    sides = sides and _stays_unknown(size, block, size.keys() - placed, k)
    return Places({**shown, BANDS: distances}, people or bands, sides)


def _protected_already(tables: Iterable[list[Row]], bands: Iterable[str]) -> bool:
    """Whether some group was regrouped or suppressed by a protection before this one."""
    hidden = any(
        row["status"] == "suppressed" or row["level"].startswith("other")
        for table in tables
        for row in table
    )
    return hidden or any(not is_band(level) and level not in RESIDUAL for level in bands)


class _Atoms(NamedTuple):
    """The finest place known of each person: a commune, a département alone, a country.

    ``size`` counts people by atom, the others say the cell of each table it stands in;
    ``at_home`` are those of France.
    """

    size: dict[str, int]
    department: dict[str, str]
    country: dict[str, str]
    region: dict[str, str]
    epci: dict[str, str]
    at_home: tuple[str, ...]


def _atoms(counts: Mapping[str, Mapping[str, int]], homes: Homes) -> _Atoms:
    communes, departments = counts["origin_commune"], counts["origin_department"]
    home = {atom: n for atom, n in communes.items() if atom not in _ELSEWHERE} or {
        f"department_only:{level}": n for level, n in departments.items() if level not in _ELSEWHERE
    }
    abroad = {
        level: n for level, n in counts["origin_country"].items() if level not in RESIDUAL | {"FR"}
    } or {"abroad": communes.get("abroad", departments.get("abroad", 0))}
    region, epci = (
        {atom: homes.get(atom, ("", ""))[rank] for atom in home} | dict.fromkeys(abroad, "abroad")
        for rank in (0, 1)
    )
    return _Atoms(
        size=home | abroad,
        department={atom: _department(atom) for atom in home} | dict.fromkeys(abroad, "abroad"),
        country=dict.fromkeys(home, "FR") | {atom: atom for atom in abroad},
        region=region,
        epci=epci,
        at_home=tuple(atom for atom in home if atom not in abroad),
    )


def _cuts_no_block(side: Mapping[str, str], size: Mapping[str, int], block: Blocks, k: int) -> bool:
    """Whether what stands on the venue's side of its EPCI parts no block below k."""
    halves: Counter[tuple[Group, str]] = Counter()
    for atom, n in size.items():
        halves[block[atom], side[atom] or "elsewhere"] += n
    return cuts_nothing(halves, {name: name for name in ("here", "elsewhere")}, k)


def _stays_unknown(size: Mapping[str, int], block: Blocks, unplaced: Iterable[str], k: int) -> bool:
    """Whether the number of those without a commune leaves k values for each block's own.

    They may be spread over the blocks in many ways; a block of them alone is known.
    """
    whole: Counter[Group] = Counter()
    inside: Counter[Group] = Counter()
    for atom, n in size.items():
        whole[block[atom]] += n
    for atom in unplaced:
        inside[block[atom]] += size[atom]
    mixed = [group for group, n in inside.items() if n and min(n, whole[group] - n) in range(1, k)]
    total, room = sum(inside[group] for group in mixed), sum(whole[group] for group in mixed)
    return all(
        min(total, whole[group]) - max(0, total - (room - whole[group])) >= k for group in mixed
    )


def _admitted(
    counts: Mapping[str, int],
    level_of: Mapping[str, str],
    size: Mapping[str, int],
    block: Blocks,
    k: int,
) -> tuple[Shown, Blocks]:
    """A table over the atoms, merged until it cuts no block too small; and the finer blocks."""
    hidden: Shown = dict.fromkeys(counts)
    known = by_cell(size, level_of)
    if any(known.get(level, 0) != n for level, n in counts.items() if level not in RESIDUAL):
        return hidden, block  # its levels can't be told from the atoms: nothing can be proven
    merged: set[str] = set()
    while True:
        cell = {atom: "other" if level in merged else level for atom, level in level_of.items()}
        totals = by_cell(size, cell)
        parts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for atom, n in size.items():
            parts[block[atom]][cell[atom]] += n
        cut = {name for name, n in totals.items() if 0 < n < k and name}
        for part in parts.values():
            if len(+part) > 1 and any(0 < n < k for n in part.values()):
                cut |= set(+part)
        grown = merged | {level for atom, level in level_of.items() if cell[atom] in cut}
        if grown == merged:
            break
        merged = grown
    told = max(people_in(size, level_of), 1)
    most = sum(n for atom, n in size.items() if cell[atom] == "other") > told / 2
    if not counts or cut or most or merged >= counts.keys() - RESIDUAL:
        return hidden, block  # nothing, or nothing to read: «other régions: 165 of 172»
    if "" in merged:  # atoms without a level stand among those who gave none
        merged |= RESIDUAL
    shown: Shown = {level: "other" if level in merged else level for level in counts}
    return shown, {atom: (*block[atom], cell[atom]) for atom in size}


def _communes_shown(
    size: Mapping[str, int], epci: Mapping[str, str], block: Blocks, k: int
) -> tuple[Shown, Blocks]:
    """Communes printed, or regrouped in their département, keeping EPCIs apart where possible."""
    shown: Shown = {}
    finer = dict(block)
    for name in set(block.values()):
        members = {atom: size[atom] for atom in size if block[atom] == name and size[atom]}
        if name[0] in {"", "other", "abroad"}:
            shown |= dict.fromkeys(members, name[0] or None)
            continue
        for rank, pool in enumerate(_commune_pools(members, epci, k)):
            finer |= dict.fromkeys(pool, (*name, f"pool {rank}"))
            shown |= dict.fromkeys(pool, f"other:{name[0]}")
        for atom in members.keys() - shown.keys():
            finer[atom] = (*name, atom)
            shown[atom] = atom
    return shown, finer


def _commune_pools(size: Mapping[str, int], epci: Mapping[str, str], k: int) -> list[set[str]]:
    """Disjoint sets of ≥ k people that hold all small communes, of one EPCI where it can be.

    An EPCI gives up its smallest commune of ≥ k people to be printed itself, never its
    largest; that goes only when all small communes together are too few.
    """
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for atom, n in size.items():
        groups[epci[atom]][atom] = n
    pools: list[set[str]] = []
    spill: set[str] = set()
    for group in groups.values():
        pool = to_regroup(group, k)
        largest = max(group, key=lambda atom: (group[atom], atom))
        if (
            len(pool) > 1
            and people_in(group, pool) >= k
            and (largest not in pool or group[largest] < k)
        ):
            pools.append(pool)
        else:
            spill |= {atom for atom in pool if group[atom] < k}
    if spill and (len(spill) == 1 or people_in(size, spill) < k):
        pooled = {atom for pool in pools for atom in pool} | spill
        alone = [{atom} for atom in size if atom not in pooled]
        nearest = min([*pools, *alone], key=lambda unit: (people_in(size, unit), sorted(unit)))
        pools = [pool for pool in pools if pool != nearest]
        spill |= nearest
    return [*pools, spill] if spill else pools


def if_share_printed(row: Row, sides: bool | None, k: int) -> Row:
    """The share, unless it counts a group below k; its n goes with it.

    ``sides`` as in ``Places``; when no place is known only the share itself is looked at.
    """
    if row["value"] is None or row["n"] is None or sides is False:
        return {**suppressed(row), "n": row["base"]}
    inside = round(row["value"] * row["n"])
    small = any(0 < part < k for part in (inside, row["n"] - inside))
    return {**suppressed(row), "n": row["base"]} if small else row
