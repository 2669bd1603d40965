"""What stands in a folder and is not read is said, with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from necbilan.errors import ConfigError, InputMissing
from necbilan.sources import load
from necbilan.sources.event.file import read_event

if TYPE_CHECKING:
    from pathlib import Path

EVENT = 'name = "Essai"\ndate = 2025-10-12\nplace = "Ici"\n'
PEOPLE = "Nom;Prénom;Structure\nInventet;Aline;La Poste\nQuibolle;Bruno;La Poste\n"
SURVEY = "Horodateur;Satisfaction générale\n" + "2025-10-13;Très satisfait\n" * 6


def folder(root: Path, files: dict[str, str | bytes], event: str = EVENT) -> Path:
    for name, content in {"event.toml": event, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def codes(root: Path) -> dict[str, str]:
    return {problem.code: problem.file for problem in load(root).problems}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("enquete.numbers", "A_NOT_READ"),
        ("Réponses.gsheet", "A_NOT_READ"),
        ("exports.zip", "A_NOT_READ"),
        ("liste.PDF", "W_NOT_READ"),
    ],
)
def test_file_that_may_hold_a_list_is_named(tmp_path: Path, name: str, code: str) -> None:
    assert codes(folder(tmp_path, {"inscrits.csv": PEOPLE, name: b"PK"}))[code] == name


def test_what_the_system_and_the_organiser_leave_there_is_passed_over(tmp_path: Path) -> None:
    others = (".DS_Store", "desktop.ini", "Thumbs.db", "photo.jpg", "2024/measures.csv")
    beside = {"inscrits.csv": PEOPLE, **dict.fromkeys(others, "x"), "2024/liste.csv": PEOPLE}
    assert set(codes(folder(tmp_path, beside))) == {"W_KIND_GUESSED"}


def test_sub_folder_of_spreadsheets_is_named_with_the_line_to_write(tmp_path: Path) -> None:
    root = folder(tmp_path, {"inscrits.csv": PEOPLE, "exports/enquete.csv": SURVEY})
    (told,) = (p for p in load(root).problems if p.code == "A_SUBFOLDER")
    assert "exports/enquete.csv" in told.remedy


def test_spreadsheet_that_files_forget_is_named(tmp_path: Path) -> None:
    named = EVENT + '[files]\nregistrations = "inscrits.csv"\n'
    root = folder(tmp_path, {"inscrits.csv": PEOPLE, "enquete.csv": SURVEY}, named)
    assert codes(root) == {"W_NOT_NAMED": "enquete.csv"}


@pytest.mark.parametrize("lock", ["~$inscrits.csv", "~$scrits.csv", ".~lock.inscrits.csv#"])
def test_file_held_open_by_a_spreadsheet_program_is_told(tmp_path: Path, lock: str) -> None:
    assert codes(folder(tmp_path, {"inscrits.csv": PEOPLE, lock: "x"}))["W_OPEN"] == "inscrits.csv"


def test_folder_whose_spreadsheets_are_elsewhere_says_where(tmp_path: Path) -> None:
    root = folder(tmp_path, {"exports/inscrits.csv": PEOPLE, "exports.zip": b"PK"})
    with pytest.raises(InputMissing) as refused:
        load(root)
    said = str(refused.value)
    assert "exports/inscrits.csv" in said
    assert "Décompressez-la" in said


def test_folder_of_events_says_which_they_are(tmp_path: Path) -> None:
    folder(tmp_path / "brest", {"inscrits.csv": PEOPLE})
    with pytest.raises(InputMissing, match="se trouve dans : brest"):
        read_event(tmp_path)


def test_survey_of_exhibitors_is_not_counted_with_that_of_the_public(tmp_path: Path) -> None:
    root = folder(tmp_path, {"enquete_public.csv": SURVEY, "enquete_exposants.csv": SURVEY})
    dossier = load(root)
    assert dossier.responses is not None
    assert dossier.responses["respondent"].nunique() == 6
    assert codes(root)["A_SURVEY_ASIDE"] == "enquete_exposants.csv"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('date = "3 octobre 2025"', "date = 2025-10-03"),
        ("date = vendredi 3 octobre 2025", "date = 2025-10-03"),
        ('date = "03/10/2025"', "date = 2025-10-03"),
        ("date = 1er octobre 2025", "date = 2025-10-01"),
        ("date = 2025-10-33", "un jour du calendrier"),
        ("date = [2025-10-03, 2025-10-04]", "dates = ["),
        ("", "date = 2025-10-16"),
    ],
)
def test_day_written_otherwise_is_told_as_it_should_be(
    tmp_path: Path, line: str, told: str
) -> None:
    root = folder(tmp_path, {}, f'name = "Essai"\nplace = "Ici"\n{line}\n')
    with pytest.raises(ConfigError) as refused:
        read_event(root)
    assert told in refused.value.problem.expected


def test_lines_ended_as_on_old_systems_are_read(tmp_path: Path) -> None:
    root = folder(tmp_path, {}, EVENT.replace("\n", "\r"))
    assert read_event(root).event.place == "Ici"


def test_path_of_windows_is_told_as_such(tmp_path: Path) -> None:
    line = '[files]\nsurvey = "C:\\Users\\moi\\enquete.csv"\n'
    with pytest.raises(ConfigError, match="barre oblique inverse"):
        read_event(folder(tmp_path, {}, EVENT + line))
