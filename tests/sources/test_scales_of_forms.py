"""Scales that French forms use: of four levels, made of one word, ticked one column a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from necbilan.sources import workbook
from necbilan.sources.headings.heading import headings
from necbilan.sources.survey.answers import answer_rows
from necbilan.sources.survey.found import Context
from necbilan.sources.survey.groups import spread_groups
from necbilan.sources.survey.questions import find_questions
from necbilan.sources.survey.reading import Survey, read_survey
from necbilan.sources.survey.scales import recognise_scale

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("best_first", "satisfied"),
    [
        (("Très bonne", "Bonne", "Mauvaise", "Très mauvaise"), 2),
        (("Très satisfait", "Satisfait", "Insatisfait", "Très insatisfait"), 2),
        (("Tout à fait d’accord", "D’accord", "Pas d’accord", "Pas du tout d’accord"), 2),
        (("Excellent", "Très bien", "Bien", "Moyen", "Insuffisant"), 3),
        (("Très bien", "Plutôt bien", "Plutôt mal", "Très mal"), 2),
        (("Beaucoup", "Assez", "Peu", "Pas du tout"), 2),
        (("Oui", "En partie", "Non"), 1),
        (("Très clair·e", "Clair·e", "Peu clair·e", "Pas clair·e du tout"), 2),
        (("Très pertinente", "Plutôt pertinente", "Pas vraiment pertinente"), 2),
        (("Tout à fait satisfait", "Satisfait", "Plutôt satisfait", "Pas satisfait"), 3),
    ],
)
def test_scale_holds_the_levels_of_the_form_and_no_other(
    best_first: tuple[str, ...], satisfied: int
) -> None:
    scale = recognise_scale([*best_first, *best_first])
    assert scale is not None
    assert scale.labels == best_first[::-1]
    assert (scale.positive, scale.sure) == (satisfied, True)


def test_middle_that_a_sister_question_shows_is_a_level_here_too() -> None:
    columns = headings(
        [["Êtes-vous satisfait de l’accueil ?", "Êtes-vous satisfait du lieu ?"]], []
    )
    four = ["Très satisfait", "Satisfait", "Insatisfait", "Très insatisfait"]
    text = pd.DataFrame({0: [*four, "Satisfait"], 1: [*four, "Neutre"]}, dtype="string")
    first, second = find_questions(columns, text)
    assert len(first.question.scale) == len(second.question.scale) == 5


@pytest.mark.parametrize(
    "labels",
    [
        ("Très long", "Long", "Pas long"),
        ("Très déçu", "Déçu", "Pas déçu"),
        ("Oui", "Non"),
        ("Très utile", "Utile", "Bruyant"),
        ("Très claire", "Plutôt claire"),
    ],
)
def test_word_of_which_more_is_not_better_or_too_few_grades_make_no_scale(
    labels: tuple[str, ...],
) -> None:
    scale = recognise_scale([*labels, *labels])
    assert scale is None or scale.id not in ("graded", "partly_3")


# --- one column a level ------------------------------------------------------------------

HEADERS = [
    ["Satisfaction générale", "", "", "", "Remarques"],
    ["Très satisfait", "Satisfait", "Peu satisfait", "Pas satisfait", ""],
]


def ticked(rows: list[list[str]], headers: list[list[str]] | None = None) -> Survey:
    text = pd.DataFrame(rows, dtype="string")
    columns = spread_groups(headings(headers or HEADERS, []), text)
    asked = find_questions(columns, text)
    return Survey(asked, text, tuple(range(3, 3 + len(rows))), (None,) * len(rows))


def answers(survey: Survey) -> list[tuple[object, object]]:
    rows = answer_rows(survey, Context(str), first=1).rows
    return [(row["answer"], row["level"]) for row in rows if row["role"] == "overall_satisfaction"]


def test_columns_that_are_the_levels_of_a_scale_are_one_question_on_it() -> None:
    survey = ticked([["x", "", "", "", ""], ["", "x", "", "", "Merci"], ["", "", "", "", "Bof"]])
    question = survey.asked[0].question
    assert (question.role, question.kind, question.positive) == ("overall_satisfaction", "scale", 2)
    assert question.scale == ("Pas satisfait", "Peu satisfait", "Satisfait", "Très satisfait")
    assert answers(survey) == [("Très satisfait", 4), ("Satisfait", 3), (None, None)]


def test_of_two_ticks_none_is_believed_and_the_line_is_told() -> None:
    rows = [["x", "", "", "", ""]] * 10 + [["x", "x", "", "", ""]]
    survey = ticked(rows)
    assert answers(survey)[-1] == (None, None)
    (problem,) = answer_rows(survey, Context(str), first=1).problems
    assert (problem.code, problem.cell) == ("A_OFF_SCALE", "ligne 13")


def test_options_that_several_may_be_ticked_of_stay_options() -> None:
    survey = ticked([["x", "x", "", "", ""], ["x", "x", "x", "", ""]])
    assert survey.asked[0].form == "ticks"


def test_columns_of_notes_are_a_range() -> None:
    headers = [["Note globale de la journée", "", "", "", ""], ["1", "2", "3", "4", "5"]]
    survey = ticked([["", "", "", "", "1"], ["", "", "1", "", ""]], headers)
    assert answers(survey) == [("5", 5), ("3", 3)]


# --- what a form tool adds ----------------------------------------------------------------


def test_columns_under_the_details_of_the_submission_ask_nothing_whatever_their_name(
    tmp_path: Path,
) -> None:
    rows = [
        ["Questionnaire", "", "", "", ""],
        ["Détails de la soumission", "", "", "", ""],
        ["Numéro", "SID", "Heure d’achèvement", "UID", "Satisfaction générale"],
        *([str(n), str(n), f"0{n}/10/2025 - 09:00", "0", "Satisfait"] for n in range(1, 7)),
    ]
    path = tmp_path / "enquete.csv"
    path.write_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in rows), "utf-8")
    reading = workbook.read(path)
    columns = headings(reading.origin.headers, reading.account.column_letters)
    survey = read_survey(reading, columns, tool=None, roles={}, scales={}, file="enquete.csv")
    assert [one.question.wording for one in survey.asked] == ["Satisfaction générale"]
