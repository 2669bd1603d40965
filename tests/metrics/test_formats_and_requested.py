"""Formats and themes from ratings and votes; means and scores only when asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from necbilan.intervals import bonett_price, net_promoter, student_mean, wilson
from necbilan.metrics import formats, requested
from necbilan.model import Dossier, Event, Facts, Question
from necbilan.tables import ACTIVITIES, RESPONSES

EVENT = Event(slug="e", name="E", dates=(date(2025, 1, 2),), place="Ici", declared={"present": 90})
SCALE = ("Mauvais", "Moyen", "Bon", "Excellent")
GRID = Question(
    id="g", wording="Notez", role="activity_rating", kind="scale", scale=SCALE, positive=2
)
PROGRAMME = ACTIVITIES.frame(
    [
        {"activity": "Pix", "kind": "Atelier", "theme": "Droits"},
        {"activity": "RGPD", "kind": "Atelier", "theme": "Droits"},
        {"activity": "Ouverture", "kind": "Plénière", "theme": "Inclusion"},
        {"activity": "Café", "kind": None, "theme": None},
    ]
)


def rated(marks: dict[str, dict[str, int]]) -> Dossier:
    """Respondent → activity → level of SCALE."""
    rows = [
        {"respondent": who, "question": "g", "role": GRID.role, "item": item, "level": level}
        | {"answer": SCALE[level - 1]}
        for who, given in marks.items()
        for item, level in given.items()
    ]
    return Dossier(
        EVENT, Facts(event=EVENT, questions=(GRID,)), responses=RESPONSES.frame(rows),
        activities=PROGRAMME,
    )  # fmt: skip


def test_a_person_who_rated_two_workshops_has_one_voice_on_workshops():
    dossier = rated(
        {
            "a": {"Pix": 4, "RGPD": 1, "Ouverture": 4},  # half for workshops
            "b": {"Pix": 4, "RGPD": 3},
            "c": {"RGPD": 2, "Ouverture": 1},
        }
    )
    table = formats.format_rating(dossier).set_index("level")
    assert list(table.index) == ["Atelier", "Plénière"]
    assert table.loc["Atelier", "value"] == pytest.approx((0.5 + 1 + 0) / 3)
    assert table.loc["Atelier", "n"] == 3
    assert table.loc["Plénière", "value"] == 0.5
    expected = wilson(1.5, 3)
    assert table.loc["Atelier", "low"] == pytest.approx(expected.low)
    assert table.loc["Atelier", "high"] == pytest.approx(expected.high)
    assert set(formats.theme_rating(dossier)["level"]) == {"Droits", "Inclusion"}


def test_a_programme_of_one_format_compares_nothing():
    dossier = rated({"a": {"Pix": 4}})
    alone = replace(dossier, activities=PROGRAMME[PROGRAMME["kind"] == "Atelier"])
    for of in (formats.format_rating, formats.theme_differential):
        assert list(of(alone)["status"]) == ["not_collected"]
    assert list(formats.format_rating(replace(dossier, activities=None))["status"]) == [
        "not_collected"
    ]


def test_a_format_counts_each_respondent_once_for_against_or_neither():
    ballots = {
        "a": (["Pix", "RGPD"], []),  # for
        "b": (["Pix"], ["RGPD"]),  # both: neither
        "c": ([], ["Pix"]),  # against
        "d": (["Ouverture"], []),
        "e": (["Pix"], []),  # for
    }
    rows = [
        {"respondent": who, "question": role, "role": role, "answer": title}
        for who, sides in ballots.items()
        for role, named in zip(("liked_most", "liked_least"), sides, strict=True)
        for title in named or [None]
    ]
    dossier = Dossier(
        EVENT, Facts(event=EVENT), responses=RESPONSES.frame(rows), activities=PROGRAMME
    )
    row = formats.format_differential(dossier).set_index("level").loc["Atelier"]
    assert row["value"] == pytest.approx((2 - 1) / 5)
    expected = bonett_price(2, 1, 5)
    assert (row["low"], row["high"]) == pytest.approx((expected.low, expected.high))


def asked(question: Question, levels: list[int], *options: str) -> Dossier:
    event = replace(EVENT, options=frozenset(options))
    rows = [
        {"respondent": f"r{at}", "question": question.id, "role": question.role, "level": level}
        | {"answer": question.scale[level - 1]}
        for at, level in enumerate(levels)
    ]
    return Dossier(
        event, Facts(event=event, questions=(question,)), responses=RESPONSES.frame(rows)
    )


OVERALL = Question(
    id="q", wording="?", role="overall_satisfaction", kind="scale", scale=SCALE, positive=2
)
NPS = Question(
    id="n", wording="?", role="nps", kind="scale", positive=3,
    scale=tuple(str(mark) for mark in range(11)),
)  # fmt: skip


def test_means_and_scores_are_never_given_by_default():
    dossier = asked(NPS, [10] * 30)
    for compute in (requested.scale_mean, requested.recommendation_score):
        assert list(compute(dossier)["status"]) == ["not_collected"]


def test_a_mean_has_its_interval_and_stays_on_the_scale():
    levels = [4] * 9 + [3] * 3
    row = requested.scale_mean(asked(OVERALL, levels, "means")).iloc[0]
    expected = student_mean(levels)
    assert row["value"] == pytest.approx(3.75)
    assert row["low"] == pytest.approx(expected.low)
    assert row["high"] == pytest.approx(min(4, expected.high))
    assert row["unit"] == "points"


def test_a_score_is_nines_and_tens_less_zeros_to_sixes():
    marks = [10] * 8 + [9] * 4 + [8] * 3 + [7] * 2 + [6, 3, 0]
    row = requested.recommendation_score(
        asked(NPS, [mark + 1 for mark in marks], "recommendation_score")
    ).iloc[0]
    expected = net_promoter(12, 3, 20, 90)
    assert row["value"] == pytest.approx(9 / 20)
    assert (row["low"], row["high"]) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize("answers", [0, 1, 9])
def test_under_ten_answers_neither_is_given(answers):
    for question, compute in (
        (OVERALL, requested.scale_mean),
        (NPS, requested.recommendation_score),
    ):
        table = compute(asked(question, [3] * answers, "means", "recommendation_score"))
        assert set(table["status"]) == {"not_collected"}
        assert table["value"].isna().all()


def test_a_recommendation_on_another_scale_has_no_score():
    question = replace(NPS, scale=tuple("12345"))
    table = requested.recommendation_score(asked(question, [5] * 30, "recommendation_score"))
    assert list(table["status"]) == ["not_collected"]


def test_nothing_is_changed_in_place():
    dossier = rated({"a": {"Pix": 4, "Ouverture": 1}})
    before = dossier.responses.copy(deep=True)
    formats.format_rating(dossier)
    pd.testing.assert_frame_equal(dossier.responses, before)


def test_formats_of_one_activity_each_tell_nothing_more_than_the_activities() -> None:
    alone = rated({"a": {"Pix": 4, "Ouverture": 4}, "b": {"Pix": 1, "Ouverture": 2}})
    assert formats.format_rating(alone)["status"].tolist() == ["not_collected"]
