"""Means of scales and the recommendation score: only when event.toml asks for them.

An ordinal scale has no mean by itself, and a recommendation score of 20 answers is known
to ± 34 points; under ten answers neither is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.intervals import SMALLEST_N_FOR_MEAN, net_promoter, student_mean
from necbilan.metrics.answered import answers_of, estimated, on_scale, population_asked
from necbilan.metrics.rows import frame, not_collected
from necbilan.metrics.scaled import scaled

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier, Question

__all__ = ["recommendation_score", "scale_mean"]

PROMOTERS, DETRACTORS = 9, 6
"""marks of 0 to 10 from which, and up to which, one counts (Reichheld, "The One Number You
Need to Grow", Harvard Business Review, December 2003)"""


def scale_mean(dossier: Dossier) -> pd.DataFrame:
    """Mean of each scaled question, on its numbers or, for words, on ranks from 1 (worst)."""
    if "means" not in dossier.event.options:
        return frame([not_collected("points")])
    rows = [
        _mean(question, group, on_scale(answers), population)
        for question, group, answers, population in scaled(dossier)
    ]
    return frame(rows or [not_collected("points")])


def _mean(
    question: Question, group: str, placed: pd.DataFrame, population: int | None
) -> dict[str, object]:
    marks = marks_of(question.scale)
    values = [marks[rank - 1] for rank in placed["level"]]
    if len(values) < SMALLEST_N_FOR_MEAN:
        return not_collected("points", group=group) | {"n": len(values), "base": population}
    interval = student_mean(values)
    low, high = max(interval.low, min(marks)), min(interval.high, max(marks))
    return estimated(
        sum(values) / len(values),
        (low, high),
        interval.method,
        unit="points",
        group=group,
        n=len(values),
        base=population,
    )


def marks_of(scale: tuple[str, ...]) -> list[int]:
    """What each level is worth, worst first: its own number, else its rank from 1."""
    if all(label.isdigit() for label in scale):
        return [int(label) for label in scale]
    return list(range(1, len(scale) + 1))


def recommendation_score(dossier: Dossier) -> pd.DataFrame:
    """Share of marks 9 and 10 less share of marks 0 to 6, of each question from 0 to 10."""
    if "recommendation_score" not in dossier.event.options or dossier.responses is None:
        return frame([not_collected("share")])
    rows = [
        _score(question, answers_of(dossier.responses, question), dossier)
        for question in dossier.facts.questions
        if question.role == "nps" and question.scale == tuple(str(mark) for mark in range(11))
    ]
    return frame(rows or [not_collected("share")])


def _score(question: Question, answers: pd.DataFrame, dossier: Dossier) -> dict[str, object]:
    marks = on_scale(answers)["level"] - 1
    n, population = len(marks), population_asked(dossier, answers)
    if n < SMALLEST_N_FOR_MEAN:
        return not_collected("share", group=question.id) | {"n": n, "base": population}
    for_it, against = int((marks >= PROMOTERS).sum()), int((marks <= DETRACTORS).sum())
    interval = net_promoter(for_it, against, n, population)
    return estimated(
        (for_it - against) / n,
        (interval.low, interval.high),
        interval.method,
        group=question.id,
        n=n,
        base=population,
    )
