"""Who registered, who came: the funnel, walk-ins apart, and when they registered.

Present = distinct people seen; the rate is taken over the registered (active at
opening), never over everybody: people may come without registering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.metrics.rows import declared_count, frame, full_count, not_collected

if TYPE_CHECKING:
    from collections.abc import Callable

    from necbilan.model import Dossier

__all__ = [
    "attendance_rate",
    "cancelled",
    "capacity",
    "no_show",
    "pending",
    "present",
    "present_by_role",
    "present_per_registered",
    "registered",
    "registered_present",
    "registration_timeline",
    "target",
    "waiting_list",
    "walk_in",
]

_ROLES = ("public", "speaker", "team", "press", "provider")


def _by_scope(
    dossier: Dossier, declared: str, select: Callable[[pd.DataFrame], pd.Series | None]
) -> pd.DataFrame:
    """Counts for the public ('') and, when others were registered too, for everyone."""
    people = dossier.registrations
    stated = declared_count(dossier.event.declared, declared, unit="people")
    chosen = select(people) if people is not None else None
    if people is None or chosen is None:
        return frame([stated or not_collected("people")])
    public = people["role"].eq("public").fillna(False)
    chosen = chosen.fillna(False).astype(bool)
    count = int((chosen & public).sum())
    rows = [full_count(count, unit="people", n=count, base=int(public.sum()))]
    if not public.all():
        everyone = int(chosen.sum())
        rows.append(
            full_count(everyone, unit="people", group="everyone", n=everyone, base=len(people))
        )
    return frame(rows)


def _measured(people: pd.DataFrame) -> bool:
    return bool(people["present"].notna().any())


def registered(dossier: Dossier) -> pd.DataFrame:
    """People with an active registration at opening; a file of walk-ins only has none."""
    return _by_scope(dossier, "registered", lambda people: people["status"].eq("registered"))


def cancelled(dossier: Dossier) -> pd.DataFrame:
    """People whose registration was cancelled."""
    return _by_scope(dossier, "cancelled", lambda people: people["status"].eq("cancelled"))


def pending(dossier: Dossier) -> pd.DataFrame:
    """People whose registration was never confirmed."""
    return _by_scope(dossier, "pending", lambda people: people["status"].eq("pending"))


def waiting_list(dossier: Dossier) -> pd.DataFrame:
    """People left on the waiting list."""
    return _by_scope(dossier, "waiting_list", lambda people: people["status"].eq("waiting_list"))


def present(dossier: Dossier) -> pd.DataFrame:
    """Distinct people seen at the event, whatever their registration."""
    return _by_scope(
        dossier, "present", lambda people: people["present"] if _measured(people) else None
    )


def registered_present(dossier: Dossier) -> pd.DataFrame:
    """Registered people who were seen: present less the walk-ins and other statuses."""
    return _by_scope(
        dossier,
        "registered_present",
        lambda people: (
            people["status"].eq("registered") & people["present"] if _measured(people) else None
        ),
    )


def walk_in(dossier: Dossier) -> pd.DataFrame:
    """People seen who had not registered."""
    return _by_scope(
        dossier,
        "walk_in",
        lambda people: (
            people["status"].eq("walk_in") & people["present"] if _measured(people) else None
        ),
    )


def no_show(dossier: Dossier) -> pd.DataFrame:
    """Registered people who were not seen."""
    return _by_scope(
        dossier,
        "no_show",
        lambda people: (
            people["status"].eq("registered") & people["present"].eq(False)
            if _measured(people)
            else None
        ),
    )


def attendance_rate(dossier: Dossier) -> pd.DataFrame:
    """(present ∩ registered) / registered, of the public; a full count, no interval."""
    people = dossier.registrations
    if people is None or not _measured(people):
        return frame([not_collected("share")])
    active = people[people["role"].eq("public") & people["status"].eq("registered")]
    seen = int(active["present"].fillna(False).sum())
    if len(active) == 0:
        return frame([not_collected("share")])
    share = seen / len(active)
    return frame([full_count(share, unit="share", n=len(active), base=len(active))])


def present_per_registered(dossier: Dossier) -> pd.DataFrame:
    """Declared present / declared or counted registered, when the two cannot be joined.

    A ratio, which may exceed 1; no row where the attendance rate is known.
    """
    rate = attendance_rate(dossier)["status"].iloc[0]
    came, signed = (table.iloc[0] for table in (present(dossier), registered(dossier)))
    known = came["status"] == signed["status"] == "ok" and signed["value"] > 0
    if rate == "ok" or not known:
        return frame([])
    ratio = float(came["value"] / signed["value"])
    return frame(
        [full_count(ratio, unit="ratio", n=int(signed["value"]), evidence=str(came["evidence"]))]
    )


def present_by_role(dossier: Dossier) -> pd.DataFrame:
    """People seen, by role; only when somebody else than the public is in the files."""
    people = dossier.registrations
    if people is None or not _measured(people) or people["role"].eq("public").all():
        return frame([])
    seen = people[people["present"].fillna(False)]
    counts = seen["role"].value_counts()
    return frame(
        [
            full_count(int(counts[role]), unit="people", level=role, n=len(seen), base=len(seen))
            for role in _ROLES
            if role in counts
        ]
    )


def target(dossier: Dossier) -> pd.DataFrame:
    """What the organisers hoped for: levels low and high, in people."""
    bounds = dossier.event.target
    if bounds is None:
        return frame([not_collected("people")])
    return frame(
        [
            full_count(bound, unit="people", level=level, evidence="declared")
            for level, bound in zip(("low", "high"), bounds, strict=True)
        ]
    )


def capacity(dossier: Dossier) -> pd.DataFrame:
    """Seats of the venue, in people."""
    seats = dossier.event.capacity
    if seats is None:
        return frame([not_collected("people")])
    return frame([full_count(seats, unit="people", evidence="declared")])


def registration_timeline(dossier: Dossier) -> pd.DataFrame:
    """Registrations cumulated up to d days before the first day; level = d as text.

    Every registration with a date counts, cancelled later or not; base = all of them.
    Days after the event (entries typed in later) are not part of it.
    """
    people = dossier.registrations
    if people is None or people["registered_on"].notna().sum() == 0:
        return frame([not_collected("people")])
    public = people[people["role"].eq("public") & people["status"].ne("walk_in")]
    day = pd.Timestamp(dossier.event.dates[0])
    before = (day - public["registered_on"].dt.normalize()).dt.days.dropna()
    before = before[before >= 0].astype(int)
    counts = before.value_counts().sort_index(ascending=False)
    cumulated = counts.cumsum()
    if cumulated.empty:
        return frame([not_collected("people")])
    if cumulated.index[-1] != 0:
        cumulated.loc[0] = cumulated.iloc[-1]
    return frame(
        [
            full_count(int(total), unit="people", level=str(days), n=len(before), base=len(public))
            for days, total in cumulated.items()
        ]
    )
