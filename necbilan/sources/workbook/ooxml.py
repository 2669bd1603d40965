"""xlsx and xlsm: surveyed first, then read by python-calamine, else by openpyxl."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from necbilan.sources.workbook import limits, survey, xml
from necbilan.sources.workbook.archive import Archive
from necbilan.sources.workbook.grid import ErrorCell, Grid, column_letter
from necbilan.sources.workbook.problems import problem, refused

if TYPE_CHECKING:
    from pathlib import Path

    from necbilan.model import Problem
    from necbilan.sources.workbook.grid import Cell
    from necbilan.sources.workbook.survey import SheetFacts, SheetPart

__all__ = ["read_workbook"]

# A used range this many times larger than its values, and over a million cells, has strays.
_SPARSE = 50
_FAR_ROWS = 10_000
_FAR_COLUMNS = 1_000


def read_workbook(path: Path, file: str) -> tuple[list[Grid], list[Problem], str]:
    """Every worksheet, what was noticed, and the engine that read the cells.

    Raises UnreadableFile.
    """
    try:
        with Archive(path) as archive:
            limits.check_archive(archive, file=file)
            _check_parts(archive, file)
            parts = survey.sheet_parts(archive)
            padded = survey.padded_styles(archive)
            facts = [_facts(archive, part, padded, file) for part in parts]
            problems = _noticed(archive, file)
            _check_shared_strings(archive, file)
    except (xml.DoctypeError, xml.ExpatError) as error:
        raise refused("E_CORRUPT", file=file, detail=safe_detail(error)) from error
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError) as error:
        raise refused("E_CORRUPT", file=file, detail=safe_detail(error)) from error
    limits.check_cells(sum(fact.cells for fact in facts), file=file)
    bounds = [_bounds(fact) for fact in facts]
    for part, (cut, corner) in zip(parts, bounds, strict=True):
        if corner:
            problems.append(problem("W_USED_RANGE", file=file, sheet=part.name, corner=corner))
        limits.check_cells(cut[0] * cut[1], file=file, sheet=part.name)
    sparse = any(corner for _, corner in bounds)
    values, engine = _values(path, file, parts, [cut for cut, _ in bounds], sparse=sparse)
    grids = [
        _grid(part, fact, rows, first)
        for part, fact, (rows, first) in zip(parts, facts, values, strict=True)
    ]
    return grids, problems, engine


def _facts(archive: Archive, part: SheetPart, padded: dict[str, int], file: str) -> SheetFacts:
    try:
        return survey.sheet_facts(archive, part.part, padded)
    except xml.DoctypeError as error:
        raise refused("E_XML_ENTITY", file=file, part=part.part) from error
    except xml.ExpatError as error:
        raise refused("E_CORRUPT", file=file, sheet=part.name, detail=safe_detail(error)) from error


def _check_parts(archive: Archive, file: str) -> None:
    """Read every part to its end (CRC) and refuse document types; sheets are read later."""
    for info in archive.infolist():
        name = info.filename
        if name.endswith((".xml", ".rels")) and "/worksheets/sheet" not in name:
            try:
                with archive.open(info) as source:
                    xml.stream(source)
            except xml.DoctypeError as error:
                raise refused("E_XML_ENTITY", file=file, part=name) from error
            except xml.ExpatError:
                continue


def _check_shared_strings(archive: Archive, file: str) -> None:
    """A counter of texts that lies by far makes calamine abort: refused here."""
    part = archive.ending("sharedstrings.xml")
    if part is None:
        return
    declared = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal declared
        if xml.local(name) == "sst":
            count = attributes.get("uniqueCount", "0")
            declared = int(count) if count.isascii() and count.isdigit() else 0

    try:
        with archive.open(part) as source:
            xml.stream(source, start=start)
    except xml.ExpatError as error:
        raise refused("E_CORRUPT", file=file, detail=safe_detail(error)) from error
    if declared > archive.getinfo(part).file_size:
        detail = f"{part} annonce plus de textes que sa taille n'en peut contenir"
        raise refused("E_CORRUPT", file=file, detail=detail)


def _noticed(archive: Archive, file: str) -> list[Problem]:
    names = archive.names()
    problems = []
    if any(name.endswith("vbaproject.bin") for name in names):
        problems.append(problem("W_MACRO", file=file))
    if any("/externallinks/" in name for name in names):
        problems.append(problem("W_EXTERNAL_LINK", file=file))
    return problems


def _bounds(facts: SheetFacts) -> tuple[tuple[int, int], str]:
    """(rows, columns) worth reading, and the far corner when stray cells are left out."""
    if not facts.widths:
        return (0, 0), ""
    rows = sorted(facts.widths)
    bottom, right = rows[-1], max(facts.widths.values())
    area = (bottom - rows[0] + 1) * (right + 1)
    if area <= 1_000_000 or area <= _SPARSE * facts.cells:
        return (bottom, right + 1), ""
    corner = f"{column_letter(right)}{bottom}"
    near = rows[0]
    for row in rows:
        if row - near > _FAR_ROWS:
            break
        near = row
    widths = sorted({facts.widths[row] for row in rows if row <= near})
    wide = widths[0]
    for width in widths:
        if width - wide > _FAR_COLUMNS:
            break
        wide = width
    return (near, wide + 1), corner


Rows = list[list["Cell"]]


def _values(
    path: Path,
    file: str,
    parts: list[SheetPart],
    bounds: list[tuple[int, int]],
    *,
    sparse: bool,
) -> tuple[list[tuple[Rows, tuple[int, int]]], str]:
    """Rows of each sheet with (first row number, first column); calamine unless it fails."""
    first_error = ""
    if not sparse:
        try:
            return _by_calamine(path, parts), "calamine"
        except PasswordError as error:
            raise refused("E_PASSWORD", file=file) from error
        except CalamineError as error:
            first_error = safe_detail(error)
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # a Rust panic is no Exception
                raise
            first_error = "arrêt du lecteur"
    try:
        return _by_openpyxl(path, parts, bounds), "openpyxl"
    except Exception as error:
        detail = first_error or safe_detail(error)
        raise refused("E_CORRUPT", file=file, detail=detail) from error


def _by_calamine(path: Path, parts: list[SheetPart]) -> list[tuple[Rows, tuple[int, int]]]:
    found = []
    # From a stream: given a path, calamine trusts the extension.
    with CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as workbook:
        names = set(workbook.sheet_names)
        for part in parts:
            if part.name not in names:
                raise CalamineError(part.name)
            sheet = workbook.get_sheet_by_name(part.name)
            rows = cast("Rows", sheet.to_python(skip_empty_area=True))
            top, left = sheet.start or (0, 0)
            found.append((rows, (top + 1, left)))
    return found


def _by_openpyxl(
    path: Path, parts: list[SheetPart], bounds: list[tuple[int, int]]
) -> list[tuple[Rows, tuple[int, int]]]:
    import openpyxl

    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(
            io.BytesIO(path.read_bytes()), read_only=True, data_only=True, keep_links=False
        )
        try:
            for part, (height, width) in zip(parts, bounds, strict=True):
                sheet = workbook[part.name]
                sheet.reset_dimensions()
                rows: Rows = []
                if height and width:
                    for row in sheet.iter_rows(max_row=height, max_col=width, values_only=True):
                        rows.append(["" if cell is None else cast("Cell", cell) for cell in row])
                found.append((rows, (1, 0)))
        finally:
            workbook.close()
    return found


def _grid(part: SheetPart, facts: SheetFacts, rows: Rows, first: tuple[int, int]) -> Grid:
    top, left = first

    def at(row: int, column: int) -> tuple[list[Cell], int] | None:
        line, place = row - top, column - left
        if 0 <= line < len(rows) and 0 <= place < len(rows[line]):
            return rows[line], place
        return None

    unvalued = {
        (row, column)
        for row, columns in facts.formulas.items()
        for column in columns
        if (row, column) not in facts.texts_of_formulas
        and (row, column) not in facts.errors
        and ((found := at(row, column)) is None or found[0][found[1]] == "")
    }
    for (row, column), code in facts.errors.items():
        if found := at(row, column):
            found[0][found[1]] = ErrorCell(code)
    for (row, column), width in facts.padded.items():
        if found := at(row, column):
            value = found[0][found[1]]
            if isinstance(value, float) and value >= 0:
                found[0][found[1]] = f"{value:.0f}".zfill(width)
    return Grid(
        part.name,
        rows,
        list(range(top, top + len(rows))),
        first_column=left,
        visible=part.visible,
        hidden_rows=frozenset(facts.hidden_rows),
        hidden_columns=frozenset(facts.hidden_columns),
        merged=tuple(facts.merged),
        unvalued=frozenset(unvalued),
        formulas={row: len(columns) for row, columns in facts.formulas.items()},
    )


def safe_detail(error: BaseException) -> str:
    """What stopped an engine, in words that hold no cell: a part's name, a place in the XML."""
    if isinstance(error, (zipfile.BadZipFile, xml.ExpatError)):
        return " ".join(str(error).split())[:120]
    return type(error).__name__
