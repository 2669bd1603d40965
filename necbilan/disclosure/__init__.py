"""protect(): what may leave the organiser's machine.

``measure`` is raw; everything published went through ``protect``.  The rules:

- *Who people are* (``WHO``): a group of 1 to k − 1 people is first regrouped with others
  ("other", "other:57"), and suppressed where no regrouping is possible, together with
  enough other cells for the total not to give it away.
- *What people answered* (``ANSWERED``): in full when n ≥ k; below, n and nothing else.
- What waits for a human's yes loses its text.

Tables that describe the same people are protected together: every published geographic
cell is a union of blocks of at least k people, so that no sum or difference of published
cells isolates fewer than k.  Source: A. Hundepool et al., Statistical Disclosure Control
(Wiley, 2012), ch. 4 (complementary suppression, linked tables).  k = 5 is necbilan's own
convention, above INSEE's three units for business statistics.
"""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from necbilan.disclosure.distances import bands_relabelled
from necbilan.disclosure.holders import types_shown
from necbilan.disclosure.places import (
    Places,
    Tables,
    home_of,
    homes_of,
    if_share_printed,
    kilometres_to,
    places_shown,
)
from necbilan.disclosure.profiles import gaps_shown, profiles_shown, respondents_shown
from necbilan.disclosure.regroup import (
    Row,
    Shown,
    any_hidden,
    both_enough,
    if_enough,
    labels_shown,
    moments_shown,
    people_by_level,
    relabelled,
    reviewed,
    shown_alone,
    steps,
    suppressed,
    untold,
)
from necbilan.disclosure.rules import (
    ANSWERED,
    BANDS,
    CHANGES,
    COMPARED,
    CUMULATED,
    FLOOR,
    HOLDERS,
    LABELS,
    MEANS_OF_MOMENTS,
    MOMENTS,
    OPEN,
    PLACED,
    RESIDUAL,
    RESPONDENTS,
    SHARES_OF_A_PLACE,
    TELLING,
)
from necbilan.errors import UsageError
from necbilan.tables import MEASURES

__all__ = ["FLOOR", "protect"]


def protect(measures: pd.DataFrame, *, k: int = FLOOR) -> pd.DataFrame:
    """MEASURES that may be published, from raw MEASURES; protecting twice changes nothing.

    ``k`` is the smallest group of people that is shown; it can be raised, not lowered.
    A smaller one is counted with others ("other", "other:57"), a row that keeps unit, n and
    base, or suppressed (status "suppressed", value NA, n and base kept) together with what
    would give it away; suppressed rows of a metric about who people are stand as one, the
    last, without level or group.  What the public answered needs n ≥ k; words and remarks
    need a human's yes.  A metric without a rule (``disclosure.rules``) is treated as *who
    people are*.

    Raises UsageError when this is not MEASURES, or when ``k`` is below ``FLOOR``.
    """
    if k < FLOOR:
        raise UsageError(f"k vaut au moins {FLOOR}\u00a0: c’est le seuil de diffusion.")
    tables: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for record in MEASURES.frame(MEASURES.checked(measures, "protect")).to_dict("records"):
        row: Row = {str(name): None if pd.isna(cell) else cell for name, cell in record.items()}
        tables[str(row["event"]), str(row["metric"]), row["group"] or ""].append(row)
    located = _places(tables, k)
    printed: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for event, metric, group in tables:
        kept = _kept((event, metric, group), tables, located[event], k)
        printed[event, metric].extend(reviewed(kept))
    return MEASURES.frame(
        row
        for (_, metric), rows in printed.items()
        for row in (rows if metric in TELLING else untold(rows, venue=metric == BANDS))
    )


def _kept(key: tuple[str, str, str], tables: Tables, located: Places, k: int) -> list[Row]:
    """One table as the rule of its metric prints it; those of people's places go together."""
    event, metric, group = key
    table, (places, distances, sides) = tables[key], located
    if metric in OPEN:
        return table
    if metric in ANSWERED:
        return [if_enough(row, k) for row in table]
    if metric in CHANGES:
        asked = [row["level"] in ANSWERED for row in table]
        return [both_enough(row, k) if of else row for row, of in zip(table, asked, strict=True)]
    if metric in CUMULATED:
        return steps(table, k)
    if metric in MOMENTS:
        return moments_shown(table, k)
    if metric in MEANS_OF_MOMENTS:
        moments = tables.get((event, MEANS_OF_MOMENTS[metric], ""), [])
        return [suppressed(row) for row in table] if any_hidden(moments, k) else table
    if metric in LABELS:
        profiles = people_by_level(tables.get((event, "profile", ""), []))
        return labels_shown(table, group, profiles, profiles_shown(tables, event, k), k)
    if metric in SHARES_OF_A_PLACE:
        return [if_share_printed(row, sides, k) for row in table]
    if metric in PLACED:
        told = _residual_told(places.get(PLACED[metric], {}))
        return table if told else [suppressed(row) for row in table]
    if metric in HOLDERS:
        return types_shown(table, tables.get((event, HOLDERS[metric], ""), []), k)
    if metric == BANDS:
        bands = places.get(BANDS) or shown_alone(distances, k)
        return _of_everybody(bands_relabelled(table, bands, distances), bands)
    if group:
        return [{**suppressed(row), "n": None, "base": None} for row in table]
    if metric in RESPONDENTS:
        return relabelled(table, respondents_shown(tables, event, metric, k))
    if metric == "profile":
        return relabelled(table, profiles_shown(tables, event, k))
    if metric in COMPARED:
        return gaps_shown(table, metric, tables, event, k)
    if metric in places:
        return _of_everybody(relabelled(table, places[metric]), places[metric])
    return relabelled(table, shown_alone(people_by_level(table), k))


def _places(tables: Tables, k: int) -> dict[str, Places]:
    """How the places of each event are printed."""
    events = dict.fromkeys(event for event, _, _ in tables)
    homes = homes_of(
        level if metric == "origin_commune" else f"department_only:{level}"
        for (_, metric, _), table in tables.items()
        if metric in {"origin_commune", "origin_department"}
        for level in people_by_level(table)
    )
    venues = {event: group for event, metric, group in tables if metric == BANDS}
    return {
        event: places_shown(
            tables,
            event,
            homes,
            k,
            away=kilometres_to(venues.get(event, ""), homes),
            around=home_of(venues.get(event, "")),
        )
        for event in events
    }


def _of_everybody(table: list[Row], shown: Shown) -> list[Row]:
    """n = everybody where those who could not be placed were regrouped with others.

    The people placed would give them back.
    """
    return table if _residual_told(shown) else [{**row, "n": row["base"]} for row in table]


def _residual_told(shown: Shown) -> bool:
    return all(shown.get(level, level) == level for level in RESIDUAL)
