"""Forty ways of laying a list of people out: every name of each leaves remarks and is sought."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.comments import Comment
from small_event import write_event

from necbilan.sources.gathering import gather
from necbilan.sources.privacy.identifiers import NAME
from necbilan.sources.privacy.personal import identifiers_of, scrubber

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = (
    *(("Maëlys", "Zarbignon"), ("Gwenolé", "Kerbillou"), ("Fatoumata", "Diarabaye")),
    *(("Jean-Luc", "Ollivrin"), ("Solène", "d’Estrabeau"), ("Yacine", "Benzaghoul")),
    *(("Thérèse", "Pfaffenhoff"), ("Kévin", "Le Goffizic"), ("Marie", "Quibolle-Vrapot")),
    *(("Ludovic", "Grandcolat"), ("Aïcha", "Tromelinou"), ("Bernard", "Vannessou")),
)
FULL = tuple(f"{first} {last}" for first, last in PEOPLE)
UPPER = tuple(f"{last.upper()} {first}" for first, last in PEOPLE)
TOWNS = ("Metz", "Nancy", "Thionville")
JOBS = ("médiatrice", "agent d’accueil", "élue")


def table(heading, rows):
    return [list(heading), *(list(row) for row in rows)]


def numbered(names):
    return [f"{rank}. {name}" for rank, name in enumerate(names, 1)]


def in_pairs(names):
    return [names[rank : rank + 2] for rank in range(0, len(names), 2)]


LAYOUTS = {
    "colonne 3": table(("Colonne 1", "Colonne 3"), zip(TOWNS * 4, FULL, strict=True)),
    "no heading": [[name, town] for name, town in zip(FULL, TOWNS * 4, strict=True)],
    "heading of something else": table(("Commentaire",), [[name] for name in FULL]),
    "participant": table(("Participant",), [[name] for name in UPPER]),
    "surname, first name": table(
        ("Qui",), [[f"{last.upper()}, {first}"] for first, last in PEOPLE]
    ),
    "civility in the cell": table(("Invité·e", "Ville"), [[f"Mme {n}", "Metz"] for n in FULL]),
    "numbered": table(("Présents",), [[name] for name in numbered(FULL)]),
    "number glued": table(("X",), [[f"{name}{rank}"] for rank, name in enumerate(FULL)]),
    "number in brackets": table(("X",), [[f"{name} (+1)"] for name in FULL]),
    "number after": table(("X",), [[f"{name} {rank}"] for rank, name in enumerate(FULL)]),
    "structure in brackets": table(("Qui ?",), [[f"{name} (CCAS de Metz)"] for name in FULL]),
    "structure after a dash": table(("Qui ?",), [[f"{name} - Mairie de Metz"] for name in FULL]),
    "address in the cell": table(("Contact",), [[f"{name} <a@b.invalid>"] for name in FULL]),
    "number in the cell": table(("Contact",), [[f"{name} 06 39 98 12 34"] for name in FULL]),
    "two in a cell": table(("Binôme",), [[" / ".join(pair)] for pair in in_pairs(FULL)]),
    "two joined by et": table(("Couple",), [[" et ".join(pair)] for pair in in_pairs(FULL)]),
    "lines in a cell": table(("Équipe",), [["\n".join(pair)] for pair in in_pairs(FULL)]),
    "commas in a cell": table(("Équipe",), [[", ".join(FULL[:6])], [", ".join(FULL[6:])]]),
    "side by side": table(("Participant 1", "Participant 2"), in_pairs(FULL)),
    "two columns unnamed": table(("A", "B"), PEOPLE),
    "two columns the other way": table(("A", "B"), [(last, first) for first, last in PEOPLE]),
    "two columns in capitals": table(
        ("Champ 1", "Champ 2"), [(last.upper(), first.upper()) for first, last in PEOPLE]
    ),
    "first name alone is told": table(("Prénom", "Colonne 2"), PEOPLE),
    "surname alone is told": table(("Colonne 1", "Nom"), PEOPLE),
    "a column between": table(
        ("Prénom", "Ville", "Nom"),
        [(first, town, last) for (first, last), town in zip(PEOPLE, TOWNS * 4, strict=True)],
    ),
    "a title above": [["Bénévoles du 12 mars"], [""], ["Nom Prénom"], *([name] for name in UPPER)],
    "two rows of headings": [["Personne", ""], ["Prénom", "Nom"], *map(list, PEOPLE)],
    "merged heading": [["Identité", "", "Ville"], *([f, la, "Metz"] for f, la in PEOPLE)],
    "by team": [
        *(["Équipe accueil"], *([name] for name in FULL[:6])),
        *(["Équipe technique"], *([name] for name in FULL[6:])),
    ],
    "a planning": table(
        ("Heure", "Accueil", "Bar", "Régie"),
        [(f"{9 + rank}h", *FULL[3 * rank : 3 * rank + 3]) for rank in range(4)],
    ),
    "in a row": [["Présents", *FULL]],
    "small letters": table(("nom complet",), [[name.lower()] for name in FULL]),
    "capitals": table(("NOM COMPLET",), [[name.upper()] for name in FULL]),
    "without accents": table(("Pers.",), [[name.replace("ë", "e")] for name in FULL]),
    "with blanks": table(("Pers.", ""), [("", FULL[0]), *((name, "") for name in FULL[1:])]),
    "waiting list": table(
        ("Liste d’attente", "Position"), [(name, str(rank)) for rank, name in enumerate(FULL)]
    ),
    "previous year": table(
        ("Prénom", "Nom", "Inscrit en 2023"), [(*person, "oui") for person in PEOPLE]
    ),
    "English": table(("Attendee", "Company"), [(name, "ACME") for name in FULL]),
    "job beside": table(
        ("", "Fonction"), [(name, job) for name, job in zip(FULL, JOBS * 4, strict=True)]
    ),
    "initial of a second name": table(
        ("X",), [[f"{first} A. {last}"] for first, last in PEOPLE]
    ),
}  # fmt: skip


def missed(event: Path) -> list[str]:
    gathered = gather(event)
    identifiers, scrubbed = identifiers_of(gathered), scrubber(gathered)
    return [
        last
        for first, last in PEOPLE
        if NAME not in identifiers.kinds_in(f"vu : {last.upper()}, en effet")
        or last in scrubbed(f"Merci à {first} {last} pour son aide")
    ]


def as_csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue()


def test_forty_layouts():
    assert len(LAYOUTS) == 40


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_name_is_found_whatever_the_layout(tmp_path, layout):
    event = write_event(tmp_path / "essai")
    (event / "autres.csv").write_text(as_csv(LAYOUTS[layout]), encoding="utf-8")
    assert missed(event) == []


def with_sheet(event, *, named="Équipe", state="visible", column="A"):
    book = openpyxl.Workbook()
    book.active.append(["Atelier", "Places"])
    book.active.append(["Mots de passe", 12])
    sheet = book.create_sheet(named)
    sheet.sheet_state = state
    for rank, name in enumerate(("Qui", *FULL), 1):
        sheet[f"{column}{rank}"] = name
    book.save(event / "classeur.xlsx")
    return book, sheet


@pytest.mark.parametrize(
    "named", ["Bénévoles", "Intervenants", "Contacts", "Liste d’attente", "2023"]
)
def test_names_of_a_sheet_that_is_not_counted_are_found(tmp_path, named):
    event = write_event(tmp_path / "essai")
    with_sheet(event, named=named)
    assert missed(event) == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_names_of_a_hidden_sheet_are_found(tmp_path, state):
    event = write_event(tmp_path / "essai")
    with_sheet(event, state=state)
    assert missed(event) == []


def test_names_of_a_hidden_column_are_found(tmp_path):
    event = write_event(tmp_path / "essai")
    book, sheet = with_sheet(event, column="D")
    sheet.column_dimensions["D"].hidden = True
    book.save(event / "classeur.xlsx")
    assert missed(event) == []


def test_names_of_comments_authors_and_page_headers_are_found(tmp_path):
    event = write_event(tmp_path / "essai")
    book, sheet = with_sheet(event)
    for row in sheet["A1:A13"]:
        row[0].value = "libre"
    for rank, name in enumerate(FULL[:8], 1):
        sheet[f"A{rank}"].comment = Comment(f"{name} prévient s’il ne vient pas", "necbilan")
    sheet["A9"].comment = Comment("à rappeler", FULL[8])
    book.properties.creator = FULL[9]
    book.properties.lastModifiedBy = FULL[10]
    sheet.oddHeader.center.text = f"Liste de {FULL[11]}"
    book.save(event / "classeur.xlsx")
    assert missed(event) == []


def test_an_address_and_a_number_of_a_list_set_aside_are_sought(tmp_path):
    event = write_event(tmp_path / "essai")
    rows = "Bénévole;Joindre\nMaëlys Zarbignon;z.mael@exemple.invalid ou 06 39 98 12 34\n"
    (event / "benevoles.csv").write_text(rows, encoding="utf-8")
    identifiers = identifiers_of(gather(event))
    assert identifiers.kinds_in("z.mael@exemple.invalid")
    assert identifiers.kinds_in("le +33 6 39 98 12 34")


def test_a_speaker_whom_the_programme_announces_raises_no_alarm_from_a_list(tmp_path):
    event = write_event(tmp_path / "essai")
    (event / "contacts.csv").write_text("Nom complet\nIris Oratrice\n", encoding="utf-8")
    assert not identifiers_of(gather(event)).kinds_in("Une plénière d’Iris Oratrice")


ORDINARY = table(
    ("Lieu", "Ce qui est prévu", "Partenaire", "Matériel"),
    [
        ("Salle Simone Veil", "Atelier des mots de passe", "Emmaüs Connect", "Vidéo projecteur"),
        ("Lycée Jules-Ferry", "Table ronde", "Les Petits Débrouillards", "Micro sans fil"),
        ("Place Victor Hugo", "Fresque du numérique", "Caisse d’épargne", "Tables rondes"),
        ("Saint-Julien", "Café des parents", "Mission locale", "Grandes chaises"),
    ],
)


def test_a_table_of_rooms_partners_and_material_names_nobody(tmp_path):
    event = write_event(tmp_path / "essai")
    before = identifiers_of(gather(event))
    (event / "logistique.csv").write_text(as_csv(ORDINARY), encoding="utf-8")
    assert len(identifiers_of(gather(event))) == len(before)
