"""Workbooks: what the engines do not tell, other engines, and a process of its own."""

from __future__ import annotations

import os
import re
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from necbilan.errors import UnreadableFile
from necbilan.sources.workbook import guarded, ooxml, problems, read

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = Path(__file__).parents[1] / "data" / "hostile"
GENUINE = Path(__file__).parents[1] / "data" / "genuine"
SHEET = "xl/worksheets/sheet1.xml"


def edited(source: Path, target: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return target


def renamed(source: Path, target: Path, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            new.writestr(change(info.filename), old.read(info))
    return target


@pytest.mark.parametrize("format_code", ["00000", "0000000000"])
def test_numbers_shown_with_zeros_keep_them(tmp_path: Path, format_code: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Nom", "Lieu", "Note"], ["A", 1000, 4], ["B", 57000, 5]):
        sheet.append(row)
    for cell in sheet["B"][1:]:
        cell.number_format = format_code
    path = tmp_path / "zeros.xlsx"
    book.save(path)
    assert read(path).text["Lieu"].iloc[0] == "1000".zfill(len(format_code))


def test_every_engine_says_the_same_of_the_same_list() -> None:
    readings = [
        read(GENUINE / "libreoffice" / f"plain.{suffix}").text for suffix in ("xlsx", "ods", "xls")
    ]
    assert readings[0].equals(readings[1])
    assert readings[0].equals(readings[2])


def test_openpyxl_takes_over_when_calamine_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read(HOSTILE / "plain.xlsx")

    def stopped(*_: object) -> None:
        raise ooxml.CalamineError("stopped")

    monkeypatch.setattr(ooxml, "_by_calamine", stopped)
    reading = read(HOSTILE / "plain.xlsx")
    assert (expected.origin.engine, reading.origin.engine) == ("calamine", "openpyxl")
    assert reading.text.equals(expected.text)


@pytest.mark.parametrize("change", [str.upper, lambda name: name.replace("/", "\\")])
def test_parts_are_found_whatever_their_case_and_slashes(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    def but_types(name: str) -> str:
        return name if name == "[Content_Types].xml" else change(name)

    path = renamed(HOSTILE / "plain.xlsx", tmp_path / "parts.xlsx", but_types)
    assert len(read(path).table) == 20


def test_a_formula_without_result_is_never_a_zero() -> None:
    reading = read(HOSTILE / "formula_no_cache.xlsx")
    told = next(p for p in reading.problems if p.code == "E_FORMULA_NO_VALUE")
    assert (told.severity, told.cell) == ("blocks", "H2")
    assert reading.table["Note"].isna().all()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "docProps/core.xml", "xl/styles.xml", SHEET])
def test_a_document_type_is_refused_in_any_part(tmp_path: Path, part: str) -> None:
    def with_doctype(content: bytes) -> bytes:
        end = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
        return content[:end] + b'<!DOCTYPE x [<!ENTITY e "x">]>' + content[end:]

    path = edited(HOSTILE / "plain.xlsx", tmp_path / "doctype.xlsx", part, with_doctype)
    with pytest.raises(UnreadableFile) as refusal:
        read(path)
    assert refusal.value.problem.code == "E_XML_ENTITY"
    assert part.casefold() in str(refusal.value).casefold()


@pytest.mark.parametrize(
    ("address", "changed"),
    [
        (b'r="C5"', b'r="C2999999993"'),  # over 32 bits: python-calamine aborts
        (b'r="C5"', b'r="C1048576"'),  # in the row of number 5
        (b'r="C5"', b'r="ZZZZ5"'),
        (b'r="C5"', b'r="XFE5"'),
        (b'<row r="5"', b'<row r="4294967295"'),
        (b'<row r="5"', b'<row r="0"'),
    ],
)
def test_an_address_outside_of_its_row_or_of_any_sheet_is_refused(
    tmp_path: Path, address: bytes, changed: bytes
) -> None:
    def moved(content: bytes) -> bytes:
        assert address in content
        return content.replace(address, changed)

    path = edited(HOSTILE / "plain.xlsx", tmp_path / "moved.xlsx", SHEET, moved)
    with pytest.raises(UnreadableFile) as refusal:
        read(path)
    assert refusal.value.problem.code == "E_CORRUPT"
    assert refusal.value.problem.sheet == "Inscriptions"


def test_texts_repeated_beyond_memory_are_refused(tmp_path: Path) -> None:
    strings = b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>"
    strings += b"x" * 30_000 + b"</t></si></sst>"
    rows = b"<row><c t='s'><v>0</v></c></row>" * 5000

    def sheet(_: bytes) -> bytes:
        head = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        return head + b"<sheetData>" + rows + b"</sheetData></worksheet>"

    first = edited(HOSTILE / "plain.xlsx", tmp_path / "a.xlsx", SHEET, sheet)
    path = edited(first, tmp_path / "b.xlsx", "xl/sharedStrings.xml", lambda _: strings)
    with pytest.raises(UnreadableFile) as refusal:
        read(path)
    assert refusal.value.problem.code == "E_LIMIT"


def test_a_reader_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "SECONDS", 0.001)
    with pytest.raises(UnreadableFile) as refusal:
        read(HOSTILE / "plain.xls")
    assert refusal.value.problem.code == "E_TIME"


def test_a_reader_that_dies_takes_no_one_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "_MEMORY", 1)
    with pytest.raises(UnreadableFile) as refusal:
        read(HOSTILE / "plain.xls")
    assert refusal.value.problem.code in ("E_CORRUPT", "E_LIMIT")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("signal", ["SIGABRT", "SIGSEGV", "SIGKILL"])
def test_s10_a_reader_that_the_system_ends_is_told_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signal: str
) -> None:
    child = tmp_path / "child.py"
    child.write_text(f"import os, signal\nos.kill(os.getpid(), signal.{signal})\n")
    monkeypatch.setattr(guarded, "CHILD", child)
    with pytest.raises(UnreadableFile, match=r"plain\.xls.*lecture interrompue") as refusal:
        read(HOSTILE / "plain.xls")
    assert refusal.value.exit_code == 65
    monkeypatch.undo()
    assert len(read(HOSTILE / "plain.xls").table) == 20


def test_problems_name_the_file_the_sheet_and_the_cell() -> None:
    reading = read(HOSTILE / "note_mixed_text.xlsx")
    told = next(p for p in reading.problems if p.code == "W_NOT_A_NUMBER")
    assert told.where() == "note_mixed_text.xlsx, feuille «\u00a0Inscriptions\u00a0», H4"
    assert "huit" not in told.sentence()


PACKAGE = Path(problems.__file__).parent


def test_every_problem_has_its_sentence_and_every_sentence_its_problem() -> None:
    texts = tomllib.loads((PACKAGE / "problems.toml").read_text(encoding="utf-8"))
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    assert set(re.findall(r'"([EAW]_[A-Z_0-9]+)"', code)) == set(texts)
    for name, sentence in texts.items():
        assert name[0] in "EAW"
        assert sentence["remedy"].endswith(".")


def test_sentences_are_typeset_in_french() -> None:
    told = problems.problem("W_EXT", file="a.xls", suffix=".xls", kind="csv (texte)")
    assert "«\u00a0.xls\u00a0»" in told.found
    asked = problems.problem("W_NUMBER_MARK", file="a.csv", label="Prix")
    assert "\u202f; lu comme" in asked.found
