"""Seats, choices, waiting lists and attendance of activities, worked out by hand."""

from __future__ import annotations

from datetime import date

from necbilan.metrics import activities
from necbilan.model import Dossier, Event, Facts
from necbilan.tables import ACTIVITIES, REGISTRATIONS

EVENT = Event(slug="e", name="E", dates=(date(2025, 10, 10),), place="Ici")


def dossier(programme=None, people=None) -> Dossier:
    return Dossier(
        event=EVENT,
        facts=Facts(event=EVENT),
        activities=None if programme is None else ACTIVITIES.frame(programme),
        registrations=None if people is None else REGISTRATIONS.frame(people),
    )


def by_level(table) -> dict[str, float]:
    return dict(zip(table["level"], table["value"], strict=True))


def person(status: str, *chosen: str) -> dict[str, object]:
    return {"person": "p", "role": "public", "status": status, "activities": chosen}


def test_fill_is_people_over_seats_and_may_exceed_one():
    table = activities.activity_fill(
        dossier(
            [
                {"activity": "A", "capacity": 12, "attended": 15},
                {"activity": "B", "capacity": 8, "attended": 3},
                {"activity": "C", "capacity": 50},
                {"activity": "D", "attended": 9},
            ]
        )
    )
    assert by_level(table) == {"A": 15 / 12, "B": 3 / 8, "": 18 / 20}
    assert set(table["group"]) == {"attended"}
    assert table["n"].tolist() == [15, 3, 18]
    assert table["base"].tolist() == [12, 8, 20]


def test_where_nobody_was_counted_the_choices_fill_the_seats_and_it_says_so():
    table = activities.activity_fill(
        dossier(
            [{"activity": "A", "capacity": 4}],
            [person("registered", "A"), person("registered", "A"), person("cancelled", "A")],
        )
    )
    assert by_level(table) == {"A": 0.5, "": 0.5}
    assert set(table["group"]) == {"chosen"}


def test_no_seats_or_no_seat_at_all_is_no_fill():
    for programme in ([{"activity": "A", "attended": 3}], [{"activity": "A", "capacity": 0}], None):
        assert activities.activity_fill(dossier(programme))["status"].tolist() == ["not_collected"]


def test_the_waiting_list_of_an_activity_is_the_programmes_else_that_of_who_wanted_it():
    said = dossier([{"activity": "A", "waiting": 7}, {"activity": "B", "waiting": 0}])
    assert by_level(activities.activity_waiting(said)) == {"A": 7, "B": 0}
    wanted = dossier(None, [person("waiting_list", "A", "B"), person("waiting_list", "B")])
    assert by_level(activities.activity_waiting(wanted)) == {"B": 2, "A": 1}


def test_without_choices_in_the_list_the_registered_of_the_programme_are_the_choices():
    table = activities.activity_chosen(dossier([{"activity": "A", "registered": 11}]))
    assert by_level(table) == {"A": 11}
    assert table["evidence"].tolist() == ["count"]
