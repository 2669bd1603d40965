"""Paper questionnaires counted by hand are the answers that they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from necbilan.sources import load

if TYPE_CHECKING:
    from pathlib import Path

    from necbilan.model import Dossier

EVENT = 'name = "Essai"\ndate = 2025-10-12\nplace = "Ici"\n'
ACROSS = """Question;Très satisfait;Satisfait;Peu satisfait;Pas satisfait;Total
Satisfaction générale;17;11;2;1;31
L’accueil;20;9;;;29
"""
DOWN = """Réponse;Satisfaction générale;L’accueil
Très satisfait;17;20
Satisfait;11;9
Peu satisfait;2;0
Pas satisfait;1;0
"""
ONE = """Satisfaction générale;Nombre
Très satisfait;17
Satisfait;11
Peu satisfait;2
Pas satisfait;1
"""


def dossier(folder: Path, table: str, name: str = "depouillement.csv") -> Dossier:
    (folder / "event.toml").write_text(EVENT, encoding="utf-8")
    (folder / name).write_text(table, encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize("table", [ACROSS, DOWN, ONE])
def test_counts_are_answers_whichever_way_the_table_lies(tmp_path: Path, table: str) -> None:
    read = dossier(tmp_path, table)
    assert read.responses is not None
    overall = read.responses[read.responses["role"] == "overall_satisfaction"]
    assert overall["answer"].value_counts().to_dict() == {
        "Très satisfait": 17,
        "Satisfait": 11,
        "Peu satisfait": 2,
        "Pas satisfait": 1,
    }
    assert (read.responses["role"] == "submission").sum() == 31
    assert "W_TALLY" in {problem.code for problem in read.problems}


def test_question_answered_less_leaves_blanks(tmp_path: Path) -> None:
    responses = dossier(tmp_path, ACROSS).responses
    assert responses is not None
    welcome = responses[responses["role"] == "organisation_logistics"]["answer"]
    assert (len(welcome), welcome.notna().sum()) == (31, 29)


def test_tally_says_that_it_is_one_with_its_file(tmp_path: Path) -> None:
    (told,) = (p for p in dossier(tmp_path, ACROSS).problems if p.code == "W_TALLY")
    assert told.file == "depouillement.csv"
    assert "2 questions, 31 réponses" in told.found


@pytest.mark.parametrize(
    "row", ["Satisfaction générale;52 %;35 %;6 %;3 %;100 %", "Satisfaction générale;x;;;;"]
)
def test_percentages_and_ticks_are_no_counts(tmp_path: Path, row: str) -> None:
    table = ACROSS.splitlines()[0] + "\n" + row + "\n"
    (tmp_path / "inscrits.csv").write_text("Nom;Prénom\nInventet;Aline\n", encoding="utf-8")
    codes = {problem.code for problem in dossier(tmp_path, table).problems}
    assert "W_TALLY" not in codes
