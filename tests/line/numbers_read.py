"""The numbers that stand in the published files, each with its kind and its surroundings.

A number is kept as a reader sees it, thousands joined: "14000", "77,35", "+34", "−14".
Its kind is "percent", "euros" or "plain".  What is no number of the event is taken out
first: the numbering of figures, pages and files, versions ("4.0"), fingerprints.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import openpyxl
from openpyxl.cell import Cell
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from published import texts_of_markup, texts_of_pdf

from necbilan.words.language import half_up

NUMBERING = re.compile(
    r"\b(?:Figure \d+|[Pp]age \d+(?: (?:sur|of) \d+)?)\b"  # figures and pages
    r"|\b(?:photo-\d\d|\d\d-[\w-]+)\.(?:png|jpg|svg|csv|txt|md)\b"  # files
    r"|\b(?=\d*[a-f])[0-9a-f]{12}\b"  # fingerprints of the files that were read
)
JOINED = "[\u202f\u00a0,]"
NUMBER = re.compile(
    r"(?P<sign>[+\u2212]?)(?P<currency>€?)(?<![\w.,])"
    r"(?P<digits>\d{1,3}(?:[\u202f\u00a0,]\d{3})+(?!\d)|\d+)"
    r"(?P<decimals>[.,]\d+)?(?P<more>(?:\.\d+)*)(?![\w])"
    r"(?P<range>(?= (?:à|to) [\u2212+]?\d+[\u202f\u00a0 ]?%))?"
    r"(?:[\u202f\u00a0 ]?(?P<unit>%|k?€))?"
)


@dataclass(frozen=True)
class Said:
    """A number as printed, and the words around it."""

    number: str
    kind: str
    around: str


def numbers(text: str) -> Iterator[Said]:
    """The numbers of ``text``.

    >>> [(said.number, said.kind) for said in numbers("de 77 à 92\u202f% de 14\u202f000\u202f€")]
    [('77', 'percent'), ('92', 'percent'), ('14000', 'euros')]
    """
    bare = NUMBERING.sub(lambda found: " " * len(found[0]), text)
    for found in NUMBER.finditer(bare):
        decimals = (found["decimals"] or "").replace(".", ",")
        whole = re.sub(JOINED, "", found["digits"])
        unit = "%" if found["range"] is not None else found["unit"] or found["currency"]
        kind = {"%": "percent", "€": "euros", "k€": "euros"}.get(unit or "", "plain")
        around = text[max(0, found.start() - 40) : found.end() + 25]
        number = f"{found['sign']}{whole}{decimals}{found['more']}"
        yield Said(number, kind, " ".join(around.split()))


def texts(path: Path) -> list[str]:
    """The texts of a published file; none for pictures and for what holds the measures."""
    if path.suffix in (".html", ".svg"):
        return texts_of_markup(path.read_text(encoding="utf-8"))
    if path.suffix == ".pdf":
        return texts_of_pdf(path)
    if path.suffix == ".xlsx":
        return _texts_of_workbook(path.read_bytes())
    if path.suffix == ".pptx":
        return _texts_of_deck(path)
    if path.suffix == ".csv" and path.name != "measures.csv":
        rows = path.read_text(encoding="utf-8-sig").splitlines()
        cells = [cell.strip('"') for row in rows for cell in row.split(";")]
        return [re.sub(r"^-(?=\d)", "\u2212", cell) for cell in cells]
    if path.suffix in (".md", ".txt"):
        return path.read_text(encoding="utf-8").splitlines()
    return []


def _texts_of_workbook(xlsx: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [_displayed(cell) for cell in cells if cell.value is not None]
    return [
        text.split(" ", 1)[1] if text in book.sheetnames and " " in text else text
        for text in [*book.sheetnames, *texts]
    ]  # "01 La satisfaction": the number of a sheet


def _displayed(cell: Cell) -> str:
    """A cell as the spreadsheet shows it: «65 %» of 0.65, «+34», «77,35 €»."""
    if not isinstance(cell.value, (int, float)):
        return str(cell.value)
    is_share, is_amount = ("%" in cell.number_format, "€" in cell.number_format)
    decimals = len(re.match(r"[^;\"]*?(?:\.(0+))?(?:[;\"]|$)", cell.number_format)[1] or "")
    number = f"{cell.value * (100 if is_share else 1):.{decimals}f}"
    number = number.replace("-", "\u2212").replace(".", ",")
    sign = "+" if cell.number_format.startswith("+") and cell.value > 0 else ""
    return f"{sign}{number}{'%' if is_share else '€' if is_amount else ''}"


def _texts_of_deck(path: Path) -> list[str]:
    """What slides say, and the values of their native charts as a chart prints them."""
    deck: Deck = Presentation(str(path))
    said: list[str] = []
    for slide in deck.slides:
        for shape in slide.shapes:
            said.append(shape._element.xpath(".//p:cNvPr")[0].get("descr", ""))
            if shape.has_text_frame:
                said += [paragraph.text for paragraph in shape.text_frame.paragraphs]
            if shape.has_chart:
                plot = shape.chart.plots[0]
                said += [str(category) for category in plot.categories]
                (form,) = {code.text for code in plot._element.xpath(".//c:val//c:formatCode")}
                values = [value for series in plot.series for value in series.values]
                said += [_printed(value, form) for value in values if value is not None]
            if shape.has_table:
                said += [cell.text for row in shape.table.rows for cell in row.cells]
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xlsx"):  # the sheet behind a native chart
                book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
                said += [
                    _printed(cell.value, cell.number_format)
                    if isinstance(cell.value, (int, float))
                    else str(cell.value or "")
                    for sheet in book
                    for row in sheet.iter_rows()
                    for cell in row
                ]
    return said


def _printed(value: float, form: str) -> str:
    """A number as its format shows it: «51 %» of 0.51, «+34» of 34.48."""
    scaled = 100 * value if "%" in form else value
    number = f"{half_up(scaled, 0):+g}" if form.startswith("+") else f"{half_up(scaled, 0):g}"
    signed = number if value and number not in ("+0", "-0") else "0"
    return signed.replace("-", "\u2212") + ("%" if "%" in form else "")
