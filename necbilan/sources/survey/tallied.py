"""Paper questionnaires counted by hand: a question a line, a level a column, or the reverse."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.model import Problem
from necbilan.sources.folding import fold_heading
from necbilan.sources.survey.scales import looks_numeric, recognise_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.sources.workbook import Reading

__all__ = ["untallied"]

_FEWEST_LEVELS = 3
_SUMS = re.compile(r"(?:sous-)?tota(?:l|ux)\b.*|n|nb|nombre|effectifs?|reponses|nombre de reponses")
"""headings that sum the others, or say only that the column counts"""
_COUNT = re.compile(r"\d{1,6}(?:[.,]0+)?")


def untallied(reading: Reading, *, file: str) -> Reading:
    """The answers that a sheet of counts counts; any other reading as it is.

    As many lines as the question answered most has answers: nothing says which answers to
    two questions are one person's, and a Problem tells it.
    """
    headers = reading.origin.headers
    if not headers or len(headers[-1]) < 2 or not 0 < len(reading.text) <= 200:
        return reading
    leaves = list(headers[-1])
    rows = [[str(cell).strip() for cell in row] for row in reading.text.itertuples(index=False)]
    counted = _counted(leaves, rows) or _counted_down(leaves, rows)
    if not counted:
        return reading
    answers = {
        question: [level for level, count in counts.items() for _ in range(count)]
        for question, counts in counted.items()
    }
    size = max(map(len, answers.values()))
    text = pd.DataFrame(
        {
            position: [*said, *[""] * (size - len(said))]
            for position, said in enumerate(answers.values())
        },
        dtype="string",
    )
    account, line = reading.account, reading.account.row_numbers[0]
    return replace(
        reading,
        table=text,
        text=text,
        problems=(
            *reading.problems,
            replace(_told(size, len(answers)), file=file, sheet=reading.origin.sheet),
        ),
        account=replace(
            account,
            kept=size,
            row_numbers=(line,) * size,
            row_heights=(0,) * size,
            row_sheets=(account.row_sheets[0],) * size,
            column_letters=(),
        ),
        origin=replace(reading.origin, headers=(tuple(answers),)),
    )


def _counted(leaves: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, dict[str, int]]:
    """Question → level → count, when the headings are levels; {} when they are not."""
    levels = [leaf for leaf in leaves[1:] if leaf and not _SUMS.fullmatch(fold_heading(leaf))]
    if not _are_levels(levels):
        return {}
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        cells = {leaf: cell for leaf, cell in zip(leaves[1:], row[1:], strict=True) if cell}
        counts = {level: _count(cells.get(level, "")) for level in levels}
        if not row[0] or looks_numeric([row[0]]) or row[0] in found:
            return {}
        if any(count is None for count in counts.values()):
            return {}
        found[row[0]] = {level: count or 0 for level, count in counts.items()}
    asked = {question: counts for question, counts in found.items() if any(counts.values())}
    most = max((count for counts in asked.values() for count in counts.values()), default=0)
    return asked if most > 1 else {}


def _counted_down(
    leaves: Sequence[str], rows: Sequence[Sequence[str]]
) -> dict[str, dict[str, int]]:
    """The same when the levels go down the first column; one column may only say «Nombre»."""
    questions = [leaf for leaf in leaves[1:] if not _SUMS.fullmatch(fold_heading(leaf))]
    named = [leaves[0]] if len(leaves) == 2 and not questions else leaves[1:]
    turned = [
        [question, *(row[position] for row in rows)]
        for position, question in enumerate(named, start=1)
        if len(named) == 1 or question in questions
    ]
    return _counted(["", *(row[0] for row in rows)], turned)


def _are_levels(labels: Sequence[str]) -> bool:
    if len(labels) < _FEWEST_LEVELS or len(set(labels)) < len(labels) or looks_numeric(labels):
        return False
    scale = recognise_scale(labels)
    return scale is not None and all(scale.shown(label) is not None for label in labels)


def _count(cell: str) -> int | None:
    """0 when blank, None when it is no count."""
    if not cell:
        return 0
    return int(re.split(r"[.,]", cell)[0]) if _COUNT.fullmatch(cell) else None


def _told(answers: int, questions: int) -> Problem:
    return Problem(
        code="W_TALLY",
        found=f"ce tableau est un dépouillement : {questions} question{'s' * (questions > 1)}, "
        f"{answers} réponses au plus à l’une d’elles ; rien ne dit quelles réponses sont d’une "
        "même personne",
        remedy="Rien à faire si ce sont bien des comptages.",
    )
