"""Two events that differ only in what protect() hides: their outputs are the same to the byte.

So no chart, sentence, sheet, slide, coordinate, alternative or note is made from anything but
protected measures: a hidden number that went anywhere would differ there.  What is unlike: the
places, profiles, organisations, labels and first times of groups of 3 and 4; a half-day and the
dates of registration; words and remarks that nobody has approved.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest

from necbilan.cli import main
from necbilan.disclosure import protect
from necbilan.metrics.catalogue import measure
from necbilan.publishing import report
from necbilan.publishing.report import publish
from necbilan.sources import gathering, load

PEOPLE = 100
PRESENT = 96
LAST = ("Zarbignon", "Quibolle", "Vrapeau", "Mouxard", "Trifoui", "Glandu", "Pastelot", "Ourdile",
        "Bricarde", "Lomazel")  # fmt: skip
FIRST = ("Aline", "Bruno", "Carole", "Denis", "Elsa", "Farid", "Gaël", "Hélène", "Ilan", "Judith")
EVENT = """id = "essai"
name = "Journée d’essai"
date = 2025-03-04
place = "Salle des fêtes"
commune = "Metz"
organiser = "Ville de Metz"
presence = "roll"

[files]
registrations = "inscriptions.csv"
attendance = "emargement.xlsx"
survey = "reponses.csv"

[[activities]]
title = "Atelier des mots de passe"
kind = "Atelier"

[[activities]]
title = "Plénière"
kind = "Plénière"
"""


def spread(*parts: tuple[object, int]) -> list[object]:
    """Each value as many times as it is said."""
    return [value for value, times in parts for _ in range(times)]


def write(folder: Path, few: int, *, letter: str) -> Path:
    """The event; ``few`` (3 or 4) is one of two hidden groups, 7 − few the other."""
    rest = 7 - few
    folder.mkdir(parents=True)
    (folder / "event.toml").write_text(EVENT, encoding="utf-8")
    columns = {
        "Vous êtes": spread(
            ("Médiatrice numérique", 50),
            ("Agent de collectivité", 43),
            ("Chef d’entreprise", few),
            ("Assistante sociale", rest),
        ),
        "Structure": spread(
            ("Ville de Metz", 40),
            (f"Association {letter * 4}", few),
            (f"Association {letter * 5}", rest),
            ("", 53),
        ),
        "Ville": spread(
            ("57000 Metz", 60),
            ("54000 Nancy", 33),
            ("51100 Reims", few),
            ("67000 Strasbourg", rest),
        ),
        "Est-ce votre première participation ?": spread(("Oui", PEOPLE - few), ("Non", few)),
        "Date d’inscription": spread(
            ("2025-02-01", few), ("2025-02-02", rest), ("2025-02-20", 50), ("2025-03-01", 43)
        ),
    }
    names = [(first, last) for last in LAST for first in FIRST]
    with (folder / "inscriptions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Prénom", "Nom", *columns])
        for at, name in enumerate(names):
            writer.writerow([*name, *(column[at] for column in columns.values())])
    book = openpyxl.Workbook()
    book.remove(book.active)
    came = [*names[4:]]  # of each group of 3 or 4 at the end of a column, everybody
    for sheet, seen in (("Matin", came[few:]), ("Après-midi", came[:60] + came[-7:])):
        page = book.create_sheet(sheet)
        page.append(["Nom", "Prénom", "Signature"])
        for first, last in seen:
            page.append([last, first, "x"])
    book.save(folder / "emargement.xlsx")
    home = spread(("Metz", 20), ("Nancy", 12), ("Reims", few), ("Strasbourg", rest))
    with (folder / "reponses.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "Globalement, êtes-vous satisfait(e) de cette journée ?",
                "Vous êtes",
                "De quelle commune venez-vous ?",
                "Est-ce votre première participation ?",
                "En un mot, l'inclusion numérique c'est…",
                "Vos suggestions d'amélioration",
            ]
        )
        for at, town in enumerate(home):
            writer.writerow(
                [
                    ("Très satisfait", "Plutôt satisfait", "Peu satisfait")[at % 3],
                    columns["Vous êtes"][at if at < 32 else 61 + at],
                    town,
                    "Non" if at < few else "Oui",
                    f"Solidarité{letter}",
                    f"Prévoir de l’eau {letter}",
                ]
            )
    return folder


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("events")
    one, other = root / "un" / "essai", root / "deux" / "essai"  # the notebook tells the folder
    return write(one, 3, letter="B"), write(other, 4, letter="G")


def measures(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    raw = measure(load(folder))
    return raw, protect(raw)


UNLIKE = (
    "profile",
    "organisation",
    "origin_commune",
    "origin_department",
    "first_time",
    "registration_timeline",
    "half_day",
    "respondent_profile",
    "respondent_origin",
    "respondent_first_time",
    "word",
)


@pytest.mark.parametrize("metric", UNLIKE)
def test_what_is_hidden_differs(both, metric):
    raw = [measures(folder)[0] for folder in both]
    one, other = (table.loc[table["metric"] == metric, ["level", "value"]] for table in raw)
    assert one["value"].notna().any()
    assert one.to_numpy().tolist() != other.to_numpy().tolist()


def test_protected_measures_of_both_are_the_same(both):
    one, other = (measures(folder)[1] for folder in both)
    pd.testing.assert_frame_equal(one, other)


def test_no_output_of_any_format_tells_one_from_the_other(both, tmp_path, monkeypatch):
    fingerprint = SimpleNamespace(hexdigest=lambda: "0" * 64)  # told, and of unlike files unlike
    hashes = SimpleNamespace(sha256=lambda content: fingerprint)
    monkeypatch.setattr(gathering, "hashlib", hashes)
    monkeypatch.setattr(report, "made_from", lambda *given, **options: "")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741046400")
    formats = [name for name, _ in report.WRITERS]
    made = [publish(folder, tmp_path / folder.parent.name, formats) for folder in both]
    files = [
        {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in out.rglob("*")
            if path.is_file()
        }
        for out in made
    ]
    assert files[0].keys() == files[1].keys()
    assert {name for name in files[0] if files[0][name] != files[1][name]} == set()
    assert len(files[0]) > 20


def test_a_report_that_two_more_people_change_says_so(both, tmp_path, capsys):
    event, out = both[0], str(tmp_path / "out")
    copied = tmp_path / "essai"
    shutil.copytree(event, copied)
    asked = ["report", str(copied), "--out", out, "--formats", "measures"]
    assert main(asked) == 0
    assert main(asked) == 0
    assert "diffère de 1 à 4 personnes" not in capsys.readouterr().err
    lists = copied / "inscriptions.csv"
    rows = lists.read_text(encoding="utf-8").splitlines()
    kept = [
        row for row in rows if row.split(";")[1] != LAST[1] or row.split(";")[0] not in FIRST[:2]
    ]
    lists.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert main(asked) == 0
    said = capsys.readouterr().err
    assert "diffère de 1 à 4 personnes" in said and "Département" in said
