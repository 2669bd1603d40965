"""tableaux.xlsx: what a controller finds there, prints, sorts and adds up."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from necbilan import blocks, figures
from necbilan.figures.gallery import easy as easy_gallery
from necbilan.figures.gallery import hard
from necbilan.publishing.content import Content, from_blocks
from necbilan.publishing.safe_cells import Styled
from necbilan.publishing.tables_workbook import _cell, tables_workbook
from necbilan.words.spelled import Spelled


def content_of(shown: Spelled) -> Content:
    """A report of two sections with tables."""
    public = (figures.origin(shown), figures.profiles(shown))
    opinions = (figures.impression(shown), figures.differential(shown))
    parts: list[blocks.Block] = [
        blocks.Cover("bilan", "NEC Metz", "Une journée", "fr", credits=("CC BY-SA 4.0",))
    ]
    for name, drawn in (("Le public : d’où\u202f?", public), ("La satisfaction", opinions)):
        charts = tuple(chart for chart in drawn if chart is not None)
        parts.append(blocks.Section(name, name, charts))
    return from_blocks([part.data() for part in parts])


def made(shown: Spelled) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(tables_workbook(content_of(shown), shown)))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return made(easy_gallery.easy())


def test_the_workbook_has_a_sheet_a_section_between_contents_and_estimates(book: Workbook) -> None:
    assert book.sheetnames == [
        "Sommaire",
        "01 Le public   d’où",
        "02 La satisfaction",
        "03 Estimations",
    ]


def test_nothing_is_a_formula_and_numbers_are_numbers(book: Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    (share,) = [cell for cell in cells if cell.value == 0.29]
    assert share.number_format == '#,##0"\u202f"%'
    numbers = {cell.value for cell in cells if isinstance(cell.value, int)}
    assert numbers >= {17, 33, 6, 2, 0}


def test_each_line_of_the_contents_leads_to_the_caption_it_names(book: Workbook) -> None:
    links = [
        cell for row in book["Sommaire"].iter_rows() for cell in row if cell.hyperlink is not None
    ]
    assert len(links) == 5
    for cell in links:
        sheet, _, place = cell.hyperlink.location.rpartition("!")
        assert book[sheet.strip("'")][place].value == cell.value


def test_the_contents_say_what_suppressed_and_an_interval_mean(book: Workbook) -> None:
    said = " ".join(
        str(cell.value) for row in book["Sommaire"].iter_rows() for cell in row if cell.value
    )
    assert "Supprimé\u00a0: un groupe de moins de 5 personnes" in said
    assert "Intervalle à 95\u202f%\u00a0:" in said
    assert "CC BY-SA 4.0" in said


def test_every_estimate_stands_with_its_interval_its_n_and_its_base(book: Workbook) -> None:
    shown = easy_gallery.easy()
    (row,) = shown.rows("satisfied_share")
    lines = [[cell.value for cell in line] for line in book["03 Estimations"].iter_rows()]
    assert ["Part des avis positifs", row.interval_text, row.n, row.base] in [
        [line[0], line[3], line[4], line[5]] for line in lines
    ]


def test_each_sheet_prints_one_page_wide_its_heads_in_sight_and_on_each_page(
    book: Workbook,
) -> None:
    for sheet in book:
        assert sheet.page_setup.fitToWidth == 1 and not sheet.page_setup.fitToHeight
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.paperSize == 9
        top = int(str(sheet.freeze_panes).removeprefix("A")) - 1
        assert sheet.print_title_rows == f"$1:${top}"
    assert book["03 Estimations"].freeze_panes == "A5"


def test_only_notes_run_over_several_columns(book: Workbook) -> None:
    for sheet in book:
        for merged in sheet.merged_cells.ranges:
            row = [cell.value for cell in sheet[merged.min_row]]
            assert merged.min_row == merged.max_row
            assert [value for value in row if value is not None] == row[:1]


def test_no_number_is_wider_than_its_column(book: Workbook) -> None:
    for sheet in book:
        for column in sheet.iter_cols():
            width = sheet.column_dimensions[column[0].column_letter].width
            numbers = [cell.value for cell in column if isinstance(cell.value, (int, float))]
            assert all(len(f"{value:,}") + 2 <= width for value in numbers)


def test_a_long_table_stands_alone_so_that_its_head_stays_in_sight() -> None:
    book = made(hard.forty_levels())
    alone = [
        sheet
        for sheet in book
        if sheet.max_row > 40 and sum(bool(row[0].fill.fgColor.rgb != "00000000") for row in sheet)
    ]
    assert alone
    for sheet in alone:
        assert str(sheet.freeze_panes) == "A5"


@pytest.mark.parametrize(
    ("text", "value", "number_format"),
    [
        ("1\u202f181", 1181, "#,##0"),
        ("1,181", 1181, "#,##0"),
        ("2,5", 2.5, "#,##0.0"),
        ("65\u202f%", 0.65, '#,##0"\u202f"%'),
        ("\u221216", -16, "#,##0"),
        ("+34", 34, "+#,##0;\u2212#,##0;0"),
        ("+140,50\u202f€", 140.5, '+#,##0.00"\u202f€";\u2212#,##0.00"\u202f€";0"\u202f€"'),
        ("\u2212€500", -500, '#,##0"\u202f€"'),
        ("14\u202f000\u202f€", 14000, '#,##0"\u202f€"'),
    ],
)
def test_a_number_of_the_workbook_is_a_number_shown_as_in_the_report(
    text: str, value: float, number_format: str
) -> None:
    cell = _cell(text, is_number=True)
    assert isinstance(cell, Styled)
    assert (cell.value, cell.number_format) == (value, number_format)


@pytest.mark.parametrize("text", ["–", "moins de 1\u202f%", "6 sur 7", "de 77 à 92\u202f%", "2023"])
def test_what_is_no_number_alone_stays_a_text(text: str) -> None:
    cell = _cell(text, is_number=text != "2023")
    assert (cell.value if isinstance(cell, Styled) else cell) == text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_calc_opens_the_workbook_and_shows_its_numbers(tmp_path: Path) -> None:
    shown = easy_gallery.easy()
    path = tmp_path / "tableaux.xlsx"
    path.write_bytes(tables_workbook(content_of(shown), shown))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    as_csv = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,3"
    command = ["soffice", profile, "--headless", "--convert-to", as_csv, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    (written,) = tmp_path.glob("*.csv")
    said = written.read_text(encoding="utf-8").replace("\u202f%", "%")
    assert "Très positive;17;29%" in [line.rstrip(";") for line in said.splitlines()]
    assert "###" not in said
