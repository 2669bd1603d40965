"""Where the table is: titles, headers of one to three rows, sections, totals, footnotes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from necbilan.errors import InputMissing, UnreadableFile
from necbilan.sources.workbook import Reading, read, sheet_names

HEADER = ["Nom", "Courriel", "Note", "Commune"]
PEOPLE = [
    ["Exemplard", "a@exemple.invalid", 4, "Metz"],
    ["Gabarit", "b@exemple.invalid", 5, "Nancy"],
    ["Faussard", "c@exemple.invalid", 3, "Metz"],
]


def sheet_of(path: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def reading_of(tmp_path: Path, rows: list[list[object]], *merged: str) -> Reading:
    return read(sheet_of(tmp_path / "liste.xlsx", rows, merged))


def csv_reading(tmp_path: Path, text: str) -> Reading:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8")
    return read(path)


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def reasons(reading: Reading) -> list[tuple[int, str]]:
    return [(reject.line, reject.reason) for reject in reading.account.rejects]


def test_titles_above_are_kept_as_preamble(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [["Liste NEC"], ["Export du 13/10/2023"], [], HEADER, *PEOPLE])
    assert reading.origin.preamble == ("Liste NEC", "Export du 13/10/2023")
    assert reading.origin.header_rows == (4,)
    assert reading.account.row_numbers == (5, 6, 7)
    assert codes(reading) == ["W_PREAMBLE"]


def test_pairs_above_a_wide_table_are_no_header(tmp_path: Path) -> None:
    reading = csv_reading(
        tmp_path,
        "Organisateur;CD57\nLieu;Metz\nNom;Courriel;Note;Commune\n"
        + "".join(";".join(map(str, row)) + "\n" for row in PEOPLE),
    )
    assert reading.origin.header_rows == (3,)
    assert reading.origin.preamble == ("Organisateur CD57", "Lieu Metz")


def test_merged_groups_give_their_text_to_each_of_their_columns(tmp_path: Path) -> None:
    rows = [["Participant", None, "Avis", None], HEADER, *PEOPLE]
    reading = reading_of(tmp_path, rows, "A1:B1", "C1:D1")
    assert reading.origin.headers == (("Participant", "Participant", "Avis", "Avis"), tuple(HEADER))
    assert list(reading.table.columns) == HEADER


def test_a_header_that_goes_on_below_its_group_takes_both_rows(tmp_path: Path) -> None:
    rows = [
        ["N°", "Participant", None, "Note"],
        [None, "Nom", "Courriel", None],
        [1, "Exemplard", "a@exemple.invalid", 4],
        [2, "Gabarit", "b@exemple.invalid", 5],
    ]
    reading = reading_of(tmp_path, rows, "A1:A2", "B1:C1", "D1:D2")
    assert list(reading.table.columns) == ["N°", "Nom", "Courriel", "Note"]
    assert reading.table["Note"].sum() == 9


def test_the_same_leaf_under_two_groups_takes_the_name_of_its_group(tmp_path: Path) -> None:
    rows = [
        [None, "Atelier", None, "Repas", None],
        ["Nom", "Bien", "Mal", "Bien", "Mal"],
        ["A", 1, 0, 1, 0],
        ["B", 0, 1, 1, 0],
    ]
    reading = reading_of(tmp_path, rows)
    assert list(reading.table.columns) == [
        "Nom", "Atelier – Bien", "Atelier – Mal", "Repas – Bien", "Repas – Mal",
    ]  # fmt: skip


def test_a_table_may_start_at_d5(tmp_path: Path) -> None:
    margin = [None] * 3
    rows = [[]] * 4 + [[*margin, *HEADER]] + [[*margin, *row] for row in PEOPLE]
    reading = reading_of(tmp_path, rows)
    assert reading.account.column_letters == ("D", "E", "F", "G")
    assert reading.account.row_numbers == (6, 7, 8)


def test_sections_totals_and_footnotes_are_no_people(tmp_path: Path) -> None:
    rows = [
        HEADER, ["Groupe A"], *PEOPLE[:2], ["Sous-total", None, 9], ["Groupe B"], PEOPLE[2],
        ["TOTAL", None, 12], [], ["* liste provisoire"],
    ]  # fmt: skip
    reading = reading_of(tmp_path, rows)
    assert reading.table["Note"].sum() == 12
    assert reasons(reading) == [
        (1, "header"), (2, "section"), (5, "total"), (6, "section"), (8, "total"),
        (9, "blank"), (10, "footnote"),
    ]  # fmt: skip
    assert codes(reading) == ["W_TOTAL_ROW", "W_SECTION", "W_FOOTNOTE"]


def test_a_person_called_total_is_a_person(tmp_path: Path) -> None:
    people = [*PEOPLE, ["Total", "d@exemple.invalid", 5, "Metz"]]
    assert len(reading_of(tmp_path, [HEADER, *people]).table) == 4


def test_an_answer_that_several_gave_is_no_total(tmp_path: Path) -> None:
    rows = [["Avis", "Note"], *[["Moyenne", note] for note in (3, 4, 5)], ["Bonne", 5]]
    assert len(reading_of(tmp_path, rows).table) == 4


def test_a_repeated_header_is_no_person(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [HEADER, *PEOPLE, HEADER, *PEOPLE])
    assert len(reading.table) == 6
    assert (5, "repeated_header") in reasons(reading)


def test_doubled_headers_are_numbered_and_none_is_lost(tmp_path: Path) -> None:
    rows = [["Nom", "Avis", "Avis", "Avis (2)"], ["A", "x", "y", "z"], ["B", "u", "v", "w"]]
    reading = reading_of(tmp_path, rows)
    assert list(reading.text.columns) == ["Nom", "Avis", "Avis (3)", "Avis (2)"]
    assert list(reading.text.iloc[0]) == ["A", "x", "y", "z"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Zoé;z@exemple.invalid;4", "Léa;l@exemple.invalid;5"), ("A;1;2", "B;3;4")],
)
def test_a_first_row_of_data_is_refused_as_a_header(
    tmp_path: Path, first: str, second: str
) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        csv_reading(tmp_path, f"{first}\n{second}\n{first}\n{second}\n")
    assert refusal.value.problem.code == "E_NO_HEADER"
    assert "Zoé" not in str(refusal.value)


def test_a_header_short_of_a_separator_is_refused_not_shifted(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        csv_reading(tmp_path, "Nom;CourrielNote\nA;a@b.fr;4\nB;b@b.fr;5\n")
    assert refusal.value.problem.code == "E_RAGGED_HEADER"


def test_a_row_with_one_cell_too_many_is_rejected_even_if_its_last_is_blank(
    tmp_path: Path,
) -> None:
    reading = csv_reading(tmp_path, "Nom;Note;Avis\nA;4;\nB;;5;\nC;3;ok\nD;2;ok\n")
    assert list(reading.text["Nom"]) == ["A", "C", "D"]
    assert (3, "ragged") in reasons(reading)


def test_separators_at_the_end_of_every_line_are_blank_columns(tmp_path: Path) -> None:
    reading = csv_reading(tmp_path, "Nom;Note;;\nA;4;;\nB;5;;\n;;;\n;;;\n")
    assert list(reading.table.columns) == ["Nom", "Note"]
    assert reading.problems == ()
    assert reading.account.balance() == 0


def test_several_sheets_of_other_headers_are_asked_about(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "deux.xlsx", [HEADER, *PEOPLE])
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("Programme")
    for row in (["Type", "Intitulé", "Salle"], ["Atelier", "Repérer", "A"], ["Stand", "Jeu", "B"]):
        other.append(row)
    book.save(path)
    assert sheet_names(path) == ["Sheet", "Programme"]
    with pytest.raises(UnreadableFile, match="Programme"):
        read(path)
    assert list(read(path, sheet="Programme").table["Salle"]) == ["A", "B"]
    with pytest.raises(UnreadableFile, match="n’existe pas"):
        read(path, sheet="Budget")


def test_a_hidden_sheet_is_never_read_first(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "cachee.xlsx", [HEADER, *PEOPLE])
    book = openpyxl.load_workbook(path)
    hidden = book.create_sheet("Paramètres", 0)
    hidden.append(["clé", "valeur", "note"])
    hidden.append(["a", 1, 2])
    hidden.sheet_state = "veryHidden"
    book.active = 1
    book.save(path)
    reading = read(path)
    assert reading.origin.sheet == "Sheet"
    assert codes(reading) == ["W_HIDDEN_SHEET"]
    assert sheet_names(path) == ["Sheet"]


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match=r"absent\.csv"):
        read(tmp_path / "absent.csv")


def test_what_is_said_of_one_line_and_of_several_agrees(tmp_path: Path) -> None:
    one = sheet_of(tmp_path / "une.xlsx", [["Notre liste"], HEADER, *PEOPLE])
    two = sheet_of(tmp_path / "deux.xlsx", [["Notre liste"], ["de mars"], HEADER, *PEOPLE])
    said = [problem.found for path in (one, two) for problem in read(path).problems]
    assert said == [
        "1 ligne au-dessus de l’en-tête ne fait pas partie du tableau\u202f; "
        "l’en-tête est à la ligne 2",
        "2 lignes au-dessus de l’en-tête ne font pas partie du tableau\u202f; "
        "l’en-tête est à la ligne 3",
    ]
