"""Who could vote on an activity: counted there, chose it, its seats, or said so."""

from __future__ import annotations

from necbilan.sources.survey.exposure import exposure_of, followed_by
from necbilan.tables import ACTIVITIES, REGISTRATIONS, RESPONSES


def people(*rows: tuple[str, bool | None, tuple[str, ...]]):
    return REGISTRATIONS.frame(
        [
            {"person": f"p{at}", "role": "public", "status": status, "present": present}
            | {"activities": chosen}
            for at, (status, present, chosen) in enumerate(rows)
        ]
    )


CHOSEN = people(
    ("registered", True, ("Pix", "RGPD")),
    ("registered", None, ("Pix",)),
    ("registered", False, ("Pix",)),
    ("cancelled", None, ("RGPD",)),
)


def test_the_people_counted_come_first_then_those_who_chose_it_then_its_seats():
    programme = ACTIVITIES.frame(
        [
            {"activity": "Pix", "capacity": 30, "attended": 12},
            {"activity": "RGPD", "capacity": 20},
            {"activity": "Ouverture", "capacity": 200},
            {"activity": "Café"},
        ]
    )
    counts, sources = exposure_of(programme, CHOSEN)
    assert counts == {"Pix": 12, "RGPD": 1, "Ouverture": 200}
    assert sources == {"Pix": "attended", "RGPD": "chosen", "Ouverture": "seats"}


def test_without_a_programme_choices_are_counted_and_those_who_did_not_come_are_not():
    assert exposure_of(None, CHOSEN)[0] == {"Pix": 2, "RGPD": 1}
    assert exposure_of(None, None) == ({}, {})


def test_who_followed_or_named_an_activity_was_there():
    rows = [
        {"respondent": "a", "role": "attended_activities", "answer": "Pix"},
        {"respondent": "b", "role": "attended_activities", "answer": "Pix"},
        {"respondent": "b", "role": "liked_most", "answer": "Pix"},
        {"respondent": "c", "role": "liked_least", "answer": "Pix"},
        {"respondent": "c", "role": "attended_activities", "answer": None},
    ]
    assert followed_by(RESPONSES.frame(rows)) == {"Pix": 3}
    assert followed_by(RESPONSES.frame(rows[2:])) == {}
    assert followed_by(None) == {}
