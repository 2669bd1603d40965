"""Distance bands, protected with the places: a commune's distance to the venue is public.

Bands are only merged with their neighbours («0-25», «50+»), so that a distance stays one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING

from necbilan.disclosure.regroup import Row, Shown, added, suppressed
from necbilan.disclosure.rules import RESIDUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["band_of", "bands_relabelled", "bands_shown", "cuts_nothing", "is_band"]

NOWHERE = ""
"""band of a place of unknown distance"""
ABROAD, OTHER = "abroad", "other"


def limits(band: str) -> tuple[float, float]:
    """Kilometres from, included, and to, excluded: "10-25", "250+".

    >>> limits("10-25"), limits("250+")
    ((10.0, 25.0), (250.0, inf))
    """
    low, _, high = band.removesuffix("+").partition("-")
    return float(low), float(high or "inf")


def is_band(level: str) -> bool:
    """Whether the level is a distance, and not "not_given" or "other"."""
    return level[:1].isdigit()


def band_of(kilometres: float, bands: Iterable[str]) -> str:
    """The band that holds a distance; '' when none does."""
    held = ((band, *limits(band)) for band in bands)
    return next((band for band, low, high in held if low <= kilometres < high), NOWHERE)


def people_at_home(
    counts: Mapping[str, int], band: Mapping[str, str], size: Mapping[str, int]
) -> dict[str, int] | None:
    """The bands with people of France only, those abroad apart, those of unknown distance.

    ``band`` is that of each place of France ("" = unknown), ``size`` of all places.  None
    when the bands are not the distances of these places.
    """
    home: Counter[str] = Counter()
    for place, level in band.items():
        home[level] += size[place]
    bands = [level for level in counts if is_band(level)]
    placed = sum(counts[level] - home[level] for level in bands)
    abroad = sum(n for place, n in size.items() if place not in band)
    unknown = sum(n for level, n in counts.items() if level in RESIDUAL) - (abroad - placed)
    if any(counts[level] < home[level] for level in bands) or placed > abroad or unknown < 0:
        return None
    apart = {level: home[level] for level in bands} | {ABROAD: abroad, "not_given": unknown}
    return {level: n for level, n in apart.items() if n or is_band(level)}


def bands_shown(
    counts: Mapping[str, int],
    band: Mapping[str, str],
    size: Mapping[str, int],
    block: Mapping[str, tuple[str, ...]],
    k: int,
) -> Shown:
    """How each band is printed: the most detail that cuts no block below k people.

    ``counts`` are the people of each band in France, ``band`` that of each place of France
    ("" = unknown); ``size`` and ``block`` are of all places, as ``places_shown`` makes
    them.  People abroad stand apart: they are few, and spread over the bands.
    """
    hidden: Shown = dict.fromkeys(counts)
    bands = sorted(filter(is_band, counts), key=limits)
    people: Counter[tuple[tuple[str, ...], str]] = Counter()
    for place, n in size.items():
        people[block[place], band.get(place, ABROAD)] += n
    drawn = (cells for cells in _cells(bands) if cuts_nothing(people, cells, k))
    best = max(drawn, key=lambda cells: _detail(cells, counts), default=None)
    if best is None:
        return hidden
    rest = {level: best[NOWHERE] or level for level in RESIDUAL}
    return {level: {**rest, **best}.get(level, level) for level in counts}


def _cells(bands: list[str]) -> Iterator[dict[str, str]]:
    """Every way to merge neighbours, and to put one run with the unknown and those abroad."""
    for splits in product((True, False), repeat=max(len(bands) - 1, 0)):
        runs: list[list[str]] = [bands[:1]]
        for level, split in zip(bands[1:], splits, strict=True):
            if split:
                runs.append([level])
            else:
                runs[-1].append(level)
        apart = {level: _name(run) for run in runs for level in run}
        yield apart | {NOWHERE: "", ABROAD: ABROAD}
        for run in runs:
            cells = apart | dict.fromkeys(run, OTHER)
            for rest, foreign in ((OTHER, ABROAD), ("", OTHER), (OTHER, OTHER)):
                yield cells | {NOWHERE: rest, ABROAD: foreign}


def _name(run: list[str]) -> str:
    """«10-25» and «25-50» are «10-50»."""
    if len(run) == 1:
        return run[0]
    low, high = limits(run[0])[0], limits(run[-1])[1]
    return f"{low:g}+" if high == float("inf") else f"{low:g}-{high:g}"


def cuts_nothing(
    people: Mapping[tuple[tuple[str, ...], str], int], cells: Mapping[str, str], k: int
) -> bool:
    """Whether the cells, of people by block and level, hold 0 or ≥ k of each block and in all."""
    parts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for (name, level), n in people.items():
        parts[name][cells[level]] += n
    totals = sum(parts.values(), Counter())
    small = any(0 < n < k for cell, n in totals.items() if cell)
    split = (+part for part in parts.values())
    return not small and not any(len(part) > 1 and min(part.values()) < k for part in split)


def _detail(cells: Mapping[str, str], counts: Mapping[str, int]) -> tuple[float, ...]:
    """More cells that hold people, then more cells, then those near the venue."""
    alone = {name for name in cells.values() if is_band(name)}
    held = {cells[level] for level, n in counts.items() if n and is_band(level)} & alone
    near = [-limits(name)[1] for name in sorted(alone, key=limits)]
    return (len(held), cells[ABROAD] == ABROAD, len(alone), *near)


def bands_relabelled(table: list[Row], shown: Shown, counts: Mapping[str, int]) -> list[Row]:
    """Rows with those ``counts`` under their printed band, the nearest first, gaps last.

    ``counts`` as ``people_at_home`` gives them, those abroad apart.
    """
    like = next((row for row in table if row["status"] == "ok"), None)
    rows: dict[str, Row] = {}
    gaps = [row for row in table if row["status"] != "ok"]
    placed = sum(n for level, n in counts.items() if level not in RESIDUAL)
    for level, n in counts.items():
        printed = shown.get(level, level)
        row = {**(like or {}), "level": printed or level, "value": n, "low": n, "high": n}
        row["n"] = row.get("base") if level in RESIDUAL else placed
        if printed is None:
            gaps.append(suppressed(row))
        else:
            rows[printed] = added(rows.get(printed), row)
    order = sorted(rows, key=lambda name: limits(name) if is_band(name) else (float("inf"),))
    return [*(rows[name] for name in order), *gaps]
