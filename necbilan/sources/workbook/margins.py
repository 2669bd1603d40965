"""What a workbook says outside its cells: comments, authors, headers and footers of pages."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from necbilan.sources.workbook import limits, xml
from necbilan.sources.workbook.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["margins_of"]

_PARTS = re.compile(
    r"docprops/(?:core|custom)\.xml|meta\.xml|xl/(?:comments|threadedcomments|persons)[/\d]*"
    r"[\w/]*\.xml|xl/worksheets/sheet\d+\.xml|content\.xml|styles\.xml"
)
_CELLS = re.compile(r"xl/worksheets/|content\.xml|styles\.xml")
"""parts that hold cells too: of them, only what stands in the elements below"""
_MARGINS = frozenset(
    {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
    | {"annotation", "header", "footer"}
)
_SAID_BY = frozenset({"displayName", "author", "userId"})


def margins_of(path: Path) -> list[str]:
    """Texts that stand in no cell, one a paragraph; none of a file that is no archive.

    To be asked of a file that a reader has accepted: its limits are checked then.
    """
    if not zipfile.is_zipfile(path):
        return []
    texts: list[str] = []
    try:
        with Archive(path) as archive:
            limits.check_archive(archive, file=path.name)
            for name in filter(_PARTS.fullmatch, archive.names()):
                texts += _texts(archive, name)
    except (zipfile.BadZipFile, xml.BrokenError, xml.DoctypeError, KeyError, EOFError):
        return texts
    return texts


def _texts(archive: Archive, name: str) -> Iterator[str]:
    """Every text of the part, one an element; of sheets, that of their margins only."""
    inside = 0
    said: list[str] = []
    only_margins = _CELLS.match(name) is not None

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if inside or xml.local(tag) in _MARGINS or not only_margins:
            inside += 1
            said.append("\n")
        if not only_margins:
            said.extend(f"\n{v}\n" for k, v in attributes.items() if xml.local(k) in _SAID_BY)

    def end(_tag: str) -> None:
        nonlocal inside
        if inside:
            inside -= 1
            said.append("\n")

    def characters(text: str) -> None:
        if inside:
            said.append(text)

    with archive.open(name) as source:
        xml.stream(source, start=start, end=end, characters=characters)
    yield from (line.strip() for line in "".join(said).split("\n") if line.strip())
