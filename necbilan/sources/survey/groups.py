"""The row of groups above a survey's headings, carried on to the columns it covers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from necbilan.sources.folding import fold
from necbilan.sources.survey.choices import repeats, ticks
from necbilan.sources.survey.roles import asks_of_the_whole
from necbilan.sources.survey.scales import recognise_scale
from necbilan.sources.survey.wordings import is_other

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from necbilan.sources.headings.heading import Heading

__all__ = ["spread_groups"]

_MOST_LABELS = 12
_TICKS = tuple(
    frozenset(words.split()) for words in ("x", "oui non", "1 0", "true false", "vrai faux",
                                           "yes no", "y n", "coche", "✓", "✔", "☑ ☐")
)  # fmt: skip
"""marks that one set of columns writes together"""


def spread_groups(columns: Sequence[Heading], text: pd.DataFrame) -> tuple[Heading, ...]:
    """The group row carried on to the columns it covers.

    A text file writes the group over its first column only, and nothing says where it
    ends: it goes on while the cells are of the same kind (ticks, or labels of one scale),
    up to a heading that asks a question by itself.
    """
    spread: list[Heading] = []
    group: tuple[str, ...] = ()
    covered: list[Heading] = []
    known: list[str] = []
    for heading in columns:
        cells = [cell.strip() for cell in text.iloc[:, heading.position]]
        if any(heading.levels[:-1]):
            group, covered, known = heading.levels[:-1], [heading], cells
        elif group and _goes_on(heading, cells, covered, known):
            covered, known = [*covered, heading], [*known, *cells]
            spread.append(replace(heading, levels=(*group, heading.leaf)))
            continue
        else:
            group = ()
        spread.append(heading)
    return tuple(spread)


def _goes_on(
    heading: Heading, cells: Sequence[str], covered: Sequence[Heading], known: Sequence[str]
) -> bool:
    if _stands_alone(heading) and not any(map(_stands_alone, covered)):
        return False
    if not any(cells) or is_other(heading.leaf) or repeats(cells, heading.leaf):
        return True
    if not any(known):
        return ticks(cells) is not None
    labels, before = set(cells) - {""}, set(known) - {""}
    if ticks(known) is not None:
        return any({fold(text) for text in labels | before} <= marks for marks in _TICKS)
    return len(labels | before) <= _MOST_LABELS and (
        bool(labels & before) or _on_one_scale(labels | before)
    )


def _stands_alone(heading: Heading) -> bool:
    """A heading that is a question in itself, not a row or an option of another one."""
    return heading.leaf.rstrip().endswith("?") or asks_of_the_whole(heading.leaf)


def _on_one_scale(labels: set[str]) -> bool:
    scale = recognise_scale(sorted(labels))
    return scale is not None and all(scale.shown(label) is not None for label in labels)
