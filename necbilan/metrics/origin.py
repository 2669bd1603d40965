"""Where the public came from: commune, EPCI, département, region, country, distance.

A person counts at each level that is sure: a postal code shared by several communes gives
the département and no commune.  Somebody whose answer was not understood is "ambiguous",
somebody who gave none is "not_given"; n is the people placed at that level.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.metrics.public import counted_public
from necbilan.metrics.rows import frame, full_count, not_collected
from necbilan.reference import epci_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from necbilan.model import Dossier

__all__ = [
    "distance_band",
    "local_share",
    "located_share",
    "origin_commune",
    "origin_country",
    "origin_department",
    "origin_epci",
    "origin_region",
]

BANDS = (10, 25, 50, 100, 250)
"""upper bounds of the distance bands in kilometres, each excluded; farther is the last band"""

UNPLACED = ("ambiguous", "not_given")


def origin_commune(dossier: Dossier) -> pd.DataFrame:
    """People by INSEE code; "department_only:57" where the commune is not sure."""
    public = _asked(dossier)
    if public is None:
        return frame([not_collected("people")])
    levels = _level(public, "insee")
    partly = levels.eq("ambiguous") & public["department"].notna()
    levels = levels.mask(partly, "department_only:" + public["department"])
    return _counted(levels)


def origin_epci(dossier: Dossier) -> pd.DataFrame:
    """People by SIREN of the EPCI of their commune."""
    return _by_area(dossier, "epci")


def origin_department(dossier: Dossier) -> pd.DataFrame:
    """People by département, those of an uncertain commune included."""
    return _by_area(dossier, "department")


def origin_region(dossier: Dossier) -> pd.DataFrame:
    """People by region."""
    return _by_area(dossier, "region")


def origin_country(dossier: Dossier) -> pd.DataFrame:
    """People by country, France included."""
    public = _asked(dossier)
    if public is None:
        return frame([not_collected("people")])
    levels = public["country"].fillna(_level(public, "insee"))
    return _counted(levels)


def distance_band(dossier: Dossier) -> pd.DataFrame:
    """People by great-circle distance from their commune to the event's, nearest band first.

    group = INSEE code of the event's commune.  All bands are there, at 0 when nobody came
    from so far.
    """
    public = _asked(dossier)
    if public is None or public["distance_km"].isna().all():
        return frame([not_collected("people")])
    edges = [0, *BANDS, float("inf")]
    names = [*(f"{low}-{high}" for low, high in zip(edges, BANDS, strict=False)), f"{BANDS[-1]}+"]
    bands = pd.cut(public["distance_km"].astype("float64"), edges, right=False, labels=names)
    counts = Counter(bands.astype("object").where(bands.notna(), "not_given"))
    order = [*names, *(["not_given"] if counts["not_given"] else [])]
    return _rows(counts, order, names, group=dossier.event.insee)


def located_share(dossier: Dossier) -> pd.DataFrame:
    """Share of the public whose département or foreign country is known; a full count."""
    public = _asked(dossier)
    if public is None:
        return frame([not_collected("share")])
    abroad = public["country"].notna() & public["country"].ne("FR")
    located = int((public["department"].notna() | abroad.fillna(False)).sum())
    total = len(public)
    return frame([full_count(located / total, unit="share", n=total, base=total)])


def local_share(dossier: Dossier) -> pd.DataFrame:
    """Share that lives in the event's own EPCI, of those placed in a commune of France."""
    public = _asked(dossier)
    home = epci_of(dossier.event.insee)
    placed = public[public["insee"].notna()] if public is not None else None
    if public is None or placed is None or placed.empty or not home:
        return frame([not_collected("share")])
    local = int(placed["epci"].eq(home).fillna(False).sum())
    return frame([full_count(local / len(placed), unit="share", n=len(placed), base=len(public))])


def _asked(dossier: Dossier) -> pd.DataFrame | None:
    """The public that is counted; None when no place was ever asked of it."""
    public = counted_public(dossier)
    if public is None:
        return None
    status = public["place_status"].fillna("not_given")
    return None if status.eq("not_given").all() else public


def _level(public: pd.DataFrame, column: str) -> pd.Series:
    """The code in the column, else abroad, ambiguous or not_given."""
    abroad = (public["country"].notna() & public["country"].ne("FR")).fillna(False)
    silent = public["place_status"].fillna("not_given").eq("not_given")
    known = public[column].where(~abroad, "abroad")
    return known.mask(known.isna() & silent, "not_given").fillna("ambiguous")


def _by_area(dossier: Dossier, column: str) -> pd.DataFrame:
    public = _asked(dossier)
    return frame([not_collected("people")]) if public is None else _counted(_level(public, column))


def _counted(levels: pd.Series) -> pd.DataFrame:
    """Rows of the levels, the largest first; what places nobody comes last."""
    counts = Counter(levels.tolist())
    last = ("abroad", *UNPLACED)
    partly = [level for level in counts if level.startswith("department_only:")]
    sure = [level for level in counts if level not in (*last, *partly)]
    order = [
        *sorted(sure, key=lambda level: (-counts[level], level)),
        *sorted(partly, key=lambda level: (-counts[level], level)),
        *(level for level in last if counts[level]),
    ]
    return _rows(counts, order, [*sure, *partly, "abroad"])


def _rows(
    counts: Counter[str], order: Sequence[str], placed: Iterable[str], *, group: str = ""
) -> pd.DataFrame:
    """One row a level: n = people placed, or everybody on the rows of those who are not."""
    total = counts.total()
    located = sum(counts[level] for level in placed)
    return frame(
        full_count(
            counts[level],
            unit="people",
            group=group,
            level=level,
            n=total if level in UNPLACED else located,
            base=total,
        )
        for level in order
    )
