"""A programme and a budget kept in a sheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from necbilan.model import Dossier
from necbilan.sources import load

HEAD = 'id = "essai"\nname = "Essai"\ndate = 2025-03-04\nplace = "Ici"\n\n[files]\n'


def loaded(folder: Path, kind: str, text: str) -> Dossier:
    (folder / "feuille.csv").write_text(text, encoding="utf-8")
    (folder / "event.toml").write_text(f'{HEAD}{kind} = "feuille.csv"\n', encoding="utf-8")
    return load(folder)


def test_budget_has_natures_from_its_titles_and_no_total(tmp_path: Path) -> None:
    dossier = loaded(
        tmp_path,
        "budget",
        "Poste;Prévu;Réalisé\n"
        "Dépenses;;\n"
        'Traiteur;"1 200 €";"1 150,50 €"\n'
        "Salle;300;300\n"
        "Total dépenses;1500;1450,50\n"
        "Recettes;;\n"
        "Subvention ANCT;1000;1000\n"
        "Billetterie;0;120\n"
        "Bénévolat valorisé;;400\n"
        "TOTAL;;\n",
    )
    assert dossier.budget is not None
    lines = dossier.budget.set_index("line")
    assert lines["nature"].to_dict() == {
        "Traiteur": "expense",
        "Salle": "expense",
        "Subvention ANCT": "income",
        "Billetterie": "income",
        "Bénévolat valorisé": "in_kind",
    }
    assert lines["actual"].to_dict()["Traiteur"] == 1150.5
    assert lines.index[lines["grant"]].tolist() == ["Subvention ANCT"]


def test_why_a_line_departs_from_its_plan_is_read_and_scrubbed(tmp_path: Path) -> None:
    dossier = loaded(
        tmp_path,
        "budget",
        "Poste;Prévu;Réalisé;Explication de l’écart\n"
        "Traiteur;1200;1500;Voir Mme Zarbignon au 06 39 98 00 11\n"
        "Salle;300;300;\n",
    )
    assert dossier.facts.explained == {("expense", "Traiteur"): "Voir […] au […]"}


def test_amount_that_is_no_number_is_told_by_its_line(tmp_path: Path) -> None:
    dossier = loaded(tmp_path, "budget", "Poste;Montant\nTraiteur;900 €\nSalle;offerte\n")
    (problem,) = [problem for problem in dossier.problems if problem.code == "A_AMOUNT"]
    assert problem.cell == "ligne 3"
    assert dossier.budget is not None
    assert pd.isna(dossier.budget.set_index("line").loc["Salle", "actual"])


def test_programme_speakers_part_at_semicolons_and_are_pseudonyms(tmp_path: Path) -> None:
    dossier = loaded(
        tmp_path,
        "programme",
        '"Type","Intitulé","Intervenant(s)","Jauge","Présents"\n'
        '"Table ronde","Ouvrir les données","Rosa Imaginard ; Ulysse Fictaud","80","34"\n'
        '"Atelier","Mots de passe","Rosa Imaginard","12 places",""\n'
        '"Atelier","Mots de passe","","12",""\n',
    )
    assert dossier.activities is not None
    assert dossier.speakers is not None
    assert dossier.activities["activity"].tolist() == [
        "Ouvrir les données",
        "Mots de passe",
        "Mots de passe (2)",
    ]
    assert dossier.activities["capacity"].tolist() == [80, 12, 12]
    assert dossier.speakers["speaker"].tolist() == ["s01", "s02", "s01"]
    assert dossier.facts.exposure == {
        "Ouvrir les données": 34,
        "Mots de passe": 12,
        "Mots de passe (2)": 12,
    }


def test_the_header_of_the_income_below_the_expenses_is_no_line(tmp_path: Path) -> None:
    dossier = loaded(
        tmp_path,
        "budget",
        "Dépenses;Prévu;Réalisé\nTraiteur;2800;3012,50\nTOTAL;2800;3012,50\n"
        "Recettes;Prévu;Réalisé\nANCT;4000;4000\nAgglo;1500;1602,50\n",
    )
    assert dossier.budget is not None
    lines = dossier.budget.set_index("line")
    assert lines["nature"].to_dict() == {"Traiteur": "expense", "ANCT": "income", "Agglo": "income"}
    assert not [problem for problem in dossier.problems if problem.severity == "ask"]
