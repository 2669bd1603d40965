"""What python-calamine does not tell of an xlsx: read from its XML before it sees the file.

Used range, formulas without stored value, error cells, hidden rows, columns and sheets,
merged cells, zero-padded number formats, macros, external links, document types.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from necbilan.sources.workbook import limits, xml
from necbilan.sources.workbook.xml import local

if TYPE_CHECKING:
    from necbilan.sources.workbook.archive import Archive

__all__ = [
    "SheetFacts",
    "SheetPart",
    "TooManyError",
    "padded_styles",
    "sheet_facts",
    "sheet_parts",
    "sheet_parts_of",
]


class TooManyError(Exception):
    """A sheet describes more cells, blank ones included, than the limit."""


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook: its name, its part of the archive, whether it is shown."""

    name: str
    part: str
    visible: bool


@dataclass
class SheetFacts:
    """Row numbers are 1-based, columns 0-based.  ``widths`` maps each row that holds a
    value to its last column; ``elements`` counts the cells, blank ones
    included, ``cells`` those that hold a value, ``shared_texts`` those that
    are shared strings."""

    cells: int = 0
    elements: int = 0
    shared_texts: int = 0
    widths: dict[int, int] = field(default_factory=dict)
    formulas: dict[int, list[int]] = field(default_factory=dict)
    texts_of_formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    padded: dict[tuple[int, int], int] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def sheet_parts(archive: Archive) -> list[SheetPart]:
    """Worksheets in the order of the workbook; raises KeyError when it has no workbook part."""
    workbook = _workbook_part(archive)
    targets = sheet_parts_of(archive, workbook)
    sheets: list[SheetPart] = []

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if local(name) != "sheet":
            return
        key = next((v for k, v in attributes.items() if local(k) == "id"), "")
        if key in targets:
            shown = attributes.get("state", "visible") == "visible"
            sheets.append(SheetPart(attributes.get("name", ""), targets[key], shown))

    with archive.open(workbook) as source:
        xml.stream(source, start=sheet)
    return sheets


def sheet_parts_of(archive: Archive, workbook: str) -> dict[str, str]:
    """The part of each worksheet by the id of its relation to the workbook part."""
    targets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes["Id"]] = _resolved(workbook, attributes["Target"])

    folder, _, base = workbook.rpartition("/")
    with archive.open(f"{folder}/_rels/{base}.rels".lstrip("/")) as source:
        xml.stream(source, start=relation)
    return targets


def _workbook_part(archive: Archive) -> str:
    found: list[str] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/"))

    with archive.open("_rels/.rels") as source:
        xml.stream(source, start=relation)
    return found[0] if found else "xl/workbook.xml"


def _resolved(workbook: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(workbook), target))


def padded_styles(archive: Archive) -> dict[str, int]:
    """Cell styles whose number format is only zeros («00000»): style index to width."""
    formats: dict[str, str] = {}
    styles: dict[str, int] = {}
    inside = [""]
    count = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside[0] = tag
        elif tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and inside[0] == "cellXfs":
            code = formats.get(attributes.get("numFmtId", ""), "")
            if re.fullmatch("0{2,14}", code):
                styles[str(count[0])] = len(code)
            count[0] += 1

    part = archive.ending("/styles.xml")
    if part is not None:
        try:
            with archive.open(part) as source:
                xml.stream(source, start=start)
        except xml.BrokenError:
            return {}
    return styles


def string_lengths(archive: Archive, part: str) -> tuple[int, list[int]]:
    """The number of shared strings announced, and the length of each one there is."""
    declared = 0
    lengths: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal declared
        tag = local(name)
        if tag == "si":
            lengths.append(0)
        elif tag == "sst":
            count = attributes.get("uniqueCount", "0")
            declared = int(count) if count.isascii() and count.isdigit() else 0

    def characters(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    with archive.open(part) as source:
        xml.stream(source, start=start, characters=characters)
    return declared, lengths


def text_size(archive: Archive, part: str, lengths: list[int]) -> int:
    """Characters of all the shared strings that the cells of a worksheet use."""
    size = 0
    shared = inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal shared, inside
        tag = local(name)
        if tag == "c":
            shared = attributes.get("t") == "s"
        inside = shared and tag == "v"

    def characters(text: str) -> None:
        nonlocal size
        if inside and text.isascii() and text.strip().isdigit() and len(text) < 10:
            index = int(text)
            size += lengths[index] if index < len(lengths) else 0

    with archive.open(part) as source:
        xml.stream(source, start=start, characters=characters)
    return size


# The last row and column of a sheet, ECMA-376 part 1, 18.3.1.
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def _bounded(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise xml.BrokenError("numéro de ligne impossible")
    return int(text)


def _position(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1


def sheet_facts(archive: Archive, part: str, padded: dict[str, int]) -> SheetFacts:
    """Read a worksheet part to its end; raises what ``xml.stream`` and zipfile raise."""
    reader = _SheetReader(padded)
    with archive.open(part) as source:
        xml.stream(source, start=reader.start, end=reader.end, characters=reader.characters)
    return reader.facts


class _SheetReader:
    """The state of one pass over a worksheet."""

    def __init__(self, padded: dict[str, int]) -> None:
        self.facts = SheetFacts()
        self.padded = padded
        self.row = 0
        self.column = -1
        self.is_numbered = False
        self.has_moved = False
        self.kind = ""
        self.style = ""
        self.error: list[str] | None = None
        self.letters: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name if ":" not in name else local(name)
        if tag == "c":
            self._cell(attributes)
        elif tag in ("v", "is"):
            facts = self.facts
            facts.cells += 1
            if self.column > facts.widths.get(self.row, -1):
                facts.widths[self.row] = self.column
            if self.kind == "s":
                facts.shared_texts += 1
            elif self.kind == "e":
                self.error = []
            elif self.style in self.padded and self.kind in ("", "n"):
                facts.padded[self.row, self.column] = self.padded[self.style]
        elif tag == "row":
            self._row(attributes)
        elif tag == "f":
            self.facts.formulas.setdefault(self.row, []).append(self.column)
            if self.kind == "str":
                self.facts.texts_of_formulas.add((self.row, self.column))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first = _bounded(attributes.get("min", "1"), _LAST_COLUMN)
            last = _bounded(attributes.get("max", "1"), _LAST_COLUMN)
            self.facts.hidden_columns.update(range(first - 1, last))

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self.is_numbered = number is not None
        self.row = _bounded(number, _LAST_ROW) if number is not None else self.row + 1
        self.column = -1
        self.has_moved = False
        if attributes.get("hidden") in ("1", "true"):
            self.facts.hidden_rows.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        self.facts.elements += 1
        if self.facts.elements > limits.MAX_ELEMENTS:
            raise TooManyError
        reference = attributes.get("r")
        if reference is not None:
            self._place(reference)
        elif self.has_moved or self.column + 1 >= _LAST_COLUMN:
            raise xml.BrokenError(f"ligne {self.row}, cellule sans adresse")
        else:
            self.column += 1
        self.kind = attributes.get("t", "")
        self.style = attributes.get("s", "")

    def _place(self, reference: str) -> None:
        """Follow a cell's address; one outside of its row or of any sheet would make calamine
        fill the memory up to it."""
        found = _position(reference)
        if found is None or found[0] > _LAST_ROW or found[1] >= _LAST_COLUMN:
            raise xml.BrokenError(f"ligne {self.row}, adresse de cellule impossible")
        row, column = found
        if row != self.row:
            if self.is_numbered or self.column >= 0:
                raise xml.BrokenError(f"ligne {self.row}, cellule d'une autre ligne")
            self.has_moved = True
        self.row, self.column = row, column

    def end(self, name: str) -> None:
        if self.error is not None and local(name) == "v":
            self.facts.errors[self.row, self.column] = "".join(self.error) or "#N/A"
            self.error = None

    def characters(self, text: str) -> None:
        if self.error is not None:
            self.error.append(text)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, bottom = _position(first), _position(last or first)
        if top and bottom:
            self.facts.merged.append((top[0], top[1], bottom[0], bottom[1]))
