"""Answers on a scale: their levels, and what stands on none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from necbilan.model import Problem
from necbilan.sources.survey.found import Found, item_of, options_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.sources.survey.asked import Asked
    from necbilan.sources.survey.reading import Survey
    from necbilan.sources.survey.scales import Scale

__all__ = ["levels_of"]

_HALF = re.compile(r"\s*\d{1,2}[.,]\d*[1-9]")
"""a note that is no whole number"""


def levels_of(asked: Asked, survey: Survey) -> Found:
    """One row a cell, with its level of the question's scale, which is known."""
    scale = asked.scale
    assert scale is not None
    if asked.form == "levels":
        return _ticked(asked, scale, survey)
    rows: list[tuple[int, dict[str, Any]]] = []
    odd: list[tuple[int, int]] = []
    rounded: list[int] = []
    for position, column in enumerate(asked.columns):
        for row, cell in enumerate(survey.text.iloc[:, column]):
            shown, level = scale.shown(cell), scale.level(cell)
            if shown is None and cell.strip():
                odd.append((survey.numbers[row], column))
            elif shown is not None and _HALF.match(cell):
                rounded.append(survey.numbers[row])
            rows.append((row, {"answer": shown, "level": level, **item_of(asked, position)}))
    return Found(rows, (*_off_scale(asked, odd), *_rounded(asked, rounded)))


def _ticked(asked: Asked, scale: Scale, survey: Survey) -> Found:
    """One row a respondent, at the level ticked; of several ticks, none is believed."""
    rows: list[tuple[int, dict[str, Any]]] = []
    odd: list[tuple[int, int]] = []
    for row, taken in enumerate(options_of(asked, survey, "")):
        answer = taken[0] if len(taken) == 1 else ""
        rows.append((row, {"answer": scale.shown(answer), "level": scale.level(answer)}))
        odd += [(survey.numbers[row], asked.columns[0])] if len(taken) > 1 else []
    return Found(rows, _off_scale(asked, odd))


def _rounded(asked: Asked, lines: Sequence[int]) -> tuple[Problem, ...]:
    """Notes between two levels («7,5»), counted at the even one of the two."""
    if not lines:
        return ()
    shown = ", ".join(str(line) for line in lines[:5]) + ("…" if len(lines) > 5 else "")
    return (
        Problem(
            code="W_HALF_NOTES",
            file=asked.question.file,
            cell=f"ligne {lines[0]}",
            found=f"à la question « {asked.question.wording} », {len(lines)} note"
            f"{'s' if len(lines) > 1 else ''} entre deux niveaux, comptée"
            f"{'s' if len(lines) > 1 else ''} au niveau pair le plus proche (ligne {shown})",
            remedy="Rien à faire.",
        ),
    )


def _off_scale(asked: Asked, odd: Sequence[tuple[int, int]]) -> tuple[Problem, ...]:
    if not odd:
        return ()
    question = asked.question
    lines = ", ".join(str(line) for line, _ in odd[:5]) + ("…" if len(odd) > 5 else "")
    return (
        Problem(
            code="A_OFF_SCALE",
            file=question.file,
            cell=f"ligne {odd[0][0]}",
            found=f"à la question « {question.wording} », {len(odd)} réponse"
            f"{'s' if len(odd) > 1 else ''} hors de l’échelle (ligne {lines})",
            expected=", ".join(question.scale),
            remedy="Corrigez la case ou laissez-la : elle n’est pas comptée.",
        ),
    )
