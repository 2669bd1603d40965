"""One heading of a table, with the rows of group headings above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Heading", "headings"]


@dataclass(frozen=True)
class Heading:
    """The heading of the column at ``position``: group rows first, leaf last."""

    position: int
    levels: tuple[str, ...]
    letter: str = ""

    @property
    def leaf(self) -> str:
        return self.levels[-1]

    @property
    def group(self) -> str:
        return " – ".join(level for level in self.levels[:-1] if level)


def headings(headers: Sequence[Sequence[str]], letters: Sequence[str]) -> tuple[Heading, ...]:
    """The headings of a table from its header rows, as ``workbook.Origin`` gives them."""
    width = len(headers[-1]) if headers else 0
    return tuple(
        Heading(
            position,
            tuple(row[position].strip() for row in headers),
            letters[position] if position < len(letters) else "",
        )
        for position in range(width)
    )
