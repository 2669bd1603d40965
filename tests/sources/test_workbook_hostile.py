"""The 77 hostile files: what the manifest expects, figures exact, never silently wrong."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from necbilan.errors import UnreadableFile
from necbilan.sources.workbook import Reading, read

HOSTILE = Path(__file__).parents[1] / "data" / "hostile"


def stored_cases() -> list[dict[str, str]]:
    with (HOSTILE / "manifest.csv").open(encoding="utf-8", newline="") as source:
        cases = list(csv.DictReader(source))
    return [case for case in cases if case["stored"] == "yes"]


def key(label: str) -> str:
    """A header without case, accent, space or sign."""
    decomposed = unicodedata.normalize("NFKD", label.casefold())
    return "".join(char for char in decomposed if char.isalnum())


def column(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[next(label for label in frame.columns if key(label).startswith(key(name)))]


def check_figures(case: dict[str, str], reading: Reading) -> None:
    table = reading.table
    assert len(table) == int(case["rows"] or len(table))
    assert len(table.columns) == int(case["cols"] or len(table.columns))
    if case["sum_note"]:
        assert column(table, "Note").sum() == float(case["sum_note"])
    if case["sum_note_any"]:
        assert str(column(table, "Note").sum()) in case["sum_note_any"].split("|")
    if case["sum_montant"]:
        assert column(table, "Montant").sum() == pytest.approx(float(case["sum_montant"]))
    if case["date_min"]:
        assert column(table, "Inscrit le").min() == pd.Timestamp(case["date_min"])
    if case["probe"]:
        assert column(reading.text, "Nom").iloc[6] == case["probe"]
    if case["probe_len"]:
        longest = column(reading.text, "Commentaire").str.len().max()
        assert longest == int(case["probe_len"])


@pytest.mark.parametrize("case", stored_cases(), ids=lambda case: case["file"])
def test_hostile_file_ends_as_expected(case: dict[str, str]) -> None:
    accepted = {case["expected"], *case["also_accept"].split("|")}
    try:
        reading = read(HOSTILE / case["file"])
    except UnreadableFile as error:
        assert "clear_error" in accepted, str(error)
        said = str(error)
    else:
        said = " ".join(problem.sentence() for problem in reading.problems)
        assert ("ok_with_warning" if reading.problems else "ok") in accepted, said
        assert reading.account.balance() == 0
        assert reading.account.kept == len(reading.table)
        if case["rows"]:
            check_figures(case, reading)
    if said and case["message_must_match"]:
        assert re.search(case["message_must_match"], said, re.IGNORECASE), said


def test_no_zip_entry_is_ever_written_outside() -> None:
    read(HOSTILE / "zip_path_traversal.xlsx")
    assert not list(HOSTILE.parents[1].rglob("canary_zip.txt"))


def test_a_pickle_is_refused_by_its_bytes_and_never_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableFile, match="pickle"):
        read(HOSTILE / "data_pickle.pkl")
    assert not list(tmp_path.iterdir())


def test_joined_sheets_name_the_sheet_of_every_row() -> None:
    reading = read(HOSTILE / "two_data_sheets.xlsx")
    assert set(reading.account.row_sheets) == {"Jour 1", "Jour 2"}
    assert len(reading.table) == 40
    assert reading.account.row_numbers[0] == reading.account.row_numbers[20] == 2


def test_a_stray_quote_costs_no_line() -> None:
    reading = read(HOSTILE / "unclosed_quote.csv")
    assert len(reading.table) == 20
    told = next(p for p in reading.problems if p.code == "W_QUOTE_KEPT")
    assert told.cell == "ligne 6"


def test_the_line_with_a_separator_too_many_is_rejected_by_its_number() -> None:
    reading = read(HOSTILE / "extra_separator_row7.csv")
    assert len(reading.table) == 19
    assert [(r.line, r.reason) for r in reading.account.rejects if r.reason == "ragged"] == [
        (8, "ragged")
    ]
