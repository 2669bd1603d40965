"""Sentences on who came and who spoke: the funnel, the half-days, the seats, the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.words.spelled import Sentence

if TYPE_CHECKING:
    from necbilan.words.spelled import Row, Spelled

__all__ = ["attendance", "filled", "half_days", "men_only", "speakers"]

LOST = ("cancelled", "pending", "waiting_list")
"""what becomes of a registration that is not active at opening"""

PANEL = 2
"""speakers from which an activity is a panel"""


def attendance(shown: Spelled) -> Sentence | None:
    """Present, else registered; what was lost and won between the two."""
    came, signed = shown.one("present"), shown.one("registered")
    if came is None:
        if signed is None:
            return None
        title = shown.say("attendance.registered_only", count=signed.value, n=signed.text)
        text = [*_lost(shown), shown.say("attendance.not_measured")]
        return Sentence(title, " ".join(text))
    parts = [*_lost(shown), *_rate(shown, signed), *_won(shown)]
    return Sentence(shown.say("attendance.present", count=came.value, n=came.text), " ".join(parts))


def _lost(shown: Spelled) -> list[str]:
    received = shown.one("received")
    rows = [row for metric in LOST if (row := shown.one(metric)) and row.value]
    if received is None or not rows:
        return []
    if len(rows) == 1 and rows[0].value == received.value:
        return [shown.say(f"attendance.all_lost.{rows[0].metric}", count=received.value)]
    told = [shown.say(f"attendance.lost.{r.metric}", count=r.value, n=r.text) for r in rows]
    lost = shown.language.join(told)
    return [shown.say("attendance.received", count=received.value, n=received.text, lost=lost)]


def _rate(shown: Spelled, signed: Row | None) -> list[str]:
    """The rate of presence of the registered; why there is none, when there is none."""
    rate, ratio = shown.one("attendance_rate"), shown.one("present_per_registered")
    if signed is None:
        return [shown.say("attendance.no_registrations")]
    if rate is None:
        if ratio is None:
            return []
        values = {"n": signed.text, "ratio": ratio.text}
        return [shown.say("attendance.ratio", count=ratio.value, **values)]
    if signed.value < PANEL:
        return []
    seen = round(rate.value * signed.value)
    if seen == signed.value:
        return [shown.say("attendance.rate_all", registered=signed.text)]
    percent = f" ({rate.text})" if "%" in rate.text else ""
    key = "attendance.rate" if seen else "attendance.rate_none"
    return [shown.say(key, count=seen, seen=seen, registered=signed.text, percent=percent)]


def _won(shown: Spelled) -> list[str]:
    return [
        shown.say(f"attendance.{metric}", count=row.value, n=row.text)
        for metric in ("walk_in", "unconfirmed_present")
        if (row := shown.one(metric)) is not None and row.value
    ]


def half_days(shown: Spelled) -> Sentence | None:
    """Presence by half-day: its mean, which is not the number of people who came."""
    mean, present = shown.one("half_day_mean"), shown.one("present")
    if mean is None or not shown.rows("half_day"):
        return None
    title = shown.say("half_days.title", count=mean.value, mean=mean.text)
    if present is None or present.value <= mean.value:
        return Sentence(title)
    return Sentence(title, shown.say("half_days.present", count=present.value, n=present.text))


def filled(shown: Spelled) -> Sentence | None:
    """Seats taken of the activities that have both, above all of them together."""
    row = next((row for row in shown.rows("activity_fill") if not row.level), None)
    if row is None or row.n is None or row.base is None:
        return None
    number = shown.language.number
    return Sentence(
        shown.say(
            f"filled.{row.group}",
            count=row.n,
            n=number(row.n),
            seats=number(row.base),
            percent=f" ({row.text})" if "%" in row.text else "",
        )
    )


def speakers(shown: Spelled) -> Sentence | None:
    """Planned and, when it was recorded, on stage."""
    planned, spoke = shown.one("speakers"), shown.one("speakers_on_stage")
    if planned is None:
        return None
    if spoke is None:
        key = "programme.no_speaker" if planned.value == 0 else "programme.speakers"
        return Sentence(shown.say(key, count=planned.value, n=planned.text))
    title = shown.say("programme.planned", count=planned.value, n=planned.text)
    if spoke.n == planned.value:
        key = "programme.all_on_stage" if spoke.value == planned.value else "programme.on_stage"
        return Sentence(title, shown.say(key, count=spoke.value, n=spoke.text))
    values = {"n": spoke.text, "recorded": shown.language.number(spoke.n or 0)}
    return Sentence(title, shown.say("programme.on_stage_of", count=spoke.value, **values))


def men_only(shown: Spelled) -> Sentence | None:
    """An alert on the panels where each speaker declared to be a man.

    Of those on stage when it was recorded of everyone, else of those planned.  A panel where
    one gender is not given is none of them.
    """
    metric = "speaker_gender_on_stage"
    rows = shown.rows(metric) or shown.rows("speaker_gender")
    panels: dict[str, dict[str, float]] = {}
    for row in rows:
        if row.group:
            panels.setdefault(row.group, {})[row.level] = row.value
    alone = {
        title: int(genders["man"])
        for title, genders in panels.items()
        if PANEL <= genders.get("man", 0) == sum(genders.values())
    }
    if not alone:
        return None
    names = [
        shown.say("men_only.panel", title=shown.language.quoted(title), n=men)
        for title, men in alone.items()
    ]
    when = "on_stage" if rows[0].metric == metric else "planned"
    joined = shown.language.join(names)
    return Sentence(shown.say(f"men_only.{when}", count=len(alone), names=joined))
