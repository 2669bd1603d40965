"""75 files written by real software: rows, sums, dates and probes right for every one."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from necbilan.errors import UnreadableFile
from necbilan.sources.workbook import read

GENUINE = Path(__file__).parents[1] / "data" / "genuine"

# What a writer does to the dates of the manifest (README.md, FORMATS of the writers):
# pretix writes the day in one column and the time in another; Webform writes the moment
# the form was opened, to the minute, and the manifest the moment it was finished; Indico
# writes UTC in CSV and local time in xlsx, the manifest one of the two.
TOLERANCES = {
    "pretix": pd.Timedelta(days=1),
    "webform": pd.Timedelta(minutes=15),
    "indico": pd.Timedelta(hours=2),
}


def cases() -> list[dict[str, str]]:
    with (GENUINE / "manifest.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def named(frame: pd.DataFrame, name: str) -> pd.Series:
    """The column of that name, or the one that ends with it under its section's name."""
    spaced = " ".join(name.split())
    label = next(label for label in frame.columns if str(label).endswith(spaced))
    return frame[label]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["file"])
def test_genuine_file_gives_back_its_figures(case: dict[str, str]) -> None:
    path = GENUINE / case["file"]
    if case["password"]:
        with pytest.raises(UnreadableFile, match="mot de passe"):
            read(path)
        return
    reading = read(path, sheet=case["sheet"] or None)
    drafts = int(case["pending"] or 0) if case["writer"] == "webform" else 0
    assert len(reading.table) == int(case["rows"]) + drafts
    assert reading.account.balance() == 0
    if case["columns"]:
        assert len(reading.table.columns) == int(case["columns"])
    assert reading.origin.header_rows[-1] == int(case["header_row"])
    if case["sum_column"]:
        values = named(reading.table, case["sum_column"])
        assert values.sum() == pytest.approx(float(case["sum"]))
    if case["probe_row"]:
        probes = named(reading.text, case["probe_column"])
        assert probes.iloc[int(case["probe_row"]) - 1] == case["probe_value"]
    if case["date_column"]:
        found = named(reading.table, case["date_column"])
        tolerance = TOLERANCES.get(case["writer"], pd.Timedelta(0))
        for bound, value in (("earliest", found.min()), ("latest", found.max())):
            if not case[bound]:
                continue
            expected = pd.Timestamp(case[bound]).tz_localize(None)
            assert abs(value - expected) <= tolerance, bound


def test_repr_shows_no_cell() -> None:
    reading = read(GENUINE / "libreoffice" / "plain.xlsx")
    shown = repr(reading)
    assert "45 rows" in shown
    for cell in reading.text.iloc[0]:
        assert len(cell) < 4 or cell not in shown
