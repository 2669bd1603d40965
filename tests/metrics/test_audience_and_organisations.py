"""Who came and from which organisations, on six people, worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from necbilan.metrics import audience, organisations
from necbilan.model import Dossier, Event, Facts
from necbilan.tables import REGISTRATIONS


def dossier(people=None, **declared: float) -> Dossier:
    event = Event(
        slug="e", name="E", dates=(date(2025, 10, 10),), place="Ici", declared=dict(declared)
    )
    frame = None if people is None else REGISTRATIONS.frame(people)
    return Dossier(event=event, facts=Facts(event=event), registrations=frame)


def person(name: str, **changes) -> dict:
    return {"person": name, "role": "public", "status": "registered", "present": True, **changes}


CITY = {"organisation": "Ville de Metz", "organisation_type": "local_authority"}
SIX = [
    person("a", audience="professional", profile="elected_official", first_time=True, **CITY),
    person("b", audience="professional", profile="digital_mediator", first_time=False, **CITY),
    person("c", audience="professional", profile="digital_mediator", organisation="BornyBuzz"),
    person("d", audience="general_public", profile="retired", first_time=False),
    person("e", present=False, audience="professional", organisation="Absente"),
    person("f", role="team", audience="professional", organisation="HubEst"),
]


def levels(table: pd.DataFrame) -> dict[str, float]:
    return dict(zip(table["level"], table["value"], strict=True))


def test_only_the_public_that_came_is_counted():
    assert levels(audience.audience(dossier(SIX))) == {"professional": 3, "general_public": 1}
    table = audience.audience(dossier(SIX))
    assert table["n"].tolist() == [4, 4]
    assert (table["low"] == table["high"]).all()


def test_profiles_come_largest_first_and_the_blank_last():
    people = [*SIX, person("g"), person("h"), person("i")]
    assert list(levels(audience.profile(dossier(people))).items()) == [
        ("digital_mediator", 2),
        ("elected_official", 1),
        ("retired", 1),
        ("not_given", 3),
    ]


def test_a_first_time_left_blank_is_not_given_and_never_no():
    assert levels(audience.first_time(dossier(SIX))) == {"yes": 1, "no": 2, "not_given": 1}


def test_a_level_that_nobody_has_keeps_its_row():
    only_pros = audience.audience(dossier(SIX[:3]))
    assert levels(only_pros) == {"professional": 3, "general_public": 0}


def test_organisations_are_distinct_and_people_without_one_are_apart():
    counted = organisations.organisations(dossier(SIX)).iloc[0]
    assert (counted["value"], counted["n"], counted["base"]) == (2, 3, 4)
    assert levels(organisations.organisation(dossier(SIX))) == {"Ville de Metz": 2, "BornyBuzz": 1}
    assert levels(organisations.without_organisation(dossier(SIX))) == {"": 1}
    assert levels(organisations.people_per_organisation(dossier(SIX))) == {"": 2.0}


def test_types_count_organisations_and_not_people():
    people = [*SIX, person("g", organisation="Orange", organisation_type="company")]
    table = organisations.organisation_type(dossier(people))
    assert list(levels(table).items()) == [
        ("company", 1),
        ("local_authority", 1),
        ("unclassified", 1),
    ]
    assert set(table["n"]) == {3}


def test_without_measured_presence_the_registered_are_described():
    unmeasured = [{**row, "present": pd.NA} for row in SIX]
    assert levels(audience.audience(dossier(unmeasured))) == {
        "professional": 4,
        "general_public": 1,
    }
    assert organisations.organisations(dossier(unmeasured)).iloc[0]["value"] == 3


EVERY = [
    audience.audience,
    audience.profile,
    audience.first_time,
    organisations.organisations,
    organisations.people_per_organisation,
    organisations.organisation,
    organisations.organisation_type,
    organisations.without_organisation,
]


@pytest.mark.parametrize("metric", EVERY)
@pytest.mark.parametrize("people", [None, [], [person("a"), person("b")]])
def test_what_was_not_asked_is_a_gap_and_never_zero(metric, people):
    table = metric(dossier(people))
    assert table["status"].tolist() == ["not_collected"]
    assert table["value"].isna().all()


def test_declared_figures_stand_in_and_say_so():
    stated = dossier(present=181, organisations=71, professionals=118)
    for table, value in (
        (organisations.organisations(stated), 71),
        (organisations.people_per_organisation(stated), 181 / 71),
        (audience.audience(stated), 118),
    ):
        assert table["value"].tolist() == [value]
        assert table["evidence"].tolist() == ["declared"]
    assert audience.audience(stated)["n"].tolist() == [181]


@pytest.mark.parametrize("metric", EVERY)
def test_the_registrations_are_left_as_they_were(metric):
    given = dossier(SIX)
    before = given.registrations.copy()
    metric(given)
    pd.testing.assert_frame_equal(given.registrations, before)
