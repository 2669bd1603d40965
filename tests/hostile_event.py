"""An event whose every text is hostile: its fields are those of the schemas, so that a new one
is driven too.

event.toml is filled from the tree of its keys, each sheet from vocabulary/fields.toml.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from PIL import Image
from small_event import FIRST, LAST, TOWNS

from necbilan import vocabulary
from necbilan.safe_cells import visible
from necbilan.sources.event.schema import SCHEMA, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DAY = date(2025, 3, 4)
TITLES = ("Atelier des mots de passe", "Plénière")
CHOSEN: dict[str, Any] = {
    "id": "essai",
    "date": DAY,
    "dates": [DAY],
    "commune": "Metz",
    "retention": date(2027, 3, 4),
    "previous": "avant/measures.csv",
    "logo": "logo.png",
    "target": [20, 30],
    "primary": "#14532D",
    "secondary": "#B91C1C",
    "gender": "woman",
    "voice": "public",
}
"""keys whose value is no free text, or that must name something that is there"""
SHEETS = ("registration", "programme", "speakers", "budget")
GOOD = {
    "registration": {
        "first_name": lambda rank: FIRST[rank % len(FIRST)],
        "last_name": lambda rank: LAST[rank // len(FIRST)],
        "email": lambda rank: f"{FIRST[rank % 8]}.{LAST[rank // 8]}@exemple.invalid".lower(),
        "postal_code": lambda rank: TOWNS[rank % 3][0],
        "commune": lambda rank: TOWNS[rank % 3][1],
        "checked_in": lambda rank: "oui",
    },
    "programme": {
        "title": lambda rank: TITLES[rank],
        "capacity": lambda rank: "30",
        "speakers": lambda rank: "Iris Oratrice",
    },
    "speakers": {
        "full_name": lambda rank: f"Iris{'e' * rank} Oratrice",
        "activity": lambda rank: TITLES[rank % 2],
    },
    "budget": {
        "planned": lambda rank: "100",
        "actual": lambda rank: "130",
    },
}
"""cells that the event needs to be one; the last line of each sheet is hostile in all of them"""
DECIDING = frozenset(
    {"status", "paid", "valid", "confirmed", "coming", "quantity", "addon", "ticket_type"}
    | {"full_name", "insee", "checked_out", "guests", "registered_on", "department", "region"}
    | {"epci", "country", "place", "organisation_and_job", "birth", "technical", "ignored"}
)
"""fields that say who counts, or where from: hostile in the last line only"""


def word_of(path: Sequence[str]) -> str:
    """A word that stands beside the payload of a field and of no other."""
    return "Mot" + "".join(part.title() for part in "".join(path).split("_"))


def filled(kind: Kind, payload: str, path: tuple[str, ...] = ()) -> Any:
    """A value that the kind accepts, hostile wherever it is a text.

    Raises AssertionError for a kind that this does not know how to fill.
    """
    if path and path[-1] in CHOSEN and kind.accepts(CHOSEN[path[-1]]):
        return CHOSEN[path[-1]]
    if kind.keys and not kind.accepts(""):
        return {key: filled(inner, payload, (*path, key)) for key, inner in kind.keys.items()}
    if kind.any_key is not None:
        return {f"{payload} {word_of(path)}": filled(kind.any_key, payload, path)}
    if kind.of is not None:
        return [filled(kind.of, payload, path)]
    choices = kind.expected.removeprefix("l’un de : ").split(", ")
    values = (f"{payload} {word_of(path)}", 3, True, DAY, choices[0])
    accepted = [value for value in values if kind.accepts(value)]
    assert accepted, f"no hostile value for {'.'.join(path)}: teach tests/hostile_event.py"
    return accepted[0]


def texts(kind: Kind, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every free text of event.toml."""
    if kind.keys and not kind.accepts(""):
        for key, inner in kind.keys.items():
            yield from texts(inner, (*path, key))
    elif kind.of is not None:
        yield from texts(kind.of, path)
    elif kind.any_key is not None or (path[-1] not in CHOSEN and kind.accepts("un texte libre")):
        yield path


def toml(value: Any) -> str:
    """A value as TOML, tables on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """JSON's escapes are TOML's, but for characters beyond U+FFFF."""
    signs = (json.dumps(c)[1:-1] if ord(c) < 0x10000 else f"\\U{ord(c):08X}" for c in text)
    return f'"{"".join(signs)}"'.replace("\\u0000", "")


def hostile_file_name(payload: str, name: str) -> str:
    """A name that a file can bear on POSIX, and that event.toml can give."""
    return f"{visible(payload).replace('/', '-')[:60]} {name}".strip()


def write_hostile_event(folder: Path, payload: str, *, cells: str, longest: str = "") -> Path:
    """The event: ``payload`` in what organisers write, ``cells`` in what strangers do.

    ``avant/measures.csv``, its edition before, is for the caller to put there.
    """
    folder.mkdir(parents=True)
    short = payload[:300]
    content = filled(SCHEMA, short)
    content["speakers"][0]["activities"] = content["activities"][0]["speakers"] = []
    content["description"] = content["context"] = f"{payload} {word_of(('context',))}"
    content["description"] += word_of(("description",))
    content["photos"][0]["file"] = "photo.png"
    content["presence"], content["name"] = "roll", f"{payload[:200]} MotName"
    content["declared"] = {}
    content.pop("date")
    names = {sheet: hostile_file_name(payload, f"{sheet}.csv") for sheet in SHEETS}
    content["files"] = {
        "registrations": names.pop("registration"),
        "survey": hostile_file_name(payload, "reponses.csv"),
        **names,
    }
    lines = [f"{_quoted(key)} = {toml(value)}" for key, value in content.items()]
    (folder / "event.toml").write_text("\n".join(lines), encoding="utf-8")
    for picture in ("photo.png", "logo.png"):
        Image.new("RGB", (90, 60), "#14532D").save(folder / picture)
    for sheet in SHEETS:
        _write_sheet(folder / hostile_file_name(payload, f"{sheet}.csv"), sheet, cells)
    _write_survey(folder / content["files"]["survey"], cells, longest)
    return folder


def _write_sheet(path: Path, sheet: str, cells: str) -> None:
    fields = vocabulary.read("fields")[sheet]
    good, count = GOOD[sheet], {"registration": 24, "programme": 2}.get(sheet, 3)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([(field.get("exact") or field["contains"])[0] for field in fields.values()])
        for rank in range(count):
            row = []
            for name in fields:
                hostile = f"{cells} {word_of((sheet, name))}"
                blank = "" if name in DECIDING else hostile
                row.append(good[name](rank) if name in good else blank)
            writer.writerow(row)
        if sheet == "registration":
            kept = ("first_name", "last_name", "email")
            last = {"first_name": "Zoé", "last_name": "Dernière", "email": "z.d@exemple.invalid"}
            writer.writerow([last[n] if n in kept else f"{cells} {n}" for n in fields])


def _write_survey(path: Path, cells: str, longest: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "Globalement, êtes-vous satisfait(e) de cette journée ?",
                "Qu'avez-vous le plus aimé ?",
                "Qu'avez-vous le moins aimé ?",
                "En un mot, l'inclusion numérique c'est…",
                f"Vos suggestions d'amélioration {cells[:200]}",
                f"Votre avis [{cells[:200].replace(']', ' ').replace('[', ' ')} Accueil]",
                "Votre avis [Lieu]",
            ]
        )
        levels = ("Très satisfait", "Plutôt satisfait", "Peu satisfait")
        for rank in range(12):
            remark = longest if rank == 3 and longest else cells
            writer.writerow(
                [
                    levels[rank % 3],
                    TITLES[rank % 2],
                    TITLES[1] if rank % 2 else f"{cells} Rien",
                    f"{cells} Solidarité" if rank % 2 else "Entraide",
                    f"Prévoir de l'eau {remark}",
                    levels[rank % 3],
                    levels[(rank + 1) % 3],
                ]
            )
