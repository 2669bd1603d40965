"""Which organisations the public came from.

People without an organisation are counted apart, never as one organisation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.metrics.population import present_public
from necbilan.metrics.public import counted_public
from necbilan.metrics.rows import declared_count, frame, full_count, not_collected

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = [
    "organisation",
    "organisation_type",
    "organisations",
    "people_per_organisation",
    "without_organisation",
]


def organisations(dossier: Dossier) -> pd.DataFrame:
    """Distinct organisations of the public; n = people who have one."""
    named = _named(dossier)
    if named is None:
        stated = declared_count(dossier.event.declared, "organisations", unit="organisations")
        return frame([stated or not_collected("organisations")])
    count = int(named["organisation"].nunique())
    return frame([full_count(count, unit="organisations", n=len(named), base=_people(dossier))])


def people_per_organisation(dossier: Dossier) -> pd.DataFrame:
    """The whole public, with and without organisation, divided by the organisations.

    The figure of the Metz report of 2023: 181 people, 71 organisations, 2.55.
    """
    counted = organisations(dossier).iloc[0]
    public = counted_public(dossier)
    people = len(public) if public is not None else present_public(dossier)
    if counted["status"] != "ok" or not counted["value"] or people is None:
        return frame([not_collected("ratio")])
    ratio = people / float(counted["value"])
    return frame(
        [full_count(ratio, unit="ratio", n=people, base=people, evidence=str(counted["evidence"]))]
    )


def organisation(dossier: Dossier) -> pd.DataFrame:
    """People by organisation, the largest first; n = people who have one."""
    named = _named(dossier)
    if named is None:
        return frame([not_collected("people")])
    counts = named["organisation"].value_counts().to_dict()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    people = _people(dossier)
    return frame(
        full_count(count, unit="people", level=str(name), n=len(named), base=people)
        for name, count in ordered
    )


def organisation_type(dossier: Dossier) -> pd.DataFrame:
    """Organisations by type, the largest first, «unclassified» last."""
    named = _named(dossier)
    if named is None:
        return frame([not_collected("organisations")])
    types = named.groupby("organisation")["organisation_type"].agg(_most_frequent)
    counts = types.value_counts().to_dict()
    ordered = sorted(
        counts.items(), key=lambda item: (item[0] == "unclassified", -item[1], str(item[0]))
    )
    return frame(
        full_count(count, unit="organisations", level=str(name), n=len(types), base=len(types))
        for name, count in ordered
    )


def without_organisation(dossier: Dossier) -> pd.DataFrame:
    """People of the public who named no organisation."""
    named = _named(dossier)
    if named is None:
        return frame([not_collected("people")])
    people = _people(dossier)
    return frame([full_count(people - len(named), unit="people", n=people, base=people)])


def _named(dossier: Dossier) -> pd.DataFrame | None:
    """The public that has an organisation; None when nobody was asked or nobody named one."""
    public = counted_public(dossier)
    if public is None or public["organisation"].isna().all():
        return None
    return public[public["organisation"].notna()]


def _people(dossier: Dossier) -> int:
    public = counted_public(dossier)
    return 0 if public is None else len(public)


def _most_frequent(types: pd.Series) -> str:
    known = types.dropna()
    return "unclassified" if known.empty else str(known.mode().iloc[0])
