"""Respondents beside those who came, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from necbilan.metrics.representativeness import representativeness
from necbilan.model import Dossier, Event, Facts
from necbilan.tables import REGISTRATIONS, RESPONSES

EVENT = Event(slug="e", name="E", dates=(date(2025, 1, 1),), place="Ici")


def dossier(came: dict[str, int], answered: dict[str, int]) -> Dossier:
    people = [
        {
            "person": f"{level}{i}",
            "role": "public",
            "status": "registered",
            "present": True,
            "audience": level,
        }
        for level, count in came.items()
        for i in range(count)
    ]
    given = [level for level, count in answered.items() for _ in range(count)]
    rows = [
        {"respondent": f"r{i}", "question": "q", "role": "profile", "answer": level}
        for i, level in enumerate(given)
    ]
    rows += [
        {"respondent": f"r{i}", "question": "", "role": "submission"} for i in range(len(given))
    ]
    return Dossier(
        event=EVENT,
        facts=Facts(event=EVENT),
        registrations=REGISTRATIONS.frame(people),
        responses=RESPONSES.frame(rows),
    )


def row(table, level):
    return table[table["level"] == level].iloc[0]


def test_the_difference_of_shares_is_that_of_the_counts():
    table = representativeness(
        dossier(
            {"professional": 60, "general_public": 40}, {"professional": 15, "general_public": 5}
        )
    )
    found = row(table, "professional")
    assert found["value"] == pytest.approx(15 / 20 - 0.6)
    assert found["n"] == 20
    assert found["base"] == 100
    assert found["low"] < 0 < found["high"]


def test_a_public_that_answered_far_more_is_seen_to_differ():
    table = representativeness(
        dossier(
            {"professional": 50, "general_public": 50}, {"professional": 38, "general_public": 2}
        )
    )
    assert row(table, "professional")["low"] > 0
    assert row(table, "general_public")["high"] < 0


def test_levels_that_were_not_sorted_alike_are_not_compared():
    table = representativeness(
        dossier({"professional": 50, "general_public": 50}, {"student": 10, "retired": 9})
    )
    assert table["status"].tolist() == ["not_collected"]


def test_a_group_of_fewer_than_five_people_is_not_compared():
    table = representativeness(
        dossier({"professional": 50, "general_public": 3}, {"professional": 20})
    )
    assert table["status"].tolist() == ["not_collected"]
