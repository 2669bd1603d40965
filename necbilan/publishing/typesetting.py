"""Blocks to PDF: JSON to a typst template, tagged (PDF/UA-1) and archivable (PDF/A-2a).

Every text is data for the template, never markup, and is first made printable: the
compiler refuses a whole document for one character without a glyph.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from necbilan import markup, style
from necbilan.errors import RenderingFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from necbilan.publishing.content import Content

__all__ = ["report"]

TEMPLATES = Path(__file__).parent / "templates"
# A chart drawn 7.5 in wide fills the page's 174 mm; a smaller one keeps that scale.
FULL_WIDTH_POINTS = 540.0


def report(content: Content) -> bytes:
    """The whole report on A4.  Raises RenderingFailed when typst refuses it."""
    return _compiled("report.typ", _given(content))


def _given(content: Content) -> dict[str, Any]:
    """What the template reads: the blocks made printable, and what stands around them."""
    language = content.language

    def written(text: str) -> str:
        return style.printable(text, language)

    cover = _printable(content.cover, written)
    return {
        "title": " – ".join(part for part in (cover["title"], cover["origin"]) if part),
        "cover": cover,
        "blocks": [_printable(block, written) for block in content.blocks],
        "labels": _printable(dict(content.labels), written),
        "logo": _logo(str(content.cover["brand"].get("logo", ""))),
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
        if name not in ("svg", "narrow", "brand")
    }
    if value.get("kind") == "chart":
        made["svg"] = markup.clean_svg(value["svg"], "f", in_page=False, written=written)
        made["share"] = _share_of_width(value["svg"])
    return made


def _share_of_width(svg: str) -> float:
    """How much of the text's width a drawing takes, 1 at most."""
    found = re.search(r'<svg[^>]*?\bviewBox="([^"]*)"', svg)
    sides = [float(side) for side in re.split(r"[\s,]+", found[1].strip())] if found else []
    return min(1.0, sides[2] / FULL_WIDTH_POINTS) if len(sides) == 4 else 1.0


def _logo(source: str) -> str:
    """The organiser's logo, a data URI, as an SVG that typst reads, 14 mm high at most."""
    if not re.match(r"data:image/(png|jpeg);base64,", source):
        return ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 14" width="60mm" height="14mm">'
        f'<image href="{escape(source)}" width="60" height="14" '
        'preserveAspectRatio="xMaxYMin meet"/></svg>'
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(style.FONTS)],
    )


def _compiled(template: str, given: Mapping[str, Any]) -> bytes:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            sys_inputs={"report": json.dumps(given, ensure_ascii=False, sort_keys=True)},
            timestamp=int(epoch) if epoch.isdigit() else None,
        )
    except typst.TypstError as error:
        raise RenderingFailed(
            "le PDF n’a pas pu être composé (typst)\u202f; le bilan en HTML est intact. "
            "Relancez avec --debug pour lire la cause."
        ) from error
