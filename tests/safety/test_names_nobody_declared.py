"""Names and addresses in places where nobody expects them: scrubbed, found, or no alarm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_event import write_event

from necbilan.publishing.leaks import search
from necbilan.publishing.own_words import own_words
from necbilan.publishing.report import publish
from necbilan.sources.folder import load, load_with_identifiers
from necbilan.sources.privacy.identifiers import Identifiers

HEADINGS = ("Tu t'appelles comment ?", "Accompagnant", "Une personne à prévenir", "Votre voisin")


def rewrite(path: Path, old: str, new: str, count: int = -1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def with_a_column(path: Path, separator: str, heading: str, cell: str) -> None:
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    lines = [f'{head}{separator}"{heading}"', *(f"{row}{separator}{cell}" for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("heading", HEADINGS)
def test_names_of_a_column_that_no_heading_names_leave_the_remarks(tmp_path, heading):
    event = write_event(tmp_path / "essai", cells="Merci à honorat kerbillou")
    with_a_column(event / "inscriptions.csv", ";", heading, "Honorat Kerbillou")
    dossier, identifiers = load_with_identifiers(event)
    assert not dossier.responses["answer"].str.contains("kerbillou", case=False, na=False).any()
    assert identifiers.kinds_in("vu : KERBILLOU Honorat")


@pytest.mark.parametrize("heading", ["Votre nom", "Comment vous appelez-vous ?"])
def test_names_that_a_survey_asks_for_leave_every_answer(tmp_path, heading):
    event = write_event(tmp_path / "essai", cells="Perrine Tromelinou")
    with_a_column(event / "reponses.csv", ",", heading, "Perrine Tromelinou")
    answers = load(event).responses["answer"].dropna()
    assert not [answer for answer in answers if re.search("tromelinou", answer, re.IGNORECASE)]


def test_a_column_of_organisations_names_nobody(tmp_path):
    event = write_event(tmp_path / "essai", cells="Merci à Emmaüs")
    with_a_column(event / "inscriptions.csv", ";", "Votre structure d'accueil", "Emmaüs Connect")
    answers = load(event).responses["answer"].dropna()
    assert answers.str.contains("Emmaüs").any()


def test_an_address_spells_a_name_that_leaves_the_remarks(tmp_path):
    event = write_event(tmp_path / "essai", cells="Demandez à Fulgence Abgrallou")
    with_a_column(
        event / "inscriptions.csv", ";", "Courriel 2", "fulgence.abgrallou@exemple.invalid"
    )
    answers = load(event).responses["answer"].dropna()
    assert not answers.str.contains("Abgrallou").any()


def test_what_organisers_write_to_be_read_is_no_leak(tmp_path):
    """Someone registered who answers for a decision; the address to write to."""
    event = write_event(tmp_path / "essai")
    rewrite(event / "event.toml", 'owner = " l’équipe"', 'owner = "Aline Zarbignon"')
    rewrite(
        event / "event.toml", 'description = ""', 'description = "bruno.quibolle@exemple.invalid"'
    )
    folder = publish(event, out=tmp_path / "out", formats=("html", "pdf"))
    assert "Aline Zarbignon" in (folder / "bilan.html").read_text(encoding="utf-8")


NAMED_LIKE = (
    *("Nancy", "Metz", "Thionville", "Moselle", "Paris", "Lens", "Orange", "France", "Luxembourg"),
    *("Belgique", "Martin", "Rose", "Bien", "Avril", "Long", "Petit", "Blanc", "Public", "Mairie"),
    *("White", "Brown", "Arial", "Click", "Creator", "Typst", "Canny", "Page", "Georgia"),
)


def test_people_named_like_places_months_colours_or_fonts_raise_no_alarm(tmp_path):
    event = write_event(tmp_path / "essai")
    lines = (event / "inscriptions.csv").read_text(encoding="utf-8").splitlines()
    for rank, name in enumerate(NAMED_LIKE):
        mail = f"{name.lower()}@exemple.invalid"
        lines.append(f"Zoé;{name};{mail};Mairie de Metz;Élu;57000;Metz;oui")
        lines[-1] = lines[-1].replace("Zoé", f"Zo{'é' * (rank + 1)}")
    (event / "inscriptions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    publish(event, out=tmp_path / "out", formats=("html", "pdf", "tables", "slides", "figures"))


def test_a_word_of_ours_by_itself_points_to_nobody_and_a_whole_name_still_does(tmp_path):
    held = Identifiers(names=[("Ada", "White")], emails=["white@exemple.invalid"])
    (tmp_path / "one.html").write_text("<style>p{color:white}</style>", encoding="utf-8")
    assert search([tmp_path / "one.html"], held) == []
    (tmp_path / "two.html").write_text("<p>White Ada</p>", encoding="utf-8")
    assert len(search([tmp_path / "two.html"], held)) == 1
    assert b"white" in own_words()
