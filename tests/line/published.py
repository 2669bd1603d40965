"""What a reader finds in the published files: their words, without markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2

SPACES = re.compile(r"[\s\u00a0\u202f]+")
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
    """The words of a PDF, page after page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return plain("\n".join(_page_text(document, number) for number in range(len(document))))
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text_page = page.get_textpage()
    text = text_page.get_text_bounded()
    text_page.close()
    page.close()
    return str(text)
