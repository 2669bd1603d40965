"""Who registered, who came: the funnel, walk-ins apart, and when they registered.

Present = distinct people seen; the rate is taken over the registered (active at
opening), never over everybody: people may come without registering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.metrics.public import public_of
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
    "received",
    "received_entries",
    "registered",
    "registered_by_role",
    "registered_present",
    "registration_timeline",
    "target",
    "unconfirmed_present",
    "waiting_list",
    "walk_in",
]

_UNCONFIRMED = ("cancelled", "pending", "waiting_list")
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


def _with_status(people: pd.DataFrame, *statuses: str) -> pd.Series | None:
    """Who has one of the statuses; None when there is no list of registrations."""
    return people["status"].isin(statuses) if people["status"].notna().any() else None


def _seen_with_status(people: pd.DataFrame, *statuses: str) -> pd.Series | None:
    """Who of these was seen; None when presence or registrations are not known."""
    chosen = _with_status(people, *statuses)
    return chosen & people["present"] if chosen is not None and _measured(people) else None


def _measured(people: pd.DataFrame) -> bool:
    return bool(people["present"].notna().any())


def received(dossier: Dossier) -> pd.DataFrame:
    """People who registered before the day, whatever became of it.

    = registered + cancelled + pending + waiting_list; those who came unregistered are apart.
    """
    return _by_scope(
        dossier, "received", lambda people: _with_status(people, "registered", *_UNCONFIRMED)
    )


def received_entries(dossier: Dossier) -> pd.DataFrame:
    """Registrations of the public in the files, before those of one person are joined."""
    public = public_of(dossier)
    known = public is not None and public[["entries", "status"]].notna().all(axis="columns").any()
    if public is None or not known:
        return frame([not_collected("registrations")])
    entries = int(public["entries"].sum())
    return frame([full_count(entries, unit="registrations", n=entries, base=entries)])


def registered(dossier: Dossier) -> pd.DataFrame:
    """People with an active registration at opening; a file of walk-ins only has none."""
    return _by_scope(dossier, "registered", lambda people: _with_status(people, "registered"))


def cancelled(dossier: Dossier) -> pd.DataFrame:
    """People whose registration was cancelled."""
    return _by_scope(dossier, "cancelled", lambda people: _with_status(people, "cancelled"))


def pending(dossier: Dossier) -> pd.DataFrame:
    """People whose registration was never confirmed."""
    return _by_scope(dossier, "pending", lambda people: _with_status(people, "pending"))


def waiting_list(dossier: Dossier) -> pd.DataFrame:
    """People left on the waiting list."""
    return _by_scope(dossier, "waiting_list", lambda people: _with_status(people, "waiting_list"))


def present(dossier: Dossier) -> pd.DataFrame:
    """Distinct people seen at the event, whatever their registration."""
    return _by_scope(
        dossier, "present", lambda people: people["present"] if _measured(people) else None
    )


def registered_present(dossier: Dossier) -> pd.DataFrame:
    """Registered people who were seen: present less the walk-ins and other statuses."""
    return _by_scope(
        dossier, "registered_present", lambda people: _seen_with_status(people, "registered")
    )


def walk_in(dossier: Dossier) -> pd.DataFrame:
    """People seen who had not registered."""
    return _by_scope(dossier, "walk_in", lambda people: _seen_with_status(people, "walk_in"))


def unconfirmed_present(dossier: Dossier) -> pd.DataFrame:
    """People seen whose registration was cancelled, pending or on the waiting list.

    present = registered_present + walk_in + unconfirmed_present.
    """
    return _by_scope(
        dossier, "unconfirmed_present", lambda people: _seen_with_status(people, *_UNCONFIRMED)
    )


def no_show(dossier: Dossier) -> pd.DataFrame:
    """Registered people who were not seen."""

    def absent(people: pd.DataFrame) -> pd.Series | None:
        chosen = _with_status(people, "registered")
        if chosen is None or not _measured(people):
            return None
        return chosen & people["present"].eq(False)

    return _by_scope(dossier, "no_show", absent)


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


def registered_by_role(dossier: Dossier) -> pd.DataFrame:
    """People with an active registration, by role; only when others than the public have one."""
    people = dossier.registrations
    chosen = None if people is None else _with_status(people, "registered")
    return frame([]) if people is None or chosen is None else _by_role(people, chosen)


def present_by_role(dossier: Dossier) -> pd.DataFrame:
    """People seen, by role; only when somebody else than the public is in the files."""
    people = dossier.registrations
    if people is None or not _measured(people):
        return frame([])
    return _by_role(people, people["present"])


def _by_role(people: pd.DataFrame, chosen: pd.Series) -> pd.DataFrame:
    """A role that is in the files keeps its row, with 0 when nobody of it is chosen."""
    if people["role"].eq("public").all():
        return frame([])
    counts = people.loc[chosen.fillna(False).astype(bool), "role"].value_counts()
    total = int(counts.sum())
    return frame(
        [
            full_count(int(counts.get(role, 0)), unit="people", level=role, n=total, base=total)
            for role in _ROLES
            if people["role"].eq(role).any()
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
