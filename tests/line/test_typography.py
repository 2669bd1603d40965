"""French typography wherever a reader looks: page, drawings, PDF, alternatives, slides.

Rules: *Lexique des règles typographiques en usage à l'Imprimerie nationale* (2002).
What the public wrote is quoted as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from lxml import html
from pptx import Presentation

from necbilan.publishing.report import publish_comparison
from tests.line.published import texts_of_markup, texts_of_pdf

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path.parent.name for path in (ROOT / "data_samples").glob("*/event.toml"))
FAULTS = {
    "a plain space before a high mark": re.compile(r" [;:!?%€»]"),
    "no space before a high mark": re.compile(r"(?<!\u202f)\w[;!?%€»]"),
    "no fixed space inside quotation marks": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "a straight apostrophe or quotation mark": re.compile(r"['\"]"),
    "a plain space inside a number": re.compile(r"\d \d{3}\b"),
    "a hyphen for a minus": re.compile(r"(?<![\w\d])-\d"),
    "three dots": re.compile(r"\.\.\."),
}


def _of_pdf(path: Path) -> Iterator[str]:
    for text in texts_of_pdf(path):  # one glyph is both spaces: print cannot tell them apart
        yield re.sub(r" (?=[:»])|(?<=«) ", "\u00a0", text)
    with pikepdf.open(path) as pdf:
        yield str(pdf.docinfo.get("/Title", ""))
        with pdf.open_outline() as outline:
            yield from _bookmarks(outline.root)


def _bookmarks(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _bookmarks(item.children)


def _of_slides(path: Path) -> Iterator[str]:
    deck = Presentation(str(path))
    yield deck.core_properties.title
    for slide in deck.slides:
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            yield shape._element._nvXxPr.cNvPr.get("descr", "")
            if shape.has_text_frame:
                yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".html": lambda path: iter(texts_of_markup(path.read_text(encoding="utf-8"))),
    ".svg": lambda path: iter(texts_of_markup(path.read_text(encoding="utf-8"))),
    ".pdf": _of_pdf,
    ".pptx": _of_slides,
    ".txt": lambda path: iter(path.read_text(encoding="utf-8").splitlines()),
}


def _quoted(page: Path) -> list[str]:
    """What the public wrote, without its marks, the longest first."""
    quotes = html.fromstring(page.read_text(encoding="utf-8")).xpath("//q")
    return sorted((quote.text_content().strip("«» \u00a0") for quote in quotes), key=len)[::-1]


def faults(folder: Path, kinds: tuple[str, ...], quoted: list[str]) -> list[tuple[str, str, str]]:
    """File, fault and the text around it."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix not in kinds or path.name == "a-relire.html":
            continue
        for text in READERS[path.suffix](path):
            said = text
            for quote in quoted:
                said = said.replace(quote, "…")
            for fault, pattern in FAULTS.items():
                around = [
                    said[max(0, m.start() - 20) : m.end() + 20] for m in pattern.finditer(said)
                ]
                found += [(path.name, fault, words) for words in around]
    return found


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_output_of_every_sample_is_set_as_french_asks(published, sample, kind):
    folder = published(sample)
    assert list(folder.rglob(f"*{kind}")) != []
    assert not faults(folder, (kind,), _quoted(folder / "bilan.html"))


def test_the_comparison_is_set_as_french_asks(tmp_path):
    paths = [ROOT / "data_samples" / sample for sample in SAMPLES]
    folder = publish_comparison(paths, tmp_path)
    assert faults(folder, (".html", ".pdf"), []) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Prêt ?", "a plain space before a high mark"),
        ("86%", "no space before a high mark"),
        ("« Oui\u00a0»", "no fixed space inside quotation marks"),
        ("l'eau", "a straight apostrophe or quotation mark"),
        ("14 000\u202f€", "a plain space inside a number"),
        ("un écart de -14", "a hyphen for a minus"),
    ],
)
def test_each_fault_is_found(tmp_path, text, fault):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert [found[1] for found in faults(tmp_path, (".txt",), [])] == [fault]
