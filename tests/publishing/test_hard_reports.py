"""Hard events still make a decent report: whole, without empty parts, the essential on a page."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import page_white
import pikepdf
import pypdfium2
import pytest
import tagged_pdf
from hard_events import HARD

from necbilan.publishing.report import publish

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FOOT = 18 / 25.4 * 72
"""points that the page's foot takes"""
MOST_WHITE_IN_THE_ESSENTIAL = 0.22
"""of the page's height: between the last that is said and the credits, before it was 0.35"""


class Outline(HTMLParser):
    """Heading levels and, between them, whether anything is said or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str]] = []
        self._heading = ""
        self._outside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HEADINGS:
            self._heading = tag
            self.parts.append((tag, ""))
        if tag in ("svg", "img"):
            self.parts.append(("shown", tag))
        self._outside += tag in ("nav", "style", "footer")

    def handle_endtag(self, tag: str) -> None:
        self._outside -= tag in ("nav", "style", "footer")
        if tag in HEADINGS:
            self._heading = ""

    def handle_data(self, data: str) -> None:
        if self._outside or not data.strip():
            return
        if self._heading:
            level, words = self.parts.pop()
            self.parts.append((level, words + data))
        else:
            self.parts.append(("said", data.strip()))


@pytest.fixture(scope="module", params=sorted(HARD))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of one hard event."""
    place = tmp_path_factory.mktemp("hard")
    folder = HARD[request.param](place / request.param)
    return publish(folder, place / "out", formats=("html", "pdf", "synthese"))


def outline(page: Path) -> list[tuple[str, str]]:
    parsed = Outline()
    parsed.feed(page.read_text(encoding="utf-8"))
    return parsed.parts


def test_no_heading_stands_without_content(made: Path) -> None:
    parts = outline(made / "bilan.html")
    headings = [words for kind, words in parts if kind in HEADINGS]
    assert all(words.strip() for words in headings)
    for (kind, words), (after, _) in zip(parts, [*parts[1:], ("h1", "")], strict=True):
        is_empty = kind in HEADINGS and after in HEADINGS and after <= kind
        assert not is_empty, f"{words!r} heads nothing"


def test_the_page_has_one_title_and_skips_no_level(made: Path) -> None:
    levels = [int(kind[1]) for kind, _ in outline(made / "bilan.html") if kind in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, [*levels[1:], 1], strict=True))


def test_the_page_weighs_less_than_a_megabyte(made: Path) -> None:
    assert (made / "bilan.html").stat().st_size <= 1_000_000


def test_nothing_is_left_to_fill_in(made: Path) -> None:
    said = " ".join(words for _, words in outline(made / "bilan.html"))
    assert not re.search(r"\{\w*\}|\bnan\b|<NA>|\bNone\b|NaT", said)


def test_the_essential_is_one_page(made: Path) -> None:
    with pikepdf.open(made / "synthese.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_no_page_is_left_white(made: Path) -> None:
    assert page_white.too_white(made / "bilan.pdf") == {}


def test_the_pdf_has_the_headings_of_the_page(made: Path) -> None:
    with pikepdf.open(made / "bilan.pdf") as pdf:
        tree = tagged_pdf.structure(pdf)
    set_in_pdf = [node.role for node in tree.walk() if re.fullmatch(r"H\d", node.role)]
    in_page = [kind.upper() for kind, _ in outline(made / "bilan.html") if kind in HEADINGS]
    assert set_in_pdf == in_page


def test_no_heading_ends_a_page_of_the_pdf(made: Path) -> None:
    with pikepdf.open(made / "bilan.pdf") as pdf:
        tree = tagged_pdf.structure(pdf)
    headings = {node.text().strip() for node in tree.walk() if re.fullmatch(r"H\d", node.role)}
    for page in pypdfium2.PdfDocument(io.BytesIO((made / "bilan.pdf").read_bytes())):
        width, height = page.get_size()
        words = page.get_textpage().get_text_bounded(0, FOOT, width, height)
        lines = [line.strip() for line in words.splitlines() if line.strip()]
        assert lines
        assert lines[-1] not in headings


def test_the_essential_of_an_event_of_which_little_is_known_is_no_half_page(made: Path) -> None:
    (white,) = page_white.widest_between(made / "synthese.pdf")
    assert white < MOST_WHITE_IN_THE_ESSENTIAL
