"""Half-days and activities read from headings, sheets and names of files."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from necbilan.metrics.catalogue import measure
from necbilan.sources import load
from necbilan.sources.cells import first_time
from necbilan.sources.people.moments import half_day_seen

ONE = (date(2025, 10, 1),)
TWO = (date(2025, 9, 30), date(2025, 10, 1))


@pytest.mark.parametrize(
    ("places", "dates", "expected"),
    [
        (("Signature matin", "", "emargement"), ONE, "morning"),
        (("Émargement après-midi",), ONE, "afternoon"),
        (("", "Aprem", "emargement"), ONE, "afternoon"),
        (("", "Feuil1", "emargement_matin"), ONE, "morning"),
        (("Présent", "Feuil1", "emargement"), ONE, ""),
        (("", "", "emargement matin et après-midi"), ONE, ""),
        (("30/09 matin",), TWO, "1:morning"),
        (("Matin", "Jour 2"), TWO, "2:morning"),
        (("Signature 1er octobre matin",), TWO, "2:morning"),
        (("Mercredi après-midi",), TWO, "2:afternoon"),
        (("Présent J2",), TWO, "2"),
        (("Matin",), TWO, "morning"),
        (("Jour 3 matin",), TWO, "morning"),
    ],
)
def test_the_nearest_place_that_says_a_half_day_wins(places, dates, expected):
    assert half_day_seen(places, dates) == expected


EVENT = """name = "E"
date = 2025-10-01
place = "Ici"
[files]
registrations = "i.csv"
attendance = "emargement.xlsx"
[[activities]]
title = "Atelier Mots de passe"
capacity = 4
"""


def event(folder, sheets: dict[str, list[list[str]]], text: str = EVENT):
    (folder / "event.toml").write_text(text, encoding="utf-8")
    people = ["Nom;Prénom", "Un;Ada", "Deux;Bo", "Trois;Cy"]
    (folder / "i.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "emargement.xlsx")
    return load(folder)


SHEETS = {
    "Matin": [["Nom", "Prénom", "Signature"], ["Un", "Ada", "x"], ["Deux", "Bo", ""]],
    "Après-midi": [["Nom", "Prénom", "Signature"], ["Un", "Ada", "x"], ["Deux", "Bo", "x"]],
    "Atelier Mots de passe": [["Nom", "Prénom"], ["Trois", "Cy"], ["Deux", "Bo"]],
}


def test_each_sheet_of_signatures_is_read_as_its_half_day_or_its_activity(tmp_path):
    dossier = event(tmp_path, SHEETS)
    people = dossier.registrations
    assert people["half_days"].tolist() == [("afternoon", "morning"), ("afternoon",), ()]
    assert people["present"].tolist() == [True, True, True]
    assert dossier.activities["attended"].tolist() == [2]


def test_the_activity_counted_on_its_own_list_has_its_fill(tmp_path):
    measures = measure(event(tmp_path, SHEETS))
    fill = measures[measures["metric"].eq("activity_fill") & measures["level"].ne("")]
    assert fill["value"].tolist() == [0.5]


def test_without_a_list_of_registrations_nobody_is_said_to_have_come_unregistered(tmp_path):
    text = EVENT.replace('registrations = "i.csv"\n', "")
    measures = measure(event(tmp_path, SHEETS, text)).set_index("metric")
    assert measures.loc["present", "value"] == 3
    for metric in ("received", "registered", "walk_in", "no_show", "attendance_rate"):
        assert measures.loc[metric, "status"] == "not_collected"


@pytest.mark.parametrize(
    ("cell", "asked", "expected"),
    [
        ("Oui", "Est-ce votre première participation ?", True),
        ("Non", "Est-ce votre première participation ?", False),
        ("Oui", "Avez-vous déjà participé à un NEC ?", False),
        ("Non", "Avez-vous déjà participé à un NEC ?", True),
        ("Non, jamais", "Avez-vous déjà participé à un NEC ?", True),
        ("Oui, en 2023", "Avez-vous déjà participé à un NEC ?", False),
        ("Non, j’ai déjà participé", "Première participation", False),
        ("C’est ma première fois", "NEC", True),
        ("Ce n’est pas la première fois", "Première participation ?", False),
        ("peut-être", "Première participation", None),
        ("", "Première participation", None),
    ],
)
def test_a_first_time_is_read_with_what_was_asked(cell, asked, expected):
    assert first_time(cell, asked) is expected


def test_half_days_ticked_beside_a_column_of_presence_are_read_too(tmp_path):
    rows = [
        ["Nom", "Prénom", "Présent", "Matin", "Après-midi"],
        ["Un", "Ada", "x", "x", ""],
        ["Deux", "Bo", "x", "", "x"],
    ]
    people = event(tmp_path, {"Feuille": rows}).registrations
    assert people["present"].tolist() == [True, True, False]
    assert sorted(people["half_days"]) == [(), ("afternoon",), ("morning",)]
