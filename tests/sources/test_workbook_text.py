"""Text files: encodings, dialects, quotes, and every physical line accounted for."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from necbilan.errors import UnreadableFile
from necbilan.sources.workbook import Reading, read
from necbilan.sources.workbook.encoding import decode

ROWS = "Nom;Courriel;Remarque\nNoël;a@b.fr;Très bien, cœur à l’ouvrage\nZoé;c@d.fr;Café à 2 €\n"


def reading_of(tmp_path: Path, data: bytes, name: str = "liste.csv") -> Reading:
    path = tmp_path / name
    path.write_bytes(data)
    return read(path)


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "mac-roman"],
)
def test_each_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    reading = reading_of(tmp_path, ROWS.encode(encoding))
    assert list(reading.text["Nom"]) == ["Noël", "Zoé"]
    assert reading.text["Remarque"].iloc[0] == "Très bien, cœur à l’ouvrage"
    assert reading.problems == ()


def test_one_euro_tells_latin_9_from_cp1252() -> None:
    assert decode("Prix (€) à la séance".encode("iso8859-15")).encoding == "iso8859-15"
    assert decode("Prix (€) à la séance".encode("cp1252")).encoding == "cp1252"


def test_the_dos_page_of_old_exports_is_recognised() -> None:
    text = "Prénom;Société\nNoël;Mairie de Créhange\nZoé;Hôpital Léon-Bérard\n"
    decoded = decode(text.encode("cp850"))
    assert (decoded.text, decoded.encoding) == (text, "cp850")


def test_double_encoding_is_undone_and_said(tmp_path: Path) -> None:
    spoiled = ROWS.encode("utf-8").decode("cp1252", errors="ignore").encode("utf-8")
    reading = reading_of(tmp_path, spoiled)
    assert list(reading.text["Nom"]) == ["Noël", "Zoé"]
    assert codes(reading) == ["W_MOJIBAKE"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|", "💩"])
def test_each_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["Nom", "Note", "Date"], ["A", "4", "2025-02-03"], ["B", "5", "2025-02-04"]]
    text = "".join(delimiter.join(row) + "\n" for row in rows)
    reading = reading_of(tmp_path, text.encode())
    assert reading.origin.delimiter == delimiter
    assert reading.table["Note"].sum() == 9


def test_a_list_of_one_column_is_not_split_at_its_commas(tmp_path: Path) -> None:
    text = "Remarque\nBien, mais long\nRien\nMerci, vraiment, à tous\nCafé\nSalle froide\n"
    reading = reading_of(tmp_path, text.encode())
    assert reading.text["Remarque"].iloc[2] == "Merci, vraiment, à tous"
    assert reading.origin.delimiter == ""


def test_the_hint_of_excel_is_obeyed_and_accounted_for(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, b"sep=|\nNom|Note\nA;x|4\nB;y|5\n")
    assert list(reading.text["Nom"]) == ["A;x", "B;y"]
    assert reading.account.rejects[0].reason == "hint"
    assert reading.account.row_numbers == (3, 4)
    assert reading.account.balance() == 0


def test_a_quoted_cell_may_span_lines(tmp_path: Path) -> None:
    text = 'Nom;Remarque;Note\nA;"un\ndeux;trois\n";4\nB;x;5\n'
    reading = reading_of(tmp_path, text.encode())
    assert reading.text["Remarque"].iloc[0] == "un\ndeux;trois\n"
    assert reading.account.row_numbers == (2, 5)
    assert reading.account.row_heights == (3, 1)
    assert reading.account.balance() == 0


def test_a_cut_quote_swallows_no_one(tmp_path: Path) -> None:
    lines = ["Nom;Remarque;Note"] + [f'"P{n}";"mot";{n}' for n in range(8)]
    lines[3] = '"P2";"coupé ?;2'
    reading = reading_of(tmp_path, "\n".join(lines).encode())
    assert list(reading.text["Nom"]) == [f"P{n}" for n in range(8)]
    assert codes(reading) == ["W_QUOTE_KEPT"]


def test_a_line_whose_quotes_read_no_way_is_left_out_by_its_number(tmp_path: Path) -> None:
    lines = ["Nom;Remarque;Note"] + [f'"P{n}";"mot";{n}' for n in range(8)]
    lines[3] = '"P2;"x"y";"z;2;"'
    reading = reading_of(tmp_path, "\n".join(lines).encode())
    assert len(reading.table) == 7
    told = next(problem for problem in reading.problems if problem.code == "W_QUOTE")
    assert told.cell == "ligne 4"
    assert reading.account.balance() == 0


def test_backslash_escapes_are_read_where_quotes_are_never_doubled(tmp_path: Path) -> None:
    text = 'Nom,Remarque,Note\nA,"dit \\"oui\\", puis non",4\nB,"rien",5\n'
    reading = reading_of(tmp_path, text.encode())
    assert reading.text["Remarque"].iloc[0] == 'dit "oui", puis non'


def test_a_zip_or_a_gzip_of_one_table_is_that_table(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export/liste.csv", ROWS)
    assert len(reading_of(tmp_path, packed.getvalue(), "liste.zip").table) == 2
    assert len(reading_of(tmp_path, gzip.compress(ROWS.encode()), "liste.csv.gz").table) == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E_EMPTY"),
        (b" \r\n\r\n", "E_EMPTY"),
        (b'[{"nom": "a"}, {"nom": "b"}]', "E_FORMAT"),
        (b"%PDF-1.7\n", "E_FORMAT"),
        (bytes(range(1, 32)) * 50, "E_FORMAT"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "E_FORMAT"),
        (b"PK\x03\x04 and nothing more", "E_CORRUPT"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "E_CORRUPT"),
        (b"Nom;Note\n", "E_NO_ROWS"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_its_reason(
    tmp_path: Path, data: bytes, code: str
) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        reading_of(tmp_path, data)
    assert refusal.value.problem.code == code
    assert refusal.value.problem.file == "liste.csv"


def test_an_html_table_keeps_its_spans(tmp_path: Path) -> None:
    page = (
        "<html><!-- <table><tr><td>non --><script>var a='<td>';</script><table>"
        "<tr><th rowspan=2>Nom<th colspan=2>Avis</tr><tr><th>Bien<th>Mal</tr>"
        "<tr><td>A &amp; B<td>4<td>2<tr><td>C<td>5<td>1</table>"
    )
    reading = reading_of(tmp_path, page.encode(), "liste.html")
    assert list(reading.text.columns) == ["Nom", "Bien", "Mal"]
    assert list(reading.text["Nom"]) == ["A & B", "C"]
    assert reading.table["Bien"].sum() == 9


@pytest.mark.parametrize("piece", [b"<", b"<!--", b"<td", b"<!", b"</"])
def test_a_malformed_page_takes_no_longer_than_its_length(tmp_path: Path, piece: bytes) -> None:
    page = b"<table><tr><td>a</td></tr>" + piece * 1_000_000
    with pytest.raises(UnreadableFile):
        reading_of(tmp_path, page, "liste.html")
