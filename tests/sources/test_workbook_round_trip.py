"""Whatever a table is written with, it reads back the same; no bytes crash the reader."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from necbilan.errors import UnreadableFile
from necbilan.sources.workbook import read

DATA = Path(__file__).parents[1] / "data"

# What people type: words with accents, marks, delimiters, quotes and newlines inside.
WORDS = st.text(alphabet="abcdeéèçœA' ,;|\t\"\n-’!?€", min_size=1, max_size=16).map(str.strip)
VERBATIMS = WORDS.filter(lambda text: any(char.isalpha() for char in text))
EMAILS = st.integers(0, 9999).map(lambda number: f"personne{number}@exemple.invalid")
NOTES = st.integers(0, 10)
CODES = st.integers(1000, 97499).map(lambda code: f"{code:05d}")

HEADERS = ["Nom complet", "Courriel", "Note", "Code postal", "Remarque"]
ROWS = st.lists(st.tuples(VERBATIMS, EMAILS, NOTES, CODES, VERBATIMS), min_size=3, max_size=12)

few = settings(
    max_examples=60,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def expected(rows: list[tuple[str, str, int, str, str]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


def found(path: Path) -> list[list[str]]:
    reading = read(path)
    assert list(reading.text.columns) == HEADERS
    assert reading.account.balance() == 0
    assert list(reading.table["Note"]) == [int(text) for text in reading.text["Note"]]
    return [list(row) for row in reading.text.itertuples(index=False)]


@few
@given(
    rows=ROWS,
    delimiter=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    newline=st.sampled_from(["\r\n", "\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    titles=st.integers(0, 3),
)
def test_text_reads_back_whatever_its_dialect(
    tmp_path: Path,
    rows: list[tuple[str, str, int, str, str]],
    delimiter: str,
    encoding: str,
    newline: str,
    quoting: int,
    titles: int,
) -> None:
    target = io.StringIO(newline="")
    for number in range(titles):
        target.write(f"Liste des inscrits, partie {number}{newline}" if number < 2 else newline)
    writer = csv.writer(target, delimiter=delimiter, lineterminator=newline, quoting=quoting)  # type: ignore[arg-type]  # hypothesis gives an int
    writer.writerow(HEADERS)
    writer.writerows(rows)
    path = tmp_path / "liste.csv"
    path.write_bytes(target.getvalue().encode(encoding))
    assert found(path) == expected(rows)


@few
@given(rows=ROWS, titles=st.integers(0, 3), left=st.integers(0, 3), grouped=st.booleans())
def test_xlsx_reads_back_wherever_its_table_is(
    tmp_path: Path,
    rows: list[tuple[str, str, int, str, str]],
    titles: int,
    left: int,
    grouped: bool,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(titles):
        sheet.append([f"Titre {number} de la journée"])
    margin = [None] * left
    if grouped:
        sheet.append([*margin, "Identité", None, "Réponses", None, None])
    sheet.append([*margin, *HEADERS])
    for row in rows:
        sheet.append([*margin, *row])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    path = tmp_path / "liste.xlsx"
    book.save(path)
    assert found(path) == expected(rows)
    reading = read(path)
    assert len(reading.origin.headers) == 1 + grouped
    assert reading.account.column_letters[0] == "ABCD"[left]
    assert reading.account.row_numbers[0] == titles + grouped + 2


def cell_of(value: object) -> str:
    if isinstance(value, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{paragraph(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def paragraph(line: str) -> str:
    return escape(line).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>')


@few
@given(rows=ROWS, titles=st.integers(0, 2), indented=st.booleans())
def test_ods_reads_back_indented_or_not(
    tmp_path: Path, rows: list[tuple[str, str, int, str, str]], titles: int, indented: bool
) -> None:
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    lines = [["Titre de la liste"]] * titles + [HEADERS, *map(list, rows)]
    gap = "\n    " if indented else ""
    body = "".join(
        f"<table:table-row>{gap}{gap.join(map(cell_of, line))}{gap}</table:table-row>{gap}"
        for line in lines
    )
    content = (
        f'<office:document-content xmlns:office="{spaces}:office:1.0" '
        f'xmlns:table="{spaces}:table:1.0" xmlns:text="{spaces}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="F1">{gap}{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "liste.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    assert found(path) == expected(rows)


@few
@given(data=st.binary(max_size=600), name=st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods"]))
def test_no_bytes_crash_the_reader(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    try:
        reading = read(path)
    except UnreadableFile as error:
        assert error.problem.severity == "blocks"
    else:
        assert reading.account.balance() == 0


@pytest.mark.parametrize("name", ["plain.xlsx", "plain.ods", "preamble_footer.csv", "pipe.csv"])
def test_no_mutation_of_an_example_crashes_the_reader(name: str, tmp_path: Path) -> None:
    original = (DATA / "hostile" / name).read_bytes()
    draw = random.Random(name)
    path = tmp_path / name
    for _ in range(60):
        wounded = bytearray(original)
        for _ in range(draw.randint(1, 6)):
            place = draw.randrange(len(wounded))
            wounded[place : place + draw.choice((0, 1, 30))] = draw.randbytes(
                draw.choice((0, 1, 4))
            )
        path.write_bytes(bytes(wounded))
        try:
            reading = read(path)
        except UnreadableFile:
            continue
        assert reading.account.balance() == 0
