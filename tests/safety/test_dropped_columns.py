"""What must never be kept is dropped at reading, in lists and in surveys, in French and English."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import get_args

import pytest
from small_event import write_event

from necbilan import tables
from necbilan.sources.folder import build
from necbilan.sources.gathering import gather

CASES = Path(__file__).parents[1] / "data" / "privacy" / "dropped_headings.csv"
TABLES = (tables.REGISTRATIONS, tables.RESPONSES, tables.ACTIVITIES, tables.SPEAKERS)


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def with_columns(path: Path, separator: str, columns: list[tuple[str, str]]) -> None:
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    headings = "".join(f'{separator}"{heading}"' for heading, _ in columns)
    cells = "".join(f'{separator}"{cell}"' for _, cell in columns)
    path.write_text(
        "\n".join([head + headings, *(row + cells for row in rows)]) + "\n", encoding="utf-8"
    )


def all_that_is_kept(event: Path) -> str:
    dossier = build(gather(event)).dossier
    frames = (dossier.registrations, dossier.responses, dossier.activities, dossier.speakers)
    kept = "".join(frame.to_csv() for frame in frames if frame is not None)
    return f"{kept}{dossier.facts!r}{dossier.problems!r}".casefold()


def test_there_are_at_least_sixty_headings_of_eleven_sorts():
    assert len(cases()) >= 60
    assert len({case["kind"] for case in cases()}) == 11


@pytest.mark.parametrize(("file", "separator"), [("inscriptions.csv", ";"), ("reponses.csv", ",")])
def test_no_cell_under_a_heading_of_health_address_or_account_is_kept(tmp_path, file, separator):
    event = write_event(tmp_path / "essai")
    with_columns(event / file, separator, [(case["heading"], case["cell"]) for case in cases()])
    kept = all_that_is_kept(event)
    assert [case["heading"] for case in cases() if case["cell"].casefold() in kept] == []


@pytest.mark.parametrize("kind", sorted({case["kind"] for case in cases()}))
def test_one_such_column_alone_is_dropped_from_a_survey_too(tmp_path, kind):
    """Alone, nothing beside it can take its field."""
    case = next(case for case in cases() if case["kind"] == kind)
    event = write_event(tmp_path / "essai")
    with_columns(event / "reponses.csv", ",", [(case["heading"], case["cell"])])
    assert case["cell"].casefold() not in all_that_is_kept(event)


@pytest.mark.parametrize(
    "question",
    [
        "Êtes-vous satisfait du repas ?",
        "Que pensez-vous de la qualité des repas végétariens ?",
        "L’accessibilité du lieu vous a-t-elle paru adaptée aux situations de handicap ?",
        "Avez-vous apprécié l’atelier Numérique et handicap ?",
    ],
)
def test_what_was_thought_of_the_meal_or_of_the_access_is_a_question(tmp_path, question):
    event = write_event(tmp_path / "essai")
    with_columns(event / "reponses.csv", ",", [(question, "Plutôt satisfait")])
    asked = build(gather(event)).dossier.facts.questions
    assert question in [one.wording.replace("'", "’") for one in asked]


def test_every_sort_of_column_is_declared():
    declared = {column.privacy for table in TABLES for column in table.columns}
    assert declared == set(get_args(tables.Privacy))


def test_a_key_changes_the_columns_declared_pseudonymised_of_people_and_no_other(tmp_path):
    event = write_event(tmp_path / "essai")
    gathered = gather(event)
    one, other = (build(gathered, bytes([byte]) * 32).dossier for byte in (1, 2))
    changed = {
        name
        for name in one.registrations
        if not one.registrations[name].equals(other.registrations[name])
    }
    declared = {
        column.name for column in tables.REGISTRATIONS.columns if column.privacy == "pseudonymise"
    }
    assert changed == declared == {"person"}


def test_what_people_wrote_freely_stands_in_columns_declared_verbatim_alone(tmp_path):
    event = write_event(tmp_path / "essai", cells="zorglubien")
    (event / "decisions.csv").unlink(missing_ok=True)
    dossier = build(gather(event)).dossier
    holding = {
        name
        for name in dossier.responses
        if dossier.responses[name].astype("string").str.contains("Prévoir", na=False).any()
    }
    declared = {column.name for column in tables.RESPONSES.columns if column.privacy == "verbatim"}
    assert holding == declared == {"answer"}


def test_no_column_of_the_frames_holds_a_name_an_address_or_a_birth():
    forbidden = re.compile(r"name$|mail|phone|address|birth|health|diet|handicap|^ip$|siret")
    columns = [column.name for table in TABLES for column in table.columns]
    assert [name for name in columns if forbidden.search(name)] == []
