"""What was on: activities by kind, seats and attendance, speakers and declared gender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.metrics.rows import declared_count, frame, full_count, not_collected

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = [
    "activities",
    "activity_attended",
    "activity_capacity",
    "activity_chosen",
    "speaker_gender",
    "speakers",
]

_GENDERS = ("woman", "man", "other", "not_given")


def activities(dossier: Dossier) -> pd.DataFrame:
    """Activities by kind, in the file's words, the most numerous first; '' = no kind given."""
    programme = dossier.activities
    if programme is None:
        stated = declared_count(dossier.event.declared, "activities", unit="activities")
        return frame([stated or not_collected("activities")])
    counts = (
        programme["kind"]
        .fillna("")
        .value_counts(sort=False)
        .sort_values(ascending=False, kind="stable")
    )
    return frame(
        [
            full_count(int(count), unit="activities", level=str(kind), n=len(programme))
            for kind, count in counts.items()
        ]
    )


def activity_attended(dossier: Dossier) -> pd.DataFrame:
    """People counted at each activity."""
    return _by_activity(dossier, "attended")


def activity_capacity(dossier: Dossier) -> pd.DataFrame:
    """Seats of each activity."""
    return _by_activity(dossier, "capacity")


def _by_activity(dossier: Dossier, column: str) -> pd.DataFrame:
    programme = dossier.activities
    if programme is None or programme[column].notna().sum() == 0:
        return frame([not_collected("people")])
    known = programme[programme[column].notna()]
    return frame(
        [
            full_count(
                int(people), unit="people", level=str(title), n=int(people), evidence="count"
            )
            for title, people in zip(known["activity"], known[column], strict=True)
        ]
    )


def activity_chosen(dossier: Dossier) -> pd.DataFrame:
    """People of the public who chose each activity when registering, cancelled ones aside."""
    people = dossier.registrations
    if people is None:
        return frame([not_collected("people")])
    active = people[people["role"].eq("public") & people["status"].isin(["registered", "walk_in"])]
    chosen = active["activities"].dropna().explode().dropna()
    if chosen.empty:
        return frame([not_collected("people")])
    counts = chosen.value_counts()
    return frame(
        [
            full_count(int(count), unit="people", level=str(title), n=len(active), base=len(active))
            for title, count in counts.items()
        ]
    )


def speakers(dossier: Dossier) -> pd.DataFrame:
    """Distinct speakers of the programme."""
    table = dossier.speakers
    if table is None:
        stated = declared_count(dossier.event.declared, "speakers", unit="people")
        return frame([stated or not_collected("people")])
    count = table["speaker"].nunique()
    return frame([full_count(count, unit="people", n=count, evidence="count")])


def speaker_gender(dossier: Dossier) -> pd.DataFrame:
    """Speakers by declared gender, of the event ('') and of each panel of two or more.

    Never inferred from a first name: who did not say is "not_given".
    """
    table = dossier.speakers
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
