"""Cells to values: numbers, dates and codes, each column by the evidence of its values."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan.sources.workbook import dates, numbers
from necbilan.sources.workbook.grid import ErrorCell, column_letter, written
from necbilan.sources.workbook.typed import TypedColumn, type_column


def column(*cells: object, label: str = "Colonne") -> TypedColumn:
    texts = [written(cell) for cell in cells]  # type: ignore[arg-type]
    return type_column(label, list(cells), texts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1\u00a0234,50", ",", 1234.5),
        ("1\u202f234,50 €", ",", 1234.5),
        ("1 234.5", ".", 1234.5),
        ("1.234,5", ",", 1234.5),
        ("1,234.5", ".", 1234.5),
        ("12.345.678", ",", 12345678.0),
        ("1,234", ",", 1.234),
        ("1,234", ".", 1234.0),
        ("-12,5", ",", -12.5),
        ("−12,5", ",", -12.5),
        ("0,123", ".", 0.123),
        ("35,5 %", ",", 0.355),
        ("14 k€", ",", 14000.0),
        ("$74.69", ".", 74.69),
    ],
)
def test_number_is_read_with_the_mark_of_its_column(text: str, mark: str, value: float) -> None:
    assert numbers.number(text, mark) == pytest.approx(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["06 39 98 00 11", "06000", "8/10", "huit", "", "12 bis", "1 23"])
def test_what_is_no_number_stays_none(text: str) -> None:
    assert numbers.number(text, ",") is None


def test_the_column_proves_its_decimal_mark() -> None:
    assert numbers.decimal_mark(["1,234", "12,5"]) == ","
    assert numbers.decimal_mark(["1,234", "12.5"]) == "."
    assert numbers.decimal_mark(["1,234"]) is None
    assert numbers.decimal_mark(["12,5", "12.5"]) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-02-03", datetime(2025, 2, 3)),
        ("2022/03/21 1:30:20 PM UTC+1", datetime(2022, 3, 21, 13, 30, 20)),
        ("12:05 AM", None),
        ("2026-08-15T01:30:04+02:00", datetime(2026, 8, 15, 1, 30, 4)),
        ("09/10/2025 21:59", datetime(2025, 10, 9, 21, 59)),
        ("08/10/2026 - 19:29", datetime(2026, 10, 8, 19, 29)),
        ("12 sept. 2025, 18:03:11", datetime(2025, 9, 12, 18, 3, 11)),
        ("jeudi 12 octobre 2023", datetime(2023, 10, 12)),
        ("1er août 2024", datetime(2024, 8, 1)),
        ("12/10/2023 à 9h30", datetime(2023, 10, 12, 9, 30)),
        ("1/2", None),
        ("10-12", None),
        ("1.2.33", None),
        ("31/02/2025", None),
    ],
)
def test_date_is_read_by_an_explicit_format(text: str, moment: datetime | None) -> None:
    assert dates.moment(text, "day_first") == moment


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)).map(
        lambda m: m.replace(microsecond=0)
    )
)
def test_every_order_reads_back_the_moment_it_wrote(moment: datetime) -> None:
    assert dates.moment(f"{moment:%d/%m/%Y %H:%M:%S}", "day_first") == moment
    assert dates.moment(f"{moment:%m/%d/%Y %I:%M:%S %p}", "month_first") == moment
    assert dates.moment(moment.isoformat(), "month_first") == moment


def test_one_value_over_twelve_gives_the_order_of_the_whole_column() -> None:
    french = column("03/04/2025", "13/04/2025")
    american = column("03/04/2025", "04/13/2025")
    assert list(pd.Series(french.values).dt.month) == [4, 4]
    assert list(pd.Series(american.values).dt.month) == [3, 4]
    assert french.faults == american.faults == ()


def test_dates_that_prove_nothing_are_read_day_first_and_said() -> None:
    read = column("03/04/2025", "05/06/2025")
    assert pd.Series(read.values).dt.month.tolist() == [4, 6]
    assert [fault.kind for fault in read.faults] == ["date_order"]


def test_opposite_orders_in_one_column_are_asked_about() -> None:
    read = column("13/04/2025", "05/16/2025")
    assert [fault.kind for fault in read.faults] == ["date_conflict", "not_a_date"]


def test_dates_turned_by_a_spreadsheet_of_the_other_order_are_asked_about() -> None:
    real = [datetime(2025, month, 4) for month in (1, 2, 3)]
    read = column(*real, "13/04/2025", "14/04/2025", "15/04/2025")
    assert [fault.kind for fault in read.faults] == ["date_swapped"]


def test_serials_are_dates_only_under_the_header_of_a_date() -> None:
    dated = column(45670.0, 45671.0, label="Inscrit le")
    counted = column(45670.0, 45671.0, label="Visites")
    assert pd.Series(dated.values).iloc[0] == pd.Timestamp("2025-01-13")
    assert [fault.kind for fault in dated.faults] == ["date_serial"]
    assert list(counted.values) == [45670, 45671]


def test_codes_keep_their_zeros() -> None:
    assert list(column("06000", "57000", label="Lieu").values) == ["06000", "57000"]
    assert list(column(57050.0, "01000", label="Code postal").values) == ["57050", "01000"]
    siren = column("130005481", "200054807", label="Identité")
    assert list(siren.values) == ["130005481", "200054807"]


def test_missing_words_stay_text_and_missing_in_a_column_of_numbers() -> None:
    assert list(column("NA", "None", "null").values) == ["NA", "None", "null"]
    read = column("4", "5", "3", "2", "N/A")
    assert read.values[4] is pd.NA
    assert read.faults == ()


def test_cells_that_are_no_number_are_named() -> None:
    read = column(*[float(n) for n in range(8)], "8/10", "huit")
    assert [(fault.kind, fault.rows) for fault in read.faults] == [("not_a_number", (8, 9))]
    assert read.values.sum() == 28


def test_an_excel_error_is_missing_and_named() -> None:
    read = column(4.0, ErrorCell("#REF!"), 5.0)
    assert [(fault.kind, fault.rows) for fault in read.faults] == [("cell_error", (1,))]
    assert read.values[1] is pd.NA


def test_phone_numbers_stored_as_numbers_stay_text_and_are_said() -> None:
    read = column(639980012.0, 639980013.0, label="Téléphone")
    assert list(read.values) == ["639980012", "639980013"]
    assert [fault.kind for fault in read.faults] == ["phone"]


def test_cells_are_written_without_scientific_notation() -> None:
    assert written(639980012.0) == "639980012"
    assert written(1e-7) == "0.0000001"
    assert written(0.1) == "0.1"
    assert written(True) == "TRUE"
    assert written(date(2025, 2, 3)) == written(datetime(2025, 2, 3)) == "2025-02-03"


def test_columns_have_excel_letters() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 701, 702, 16383)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_universal_time_is_read_as_written_and_said() -> None:
    read = column("2026-10-08T07:09:00Z", "2026-10-09 07:09:00+00:00", label="Date")
    assert pd.Series(read.values).dt.hour.tolist() == [7, 7]
    assert [fault.kind for fault in read.faults] == ["utc"]
