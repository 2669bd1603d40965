"""What the answers to one question give, and the steps that every kind of answer shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from necbilan.sources.cells import is_blank
from necbilan.sources.survey import choices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from necbilan.model import Problem
    from necbilan.sources.survey.asked import Asked
    from necbilan.sources.survey.reading import Survey

__all__ = ["Context", "Found", "cells_of", "item_of", "options_of", "rows_of"]


@dataclass(frozen=True)
class Context:
    """What answers are read against: the programme's titles, the decided spellings, and
    ``scrubbed``, which takes the names and addresses out of a remark."""

    scrubbed: Callable[[str], str]
    titles: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)
    activities: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    profiles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What the answers to one question give: (row of the file, columns of RESPONSES)."""

    rows: list[tuple[int, dict[str, Any]]]
    problems: tuple[Problem, ...] = ()
    matches: tuple[tuple[str, str, str], ...] = ()
    doubtful: tuple[tuple[str, str, str], ...] = ()


def cells_of(asked: Asked, survey: Survey) -> list[str]:
    """The cells of the question's first column, as written."""
    return list(survey.text.iloc[:, asked.columns[0]])


def item_of(asked: Asked, position: int) -> dict[str, str]:
    """The item of a grid that the column at ``position`` asks about, as a cell of RESPONSES."""
    return {"item": asked.items[position]} if asked.form == "grid" else {}


def options_of(
    asked: Asked, survey: Survey, tool_choices: str, titles: Sequence[str] = ()
) -> list[list[str]]:
    """The options each respondent took, in any encoding."""
    if asked.form in ("ticks", "levels"):
        found: list[list[str]] = [[] for _ in range(len(survey.text))]
        for column, option in zip(asked.columns, asked.items, strict=True):
            ticked = choices.ticks(list(survey.text.iloc[:, column]), option) or []
            for row, yes in enumerate(ticked):
                found[row] += [option] if yes else []
        return found
    cells = cells_of(asked, survey)
    if asked.form == "choices":
        return choices.split_choices(cells, separator=tool_choices, options=titles)
    return [[] if is_blank(cell) else [cell.strip()] for cell in cells]


def rows_of(row: int, titles: Sequence[str]) -> list[tuple[int, dict[str, Any]]]:
    """One row a title, in order, none twice; NA when there is none."""
    nobody: list[tuple[int, dict[str, Any]]] = [(row, {"answer": None})]
    return [(row, {"answer": title}) for title in dict.fromkeys(titles)] or nobody
