"""What a file holds once an engine has read it: grids, and what was noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from necbilan.model import Problem
    from necbilan.sources.workbook.grid import Grid
    from necbilan.sources.workbook.reading import Reject

__all__ = ["Contents"]


@dataclass(frozen=True)
class Contents:
    """``lines``: physical lines of a text file (0 for a workbook); ``rejects``: lines no
    record could hold (hint, unclosed quote)."""

    format: str
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()
    rejects: tuple[Reject, ...] = field(default=())
    lines: int = 0
    encoding: str = ""
    delimiter: str = ""
    engine: str = "necbilan"
    is_text: bool = False

    def telling(self, told: Problem) -> Contents:
        """The same contents with one more problem, told first."""
        return replace(self, problems=(told, *self.problems))
