"""Odd surveys are measured without a crash, and what is said of them is true."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necbilan.metrics import liking, remarks, satisfaction, words_said
from necbilan.metrics.catalogue import METRICS
from necbilan.model import Dossier, Event, Facts, Question
from necbilan.tables import MEASURES, RESPONSES

METHODS = Path(__file__).parents[2] / "docs" / "methods.md"
SURVEY = [
    getattr(module, name)
    for module in (satisfaction, liking, words_said, remarks)
    for name in module.__all__
]
QUESTIONS = (
    Question(
        id="q1", wording="Impression ?", role="overall_satisfaction", kind="scale",
        scale=("Non", "Plutôt non", "Plutôt oui", "Oui"), positive=2, no_opinion=("Sans avis",),
    ),
    Question(id="most", wording="Le plus aimé ?", role="liked_most", kind="single"),
    Question(id="least", wording="Le moins aimé ?", role="liked_least", kind="single"),
    Question(id="mots", wording="Un mot ?", role="word_association"),
    Question(id="mieux", wording="Améliorer ?", role="improvement"),
)  # fmt: skip


def dossier(people: list[dict[str, object]], present: int | None) -> Dossier:
    """Each person: question id → label, rank, or nothing."""
    rows: list[dict[str, object]] = []
    for number, person in enumerate(people):
        who = f"r{number:04d}"
        rows.append({"respondent": who, "question": "", "role": "submission"})
        for question in QUESTIONS:
            given_answer = person.get(question.id)
            rank = given_answer if isinstance(given_answer, int) else None
            rows.append(
                {
                    "respondent": who,
                    "question": question.id,
                    "role": question.role,
                    "answer": question.scale[rank - 1] if rank else given_answer,
                    "level": rank,
                    "theme": "unsorted" if question.id == "mieux" and given_answer else None,
                }
            )
    declared = {} if present is None else {"present": float(present)}
    event = Event(slug="e", name="E", dates=(date(2025, 1, 2),), place="Ici", declared=declared)
    return Dossier(event, Facts(event=event, questions=QUESTIONS), responses=RESPONSES.frame(rows))


def all_rows(survey: Dossier) -> pd.DataFrame:
    return pd.concat([metric(survey).assign(metric=metric.__name__) for metric in SURVEY])


TEXTS = st.one_of(
    st.none(),
    st.sampled_from(["❤️", "التضامن", "lien", "x" * 2000, "=1+1", "<b>", "\u202e", "Pix", "Débat"]),
)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "q1": st.one_of(st.none(), st.integers(1, 4), st.just("Sans avis")),
            "most": TEXTS, "least": TEXTS, "mots": TEXTS, "mieux": TEXTS,
        }
    ),
    max_size=15,
)  # fmt: skip


@given(PEOPLE, st.one_of(st.none(), st.integers(0, 40)))
@settings(max_examples=60)
def test_whatever_was_answered_rows_are_well_formed(people, present):
    table = all_rows(dossier(people, present))
    assert set(table.columns) - {"metric"} == set(MEASURES.names()) - {"event", "metric"}
    for row in table.to_dict("records"):
        if row["status"] == "ok" or row["status"] == "to_review":
            assert not pd.isna(row["value"])
        else:
            assert pd.isna(row["value"])
        if row["unit"] == "share" and row["status"] == "ok":
            lowest = -1 if row["metric"] == "differential" else 0
            assert lowest <= row["low"] <= row["high"] <= 1
        if row["unit"] == "share" and row["method"] in ("hypergeometric", "wilson", "count"):
            assert row["low"] - 1e-9 <= row["value"] <= row["high"] + 1e-9


@given(PEOPLE, st.integers(0, 40))
@settings(max_examples=40)
def test_counts_of_a_scale_add_up_to_its_answers(people, present):
    table = satisfaction.overall_impression(dossier(people, present))
    counted = table[table["status"] == "ok"]
    on_scale = sum(isinstance(person["q1"], int) for person in people)
    assert counted["value"].sum() == on_scale


@pytest.mark.parametrize("answers", [1, 2])
def test_one_or_two_answers_have_an_interval_that_says_how_little_they_tell(answers):
    row = satisfaction.satisfied_share(dossier([{"q1": 4}] * answers, 181)).iloc[0]
    assert row["n"] == answers
    assert row["high"] - row["low"] > 0.8


def test_five_thousand_respondents_are_measured():
    words = ["lien", "peur", "défi", "❤️"]
    people = [
        {"q1": 1 + row % 4, "most": f"A{row % 12}", "least": f"A{row % 7}", "mots": words[row % 4]}
        for row in range(5000)
    ]
    survey = dossier(people, 9000)
    assert set(all_rows(survey)["status"]) <= {"ok", "to_review", "not_collected"}
    assert satisfaction.responses(survey)["value"].tolist() == [5000]
    share = satisfaction.satisfied_share(survey).iloc[0]
    assert share["value"] == 0.5
    assert share["high"] - share["low"] < 0.03


def test_every_measure_has_its_method_written_down():
    written = set(re.findall(r"[a-z_]+", METHODS.read_text(encoding="utf-8")))
    assert {metric.__name__ for metric in METRICS} <= written
