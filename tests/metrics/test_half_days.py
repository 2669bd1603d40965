"""Presence by half-day: counts, their order, their mean, their floor."""

from __future__ import annotations

from datetime import date

from necbilan.disclosure import protect
from necbilan.metrics import half_days
from necbilan.metrics.catalogue import measure
from necbilan.model import Dossier, Event, Facts
from necbilan.tables import REGISTRATIONS


def dossier(seen: list[tuple[str, ...]] | None, **declared: float) -> Dossier:
    event = Event(slug="e", name="E", dates=(date(2025, 1, 1),), place="Ici", declared=declared)
    people = None
    if seen is not None:
        people = REGISTRATIONS.frame(
            [
                {
                    "person": str(rank),
                    "role": "public",
                    "status": "registered",
                    "present": bool(where),
                    "half_days": where,
                }
                for rank, where in enumerate(seen)
            ]
        )
    return Dossier(event=event, facts=Facts(event=event), registrations=people)


def counts(table) -> list[tuple[str, float]]:
    return list(zip(table["level"], table["value"], strict=True))


FOUR = [("afternoon", "morning"), ("morning",), ("afternoon",), ("morning",), ()]


def test_each_half_day_counts_who_was_seen_in_it_over_the_present():
    table = half_days.half_day(dossier(FOUR))
    assert counts(table) == [("morning", 3), ("afternoon", 2)]
    assert set(table["n"]) == {4}
    assert half_days.half_day_mean(dossier(FOUR))["value"].tolist() == [2.5]


def test_days_come_in_their_order_and_the_morning_first():
    seen = [("2:morning", "1:evening", "1:afternoon", "10:morning")]
    assert [level for level, _ in counts(half_days.half_day(dossier(seen)))] == [
        "1:afternoon",
        "1:evening",
        "2:morning",
        "10:morning",
    ]


def test_presence_not_kept_by_half_day_is_a_gap():
    for event in (dossier(None), dossier([])):
        assert half_days.half_day(event)["status"].tolist() == ["not_collected"]
        assert half_days.half_day_mean(event)["status"].tolist() == ["not_collected"]


def test_counts_at_the_door_may_be_declared_over_the_declared_present():
    table = half_days.half_day(dossier(None, present=120, morning=110, afternoon=74))
    assert counts(table) == [("morning", 110), ("afternoon", 74)]
    assert set(table["n"]) == {120}
    assert set(table["evidence"]) == {"declared"}


def test_a_half_day_of_fewer_than_five_is_not_published_nor_the_mean_that_would_tell_it():
    seen = [("morning",)] * 20 + [("afternoon",)] * 3
    assert published([*seen, *[("evening",)] * 6]) == ["ok", "ok", "suppressed", "suppressed"]
    # of 23 people, 20 in the morning would say that 3 came in the afternoon alone
    assert published(seen) == ["suppressed", "suppressed"]


def published(seen: list[tuple[str, ...]]) -> list[str]:
    safe = protect(measure(dossier(seen)))
    return safe.loc[safe["metric"].isin(["half_day", "half_day_mean"]), "status"].tolist()
