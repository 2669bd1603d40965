"""What a reader finds in the published files: their words, without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pypdfium2
import tagged_pdf

SPACES = re.compile(r"[\s\u00a0\u202f]+")
INLINE = frozenset({"Span", "Strong", "Em", "Link", "Quote", "Code", "Lbl"})
"""structure types that stay within their line (ISO 32000-1, 14.8.4.4)"""
SPOKEN = ("aria-label", "alt", "title")


class _Words(HTMLParser):
    """The texts of a page and of its alternatives; a break wherever an element ends."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._mute = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._mute += tag in ("style", "script")
        self.said += [value for name, value in attributes if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._mute -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.said.append(data)


def texts_of_markup(markup: str) -> list[str]:
    """Each text of an HTML page or an SVG drawing, in order."""
    words = _Words()
    words.feed(markup)
    words.close()
    return [text for text in words.said if text.strip()]


def plain(text: str) -> str:
    """``text`` with one ordinary space wherever spaces of any kind stand."""
    return SPACES.sub(" ", text)


def page(path: Path) -> str:
    """The words of an HTML page."""
    return plain(" ".join(texts_of_markup(path.read_text(encoding="utf-8"))))


def pdf(path: Path) -> str:
    """The words of a PDF in their logical order, with the alternatives of its figures."""
    return plain(" ".join(texts_of_pdf(path)))


def texts_of_pdf(path: Path) -> list[str]:
    """Each text of a PDF (a paragraph, a cell, an alternative), in logical order.

    What is drawn inside a figure is left out: the page holds the same drawings.
    """
    with pikepdf.open(path) as document:
        return list(_texts(tagged_pdf.structure(document)))


def _texts(node: tagged_pdf.Node) -> Iterator[str]:
    if node.alternative:
        yield node.alternative
        return
    children = [part for part in node.parts if isinstance(part, tagged_pdf.Node)]
    if all(child.role in INLINE and not child.alternative for child in children):
        yield node.text()
        return
    for part in node.parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _texts(part)


def first_page(path: Path) -> str:
    """The words that stand on the first page of a PDF."""
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[0]
        text_page = page.get_textpage()
        words = plain(str(text_page.get_text_bounded()))
        text_page.close()
        page.close()
        return words
    finally:
        document.close()
