"""Speakers: planned and on stage, by declared gender, of the event and of each panel.

A gender is declared or "not_given", never inferred from a first name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.metrics.rows import declared_count, frame, full_count, not_collected

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["speaker_gender", "speaker_gender_on_stage", "speakers", "speakers_on_stage"]

_GENDERS = ("woman", "man", "other", "not_given")


def speakers(dossier: Dossier) -> pd.DataFrame:
    """Distinct speakers of the programme, as planned."""
    table = dossier.speakers
    if table is None:
        stated = declared_count(dossier.event.declared, "speakers", unit="people")
        return frame([stated or not_collected("people")])
    count = table["speaker"].nunique()
    return frame([full_count(count, unit="people", n=count, evidence="count")])


def speakers_on_stage(dossier: Dossier) -> pd.DataFrame:
    """Distinct speakers who spoke on the day; n = those of whom it was recorded, base = planned."""
    table = dossier.speakers
    recorded = None if table is None else table[table["on_stage"].notna()]
    if table is None or recorded is None or recorded.empty:
        return frame([not_collected("people")])
    spoke = recorded.loc[recorded["on_stage"].astype(bool), "speaker"].nunique()
    return frame(
        [
            full_count(
                spoke,
                unit="people",
                n=recorded["speaker"].nunique(),
                base=table["speaker"].nunique(),
                evidence="count",
            )
        ]
    )


def speaker_gender(dossier: Dossier) -> pd.DataFrame:
    """Speakers by declared gender, of the event ('') and of each panel of two or more."""
    return _by_gender(dossier.speakers)


def speaker_gender_on_stage(dossier: Dossier) -> pd.DataFrame:
    """The same of those who spoke on the day; only when that is recorded of every speaker."""
    table = dossier.speakers
    if table is None or table["on_stage"].isna().any():
        return frame([not_collected("people")])
    return _by_gender(table[table["on_stage"].astype(bool)])


def _by_gender(table: pd.DataFrame | None) -> pd.DataFrame:
    if table is None or table["gender"].isna().all():
        return frame([not_collected("people")])
    event = _genders(table.drop_duplicates("speaker"), "")
    panels = [
        row
        for title, panel in table.dropna(subset=["activity"]).groupby("activity", sort=False)
        if len(panel) > 1
        for row in _genders(panel, str(title))
    ]
    return frame([*event, *panels])


def _genders(people: pd.DataFrame, group: str) -> list[dict[str, object]]:
    counts = people["gender"].fillna("not_given").value_counts()
    total = len(people)
    return [
        full_count(
            int(counts.get(gender, 0)),
            unit="people",
            group=group,
            level=gender,
            n=total,
            base=total,
            evidence="count",
        )
        for gender in _GENDERS
        if gender in counts or gender in ("woman", "man")
    ]
