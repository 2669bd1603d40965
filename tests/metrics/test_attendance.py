"""The funnel on six people, worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

from necbilan.metrics import activities, attendance, budget, speakers
from necbilan.model import Dossier, Event, Facts, Meeting, Task
from necbilan.tables import ACTIVITIES, BUDGET, REGISTRATIONS, SPEAKERS


def dossier(people=None, **changes) -> Dossier:
    event = Event(slug="e", name="E", dates=(date(2025, 10, 10),), place="Ici", **changes)
    frame = None if people is None else REGISTRATIONS.frame(people)
    return Dossier(event=event, facts=Facts(event=event), registrations=frame)


SIX = [
    {"person": "a", "role": "public", "status": "registered", "present": True},
    {"person": "b", "role": "public", "status": "registered", "present": True},
    {"person": "c", "role": "public", "status": "registered", "present": False},
    {"person": "d", "role": "public", "status": "cancelled", "present": False},
    {"person": "e", "role": "public", "status": "walk_in", "present": True},
    {"person": "f", "role": "team", "status": "registered", "present": True},
]


def value(table: pd.DataFrame, group: str = "", level: str = "") -> float:
    row = table[(table["group"] == group) & (table["level"] == level)]
    return float(row["value"].iloc[0])


def test_public_and_everyone_are_counted_apart():
    six = dossier(SIX)
    assert value(attendance.registered(six)) == 3
    assert value(attendance.registered(six), "everyone") == 4
    assert value(attendance.present(six)) == 3
    assert value(attendance.present(six), "everyone") == 4
    assert value(attendance.walk_in(six)) == 1
    assert value(attendance.registered_present(six)) == 2
    assert value(attendance.no_show(six)) == 1
    assert value(attendance.cancelled(six)) == 1


def test_the_rate_is_taken_over_the_registered_without_walk_ins():
    rate = attendance.attendance_rate(dossier(SIX))
    assert value(rate) == 2 / 3
    assert rate["low"].iloc[0] == rate["high"].iloc[0] == rate["value"].iloc[0]


def test_presence_that_nobody_measured_is_a_gap_never_zero():
    unmeasured = [{**row, "present": pd.NA} for row in SIX]
    for metric in (attendance.present, attendance.no_show, attendance.attendance_rate):
        table = metric(dossier(unmeasured))
        assert table["status"].tolist() == ["not_collected"]
        assert table["value"].isna().all()


def test_declared_figures_stand_where_there_is_no_file_and_say_so():
    stated = dossier(declared={"present": 85.0, "registered": 77.0})
    assert value(attendance.present(stated)) == 85
    assert attendance.present(stated)["evidence"].tolist() == ["declared"]
    assert value(attendance.present_per_registered(stated)) == 85 / 77
    assert attendance.attendance_rate(stated)["status"].tolist() == ["not_collected"]


def test_a_known_rate_needs_no_ratio():
    assert attendance.present_per_registered(dossier(SIX)).empty


def test_the_timeline_cumulates_down_to_the_day_itself():
    days = ["2025-10-01 09:00", "2025-10-01 18:00", "2025-10-08", "2025-10-12", None]
    people = [
        {"person": str(i), "role": "public", "status": "registered", "registered_on": day}
        for i, day in enumerate(days)
    ]
    table = attendance.registration_timeline(dossier(people))
    assert dict(zip(table["level"], table["value"], strict=True)) == {"9": 2, "2": 3, "0": 3}
    assert set(table["n"]) == {3}
    assert set(table["base"]) == {5}


def test_target_and_capacity_come_from_the_organisers():
    planned = dossier(target=(150, 250), capacity=300)
    assert value(attendance.target(planned), level="low") == 150
    assert value(attendance.target(planned), level="high") == 250
    assert value(attendance.capacity(planned)) == 300


def with_tables(**frames) -> Dossier:
    event = Event(
        slug="e",
        name="E",
        dates=(date(2025, 10, 10),),
        place="Ici",
        capacity=100,
        declared={"present": 50.0},
        meetings=(Meeting("pilotage", 3), Meeting("thématiques", 20)),
        mobilised=(Task("accueil", 3), Task("vidéo", 2)),
    )
    return Dossier(event=event, facts=Facts(event=event), **frames)


def test_cash_and_in_kind_are_never_added():
    lines = [
        {"line": "Traiteur", "nature": "expense", "planned": 900, "actual": 1000},
        {"line": "Salle", "nature": "expense", "actual": 500},
        {"line": "ANCT", "nature": "income", "grant": True, "actual": 600},
        {"line": "Vente", "nature": "income", "grant": False, "actual": 100},
        {"line": "Bénévolat", "nature": "in_kind", "actual": 800},
    ]
    spent = with_tables(budget=BUDGET.frame(lines))
    assert value(budget.budget_actual(spent)) == 1500
    assert value(budget.budget_planned(spent)) == 900
    assert value(budget.in_kind(spent)) == 800
    assert value(budget.grants(spent)) == 600
    assert value(budget.grant_share(spent)) == 0.4
    assert value(budget.cost_per_participant(spent)) == 30
    assert value(budget.cost_per_place(spent)) == 15
    assert value(budget.mobilised(spent)) == 5
    assert value(budget.meetings(spent)) == 23


def test_a_line_without_plan_or_outcome_leaves_its_nature_without_total():
    lines = [
        {"line": "Traiteur", "nature": "expense", "planned": 900, "actual": 1000},
        {"line": "Salle", "nature": "expense", "actual": 500},
        {"line": "ANCT", "nature": "income", "planned": 600, "actual": 450},
    ]
    spent = with_tables(budget=BUDGET.frame(lines))
    gap = budget.budget_gap(spent).set_index(["group", "level"])["value"]
    assert gap.dropna().to_dict() == {
        ("income", ""): -150,
        ("expense", "Traiteur"): 100,
        ("income", "ANCT"): -150,
    }
    total = budget.budget_total(spent).set_index(["group", "level"])
    assert total["status"].to_dict() == {
        ("expense", "planned"): "not_collected",
        ("income", "planned"): "ok",
        ("expense", "actual"): "ok",
        ("income", "actual"): "ok",
    }
    assert total.loc[("expense", "actual"), "value"] == 1500
    assert budget.budget_line_planned(spent)["value"].tolist() == [900, 600]


def test_no_budget_is_a_gap():
    assert budget.budget_actual(with_tables())["status"].tolist() == ["not_collected"]


def test_activities_are_counted_by_kind_and_speakers_once():
    shown = with_tables(
        activities=ACTIVITIES.frame(
            [
                {"activity": "A", "kind": "Stand"},
                {"activity": "B", "kind": "Stand"},
                {"activity": "C", "kind": "Atelier", "capacity": 20, "attended": 12},
            ]
        ),
        speakers=SPEAKERS.frame(
            [
                {"speaker": "s01", "activity": "A", "gender": "woman"},
                {"speaker": "s02", "activity": "A", "gender": "man"},
                {"speaker": "s01", "activity": "C", "gender": "woman"},
                {"speaker": "s03", "activity": "C"},
            ]
        ),
    )
    kinds = activities.activities(shown)
    assert dict(zip(kinds["level"], kinds["value"], strict=True)) == {"Stand": 2, "Atelier": 1}
    assert value(speakers.speakers(shown)) == 3
    assert value(activities.activity_attended(shown), level="C") == 12
    gender = speakers.speaker_gender(shown)
    assert value(gender, "", "woman") == 1
    assert value(gender, "", "not_given") == 1
    assert value(gender, "C", "man") == 0


def test_a_gender_that_nobody_declared_is_a_gap():
    silent = with_tables(speakers=SPEAKERS.frame([{"speaker": "s01", "activity": "A"}]))
    assert speakers.speaker_gender(silent)["status"].tolist() == ["not_collected"]


def test_the_funnel_closes_at_both_ends():
    statuses = ["registered"] * 3 + ["cancelled", "pending", "waiting_list", "walk_in"]
    seen = [True, True, False, True, False, True, True]
    people = dossier(
        [
            {"person": str(rank), "role": "public", "status": status, "present": came, "entries": 2}
            for rank, (status, came) in enumerate(zip(statuses, seen, strict=True))
        ]
    )
    lost = [attendance.cancelled, attendance.pending, attendance.waiting_list]
    assert value(attendance.received(people)) == 6
    assert 3 + sum(value(metric(people)) for metric in lost) == 6
    came = [attendance.registered_present, attendance.walk_in, attendance.unconfirmed_present]
    assert [value(metric(people)) for metric in came] == [2, 1, 2]
    assert value(attendance.present(people)) == 5
    assert value(attendance.received_entries(people)) == 14


def test_roles_are_counted_apart_registered_and_present():
    six = dossier(SIX)
    assert value(attendance.registered_by_role(six), level="public") == 3
    assert value(attendance.registered_by_role(six), level="team") == 1
    away = dossier([*SIX, {"person": "g", "role": "press", "status": "registered"}])
    assert value(attendance.present_by_role(away), level="press") == 0


def test_lists_of_those_present_alone_tell_nothing_of_registrations():
    people = dossier([{"person": "a", "role": "public", "present": True, "entries": 0}])
    assert value(attendance.present(people)) == 1
    for metric in (attendance.received, attendance.registered, attendance.walk_in):
        assert metric(people)["status"].tolist() == ["not_collected"]
    assert attendance.received_entries(people)["status"].tolist() == ["not_collected"]
