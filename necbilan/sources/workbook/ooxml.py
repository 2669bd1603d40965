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
# openpyxl takes ten times as long: called only for what it reads in a few seconds.
_SPARE_SIZE = 60 * 2**20


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
            _check_texts(archive, parts, facts, file)
            inflated = sum(info.file_size for info in archive.infolist())
    except (xml.DoctypeError, xml.BrokenError) as error:
        raise refused("E_CORRUPT", file=file, detail=safe_detail(error)) from error
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError) as error:
        raise refused("E_CORRUPT", file=file, detail=safe_detail(error)) from error
    limits.check_cells(sum(fact.cells for fact in facts), file=file)
    limits.check_lines(sum(len(fact.widths) for fact in facts), file=file)
    bounds = [_bounds(fact) for fact in facts]
    for part, (_, corner) in zip(parts, bounds, strict=True):
        if corner:
            problems.append(problem("W_USED_RANGE", file=file, sheet=part.name, corner=corner))
    limits.check_cells(sum(height * width for (height, width), _ in bounds), file=file)
    sparse = any(corner for _, corner in bounds)
    wanted = [(part.name, *cut) for part, (cut, _) in zip(parts, bounds, strict=True)]
    values, engine = _values(path, file, wanted, sparse=sparse, spare=inflated <= _SPARE_SIZE)
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
    except survey.TooManyError:
        most = limits.MAX_ELEMENTS
        limits.check_cells(most + 1, file=file, sheet=part.name, most=most)
        raise
    except xml.BrokenError as error:
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
            except xml.BrokenError:
                continue


def _string_lengths(archive: Archive, file: str) -> list[int]:
    """The length of every shared string; a counter that lies by far makes calamine abort."""
    found = [name for name in archive.names() if name.endswith("sharedstrings.xml")]
    if len(found) > 1:
        detail = f"deux tables de textes, {found[0]} et {found[1]}"
        raise refused("E_CORRUPT", file=file, detail=detail)
    if not found:
        return []
    part = found[0]
    try:
        declared, lengths = survey.string_lengths(archive, part)
    except xml.BrokenError as error:
        raise refused("E_CORRUPT", file=file, detail=safe_detail(error)) from error
    if declared > archive.getinfo(part).file_size:
        detail = f"{part} annonce plus de textes que sa taille n'en peut contenir"
        raise refused("E_CORRUPT", file=file, detail=detail)
    return lengths


def _check_texts(
    archive: Archive, parts: list[SheetPart], facts: list[SheetFacts], file: str
) -> None:
    """Each cell gets a copy of its shared string: refuse what would fill the memory."""
    lengths = _string_lengths(archive, file)
    used = sum(fact.shared_texts for fact in facts)
    if used * max(lengths, default=0) > limits.MAX_CHARACTERS:
        characters = sum(survey.text_size(archive, part.part, lengths) for part in parts)
        limits.check_characters(characters, file=file)


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
Wanted = tuple[str, int, int]  # name of the sheet, rows and columns worth reading


def _values(
    path: Path, file: str, wanted: list[Wanted], *, sparse: bool, spare: bool
) -> tuple[list[tuple[Rows, tuple[int, int]]], str]:
    """Rows of each sheet with (first row number, first column); calamine unless it fails.

    ``sparse``: calamine would fill the range up to its stray cells; ``spare``: openpyxl may
    be tried.
    """
    stopped = "zone utilisée immense"
    if not sparse:
        try:
            return _by_calamine(path, wanted), "calamine"
        except PasswordError as error:
            raise refused("E_PASSWORD", file=file) from error
        except CalamineError as error:
            stopped = safe_detail(error)
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # a Rust panic is no Exception
                raise
            stopped = "arrêt du lecteur"
    if not spare:
        raise refused("E_CORRUPT", file=file, detail=stopped)
    try:
        return _by_openpyxl(path, wanted), "openpyxl"
    except Exception as error:  # openpyxl raises what Python raises, of any kind
        raise refused("E_CORRUPT", file=file, detail=stopped) from error


def _by_calamine(path: Path, wanted: list[Wanted]) -> list[tuple[Rows, tuple[int, int]]]:
    found = []
    # From a stream: given a path, calamine trusts the extension.
    with CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as workbook:
        names = set(workbook.sheet_names)
        for name, _, _ in wanted:
            if name not in names:
                raise CalamineError(name)
            sheet = workbook.get_sheet_by_name(name)
            rows = cast("Rows", sheet.to_python(skip_empty_area=True))
            top, left = sheet.start or (0, 0)
            found.append((rows, (top + 1, left)))
    return found


def _by_openpyxl(path: Path, wanted: list[Wanted]) -> list[tuple[Rows, tuple[int, int]]]:
    import openpyxl

    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(
            io.BytesIO(path.read_bytes()), read_only=True, data_only=True, keep_links=False
        )
        try:
            for name, height, width in wanted:
                sheet = workbook[name]
                sheet.reset_dimensions()
                rows: Rows = []
                if height and width:
                    cells = sheet.iter_rows(max_row=height, max_col=width, values_only=True)
                    rows += [
                        ["" if cell is None else cast("Cell", cell) for cell in row]
                        for row in cells
                    ]
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
    if isinstance(error, (zipfile.BadZipFile, xml.BrokenError)):
        return " ".join(str(error).split())[:120]
    return type(error).__name__
