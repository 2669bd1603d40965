"""Answers are matched with the programme's titles, and doubts are proposed."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan.sources.free_text.activities import match_activities

TITLES = (
    "Stands découverte",
    "Ateliers professionnels",
    "Regard croisé Danemark, Luxembourg, France",
    "Table ronde Moselle",
    "Plénière d'ouverture",
    "Clôture",
    "Atelier « Cartes et territoires »",
    "Fresque du numérique",
    "L’atelier Pix",
    "Atelier 1 : mots de passe",
    "Atelier 2 : photos",
)


def matched(answer: str | None, titles: tuple[str, ...] = TITLES) -> dict[str | None, str]:
    """title → status"""
    table = match_activities(pd.Series([answer], dtype="object"), titles)
    return {
        None if pd.isna(title) else title: status
        for title, status in zip(table["activity"], table["status"], strict=True)
    }


@pytest.mark.parametrize("title", TITLES)
def test_every_title_is_surely_itself(title):
    assert matched(title) == {title: "sure"}


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("STANDS DECOUVERTES", "Stands découverte"),
        ("les stands découverte", "Stands découverte"),
        ("L'atelier “Cartes et territoire”", "Atelier « Cartes et territoires »"),
        ("cartes et territoires", "Atelier « Cartes et territoires »"),
        ("La pleniere d’ouverture", "Plénière d'ouverture"),
        ("le regard croisé", "Regard croisé Danemark, Luxembourg, France"),
        ("regrd croisé danemark luxembourg", "Regard croisé Danemark, Luxembourg, France"),
        ("atelier 1", "Atelier 1 : mots de passe"),
        ("pix", "L’atelier Pix"),
        ("Atelier : Stands découverte", "Stands découverte"),
        ("la clôture", "Clôture"),
    ],
)
def test_a_title_written_otherwise_is_sure(answer, title):
    assert matched(answer) == {title: "sure"}


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("les stands", "Stands découverte"),
        ("la table ronde", "Table ronde Moselle"),
        ("Danemark", "Regard croisé Danemark, Luxembourg, France"),
        ("les ateliers pros", "Ateliers professionnels"),
        ("tout sauf la clôture", "Clôture"),
        ("l'ouverture d'esprit de tous les gens présents", "Plénière d'ouverture"),
    ],
)
def test_a_doubtful_title_is_proposed(answer, title):
    assert matched(answer) == {title: "proposed"}


@pytest.mark.parametrize(
    "answer",
    [None, "", "  ", "-", "Rien", "rien de particulier", "Aucun", "RAS", "tout", "Tout m'a plu"],
)
def test_nobody_is_named_by_nothing_or_everything(answer):
    assert matched(answer) == {None: "none"}


@pytest.mark.parametrize("answer", ["le café", "🙂", "العربية", "12"])
def test_what_is_not_of_the_programme_names_nothing(answer):
    assert matched(answer) == {None: "none"}


def test_several_titles_may_stand_in_one_answer():
    both = {"Stands découverte": "sure", "Fresque du numérique": "sure"}
    assert matched("J'ai aimé les stands découverte et la fresque du numerique") == both
    assert matched("Clôture ; Table ronde Moselle") == {
        "Clôture": "sure",
        "Table ronde Moselle": "sure",
    }


def test_a_human_decision_settles_an_answer():
    answers = pd.Series(["la table ronde", "Le café !"])
    table = match_activities(
        answers, TITLES, decided={"La table ronde": "Table ronde Moselle", "le café": ""}
    )
    assert list(table["status"]) == ["sure", "none"]
    assert table["activity"].iloc[0] == "Table ronde Moselle"


def test_every_answer_keeps_its_row_and_its_index():
    answers = pd.Series(["Clôture", None, "Clôture ; L’atelier Pix"], index=[5, 9, 2])
    table = match_activities(answers, TITLES)
    assert list(table.columns) == ["answer", "activity", "status", "reason"]
    assert list(table.index) == [5, 9, 2, 2]
    assert table["reason"].notna().all()


def test_without_a_programme_nothing_is_named():
    assert matched("Clôture", ()) == {None: "none"}


def test_no_answer_gives_an_empty_table():
    assert match_activities(pd.Series([], dtype="object"), TITLES).empty


def test_two_titles_with_the_same_words_are_told_apart_by_their_kind():
    titles = ("Atelier cartes", "Conférence cartes")
    assert matched("l'atelier cartes", titles) == {"Atelier cartes": "sure"}
    assert matched("les cartes", titles) == {"Atelier cartes": "proposed"}


def test_five_thousand_answers_take_seconds():
    answers = pd.Series([f"la fresque du numérique, chose {row}" for row in range(5000)])
    start = time.process_time()
    table = match_activities(answers, TITLES * 3)
    assert time.process_time() - start < 6
    assert set(table["activity"].dropna()) == {"Fresque du numérique"}


@given(st.text(max_size=60))
def test_any_answer_gets_a_status_and_only_titles_of_the_programme(text):
    table = match_activities(pd.Series([text]), TITLES)
    assert set(table["status"]) <= {"sure", "proposed", "none"}
    assert set(table["activity"].dropna()) <= set(TITLES)
