"""Each chart as files: SVG, PNG at 300 dpi with its title and source, its table as CSV."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from functools import cache
from typing import TYPE_CHECKING, Any

import typst

from necbilan import style
from necbilan.publishing.tables_workbook import NUMBER, value_of
from necbilan.safe_cells import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from necbilan.publishing.content import Content

__all__ = ["charts_of", "figure_files", "logo_picture", "picture"]

DPI = 300.0

_SHEET = """
#let data = json(bytes(sys.inputs.chart))
#set page(width: 190mm, height: auto, margin: 8mm)
#set text(font: "Necbilan Sans", size: 9.4pt, fill: rgb(data.ink))
#text(size: 13pt, weight: 600, fill: rgb(data.night), data.title)
#if data.tag != "" [ #box(stroke: 0.5pt + rgb(data.grey), inset: 2pt, text(size: 8pt, data.tag)) ]
#linebreak()
#text(fill: rgb(data.grey), data.subtitle)
#v(2mm)
#image(bytes(data.svg), format: "svg", width: 100%)
#text(size: 8.2pt, fill: rgb(data.grey), data.source)
"""

_LOGO = """
#set page(width: auto, height: auto, margin: 0mm, fill: none)
#image(bytes(sys.inputs.logo), format: "svg", height: 14mm)
"""


def charts_of(content: Content) -> Iterator[Mapping[str, Any]]:
    """The charts of a report, in order."""
    for block in content.blocks:
        for part in block.get("blocks", [block]):
            if part["kind"] == "chart":
                yield part


def figure_files(content: Content) -> dict[str, bytes]:
    """File name -> bytes: three files a chart, named by its place and its id."""
    files: dict[str, bytes] = {}
    for number, chart in enumerate(charts_of(content), start=1):
        stem = f"{number:02d}-{chart['id']}"
        files[f"{stem}.svg"] = str(chart["svg"]).encode()
        files[f"{stem}.png"] = picture(chart, content.colours)
        files[f"{stem}.csv"] = _table(chart)
    return files


def picture(chart: Mapping[str, Any], colours: Mapping[str, str]) -> bytes:
    """The chart as a PNG at 300 dpi, with its title, subtitle and source drawn in.

    ``colours`` are those that the organiser's brand replaces.
    """
    shown = {name: str(chart[name]) for name in ("title", "subtitle", "tag", "svg", "source")}
    ours = {name: style.colour(name) for name in ("ink", "night", "grey")}
    return typst.compile(
        _SHEET.encode(),
        format="png",
        ppi=DPI,
        font_paths=_fonts(),
        sys_inputs={"chart": json.dumps(shown | ours | dict(colours))},
    )


def logo_picture(source: str) -> bytes:
    """The organiser's logo, a data URI, as PNG or JPEG bytes; empty without one."""
    found = re.match(r"data:image/(png|jpeg|svg\+xml);base64,", source)
    if found is None:
        return b""
    content = b64decode(source[found.end() :])
    if found[1] != "svg+xml":
        return content
    made: bytes = typst.compile(
        _LOGO.encode(),
        format="png",
        ppi=DPI,
        font_paths=_fonts(),
        sys_inputs={"logo": content.decode()},
    )
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(style.FONTS)]
    )


def _table(chart: Mapping[str, Any]) -> bytes:
    rows = [[name, *map(_read_by_excel, cells)] for name, *cells in chart["rows"]]
    return csv_text([chart["headers"], *rows], separator=";").encode("utf-8-sig")


def _read_by_excel(text: str) -> str | float:
    """A plain number without its plus and its typographic minus, which Excel takes for a text."""
    found = NUMBER.fullmatch(text)
    plain = found and not (found["percent"] or found["before"] or found["after"])
    return value_of(found) if found and plain else text
