"""Words wait for a human's yes, people count once, remarks keep their theme."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from necbilan.metrics import remarks, words_said
from necbilan.model import Dossier, Event, Facts, Question
from necbilan.tables import RESPONSES

WORDS = Question(id="mots", wording="Qu'évoque pour vous… ?", role="word_association")
EVENT = Event(slug="e", name="E", dates=(date(2025, 1, 2),), place="Ici")
METZ = [
    "Évolution sociétale", "Changement", "Engagé", "Émancipation", "Opportunité",
    "Enjeu essentiel", "Ampleur du problème", "Changement", "Paradigme", "Accessibilité",
    "Rassuré", "Priorité", "Défi", "Solidarité", "inclusion",
]  # fmt: skip


def said(answers: list[tuple[str, str | None]], **facts: frozenset[str]) -> Dossier:
    rows = [
        {"respondent": who, "question": "mots", "role": "word_association", "answer": answer}
        for who, answer in answers
    ]
    return Dossier(
        event=EVENT,
        facts=Facts(event=EVENT, questions=(WORDS,), **facts),
        responses=RESPONSES.frame(rows),
    )


def metz() -> Dossier:
    answers: list[tuple[str, str | None]] = [(f"r{row}", text) for row, text in enumerate(METZ)]
    return said([*answers, *[(f"r{row}", None) for row in range(15, 58)]])


def only(table: pd.DataFrame) -> pd.Series:
    assert len(table) == 1
    return table.iloc[0]


def test_metz_said_fourteen_different_words_one_of_them_twice():
    table = words_said.word(metz())
    assert len(table) == 14
    assert (table["level"].iloc[0], table["value"].iloc[0]) == ("Changement", 2)
    assert set(table["value"].iloc[1:]) == {1}
    assert list(table["level"].iloc[1:3]) == ["Évolution sociétale", "Engagé"]
    distinct = only(words_said.words_distinct(metz()))
    assert (distinct["value"], distinct["n"], distinct["base"]) == (14, 15, 58)


def test_a_word_waits_until_a_human_says_yes_and_goes_when_refused():
    dossier = said(
        [("a", "lien"), ("b", "lien"), ("c", "gros mot"), ("d", "peur")],
        words=frozenset({"lien"}),
        refused_words=frozenset({"gros mot"}),
    )
    table = words_said.word(dossier).set_index("level")["status"]
    assert dict(table) == {"lien": "ok", "peur": "to_review"}
    assert only(words_said.words_distinct(dossier))["value"] == 2


def test_one_person_counts_once_for_a_word_said_twice():
    dossier = said([("a", "lien"), ("a", "lien"), ("a", "peur"), ("b", None)])
    table = words_said.word(dossier).set_index("level")
    assert table.loc["lien", "value"] == 1
    assert (table.loc["lien", "n"], table.loc["lien", "base"]) == (1, 2)


def test_a_single_word_is_a_table_of_one_row():
    assert only(words_said.word(said([("a", "❤️")])))["level"] == "❤️"


def test_a_question_that_nobody_answered_has_no_word_and_zero_forms():
    dossier = said([("a", None), ("b", None)])
    assert only(words_said.word(dossier))["status"] == "not_collected"
    assert only(words_said.words_distinct(dossier))["value"] == 0


def test_five_thousand_answers_are_counted():
    dossier = said([(f"r{row}", f"mot {row % 700}") for row in range(5000)])
    table = words_said.word(dossier)
    assert len(table) == 700
    assert table["value"].sum() == 5000


def commented(rows: list[tuple[str, str, str | None, str | None]]) -> Dossier:
    frame = RESPONSES.frame(
        [
            {"respondent": who, "question": role, "role": role, "answer": answer, "theme": theme}
            for who, role, answer, theme in rows
        ]
    )
    return Dossier(event=EVENT, facts=Facts(event=EVENT), responses=frame)


def test_metz_made_two_remarks_of_two_themes():
    asked = [(f"r{row}", "improvement", None, None) for row in range(56)]
    dossier = commented(
        [
            *asked,
            ("x", "improvement", "Indiquer le parking", "logistique"),
            ("y", "improvement", "Prévoir de l'eau et du café l'après-midi", "restauration"),
        ]
    )
    total = only(remarks.remarks(dossier))
    assert (total["group"], total["value"], total["base"]) == ("improvement", 2, 58)
    themes = remarks.remark_theme(dossier)
    assert dict(zip(themes["level"], themes["value"], strict=True)) == {
        "logistique": 1,
        "restauration": 1,
    }


def test_themes_come_the_most_numerous_first_and_the_unsorted_last():
    dossier = commented(
        [
            ("a", "free_comment", "…", "unsorted"),
            ("b", "free_comment", "…", "unsorted"),
            ("c", "free_comment", "…", "durée"),
            ("d", "free_comment", "…", "accueil"),
            ("e", "free_comment", "…", "accueil"),
            ("f", "free_comment", "…", None),
            ("g", "improvement", "…", "lieu"),
        ]
    )
    table = remarks.remark_theme(dossier)
    assert list(table["group"].unique()) == ["improvement", "free_comment"]
    comments = table[table["group"] == "free_comment"]
    assert list(zip(comments["level"], comments["value"], strict=True)) == [
        ("accueil", 2), ("durée", 1), ("unsorted", 3),
    ]  # fmt: skip
    assert set(comments["n"]) == {6}


def test_an_open_question_left_blank_by_all_counts_zero_remarks():
    assert only(remarks.remarks(commented([("a", "improvement", None, None)])))["value"] == 0


@pytest.mark.parametrize(
    "metric",
    [words_said.word, words_said.words_distinct, remarks.remarks, remarks.remark_theme],
)
def test_a_question_that_was_not_put_is_not_collected(metric):
    for responses in (None, RESPONSES.frame()):
        dossier = Dossier(event=EVENT, facts=Facts(event=EVENT), responses=responses)
        row = only(metric(dossier))
        assert row["status"] == "not_collected"
        assert pd.isna(row["value"])
