"""No text that we write into a spreadsheet runs there."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan.publishing.safe_cells import csv_text, neutral, workbook
from necbilan.safe_cells import original

LIVE = ["=1+1", "+1", "-1+2", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A", "  =1"]


@pytest.mark.parametrize("text", LIVE)
def test_no_text_stays_live_in_a_csv(text):
    cell = next(csv.reader(io.StringIO(csv_text([[text]]), newline="")))[0]
    assert cell.startswith("'")


@pytest.mark.parametrize("text", LIVE)
def test_no_text_is_a_formula_in_a_workbook(text):
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"Feuille": [["Mot"], [text]]})))["Feuille"]
    assert sheet["A2"].data_type in {"s", "n"} and sheet["A2"].value is not None
    assert sheet["A2"].data_type != "f"


@given(st.text())
def test_a_neutral_text_never_starts_as_a_formula_and_comes_back(text):
    safe = neutral(text)
    assert not safe.lstrip().startswith(tuple("=+-@＝＋－＠"))
    assert neutral(original(safe)) == safe


def test_numbers_stay_numbers():
    assert csv_text([[-0.5, 3, 2.0, None]]) == "-0.5,3,2,\n"
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"A": [["n"], [-0.5]]})))["A"]
    assert sheet["A2"].value == -0.5


def test_the_same_sheets_are_the_same_bytes():
    assert workbook({"A": [["é"], [1]]}) == workbook({"A": [["é"], [1]]})


def test_sheet_names_and_long_texts_fit_what_excel_takes():
    content = workbook({"a/b:c" + "x" * 40: [["t"], ["é" * 40_000], ["\x00\x0b"]]})
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.sheetnames[0]) == 31
    assert len(book.worksheets[0]["A2"].value) == 32767
