"""Origin on a handful of people, every count worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from necbilan.metrics import origin
from necbilan.model import Dossier, Event, Facts
from necbilan.tables import MEASURES, REGISTRATIONS

METZ = {"place_status": "commune", "insee": "57463", "epci": "200039865", "department": "57"}
NANCY = {"place_status": "commune", "insee": "54395", "epci": "245400676", "department": "54"}
MOSELLE = {"place_status": "ambiguous", "department": "57"}
FRANCE = {"region": "44", "country": "FR"}


def person(name: str, **changes: object) -> dict[str, object]:
    return {
        "person": name,
        "role": "public",
        "status": "registered",
        "present": True,
        "place_status": "not_given",
        **changes,
    }


EIGHT = [
    person("a", **METZ, **FRANCE, distance_km=0.0),
    person("b", **METZ, **FRANCE, distance_km=0.0),
    person("c", **NANCY, **FRANCE, distance_km=47.5),
    person("d", **MOSELLE, **FRANCE),
    person("e", place_status="pays", country="LU", distance_km=54.9),
    person("f", place_status="ambiguous"),
    person("g"),
    person("absent", **METZ, **FRANCE, present=False),
    person("team", **NANCY, **FRANCE, role="team"),
]
"""seven of the public came: Metz twice, Nancy, Moselle, Luxembourg, unclear, silent"""


def dossier(people: list[dict[str, object]] | None, insee: str = "57463") -> Dossier:
    event = Event(slug="e", name="E", dates=(date(2025, 10, 10),), place="Ici", insee=insee)
    frame = None if people is None else REGISTRATIONS.frame(people)
    return Dossier(event=event, facts=Facts(event=event), registrations=frame)


def levels(table: pd.DataFrame) -> list[tuple[str, float]]:
    return list(zip(table["level"], table["value"], strict=True))


def test_communes_come_largest_first_and_the_unplaced_last() -> None:
    assert levels(origin.origin_commune(dossier(EIGHT))) == [
        ("57463", 2),
        ("54395", 1),
        ("department_only:57", 1),
        ("abroad", 1),
        ("ambiguous", 1),
        ("not_given", 1),
    ]


def test_a_sure_department_counts_even_without_its_commune() -> None:
    table = origin.origin_department(dossier(EIGHT))
    assert levels(table)[:2] == [("57", 3), ("54", 1)]
    # 5 of the 7 are placed; those who are not are counted over the 7
    assert table["n"].tolist() == [5, 5, 5, 7, 7]
    assert table["base"].unique().tolist() == [7]
    assert (table["method"] == "count").all()
    assert (table["low"] == table["high"]).all()


def test_an_epci_needs_the_commune() -> None:
    assert levels(origin.origin_epci(dossier(EIGHT))) == [
        ("200039865", 2),
        ("245400676", 1),
        ("abroad", 1),
        ("ambiguous", 2),
        ("not_given", 1),
    ]


def test_countries_and_regions() -> None:
    assert levels(origin.origin_country(dossier(EIGHT)))[:2] == [("FR", 4), ("LU", 1)]
    assert levels(origin.origin_region(dossier(EIGHT)))[:2] == [("44", 4), ("abroad", 1)]


def test_distance_bands_are_all_there_and_ten_kilometres_is_the_second() -> None:
    people = [*EIGHT, person("h", **NANCY, distance_km=10.0), person("i", distance_km=900.0)]
    assert levels(origin.distance_band(dossier(people))) == [
        ("0-10", 2),
        ("10-25", 1),
        ("25-50", 1),
        ("50-100", 1),
        ("100-250", 0),
        ("250+", 1),
        ("not_given", 3),
    ]


def test_shares_located_and_local() -> None:
    located = origin.located_share(dossier(EIGHT)).iloc[0]
    assert (located["value"], located["n"], located["base"]) == (pytest.approx(5 / 7), 7, 7)
    local = origin.local_share(dossier(EIGHT)).iloc[0]
    assert (local["value"], local["n"], local["base"]) == (pytest.approx(2 / 3), 3, 7)


def test_the_event_of_unknown_commune_has_no_local_share() -> None:
    assert origin.local_share(dossier(EIGHT, insee=""))["status"].tolist() == ["not_collected"]


def test_presence_not_measured_counts_the_registered() -> None:
    people = [{**row, "present": None} for row in EIGHT]
    table = origin.origin_department(dossier(people))
    assert levels(table)[0] == ("57", 4)
    assert table["base"].iloc[0] == 8


METRICS = [getattr(origin, name) for name in origin.__all__]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("people", [None, [person("a")], [{**EIGHT[0], "present": False}]])
def test_what_nobody_asked_is_a_gap_and_never_a_zero(metric, people) -> None:
    table = metric(dossier(people))
    assert table["status"].tolist() == ["not_collected"]
    assert table["value"].isna().all()


@pytest.mark.parametrize("metric", METRICS)
def test_columns_are_those_of_measures_and_nothing_is_changed(metric) -> None:
    given = dossier(EIGHT)
    before = given.registrations.copy()
    table = metric(given)
    assert list(table.columns) == [
        name for name in MEASURES.names() if name not in ("event", "metric")
    ]
    pd.testing.assert_frame_equal(given.registrations, before)
