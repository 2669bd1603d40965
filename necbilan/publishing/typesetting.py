"""Blocks to PDF: JSON to a typst template, tagged (PDF/UA-1) and archivable (PDF/A-2a).

Every text is data for the template, never markup, and is first made printable: the
compiler refuses a whole document for one character without a glyph.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from necbilan import markup, style
from necbilan.errors import RenderingFailed
from necbilan.publishing.content import from_blocks
from necbilan.publishing.paging import fitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from necbilan.publishing.content import Content

__all__ = ["one_page", "report"]

TEMPLATES = Path(__file__).parent / "templates"
# A chart drawn 7.5 in wide fills the page's 174 mm; a smaller one keeps that scale.
FULL_WIDTH_POINTS = 540.0
TALLEST_ON_ONE_PAGE = 250.0  # points; 80 mm in print
LESSONS_ON_ONE_PAGE = 3
LOGO_MILLIMETRES = (60, 14)
# PDF/UA refuses a document for one empty heading.
HEADINGS = {
    "cover": ("title",),
    "section": ("title",),
    "chart": ("title",),
    "subheading": ("text",),
}
NO_HEADING = "–"
# PDF/A refuses a string above 32,767 bytes, in the outline or on a line that cannot break.
LONGEST_HEADING = 300
LONGEST_RUN = re.compile(r"\S{120}(?=\S{80})")
BREAK = "\u200b"


def report(content: Content) -> bytes:
    """The whole report on A4, upright or across as its cover says.

    Raises RenderingFailed when typst refuses it.
    """
    given = _given(content)
    if content.cover.get("paper") == "landscape":
        return _compiled("board.typ", given)
    return _compiled("report.typ", fitted(given, _marks))


def one_page(blocks: Sequence[Mapping[str, Any]]) -> bytes:
    """The essential on one A4 page, from a cover and loose blocks (``Block.data()``).

    Takes up to six key figures, three paragraphs (findings), two charts, three lessons,
    three decisions, one caution and one list of what the data do not say, in the order of the
    page whatever their order here; the second chart and the list are for a page with room.
    What does not fit is set smaller, then shortened, then left out, the chart last but one.
    Raises RenderingFailed when typst refuses it.
    """
    content = from_blocks(blocks)
    given = _given(content)

    def some(kind: str, most: int) -> list[dict[str, Any]]:
        return [block for block in given["blocks"] if block["kind"] == kind][:most]

    figures = [figure for block in some("key_figures", 6) for figure in block["figures"]][:6]
    lessons = [
        {**block, "lessons": block["lessons"][:LESSONS_ON_ONE_PAGE]} for block in some("lessons", 2)
    ]
    charts = [chart for chart in some("chart", 2) if chart["height"] <= TALLEST_ON_ONE_PAGE]
    return _compiled(
        "one_page.typ",
        {
            **given,
            "blocks": [],
            "key_figures": [{"figures": figures}] if figures else [],
            "findings": some("paragraph", 3),
            "charts": charts,
            "lessons": lessons,
            "cautions": some("caution", 1),
            "unsaid": [*some("subheading", 1), *some("bullets", 1)],
        },
    )


def _given(content: Content) -> dict[str, Any]:
    """What the template reads: the blocks made printable, and what stands around them."""
    language = content.language

    def written(text: str) -> str:
        return LONGEST_RUN.sub(rf"\g<0>{BREAK}", style.printable(text, language))

    cover = _printable(content.cover, written)
    return {
        "title": " – ".join(part for part in (cover["title"], cover["origin"]) if part),
        "cover": cover,
        "blocks": [_printable(block, written) for block in content.blocks],
        "labels": _printable(dict(content.labels), written),
        "logo": _in_frame(
            str(content.cover["brand"].get("logo", "")), *LOGO_MILLIMETRES, "mm", "xMaxYMin"
        ),
        "family": style.tokens()["font"]["family"],
        "colours": {**style.tokens()["colour"], **content.colours},
    }


def _printable(value: Any, written: Callable[[str], str]) -> Any:
    """The same data with printable texts, and drawings made ready for typst."""
    if isinstance(value, str):
        return written(value)
    if isinstance(value, (list, tuple)):
        return [_printable(item, written) for item in value]
    if not isinstance(value, dict):
        return value
    made = {
        name: _printable(item, written)
        for name, item in value.items()
        if name not in ("svg", "narrow", "brand", "source" if "alternative" in value else "")
    }
    for name in HEADINGS.get(value.get("kind", ""), ()):
        made[name] = _shortened(made[name]) if _is_visible(made[name]) else NO_HEADING
    if "alternative" in value:
        made["svg"] = _in_frame(value["source"], value["width"], value["height"], "px", "xMidYMid")
    if value.get("kind") == "photographs":
        made["share"] = 1.0
    if value.get("kind") == "chart":
        for drawing in ("svg", "narrow"):
            prefix = "f" if drawing == "svg" else "n"
            made[drawing] = value[drawing] and markup.clean_svg(
                value[drawing], prefix, in_page=False, written=written
            )
        width, height = _size(value["svg"])
        made["share"] = min(1.0, width / FULL_WIDTH_POINTS)
        made["height"] = height * made["share"] * FULL_WIDTH_POINTS / width
    return made


def _in_frame(source: str, width: float, height: float, unit: str, align: str) -> str:
    """A picture, given as a data URI, as the SVG that typst reads; '' for any other source."""
    if not re.match(r"data:image/(png|jpeg|svg\+xml);base64,", source):
        return ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}{unit}" height="{height}{unit}"><image href="{escape(source)}" '
        f'width="{width}" height="{height}" preserveAspectRatio="{align} meet"/></svg>'
    )


def _shortened(heading: str) -> str:
    return heading if len(heading) <= LONGEST_HEADING else f"{heading[:LONGEST_HEADING]}…"


def _is_visible(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def _size(svg: str) -> tuple[float, float]:
    """Width and height of a drawing in points; the full width when it does not say."""
    found = re.search(r'<svg[^>]*?\bviewBox="([^"]*)"', svg)
    sides = [float(side) for side in re.split(r"[\s,]+", found[1].strip())] if found else []
    return (sides[2], sides[3]) if len(sides) == 4 else (FULL_WIDTH_POINTS, 0.0)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(style.FONTS)],
    )


def _marks(given: Mapping[str, Any]) -> str:
    """Where each block of the report would end, as JSON."""
    with _refusals():
        found: str = typst.query(
            TEMPLATES / "report.typ",
            "<mark>",
            field="value",
            root=TEMPLATES,
            font_paths=_fonts(),
            sys_inputs=_inputs(given),
        )
    return found


def _compiled(template: str, given: Mapping[str, Any]) -> bytes:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    with _refusals():
        made: bytes = typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            sys_inputs=_inputs(given),
            timestamp=int(epoch) if epoch.isdigit() else None,
        )
    return made


def _inputs(given: Mapping[str, Any]) -> dict[str, str]:
    return {"report": json.dumps(given, ensure_ascii=False, sort_keys=True)}


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except typst.TypstError as error:
        raise RenderingFailed(
            "le PDF n’a pas pu être composé (typst)\u202f; le bilan en HTML est intact. "
            "Relancez avec --debug pour lire la cause."
        ) from error
