"""Invented events at the edges of what organisers send: tiny, partial, huge, foreign, wordy."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

FIRST = ("Aline", "Bruno", "Carole", "Denis", "Elsa", "Farid", "Gaël", "Hélène", "Ilan", "Judith")
LAST = ("Zarbignon", "Quibolle", "Vrapeau", "Mouxard", "Trifoui", "Glandu", "Pastelot", "Ourdile")
TOWNS = (("57000", "Metz"), ("54000", "Nancy"), ("57100", "Thionville"), ("67000", "Strasbourg"))
OVERALL = "Quelle est votre impression générale sur cette journée ?"
MOST = "Qu’avez-vous le plus apprécié ?"
LEAST = "Qu’avez-vous le moins apprécié ?"
WORD = "En un mot, l’inclusion numérique c’est…"
REMARK = "Que faut-il améliorer ?"
LEVELS = ("Très positive", "Plutôt positive", "Mitigée", "Plutôt négative", "Très négative")
LONG = (
    "Rencontre départementale des médiatrices et médiateurs numériques, des aidantes et des "
    "aidants, et de toutes celles et ceux qui accompagnent les publics éloignés du numérique"
)


def three_answers(folder: Path) -> Path:
    """A meeting of twelve people, three of whom answered."""
    registered(folder, 12)
    answered(folder, [(LEVELS[0], "Café", "Bravo"), (LEVELS[1], "", ""), (LEVELS[0], "", "")])
    return event(folder, files=("registrations", "survey"))


def registrations_only(folder: Path) -> Path:
    """A list of registrations, nobody counted at the door, no survey."""
    registered(folder, 64, seen=False)
    return event(folder, files=("registrations",), more='presence = "not_measured"')


def survey_only(folder: Path) -> Path:
    """Forty answers to a survey, and nothing else."""
    draw = random.Random(3)
    rows = [
        (
            draw.choices(LEVELS, (10, 16, 6, 5, 3))[0],
            draw.choice(("Lien", "Accès", "Autonomie", "Confiance", "")),
            draw.choice(("", "Plus de temps", "")),
        )
        for _ in range(40)
    ]
    answered(folder, rows)
    return event(folder, files=("survey",))


def declared_only(folder: Path) -> Path:
    """Three numbers in a file, no table."""
    return event(folder, more="[declared]\npresent = 140\nregistered = 190\nresponses = 31")


def huge(folder: Path) -> Path:
    """2,000 people, 40 activities with long titles, a survey of 700."""
    draw = random.Random(5)
    registered(folder, 2000, structures=180)
    titles = [f"Atelier n° {number} : {LONG[: 20 + 3 * number]}" for number in range(1, 41)]
    rows = [
        (draw.choices(LEVELS, (30, 45, 12, 8, 5))[0], draw.choice(titles), draw.choice(titles))
        for _ in range(700)
    ]
    answered(folder, rows, headers=(OVERALL, MOST, LEAST))
    kinds = ("Atelier", "Table ronde", "Conférence", "Stand découverte", "Visite apprenante")
    activities = "\n".join(
        f'[[activities]]\ntitle = "{title}"\nkind = "{kinds[at % 5]}"\n'
        f"capacity = {20 + at}\nattended = {draw.randint(4, 20 + at)}\n"
        for at, title in enumerate(titles)
    )
    return event(folder, files=("registrations", "survey"), tables=activities)


def two_days(folder: Path) -> Path:
    """An event over two days, in two months."""
    registered(folder, 90)
    return event(
        folder, files=("registrations",), dates="dates = [2025-09-30, 2025-10-01]", lessons=True
    )


def many_scripts(folder: Path) -> Path:
    """Emoji, Arabic, Chinese, and characters that no font has, wherever text may stand."""
    registered(folder, 30)
    words = ("👍 génial", "التضامن", "数字包容", "Zusammenhalt", "égalité 💙")
    answered(
        folder, [(LEVELS[at % 3], words[at % 5], f"Merci 🙏 {words[at % 5]}") for at in range(15)]
    )
    return event(
        folder,
        files=("registrations", "survey"),
        name="NEC العربية 数字 🎉 Metz",
        place="قاعة المدينة, Metz",
        description="Une journée 🚀 pour 所有人 et لجميع الناس.",
        lessons=True,
    )


def wordy(folder: Path) -> Path:
    """A very long name, place, organiser and description."""
    registered(folder, 40)
    return event(
        folder,
        files=("registrations",),
        name=f"Numérique en Commun[s] : {LONG}",
        place=f"Salle polyvalente intercommunale Anne-Marie-de-la-Grande-Espérance, {LONG}",
        organiser=LONG,
        description=f"{LONG}. {LONG}.",
        lessons=True,
    )


def without_lessons(folder: Path) -> Path:
    """People and answers, and not a line from the team."""
    registered(folder, 50)
    answered(folder, [(LEVELS[at % 4], "Lien", "") for at in range(25)])
    return event(folder, files=("registrations", "survey"))


HARD: dict[str, Callable[[Path], Path]] = {
    "three-answers": three_answers,
    "registrations-only": registrations_only,
    "survey-only": survey_only,
    "declared-only": declared_only,
    "huge": huge,
    "two-days": two_days,
    "many-scripts": many_scripts,
    "wordy": wordy,
    "without-lessons": without_lessons,
}


# --- how they are written ------------------------------------------------------------------


def event(
    folder: Path,
    *,
    files: Sequence[str] = (),
    name: str = "NEC d’essai",
    place: str = "Salle des fêtes",
    organiser: str = "Ville de Metz",
    description: str = "",
    dates: str = "date = 2025-10-01",
    more: str = "",
    tables: str = "",
    lessons: bool = False,
) -> Path:
    """event.toml; ``more`` stands before any table, ``tables`` after them."""
    names = {"registrations": "inscriptions.csv", "survey": "reponses.csv"}
    listed = "".join(f'{kind} = "{names[kind]}"\n' for kind in files)
    lines = [
        f'id = "{folder.name}"\nname = "{name}"\nplace = "{place}"\ncommune = "Metz"',
        f'organiser = "{organiser}"\ndescription = "{description}"\n{dates}',
        'fictional = "événement inventé"',
        more,
        f"[files]\n{listed}" if listed else "",
        tables,
        f'[[lessons]]\ntext = "{organiser} : prévoir plus de temps."\n' * 3 if lessons else "",
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "event.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def registered(folder: Path, people: int, *, seen: bool = True, structures: int = 6) -> None:
    """inscriptions.csv: dated, placed, half of them from an organisation."""
    draw = random.Random(people)
    headers = ["Prénom", "Nom", "E-mail", "Code postal", "Ville", "Structure", "Date"]
    rows = []
    for at in range(people):
        first, last = FIRST[at % len(FIRST)], f"{LAST[at % len(LAST)]}{_letters(at)}"
        code, town = draw.choices(TOWNS, (8, 3, 2, 1))[0]
        structure = _structure(draw.randrange(structures))
        day = date(2025, 9, 25) - timedelta(days=draw.randrange(40))
        row = [first, last, f"{last.lower()}{at}@exemple.invalid", code, town]
        row += [structure if at % 2 else "", f"{day:%d/%m/%Y}"]
        rows.append([*row, "oui" if draw.random() < 0.8 else "non"] if seen else row)
    _write(folder / "inscriptions.csv", [*headers, "Présent"] if seen else headers, rows)


def answered(
    folder: Path,
    rows: Sequence[Sequence[str]],
    headers: Sequence[str] = (OVERALL, WORD, REMARK),
) -> None:
    """reponses.csv, one row an answer."""
    dated = [["01/10/2025 18:00:00", *row] for row in rows]
    _write(folder / "reponses.csv", ["Horodateur", *headers], dated)


def _structure(number: int) -> str:
    """A name unlike the others: no two share both words."""
    kinds = ("Association", "Mairie", "Coopérative", "Médiathèque", "Atelier", "Collectif")
    place = f"{LAST[number % 8]}-{LAST[number // 8 % 8]}-{FIRST[number // 64 % 10]}"
    return f"{kinds[number % 6]} {place}"


def _letters(number: int) -> str:
    made = ""
    while True:
        number, rest = divmod(number, 26)
        made += chr(97 + rest)
        if not number:
            return made.capitalize()


def _write(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *rows])
