"""A small event written into a folder: 24 people, 12 answers, every kind of file, no network."""

from __future__ import annotations

import csv
from pathlib import Path

FIRST = ("Aline", "Bruno", "Carole", "Denis", "Elsa", "Farid", "Gaël", "Hélène")
LAST = ("Zarbignon", "Quibolle", "Vrapeau")
TOWNS = (("57000", "Metz"), ("54000", "Nancy"), ("57100", "Thionville"))


def write_event(
    folder: Path,
    *,
    title: str = "Journée d’essai",
    text: str = "",
    cells: str | None = None,
    longest: str = "",
    slug: str = "essai",
) -> Path:
    """The event; ``text`` goes into every field that the organiser fills, ``cells`` (the
    same when not given) into every one that a stranger fills, ``longest`` into one remark.
    """
    cells = text if cells is None else cells
    folder.mkdir(parents=True, exist_ok=True)
    quoted = _toml(text)
    (folder / "event.toml").write_text(
        f"""id = "{slug}"
name = {_toml(title)}
date = 2025-03-04
place = {_toml(text + " Salle des fêtes")}
commune = "Metz"
organiser = {_toml(text + " Ville de Metz")}
description = {quoted}
context = {quoted}
presence = "roll"
retention = 2027-03-04
partners = [{_toml(text + " Partenaire")}]

[files]
registrations = "inscriptions.csv"
survey = "reponses.csv"

[[activities]]
title = {_toml(text[:300] + " Atelier des mots de passe")}
kind = {_toml(text[:100] + " Atelier")}

[[activities]]
title = "Plénière"
kind = "Plénière"

[[speakers]]
name = {_toml(text[:100] + " Iris Oratrice")}
activities = ["Plénière"]

[[budget]]
line = {_toml(text[:300] + " Salle")}
planned = 100
actual = 120

[[improvements]]
text = {_toml(text + " Ouvrir plus tôt")}
theme = "communication"
decision = {_toml(text[:300] + " Oui")}
owner = {_toml(text[:300] + " l’équipe")}
due = {_toml(text[:300] + " juin")}
""",
        encoding="utf-8",
    )
    people = [(first, last) for last in LAST for first in FIRST]
    with (folder / "inscriptions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            [
                "Prénom",
                "Nom",
                "Courriel",
                "Structure",
                "Vous êtes",
                "Code postal",
                "Ville",
                "Présent",
            ]
        )
        for rank, (first, last) in enumerate(people):
            code, town = TOWNS[rank % 3]
            mail = f"{first}.{last}@exemple.invalid".lower()
            organisation = f"{cells} Association" if rank % 2 else f"Mairie de {town}"
            writer.writerow(
                [
                    first,
                    last,
                    mail,
                    organisation,
                    f"Étudiante {cells}" if rank % 4 else "Élu",
                    code,
                    f"{town} {cells[:200]}" if rank == 5 else town,
                    "oui",
                ]
            )
    with (folder / "reponses.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "Globalement, êtes-vous satisfait(e) de cette journée ?",
                "Qu'avez-vous le plus aimé ?",
                "Qu'avez-vous le moins aimé ?",
                "En un mot, l'inclusion numérique c'est…",
                f"Vos suggestions d'amélioration {cells[:200]}",
            ]
        )
        for rank in range(12):
            writer.writerow(
                [
                    ("Très satisfait", "Plutôt satisfait", "Peu satisfait")[rank % 3],
                    "Atelier des mots de passe" if rank % 2 else "Plénière",
                    "Plénière" if rank % 2 else f"{cells} Rien",
                    f"{cells} Solidarité" if rank % 2 else "Entraide",
                    f"Prévoir de l'eau {longest if rank == 3 and longest else cells}",
                ]
            )
    return folder


def _toml(text: str) -> str:
    escaped = "".join(
        character
        if character.isprintable() and character not in '"\\'
        else f"\\u{ord(character):04X}"
        for character in text
        if character != "\x00"
    )
    return f'"{escaped}"'
