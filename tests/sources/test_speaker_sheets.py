"""Lists of people who are no public: speakers join the programme, the others are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from necbilan.sources import load
from necbilan.sources.account import check

if TYPE_CHECKING:
    from pathlib import Path

EVENT = 'name = "Essai"\ndate = 2025-06-19\nplace = "Ici"\n'
PUBLIC = [
    ["Nom", "Prénom", "E-mail", "Structure", "Présent"],
    ["Zarb", "Alix", "alix@exemple.fr", "CCAS", "oui"],
    ["Yvor", "Noa", "noa@exemple.fr", "MJC", "oui"],
    ["Xant", "Lou", "lou@exemple.fr", "MJC", "non"],
]
SPEAKERS = [
    ["Nom", "Prénom", "Structure", "Civilité", "Atelier / Table ronde", "Présent"],
    ["Wald", "Ana", "Hub", "Mme", "fresque du numérique", "x"],
    ["Voss", "Eli", "Hub", "M.", "Fresque du numérique", "x"],
    ["Uhl", "Sam", "ANCT", "", "Table ronde; Fresque du numérique", ""],
]
OTHERS = [["Nom", "Prénom", "Structure"], ["Tork", "Jo", "Ville"], ["Sarn", "Ly", "Ville"]]


def folder_of(path: Path, sheets: dict[str, list[list[str]]], event: str = EVENT) -> Path:
    (path / "event.toml").write_text(event, encoding="utf-8")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path / "liste.xlsx")
    return path


def test_sheet_of_speakers_joins_the_programme_and_never_the_public(tmp_path: Path) -> None:
    activity = '[[activities]]\ntitle = "Fresque du numérique"\n'
    dossier = load(
        folder_of(tmp_path, {"Inscriptions": PUBLIC, "Intervenants": SPEAKERS}, EVENT + activity)
    )
    assert dossier.registrations is not None
    assert len(dossier.registrations) == 3
    assert dossier.speakers is not None
    said = dossier.speakers.fillna("?").to_dict("records")
    title = "Fresque du numérique"
    assert said == [
        {"speaker": "s01", "activity": title, "gender": "woman", "on_stage": True},
        {"speaker": "s02", "activity": title, "gender": "man", "on_stage": True},
        {"speaker": "s03", "activity": "Table ronde", "gender": "?", "on_stage": False},
        {"speaker": "s03", "activity": title, "gender": "?", "on_stage": False},
    ]


def test_civility_taken_for_a_gender_is_told(tmp_path: Path) -> None:
    dossier = load(folder_of(tmp_path, {"Inscriptions": PUBLIC, "Intervenants": SPEAKERS}))
    told = [problem for problem in dossier.problems if problem.code == "W_CIVILITY"]
    assert [problem.cell for problem in told] == ["colonne D"]


def test_speaker_told_twice_and_in_event_toml_is_one(tmp_path: Path) -> None:
    event = EVENT + '[[speakers]]\nname = "Eli Voss"\ngender = "other"\n'
    sheets = {"Inscriptions": PUBLIC, "Intervenants": [*SPEAKERS, SPEAKERS[1]]}
    dossier = load(folder_of(tmp_path, sheets, event))
    assert dossier.speakers is not None
    assert dossier.speakers["speaker"].nunique() == 3


@pytest.mark.parametrize("name", ["Équipe", "Bénévoles", "Partenaires", "Exposants", "Presse"])
def test_list_of_the_team_or_of_partners_is_asked_and_not_counted(
    tmp_path: Path, name: str
) -> None:
    account = check(folder_of(tmp_path, {"Inscriptions": PUBLIC, name: OTHERS}))
    assert account.people == 3
    asked = [p for p in account.problems if p.code == "A_PEOPLE_ASIDE"]
    assert [(p.sheet, p.severity) for p in asked] == [(name, "ask")]


@pytest.mark.parametrize("name", ["Inscriptions partenaires", "Participants et intervenants"])
def test_name_that_says_registrations_wins(tmp_path: Path, name: str) -> None:
    assert check(folder_of(tmp_path, {name: PUBLIC})).people == 3


def test_workbook_of_registrations_is_read_without_its_larger_sheet_of_speakers(
    tmp_path: Path,
) -> None:
    more = [SPEAKERS[0], *([f"Nom{letter}", *SPEAKERS[1][1:]] for letter in "abcdefgh")]
    event = EVENT + '[files]\nregistrations = "liste.xlsx"\n'
    account = check(folder_of(tmp_path, {"Intervenants": more, "Feuil1": PUBLIC}, event))
    assert account.people == 3


def test_speakers_known_by_a_number_alone_are_several(tmp_path: Path) -> None:
    activity = """[[activities]]
title = "Fresque"
speakers = ["Intervenante 1", "Intervenante 2", "intervenante 1"]
"""
    speakers = load(folder_of(tmp_path, {"Inscriptions": PUBLIC}, EVENT + activity)).speakers
    assert speakers is not None
    assert sorted(speakers["speaker"].unique()) == ["s01", "s02"]
