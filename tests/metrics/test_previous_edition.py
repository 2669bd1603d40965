"""Against the edition before: differences by hand, and what is not comparable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from necbilan.metrics.previous_edition import change
from necbilan.model import Dossier, Event, Facts, Previous, Question
from necbilan.tables import MEASURES, RESPONSES

SCALE = ("Non", "Plutôt non", "Plutôt oui", "Oui")
QUESTION = Question("q1", "Satisfait ?", "overall_satisfaction", "scale", SCALE, 2)


def previous(**changes) -> Previous:
    before = MEASURES.frame(
        [
            {
                "event": "a",
                "metric": "present",
                "group": "",
                "level": "",
                "value": 70,
                "unit": "people",
                "n": 70,
                "status": "ok",
            },
            {
                "event": "a",
                "metric": "satisfied_share",
                "group": "q9",
                "level": "",
                "value": 48 / 80,
                "low": 0.4907,
                "high": 0.7003,
                "unit": "share",
                "n": 80,
                "status": "ok",
            },
        ]
    )
    return Previous("Édition 1", before, **({"questions": (QUESTION,)} | changes))


def dossier(before: Previous | None) -> Dossier:
    event = Event(
        slug="b", name="B", dates=(date(2025, 1, 1),), place="Ici", declared={"present": 100.0}
    )
    answers = [SCALE[3]] * 56 + [SCALE[0]] * 14
    rows = [
        {
            "respondent": f"r{i}",
            "question": "q1",
            "role": "overall_satisfaction",
            "answer": answer,
            "level": SCALE.index(answer) + 1,
        }
        for i, answer in enumerate(answers)
    ]
    rows += [{"respondent": f"r{i}", "question": "", "role": "submission"} for i in range(70)]
    facts = Facts(event=event, questions=(QUESTION,), previous=before)
    return Dossier(event=event, facts=facts, responses=RESPONSES.frame(rows))


def row(table, level):
    return table[table["level"] == level].iloc[0]


def test_counts_are_subtracted():
    table = change(dossier(previous()))
    assert row(table, "present")["value"] == 30
    assert row(table, "present")["status"] == "ok"


def test_a_difference_of_shares_has_an_interval_that_holds_it():
    found = row(change(dossier(previous())), "satisfied_share")
    assert found["value"] == pytest.approx(0.2)
    assert found["low"] < 0.2 < found["high"]
    assert found["low"] > 0


def test_newcombe_s_own_example_comes_out():
    """56/70 against 48/80 by Wilson limits: .0524 to .3339 (Newcombe 1998, table II, a, 10)."""
    from necbilan.metrics.previous_edition import _square_and_add

    now = {"value": 56 / 70, "low": 0.6918, "high": 0.8770}
    then = {"value": 48 / 80, "low": 0.4905, "high": 0.7003}
    low, high = _square_and_add(now, then)
    assert (round(low, 3), round(high, 3)) == (0.052, 0.334)


@pytest.mark.parametrize(
    "changed",
    [
        {"questions": (replace(QUESTION, wording="Content ?"),)},
        {"questions": (replace(QUESTION, scale=(*SCALE[:2], "Neutre", *SCALE[2:])),)},
        {"questions": ()},
        {"survey_mode": "sur place"},
    ],
)
def test_another_question_scale_or_mode_is_not_comparable(changed):
    found = row(change(dossier(previous(**changed))), "satisfied_share")
    assert found["status"] == "not_comparable"


def test_without_a_previous_edition_there_is_nothing():
    assert change(dossier(None)).empty


def test_what_one_edition_did_not_measure_is_a_gap():
    assert row(change(dossier(previous())), "organisations")["status"] == "not_collected"
