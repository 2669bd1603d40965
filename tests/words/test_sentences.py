"""A sentence never claims more than its interval; a report never says «0» for «unknown»."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan.intervals import share_interval
from necbilan.model import Event, Facts
from necbilan.tables import MEASURES
from necbilan.words.limits import limits
from necbilan.words.sentences import fraction
from necbilan.words.spelling import spell

EVENT = Event(slug="e", name="E", dates=(date(2025, 10, 10),), place="Ici")


def spelled(rows, language="fr", **facts):
    defaults = {"event": "e", "group": "", "level": "", "status": "ok", "evidence": "microdata"}
    frame = MEASURES.frame([defaults | row for row in rows])
    return spell(frame, Facts(event=EVENT, **facts), language)


def share(satisfied: int, n: int, population: int | None):
    interval = share_interval(satisfied, n, population)
    return {
        "metric": "satisfied_share",
        "group": "q1",
        "value": satisfied / n,
        "low": interval.low,
        "high": interval.high,
        "unit": "share",
        "n": n,
        "base": population,
        "method": interval.method,
    }


@st.composite
def surveys(draw):
    n = draw(st.integers(1, 120))
    satisfied = draw(st.integers(0, n))
    population = draw(st.none() | st.integers(n, 400))
    return satisfied, n, population


@given(surveys(), st.sampled_from(["fr", "en"]))
def test_a_share_is_never_said_stronger_than_its_interval(survey, language):
    satisfied, n, population = survey
    row = share(satisfied, n, population)
    shown = spelled([row], language)
    sentence = shown.sentences.get("overall_impression")
    finding = shown.sentences.get("finding_impression")
    if n < 5:
        assert sentence is None
        assert finding is None
        return
    said = {shown.say(f"impression.majority{how}") for how in ("", "_if")}
    assert any(majority in sentence.text for majority in said) == (row["low"] > 0.5)
    assert (finding.title == shown.say("impression.finding.clearly")) == (row["low"] > 2 / 3)
    if row["low"] <= 0.5:
        assert finding.title in {
            shown.say("impression.finding.unsettled"),
            shown.say("impression.finding.rarely"),
        }
    if n < 20:
        before_interval = sentence.text.split(".")[0]
        assert "%" not in sentence.title + before_interval


@given(st.integers(20, 400), st.data())
def test_a_fraction_in_words_is_within_three_points_of_the_share(n, data):
    count = data.draw(st.integers(1, n - 1))
    words = fraction(spelled([]), count / n, n, "unit.answers").text
    names = {
        "une réponse sur dix": 0.1,
        "une réponse sur cinq": 0.2,
        "une réponse sur quatre": 0.25,
        "une réponse sur trois": 1 / 3,
        "une réponse sur deux": 0.5,
        "deux réponses sur trois": 2 / 3,
        "trois réponses sur quatre": 0.75,
        "quatre réponses sur cinq": 0.8,
        "cinq réponses sur six": 5 / 6,
        "six réponses sur sept": 6 / 7,
        "sept réponses sur huit": 7 / 8,
        "neuf réponses sur dix": 0.9,
    }
    assert "de une" not in words
    said = re.sub("^(près|plus) d(e |’)", "", words)
    if said in names:
        gap = names[said] - count / n
        assert abs(gap) <= 0.03 + 1e-9
        if words.startswith("près d"):
            assert gap > 0
        if words.startswith("plus d"):
            assert gap < 0
    else:
        assert "%" in words


def activity(name, value, low, high, n=58):
    return {
        "metric": "differential",
        "level": name,
        "value": value,
        "low": low,
        "high": high,
        "unit": "share",
        "n": n,
        "method": "bonett_price",
    }


def pair(one, two, p):
    return {
        "metric": "differential_pair",
        "group": one,
        "level": two,
        "value": p,
        "unit": "p_value",
        "method": "student_holm",
    }


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 0.5)), min_size=1, max_size=6))
def test_only_an_activity_whose_interval_excludes_zero_is_called_liked(drawn):
    rows = [
        activity(f"activité {i}", value, value - width, value + width)
        for i, (value, width) in enumerate(drawn)
    ]
    title = spelled(rows).sentences["differential"].title.lower()
    liked = [row["level"] for row in rows if row["low"] > 0]
    disliked = [row["level"] for row in rows if row["high"] < 0]
    for row in rows:
        if row["level"] in title:
            assert row["level"] in (liked or disliked)
    if not liked and not disliked:
        assert "ne se détache" in title


def test_no_order_is_announced_between_activities_that_cannot_be_told_apart():
    rows = [
        activity("Stands", 0.34, 0.20, 0.47),
        activity("Ateliers", 0.31, 0.17, 0.43),
        activity("Regard croisé", 0.12, -0.01, 0.25),
        activity("Plénière", -0.24, -0.37, -0.09),
    ]
    pairs = [
        pair("Stands", "Ateliers", 0.9),
        pair("Stands", "Regard croisé", 0.12),
        pair("Ateliers", "Regard croisé", 0.2),
        pair("Stands", "Plénière", 0.001),
        pair("Ateliers", "Plénière", 0.001),
        pair("Regard croisé", "Plénière", 0.01),
    ]
    sentence = spelled(rows + pairs).sentences["differential"]
    assert sentence.title.startswith("«\u00a0Stands\u00a0» et «\u00a0Ateliers\u00a0»")
    assert "ni de départager ces activités" in sentence.text
    assert "Regard croisé" in sentence.text
    assert "Plénière" not in sentence.text.split("On ne sait pas")[0]


def test_with_fewer_than_five_answers_nothing_is_said_of_the_activities():
    assert "differential" not in spelled([activity("A", 1, 0.5, 1, n=3)]).sentences


def test_what_was_not_collected_has_no_words_and_is_not_zero():
    gap = {"metric": "present", "unit": "people", "status": "not_collected"}
    shown = spelled([gap])
    assert shown.table["text"].tolist() == [""]
    assert "attendance" not in shown.sentences
    assert any("présence n’a pas été relevée" in sentence for sentence in limits(shown))


def test_spelling_leaves_the_measures_as_they_were():
    frame = MEASURES.frame(
        [
            {
                "event": "e",
                "metric": "present",
                "group": "",
                "level": "",
                "value": 12,
                "unit": "people",
                "n": 12,
                "status": "ok",
            }
        ]
    )
    before = frame.copy(deep=True)
    spell(frame, Facts(event=EVENT), "fr")
    pd.testing.assert_frame_equal(frame, before)


def test_a_small_response_rate_counts_answers_over_those_present():
    rate = {
        "metric": "response_rate",
        "value": 11 / 14,
        "unit": "share",
        "n": 11,
        "base": 14,
        "method": "count",
    }
    assert spelled([rate]).one("response_rate").text == "11 sur 14"


def gender(panel: str, **counts: int):
    total = sum(counts.values())
    return [
        {"metric": "speaker_gender", "group": panel, "level": level, "value": count}
        | {"unit": "people", "n": total, "base": total, "method": "count"}
        for level, count in counts.items()
    ]


def test_a_panel_of_men_only_is_named_and_never_one_where_somebody_did_not_say():
    rows = [
        *gender("", woman=1, man=6, not_given=1),
        *gender("Table ronde", woman=0, man=3),
        *gender("Plénière", woman=1, man=1),
        *gender("Atelier", woman=0, man=2, not_given=1),
    ]
    said = spelled(rows).sentences["men_only"].title
    assert "« Table ronde »" in said.replace("\u00a0", " ")
    assert "Plénière" not in said
    assert "Atelier" not in said


def test_the_median_point_is_an_option():
    event = replace(EVENT, median_point=True)
    row = {"metric": "speakers", "group": "", "level": "", "value": 3, "unit": "people", "n": 3}
    frame = MEASURES.frame([row | {"event": "e", "status": "ok"}])
    assert spell(frame, Facts(event=event)).one("speakers").label == "Intervenant·es"
    assert spell(frame, Facts(event=EVENT)).one("speakers").label == "Intervenantes et intervenants"


def vote(level: str, low: float) -> dict[str, object]:
    return {
        "metric": "differential",
        "level": level,
        "value": low + 20,
        "low": low,
        "high": low + 40,
        "unit": "points",
        "n": 40,
        "base": 60,
        "method": "bonett_price",
    }


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (["Barcamp", "Stands"], "« Barcamp » et « Stands » : plus de voix pour que contre"),
        (
            [f"Atelier {letter} : {'ouvrir les données du territoire ' * 3}" for letter in "AB"],
            "« Atelier A : ouvrir les données du territoire ouvrir… » et "
            "« Atelier B : ouvrir les données du territoire ouvrir… » : "
            "plus de voix pour que contre",
        ),
        (
            [f"{'Rencontre des médiatrices et médiateurs ' * 3}({letter})" for letter in "AB"],
            "2 activités reçoivent plus de voix pour que contre",
        ),
    ],
)
def test_long_names_of_activities_never_make_a_title_of_seven_lines(titles, said):
    rows = [vote(title, 10 - at) for at, title in enumerate(titles)]
    title = spelled(rows).sentences["differential"].title
    assert title.replace("\u00a0", " ").replace("\u202f", " ") == said
    assert len(title) < 150


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (("association", "local_authority"), "Associations et collectivités : 43 des 71"),
        (("association", "state"), "Associations, puis État et opérateurs : 43 des 71"),
        (("education_research", "health_social"), "Enseignement et recherche, puis santé et"),
    ],
)
def test_a_kind_of_organisation_keeps_its_capitals_inside_a_title(levels, said):
    counts = dict(zip((*levels, "company", "third_place"), (28, 15, 14, 14), strict=True))
    rows = [
        {
            "metric": "organisation_type",
            "level": level,
            "value": count,
            "unit": "organisations",
            "n": 71,
            "base": 71,
        }
        for level, count in counts.items()
    ]
    title = spelled(rows).sentences["organisation_type"].title
    assert title.replace("\u00a0", " ").startswith(said)
