"""A name of the lists in a file's name, a sheet, a heading, an organisation: shown nowhere.

Each of these made a run refuse to publish, for ever, or told the name on the screen.
"""

from __future__ import annotations

import csv
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from PIL import Image
from small_event import write_event

from necbilan.cli import main
from necbilan.errors import BlockedByProblems
from necbilan.publishing.account_text import account_text
from necbilan.publishing.leaks import search
from necbilan.publishing.report import publish
from necbilan.sources import load_with_identifiers
from necbilan.sources.account import check
from necbilan.sources.folder import load
from necbilan.sources.open_questions import open_folder
from necbilan.sources.privacy.identifiers import Identifiers
from necbilan.sources.privacy.unnaming import unnamed_labels, unnaming

if TYPE_CHECKING:
    from collections.abc import Callable

SHE = "Carole Zarbignon"
"""one of the people of the small event"""


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def in_the_name_of_a_file(event: Path) -> None:
    named = f"inscription de {SHE}.csv"
    (event / "inscriptions.csv").rename(event / named)
    rewrite(event / "event.toml", "inscriptions.csv", named)


def in_the_name_of_a_file_that_nobody_declared(event: Path) -> None:
    in_the_name_of_a_file(event)
    text = (event / "event.toml").read_text(encoding="utf-8")
    before, after = text.split("[files]")[0], text[text.index("[[activities]]") :]
    (event / "event.toml").write_text(before + after, encoding="utf-8")


def in_the_name_of_a_sheet(event: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = SHE
    with (event / "inscriptions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            book.active.append(row)
    book.create_sheet(f"Notes de {SHE}").append(["rien"])
    book.save(event / "inscriptions.xlsx")
    rewrite(event / "event.toml", "inscriptions.csv", "inscriptions.xlsx")


def in_a_question(event: Path) -> None:
    asked = f"Que pensez-vous de ce que {SHE} a dit ?"
    rewrite(event / "reponses.csv", "Qu'avez-vous le plus aimé ?", asked)


def in_a_heading(event: Path) -> None:
    rewrite(event / "inscriptions.csv", "Structure", f"Structure (voir {SHE})")


def in_a_choice(event: Path) -> None:
    rewrite(event / "reponses.csv", "Plutôt satisfait", SHE)


def in_a_budget(event: Path) -> None:
    lines = (
        f"Poste;Prévu;Réalisé;Explication\nSalle;100;130;facture de {SHE}\nCachet de {SHE};50;60;\n"
    )
    (event / "budget.csv").write_text(lines, encoding="utf-8")
    rewrite(event / "event.toml", "[files]", '[files]\nbudget = "budget.csv"')


def in_an_organisation(event: Path) -> None:
    rewrite(event / "inscriptions.csv", " Association", f"Cabinet {SHE}")


def in_the_spelling_of_an_organisation(event: Path) -> None:
    rewrite(event / "inscriptions.csv", "Mairie de Metz", f"{SHE}, mairie de Metz")


def in_the_name_of_a_photo(event: Path) -> None:
    Image.new("RGB", (80, 60)).save(event / f"vue par {SHE}.jpg")
    with (event / "event.toml").open("a", encoding="utf-8") as file:
        for name in (f"vue par {SHE}.jpg", f"absente {SHE}.jpg"):
            file.write(f'[[photos]]\nfile = "{name}"\nalternative = "La salle"\n')


PLACES: tuple[Callable[[Path], None], ...] = (
    in_the_name_of_a_file,
    in_the_name_of_a_file_that_nobody_declared,
    in_the_name_of_a_sheet,
    in_a_question,
    in_a_heading,
    in_a_choice,
    in_a_budget,
    in_an_organisation,
    in_the_spelling_of_an_organisation,
    in_the_name_of_a_photo,
)


@pytest.mark.parametrize("put", PLACES, ids=[put.__name__ for put in PLACES])
def test_a_name_stands_in_no_output_nor_on_the_screen(tmp_path, put):
    event = write_event(tmp_path / "essai")
    put(event)
    formats = ("html", "measures", "tables", "finance")
    folder = publish(event, out=tmp_path / "out", formats=formats)
    identifiers = load_with_identifiers(event)[1]
    told = tmp_path / "check.txt"
    told.write_text("\n".join([account_text(check(event)), check(event).json()]), encoding="utf-8")
    (tmp_path / "check-en.txt").write_text(account_text(check(event), "en"), encoding="utf-8")
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert search([told, tmp_path / "check-en.txt", *written], identifiers) == []
    assert identifiers.kinds_in(SHE)
    assert (folder / "bilan.html").is_file()


@pytest.mark.parametrize("put", PLACES, ids=[put.__name__ for put in PLACES])
def test_nothing_that_an_analyst_shows_in_a_notebook_holds_a_name(tmp_path, put):
    event = write_event(tmp_path / "essai")
    put(event)
    opened = open_folder(event)
    dossier, facts = opened.dossier, opened.dossier.facts
    shown = [repr(value) for value in (dossier, facts, dossier.problems, facts.sources, opened)]
    shown += [
        repr(getattr(value, field.name))
        for value in (facts, facts.event)
        for field in fields(value)
    ]
    frames = (dossier.registrations, dossier.responses, dossier.speakers, dossier.budget)
    shown += [frame.to_csv() for frame in frames if frame is not None]
    shown += [repr(question) for question in opened.waiting]
    assert [text for text in shown if opened.identifiers.kinds_in(text)] == []


def test_the_folder_of_an_event_named_after_somebody_is_told_by_a_sentence(tmp_path, capsys):
    event = write_event(tmp_path / f"NEC {SHE}")
    with pytest.raises(BlockedByProblems, match="Renommez ce dossier") as caught:
        publish(event, out=tmp_path / "out")
    assert "Zarbignon" not in str(caught.value)
    assert not (tmp_path / "out").exists()
    assert main(["check", str(event)]) == 65
    said = capsys.readouterr()
    assert "Renommez ce dossier" in said.out and "Zarbignon" not in said.out + said.err


def test_an_activity_of_the_programme_that_names_somebody_is_announced_and_shown(tmp_path):
    """A programme is published: to hide its titles would hide what was rated."""
    event = write_event(tmp_path / "essai")
    title = f"Atelier avec {SHE}"
    (event / "programme.csv").write_text(
        f"Titre;Type;Jauge\n{title};Atelier;20\nPlénière;Plénière;30\n", encoding="utf-8"
    )
    rewrite(event / "event.toml", "[files]", '[files]\nprogramme = "programme.csv"')
    folder = publish(event, tmp_path / "out", ("measures",))
    assert title in (folder / "measures.csv").read_text(encoding="utf-8")


def test_two_organisations_that_lose_their_name_stay_two(tmp_path):
    event = write_event(tmp_path / "essai")
    rows = (event / "inscriptions.csv").read_text(encoding="utf-8").splitlines()
    rows[2] = rows[2].replace(" Association", "Cabinet Carole Zarbignon")
    rows[4] = rows[4].replace(" Association", "Cabinet Bruno Quibolle")
    (event / "inscriptions.csv").write_text("\n".join(rows), encoding="utf-8")
    frame = load(event).registrations
    assert {"Cabinet […]", "Cabinet […] (2)"} <= set(frame["organisation"].dropna())


def test_a_text_that_scrubbing_leaves_naming_is_hidden_whole_but_for_its_ending():
    held = Identifiers(names=[("", "Ada Kestrilou")])
    unnamed = unnaming(held, lambda text: text)
    assert unnamed("ada_kestrilou.xlsx") == "[…].xlsx"
    assert unnamed("Kestrilou") == "[…]"
    assert unnamed("un texte. Autre") == "un texte. Autre"
    assert unnamed_labels(["Kestrilou", "kestrilou", "autre"], unnamed) == {
        "Kestrilou": "[…]",
        "kestrilou": "[…] (2)",
    }
