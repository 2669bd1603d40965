"""Files built to exhaust: refused by a limit, fast, in little memory, before they are parsed."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from necbilan.errors import UnreadableFile
from necbilan.sources.workbook import limits, read

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = Path(__file__).parents[1] / "data" / "hostile" / "plain.xlsx"
PLAIN_ODS = PLAIN.with_name("plain.ods")
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEAD = (
    b'<?xml version="1.0"?><worksheet '
    b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
TAIL = b"</sheetData></worksheet>"


def edited(target: Path, part: str, change: Callable[[bytes], bytes], source: Path = PLAIN) -> Path:
    """A copy of a workbook with one part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return target


def streamed(target: Path, block: bytes, times: int) -> Path:
    """A workbook whose sheet is one block of rows, many times over."""
    with zipfile.ZipFile(PLAIN) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != SHEET:
                new.writestr(info.filename, old.read(info))
        with new.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(HEAD)
            for _ in range(times):
                sheet.write(block)
            sheet.write(TAIL)
    return target


def with_entities(declaration: str, use: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        start = content.index(b"<sst")
        doctype = f"<!DOCTYPE x [{declaration}]>".encode()
        return content[:start] + doctype + content[start:].replace(b"<t>", b"<t>" + use.encode(), 1)

    return change


def zip_bomb(folder: Path, mebibytes: int = 320) -> Path:
    text = b"A" * 32000
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + text + b"</t></is></c></row>"
    return streamed(folder / "zip_bomb.xlsx", row * 32, mebibytes + 5)


def dense(folder: Path, thousands: int = 3100) -> Path:
    row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    return streamed(folder / "dense.xlsx", row * 10, thousands)


def billion_laughs(folder: Path) -> Path:
    levels = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    change = with_entities('<!ENTITY a0 "ha">' + "".join(levels), "&a9;")
    return edited(folder / "billion_laughs.xlsx", STRINGS, change)


def quadratic_blowup(folder: Path) -> Path:
    change = with_entities(f'<!ENTITY q "{"A" * 2**21}">', "&q;" * 3000)
    return edited(folder / "quadratic.xlsx", STRINGS, change)


def csv_one_line(folder: Path, mebibytes: int = 65) -> Path:
    target = folder / "one_line.csv"
    target.write_bytes(b"Nom;Note\r\n" + b"x" * (mebibytes << 20))
    return target


def csv_open_quote(folder: Path, mebibytes: int = 65) -> Path:
    target = folder / "open_quote.csv"
    rows = b"Durand;7\r\n" * (mebibytes * 104_858)
    target.write_bytes('Nom;Note\r\n"Zoé;8\r\n'.encode() + rows)
    return target


def gzip_csv(folder: Path, mebibytes: int = 200) -> Path:
    target = folder / "gzip.csv"
    engine = zlib.compressobj(1, zlib.DEFLATED, 31)
    block = b"Durand;7\r\n" * 104_858
    target.write_bytes(
        b"".join([engine.compress(block) for _ in range(mebibytes)] + [engine.flush()])
    )
    return target


def ods_repeat(folder: Path) -> Path:
    cell = (
        b'<table:table-cell table:number-columns-repeated="16384" office:value-type="float" '
        b'office:value="1"><text:p>1</text:p></table:table-cell>'
    )
    rows = b'<table:table-row table:number-rows-repeated="1048000">' + cell + b"</table:table-row>"

    def change(content: bytes) -> bytes:
        return content.replace(b"</table:table>", rows + b"</table:table>")

    return edited(folder / "repeat.ods", "content.xml", change, PLAIN_ODS)


def ods_rows_beyond_numbers(folder: Path) -> Path:
    """One row said ten thousand million times, in more digits than a sheet has rows."""
    cell = b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    rows = b'<table:table-row table:number-rows-repeated="10000000000">' + cell
    rows += b"</table:table-row>"

    def change(content: bytes) -> bytes:
        return content.replace(b"</table:table>", rows + b"</table:table>", 1)

    return edited(folder / "rows.ods", "content.xml", change, PLAIN_ODS)


def lying_count(folder: Path) -> Path:
    def change(content: bytes) -> bytes:
        return content.replace(b"uniqueCount=", b'uniqueCount="4000000000" was=', 1)

    return edited(folder / "lying_count.xlsx", STRINGS, change)


def far_cell(folder: Path) -> Path:
    def change(content: bytes) -> bytes:
        cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return content.replace(b"</sheetData>", cell)

    return edited(folder / "far_cell.xlsx", SHEET, change)


def many_parts(folder: Path) -> Path:
    target = folder / "parts.xlsx"
    target.write_bytes(PLAIN.read_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(limits.MAX_PARTS):
            archive.writestr(f"xl/worksheets/extra{number}.xml", "<x/>")
    return target


BOMBS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "zip_bomb": (zip_bomb, "E_LIMIT"),
    "dense": (dense, "E_LIMIT"),
    "billion_laughs": (billion_laughs, "E_XML_ENTITY"),
    "quadratic_blowup": (quadratic_blowup, "E_XML_ENTITY"),
    "csv_one_line": (csv_one_line, "E_LIMIT"),
    "csv_open_quote": (csv_open_quote, "E_LIMIT"),
    "gzip_csv": (gzip_csv, "E_LIMIT"),
    "ods_repeat": (ods_repeat, "E_LIMIT"),
    "ods_rows_beyond_numbers": (ods_rows_beyond_numbers, "E_LIMIT"),
    "lying_count": (lying_count, "E_CORRUPT"),
    "many_parts": (many_parts, "E_LIMIT"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_before_it_is_parsed(name: str, tmp_path: Path) -> None:
    build, code = BOMBS[name]
    with pytest.raises(UnreadableFile) as refusal:
        read(build(tmp_path))
    assert refusal.value.problem.code == code


def test_a_cell_a_million_rows_away_is_left_out_and_said(tmp_path: Path) -> None:
    reading = read(far_cell(tmp_path))
    assert len(reading.table) == 20
    told = next(problem for problem in reading.problems if problem.code == "W_USED_RANGE")
    assert "XFD1048576" in told.found


MEASURED = """
import json, resource, sys, time
from necbilan.errors import UnreadableFile
from necbilan.sources.workbook import read
start = time.perf_counter()
try:
    code = repr(read(sys.argv[1]))
except UnreadableFile as error:
    code = error.problem.code
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([code, time.perf_counter() - start, peak / 1024]))
"""


def measured(path: Path) -> tuple[str, float, float]:
    """Outcome, seconds and MiB of peak memory of one reading in a process of its own."""
    command = [sys.executable, "-c", MEASURED, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    code, seconds, peak = json.loads(done.stdout)
    return code, seconds, peak


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
@pytest.mark.parametrize("name", BOMBS)
def test_bomb_takes_under_30_seconds_and_a_gibibyte(name: str, tmp_path: Path) -> None:
    build, code = BOMBS[name]
    larger = {"zip_bomb": 2048, "gzip_csv": 1500, "csv_one_line": 300, "csv_open_quote": 300}
    path = build(tmp_path, larger[name]) if name in larger else build(tmp_path)  # type: ignore[call-arg]  # those four take a size
    found, seconds, peak = measured(path)
    assert found == code
    assert seconds < 30
    assert peak < 1024


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_largest_file_let_in_takes_under_30_seconds_and_a_gibibyte(
    kind: str, tmp_path: Path
) -> None:
    rows, columns = limits.MAX_CELLS // 60 - 1, 60
    path = tmp_path / f"large.{kind}"
    if kind == "csv":
        header = ";".join(f"Question {n}" for n in range(columns))
        line = ";".join(["Oui, tout à fait", "4", "2025-02-03"] * (columns // 3))
        path.write_text(header + "\n" + (line + "\n") * rows, encoding="utf-8")
    else:
        header_cells = "".join(
            f'<c t="inlineStr"><is><t>Question {n}</t></is></c>' for n in range(columns)
        )
        block = (b"<row>" + b"<c><v>4</v></c>" * columns + b"</row>") * 100
        head = f"<row>{header_cells}</row>".encode()
        with zipfile.ZipFile(PLAIN) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                if info.filename != SHEET:
                    new.writestr(info.filename, old.read(info))
            new.writestr(SHEET, HEAD + head + block * (rows // 100) + TAIL)
    found, seconds, peak = measured(path)
    assert found.startswith("Reading("), found
    assert seconds < 30
    assert peak < 1024
