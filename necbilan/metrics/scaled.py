"""The scaled questions of a survey, each with its answers and whom it speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.metrics.answered import answers_of, population_asked, questions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from necbilan.model import Dossier, Question

__all__ = ["OVERALL", "count_satisfied", "rated", "scaled", "titles_of"]

OVERALL = "overall_satisfaction"
PER_ACTIVITY = "activity_rating"
_NOT_RATED = frozenset({OVERALL, "profile", "first_time", "submission"})
"""roles that are no rating"""

Scaled = tuple["Question", str, "pd.DataFrame", int | None]
"""question, group of its measures, answers, number of people it speaks for (None: unknown)"""


def scaled(dossier: Dossier) -> Iterator[Scaled]:
    """Each overall impression, then each rating."""
    if dossier.responses is not None:
        for question in questions_of(dossier, OVERALL):
            answers = answers_of(dossier.responses, question)
            yield question, question.id, answers, population_asked(dossier, answers)
    yield from rated(dossier)


def rated(dossier: Dossier) -> Iterator[Scaled]:
    """Each rating, row by row of a grid.

    That of an activity speaks for those who were there.
    """
    if dossier.responses is None:
        return
    titles = titles_of(dossier)
    for question in dossier.facts.questions:
        if not question.scale or question.role in _NOT_RATED:
            continue
        answers = answers_of(dossier.responses, question)
        items = list(dict.fromkeys([*question.items, *answers["item"].dropna()]))
        for item in items or [""]:
            rows = answers[answers["item"].eq(item).fillna(False)] if item else answers
            of_activity = question.role == PER_ACTIVITY or item in titles
            population = (
                _counted(dossier, item) if of_activity else population_asked(dossier, answers)
            )
            yield question, f"{question.id} › {item}" if item else question.id, rows, population


def _counted(dossier: Dossier, activity: str) -> int | None:
    """The people counted at an activity; choices and seats do not say how many were there."""
    attended = dossier.facts.exposure_from.get(activity) == "attended"
    return dossier.facts.exposure[activity] if attended else None


def titles_of(dossier: Dossier) -> frozenset[str]:
    """The activities of the programme, empty when there is none."""
    programme = dossier.activities
    return frozenset() if programme is None else frozenset(programme["activity"].astype(str))


def count_satisfied(question: Question, placed: pd.DataFrame) -> int:
    """Answers on the best levels, among those that stand on the scale."""
    return int((placed["level"] > len(question.scale) - question.positive).sum())
