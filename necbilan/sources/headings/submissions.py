"""Which lines of a form's export were finished and sent, and on which day.

The same form may ask people to register or to answer: lists and surveys read it alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.sources.cells import days, yes_no
from necbilan.sources.folding import fold
from necbilan.sources.headings.tools import is_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import pandas as pd

    from necbilan.sources.headings.heading import Heading
    from necbilan.sources.headings.tools import Tool

__all__ = ["UNFINISHED", "submitted_on", "unfinished"]

UNFINISHED = "brouillon ou réponse inachevée"


def unfinished(text: pd.DataFrame, columns: Sequence[Heading], tool: Tool | None) -> list[bool]:
    """Whether each line is a draft or was never sent, as the tool's own columns say it."""
    finished = _cells(text, columns, tool.finished) if tool else None
    draft = _cells(text, columns, tool.draft) if tool else None
    return [
        (finished is not None and not finished[row]) or (draft is not None and _ticked(draft[row]))
        for row in range(len(text))
    ]


def submitted_on(
    text: pd.DataFrame, columns: Sequence[Heading], tool: Tool | None, others: Sequence[int]
) -> list[datetime | None]:
    """The day of each line: the tool's own column that holds days, else one of ``others``."""
    positions = [
        position
        for name in (tool.submitted if tool else ())
        if (position := _position(columns, name)) is not None
    ]
    for position in (*positions, *others):
        found = days(list(text.iloc[:, position]))
        if any(found):
            return found
    return [None] * len(text)


def _cells(
    text: pd.DataFrame, columns: Sequence[Heading], names: Sequence[str]
) -> list[str] | None:
    """The cells of the first of those columns that is there, None without any."""
    for name in names:
        position = _position(columns, name)
        if position is not None:
            return [cell.strip() for cell in text.iloc[:, position]]
    return None


def _position(columns: Sequence[Heading], name: str) -> int | None:
    wanted = frozenset({fold(name)})
    return next((h.position for h in columns if is_named(h.leaf, wanted)), None)


def _ticked(cell: str) -> bool:
    return yes_no(cell) is True
