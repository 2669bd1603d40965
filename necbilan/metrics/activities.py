"""Activities: how many, their seats, who chose them, who waited, who came, how full they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from necbilan.metrics.rows import declared_count, frame, full_count, not_collected

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = [
    "activities",
    "activity_attended",
    "activity_capacity",
    "activity_chosen",
    "activity_fill",
    "activity_theme",
    "activity_waiting",
]


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


def activity_theme(dossier: Dossier) -> pd.DataFrame:
    """Activities by theme, in the file's words, the most numerous first; n = those with one."""
    programme = dossier.activities
    themes = None if programme is None else programme["theme"].dropna()
    themes = None if themes is None else themes[themes.str.strip().ne("")]
    if themes is None or themes.empty:
        return frame([not_collected("activities")])
    counts = themes.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return frame(
        [
            full_count(int(count), unit="activities", level=str(theme), n=len(themes))
            for theme, count in counts.items()
        ]
    )


def activity_capacity(dossier: Dossier) -> pd.DataFrame:
    """Seats of each activity."""
    return frame(_counted(dossier, "capacity") or [not_collected("people")])


def activity_chosen(dossier: Dossier) -> pd.DataFrame:
    """People of the public who chose each activity when registering, cancelled ones aside.

    Without choices in the registrations: the registered of the programme's own sheet.
    """
    return frame(_chosen(dossier) or [not_collected("people")])


def activity_waiting(dossier: Dossier) -> pd.DataFrame:
    """People on the waiting list of each activity.

    As the programme says, else the public on the event's waiting list by activity wanted.
    """
    found = _counted(dossier, "waiting") or _wanted(dossier, "waiting_list")
    return frame(found or [not_collected("people")])


def activity_attended(dossier: Dossier) -> pd.DataFrame:
    """People counted at each activity."""
    return frame(_counted(dossier, "attended") or [not_collected("people")])


def activity_fill(dossier: Dossier) -> pd.DataFrame:
    """People over seats, of each activity that has both and ('' last) of all of them.

    Group "attended" where people were counted, else "chosen": seats taken at registration.
    Above 1 when more came, or registered, than there are seats; n = people, base = seats.
    """
    seats = {row["level"]: int(row["value"]) for row in _counted(dossier, "capacity")}
    for group, rows in (
        ("attended", _counted(dossier, "attended")),
        ("chosen", _chosen(dossier)),
    ):
        filled = {row["level"]: int(row["value"]) for row in rows if seats.get(row["level"])}
        if filled:
            held = {title: seats[title] for title in filled}
            sums = {"": (sum(filled.values()), sum(held.values()))}
            each = {title: (people, held[title]) for title, people in filled.items()} | sums
            return frame(
                [
                    full_count(
                        people / places,
                        unit="share",
                        group=group,
                        level=title,
                        n=people,
                        base=places,
                        evidence=str(rows[0]["evidence"]),
                    )
                    for title, (people, places) in each.items()
                ]
            )
    return frame([not_collected("share")])


def _counted(dossier: Dossier, column: str) -> list[dict[str, Any]]:
    """What the programme says of each activity, in its order."""
    programme = dossier.activities
    if programme is None:
        return []
    known = programme[programme[column].notna()]
    return [
        full_count(int(people), unit="people", level=str(title), n=int(people), evidence="count")
        for title, people in zip(known["activity"], known[column], strict=True)
    ]


def _chosen(dossier: Dossier) -> list[dict[str, Any]]:
    return _wanted(dossier, "registered", "walk_in") or _counted(dossier, "registered")


def _wanted(dossier: Dossier, *statuses: str) -> list[dict[str, Any]]:
    """People of the public of these statuses by activity chosen, the most wanted first."""
    people = dossier.registrations
    if people is None:
        return []
    asked = people[people["role"].eq("public") & people["status"].isin(statuses)]
    wanted = asked["activities"].dropna().explode().dropna().value_counts()
    return [
        full_count(int(count), unit="people", level=str(title), n=len(asked), base=len(asked))
        for title, count in wanted.items()
    ]
