"""What one block cannot know alone: the figures' numbers, and ids that stand once in a page."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Data = Mapping[str, Any]

__all__ = ["anchor", "arranged"]

_PREFIX = {"chart": "figure", "section": "partie", "table": "tableau", "photographs": "photos"}


def anchor(data: Data) -> str:
    """The id of a block in a page: as arranged, else made of its own id or words."""
    if "anchor" in data:
        return str(data["anchor"])
    words = str(data.get("id") or data.get("caption") or data.get("title") or "")
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-")
    return "-".join(part for part in (_PREFIX.get(str(data["kind"]), "bloc"), slug) if part)


def arranged(blocks: Sequence[Data], figure_label: str) -> list[dict[str, Any]]:
    """The same blocks with an ``anchor`` each that no other has, and charts with a ``number``.

    ``figure_label`` holds ``{n}``; numbers run through the whole report from 1.  The
    ``level`` of what carries a heading is 3 inside a section, 4 for quotations under a
    subheading, and 2 outside, so that none is skipped.
    """
    taken: set[str] = set()
    numbers = 0

    def place(data: Data, level: int) -> dict[str, Any]:
        nonlocal numbers
        placed = {**data, "level": level}
        if data["kind"] in _PREFIX:
            placed["anchor"] = _free(anchor(data), taken)
            taken.add(placed["anchor"])
        if data["kind"] == "chart":
            numbers += 1
            placed["number"] = figure_label.format(n=numbers)
            placed["caption"] = f"{placed['number']} · {data['caption']}"
        if data["kind"] == "section":
            placed["blocks"] = [
                place(block, 4 if under else 3) for block, under in _under(data["blocks"])
            ]
        return placed

    return [place(block, 2) for block in blocks]


def _under(blocks: Sequence[Data]) -> Iterator[tuple[Data, bool]]:
    """Each block, and whether its heading belongs under a subheading: quotations do."""
    below = False
    for block in blocks:
        below = below or block["kind"] == "subheading"
        yield block, below and block["kind"] == "quotes"


def _free(name: str, taken: set[str]) -> str:
    candidate, repeat = name, 2
    while candidate in taken:
        candidate, repeat = f"{name}-{repeat}", repeat + 1
    return candidate
