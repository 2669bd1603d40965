"""What the public thought, on a few answers worked by hand and on Metz."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from necbilan.metrics import respondents, satisfaction
from necbilan.metrics.population import present_public
from necbilan.model import Dossier, Event, Facts, Question
from necbilan.tables import REGISTRATIONS, RESPONSES

SCALE = ("Très négative", "Plutôt négative", "Mitigée", "Plutôt positive", "Très positive")
IMPRESSION = Question(
    id="q1",
    wording="Votre impression ?",
    role="overall_satisfaction",
    kind="scale",
    scale=SCALE,
    positive=2,
    no_opinion=("Sans avis",),
)


def survey(
    levels: list[int | str | None],
    *,
    question: Question = IMPRESSION,
    item: str | None = None,
    present: int | None = None,
    exposure: dict[str, int] | None = None,
    exposure_from: str = "attended",
) -> Dossier:
    """A dossier whose respondents answered one question: a rank, a label off the scale, None."""
    rows = []
    for number, level in enumerate(levels):
        who = f"r{number:04d}"
        rank = level if isinstance(level, int) else None
        label = question.scale[rank - 1] if rank else level
        rows += [
            {"respondent": who, "question": "", "role": "submission"},
            {
                "respondent": who, "question": question.id, "role": question.role,
                "item": item, "answer": label, "level": rank,
            },
        ]  # fmt: skip
    declared = {} if present is None else {"present": float(present)}
    event = Event(slug="e", name="E", dates=(date(2025, 1, 2),), place="Ici", declared=declared)
    known = exposure or {}
    facts = Facts(
        event=event,
        questions=(question,),
        exposure=known,
        exposure_from=dict.fromkeys(known, exposure_from),
    )
    return Dossier(event=event, facts=facts, responses=RESPONSES.frame(rows))


METZ = survey([5] * 17 + [4] * 33 + [3] * 6 + [2] * 2, present=181)


def only(table: pd.DataFrame) -> pd.Series:
    assert len(table) == 1
    return table.iloc[0]


def test_metz_has_the_figures_worked_out_apart():
    assert only(satisfaction.responses(METZ))["value"] == 58
    assert only(satisfaction.response_rate(METZ))["value"] == pytest.approx(0.3204, abs=5e-5)
    shown = satisfaction.overall_impression(METZ)
    assert list(shown["level"]) == list(reversed(SCALE))
    assert list(shown["value"]) == [17, 33, 6, 2, 0]
    share = only(satisfaction.satisfied_share(METZ))
    assert share["value"] == pytest.approx(0.8621, abs=5e-5)
    assert (round(share["low"], 4), round(share["high"], 4)) == (0.7680, 0.9227)
    assert (share["n"], share["base"], share["method"]) == (58, 181, "hypergeometric")


def test_an_unknown_population_gets_wilsons_interval():
    share = only(satisfaction.satisfied_share(survey([4] * 50 + [3] * 8)))
    assert (round(share["low"], 4), round(share["high"], 4)) == (0.7507, 0.9284)
    assert share["method"] == "wilson"
    assert pd.isna(share["base"])


def test_bounds_count_the_silent_as_dissatisfied_then_as_satisfied():
    """3 satisfied, 1 not, 1 without opinion, 5 silent: 3/9 and 8/9."""
    bounds = satisfaction.satisfied_bound(survey([5, 4, 4, 1, "Sans avis"], present=10))
    assert list(bounds["level"]) == ["low", "high"]
    assert list(bounds["value"]) == [pytest.approx(3 / 9), pytest.approx(8 / 9)]


def test_no_opinion_is_out_of_the_denominator_but_shown():
    dossier = survey([5, 4, 1, "Sans avis", None], present=20)
    assert only(satisfaction.satisfied_share(dossier))["value"] == pytest.approx(2 / 3)
    without = only(satisfaction.no_opinion(dossier))
    assert (without["value"], without["n"], without["group"]) == (1, 4, "q1")


def test_a_full_count_has_no_interval():
    share = only(satisfaction.satisfied_share(survey([5, 4, 1], present=3)))
    assert share["method"] == "count"
    assert share["low"] == share["high"] == share["value"]


def test_more_answers_than_people_counted_is_no_rate():
    dossier = survey([5, 4, 1], present=2)
    rate = only(satisfaction.response_rate(dossier))
    assert rate["status"] == "not_comparable"
    assert pd.isna(rate["value"])
    assert only(satisfaction.satisfied_share(dossier))["method"] == "wilson"
    assert only(satisfaction.satisfied_bound(dossier))["status"] == "not_collected"


@pytest.mark.parametrize("levels", [[], [None], ["Sans avis"]])
def test_no_answer_on_the_scale_is_a_gap_never_zero(levels):
    dossier = survey(levels, present=40)
    for metric in (
        satisfaction.overall_impression,
        satisfaction.satisfied_share,
        satisfaction.satisfied_bound,
    ):
        row = only(metric(dossier))
        assert row["status"] == "not_collected"
        assert pd.isna(row["value"])


def test_everyone_satisfied_still_has_a_lower_bound_below_one():
    share = only(satisfaction.satisfied_share(survey([5] * 12, present=60)))
    assert share["value"] == share["high"] == 1.0
    assert 0.7 < share["low"] < 1.0


def test_without_a_survey_every_row_is_not_collected():
    event = Event(slug="e", name="E", dates=(date(2025, 1, 2),), place="Ici")
    dossier = Dossier(event=event, facts=Facts(event=event))
    for name in satisfaction.__all__:
        assert only(getattr(satisfaction, name)(dossier))["status"] == "not_collected"


def test_declared_responses_keep_their_evidence():
    declared = {"responses": 12.0, "present": 40.0}
    event = Event(slug="e", name="E", dates=(date(2025, 1, 2),), place="Ici", declared=declared)
    dossier = Dossier(event=event, facts=Facts(event=event))
    rate = only(satisfaction.response_rate(dossier))
    assert (rate["value"], rate["evidence"]) == (pytest.approx(0.3), "declared")


def test_a_rating_by_activity_speaks_for_those_who_could_be_there():
    question = Question(
        id="q2", wording="Votre avis ?", role="activity_rating", kind="scale",
        scale=("Mauvais", "Moyen", "Bon", "Excellent"), positive=2, items=("Pix", "Fresque"),
    )  # fmt: skip
    dossier = survey([4, 3, 3, 1], question=question, item="Pix", present=90, exposure={"Pix": 12})
    shares = satisfaction.rating_satisfied(dossier).set_index("group")
    assert shares.loc["q2 › Pix", "value"] == pytest.approx(0.75)
    assert shares.loc["q2 › Pix", "method"] == "hypergeometric"
    assert shares.loc["q2 › Pix", "base"] == 12
    assert shares.loc["q2 › Fresque", "status"] == "not_collected"
    counts = satisfaction.rating(dossier)
    assert list(counts[counts["group"] == "q2 › Pix"]["value"]) == [1, 2, 0, 1]


@pytest.mark.parametrize("exposure_from", ["seats", "chosen"])
def test_seats_and_choices_do_not_say_how_many_were_there(exposure_from):
    question = Question(
        id="q2", wording="Votre avis ?", role="activity_rating", kind="scale",
        scale=("Mauvais", "Moyen", "Bon", "Excellent"), positive=2,
    )  # fmt: skip
    dossier = survey(
        [4, 3, 3, 1], question=question, item="Pix", exposure={"Pix": 12},
        exposure_from=exposure_from,
    )  # fmt: skip
    row = only(satisfaction.rating_satisfied(dossier))
    assert row["method"] == "wilson"
    assert pd.isna(row["base"])


def test_a_question_put_to_some_respondents_does_not_speak_for_the_whole_public():
    asked = survey([5] * 8 + [2] * 2, present=181)
    others = [
        {"respondent": f"z{number}", "question": "", "role": "submission"} for number in range(5)
    ]
    both = pd.concat([asked.responses, RESPONSES.frame(others)], ignore_index=True)
    dossier = Dossier(event=asked.event, facts=asked.facts, responses=both)
    row = only(satisfaction.satisfied_share(dossier))
    assert (row["method"], row["n"]) == ("wilson", 10)
    assert pd.isna(row["base"])
    assert only(satisfaction.satisfied_bound(dossier))["status"] == "not_collected"


def test_the_overall_impression_is_no_rating_and_a_recommendation_has_its_distribution():
    score = Question(
        id="q3", wording="Recommanderiez-vous ?", role="nps", kind="scale",
        scale=tuple(str(mark) for mark in range(11)), positive=3,
    )  # fmt: skip
    assert only(satisfaction.rating(METZ))["status"] == "not_collected"
    table = satisfaction.rating(survey([9, 10], question=score))
    assert list(table["level"]) == [str(mark) for mark in range(10, -1, -1)]
    assert table["value"].sum() == 2


def test_respondents_say_what_they_are_once_each():
    rows = [
        {"respondent": who, "question": "", "role": "submission"} for who in ("a", "b", "c", "d")
    ] + [
        {"respondent": "a", "question": "p", "role": "profile", "answer": "elu"},
        {"respondent": "b", "question": "p", "role": "profile", "answer": "elu"},
        {"respondent": "c", "question": "p", "role": "profile", "answer": "association"},
        {"respondent": "d", "question": "p", "role": "profile", "answer": None},
    ]
    dossier = Dossier(event=METZ.event, facts=METZ.facts, responses=RESPONSES.frame(rows))
    table = respondents.respondent_profile(dossier)
    assert list(zip(table["level"], table["value"], strict=True)) == [
        ("elu", 2), ("association", 1), ("not_given", 1),
    ]  # fmt: skip
    assert set(table["n"]) == {4}


def test_the_dossier_is_not_changed():
    before = METZ.responses.copy()
    for name in satisfaction.__all__:
        getattr(satisfaction, name)(METZ)
    pd.testing.assert_frame_equal(METZ.responses, before)


def people(*rows: tuple[str, bool | None]) -> pd.DataFrame:
    return REGISTRATIONS.frame(
        [
            {"person": str(number), "role": role, "present": present}
            for number, (role, present) in enumerate(rows)
        ]
    )


def test_the_population_is_the_public_that_was_seen():
    seen = people(("public", True), ("public", False), ("public", None), ("team", True))
    assert present_public(Dossier(METZ.event, METZ.facts, registrations=seen)) == 1


def test_presence_that_nobody_measured_leaves_the_declared_figure_or_nothing():
    unseen = people(("public", None), ("team", True))
    assert present_public(Dossier(METZ.event, METZ.facts, registrations=unseen)) == 181
    event = Event(slug="e", name="E", dates=(date(2025, 1, 2),), place="Ici")
    assert present_public(Dossier(event, Facts(event=event), registrations=unseen)) is None
