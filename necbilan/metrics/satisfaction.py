"""What the public thought: answers, response rate, impression, ratings.

Shares are taken over the answers that stand on the scale; «sans avis» is apart.  When
the number present is known the interval is exact for that finite public, else Wilson's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.intervals import share_interval
from necbilan.metrics.answered import (
    answers_of,
    estimated,
    on_scale,
    people,
    population_asked,
    questions_of,
)
from necbilan.metrics.population import present_public
from necbilan.metrics.rows import declared_count, frame, full_count, not_collected
from necbilan.metrics.scaled import OVERALL, count_satisfied, rated, scaled

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from necbilan.model import Dossier, Question

    _RowsOf = Callable[[Question, str, pd.DataFrame, int | None], list[dict[str, object]]]

__all__ = [
    "no_opinion",
    "overall_impression",
    "rating",
    "rating_satisfied",
    "response_rate",
    "responses",
    "satisfied_bound",
    "satisfied_share",
]


def responses(dossier: Dossier) -> pd.DataFrame:
    """Submissions of the survey, whatever was left blank in them."""
    if dossier.responses is None:
        stated = declared_count(dossier.event.declared, "responses", unit="answers")
        if stated is None:
            return frame([not_collected("answers")])
        return frame([stated | {"base": present_public(dossier)}])
    count = people(dossier.responses)
    return frame([full_count(count, unit="answers", n=count, base=present_public(dossier))])


def response_rate(dossier: Dossier) -> pd.DataFrame:
    """Responses / public present; a full count, no interval.

    More responses than people counted means that one of the two is wrong: the row is
    "not_comparable", without a value.
    """
    row = responses(dossier).iloc[0]
    present = present_public(dossier)
    if row["status"] != "ok" or not present:
        return frame([not_collected("share")])
    count = int(row["value"])
    if count > present:
        refused = not_collected("share") | {"status": "not_comparable", "n": count, "base": present}
        return frame([refused])
    share = count / present
    return frame(
        [full_count(share, unit="share", n=count, base=present, evidence=str(row["evidence"]))]
    )


def overall_impression(dossier: Dossier) -> pd.DataFrame:
    """Answers by level, the best first; a level that nobody chose keeps its 0."""
    return _each_overall(dossier, "answers", _distribution)


def no_opinion(dossier: Dossier) -> pd.DataFrame:
    """Those who answered that they have no opinion, of each scaled question that offers it."""
    rows = []
    for question, group, answers, _ in scaled(dossier):
        without = _without_opinion(question, answers)
        if question.no_opinion or without:
            said = without + len(on_scale(answers))
            base = population_asked(dossier, answers)
            rows.append(full_count(without, unit="answers", group=group, n=said, base=base))
    return frame(rows or [not_collected("answers")])


def satisfied_share(dossier: Dossier) -> pd.DataFrame:
    """Share of the answers that stand on the best levels (2 of 4, 2 of 5)."""
    return _each_overall(dossier, "share", _satisfied)


def satisfied_bound(dossier: Dossier) -> pd.DataFrame:
    """Share satisfied of the public present, had the silent all been dissatisfied or satisfied.

    Those who gave no opinion are neither; what no interval can tell, these bounds do.
    """
    rows = []
    for question in questions_of(dossier, OVERALL):
        rows += _bounds(dossier, question)
    return frame(rows or [not_collected("share")])


def rating(dossier: Dossier) -> pd.DataFrame:
    """Answers by level of every other scaled question, row by row of a grid."""
    rows = []
    for question, group, answers, population in rated(dossier):
        rows += _distribution(question, group, answers, population)
    return frame(rows or [not_collected("answers")])


def rating_satisfied(dossier: Dossier) -> pd.DataFrame:
    """Share of each rating's answers that stand on the best levels."""
    rows = []
    for question, group, answers, population in rated(dossier):
        rows += _satisfied(question, group, answers, population)
    return frame(rows or [not_collected("share")])


# --- one question -------------------------------------------------------------------------


def _each_overall(dossier: Dossier, unit: str, rows_of: _RowsOf) -> pd.DataFrame:
    rows = [
        row
        for question in questions_of(dossier, OVERALL)
        if dossier.responses is not None
        for answers in [answers_of(dossier.responses, question)]
        for row in rows_of(question, question.id, answers, population_asked(dossier, answers))
    ]
    return frame(rows or [not_collected(unit)])


def _without_opinion(question: Question, answers: pd.DataFrame) -> int:
    apart = answers["level"].isna() & answers["answer"].isin(question.no_opinion)
    return int(apart.sum())


def _distribution(
    question: Question, group: str, answers: pd.DataFrame, population: int | None
) -> list[dict[str, object]]:
    placed = on_scale(answers)
    if placed.empty:
        return [not_collected("answers", group=group)]
    counts = placed["level"].value_counts()
    return [
        full_count(
            int(counts.get(rank, 0)),
            unit="answers",
            group=group,
            level=label,
            n=len(placed),
            base=population,
        )
        for rank, label in reversed(list(enumerate(question.scale, start=1)))
    ]


def _satisfied(
    question: Question, group: str, answers: pd.DataFrame, population: int | None
) -> list[dict[str, object]]:
    placed = on_scale(answers)
    if placed.empty or not question.positive:
        return [not_collected("share", group=group)]
    happy = count_satisfied(question, placed)
    interval = share_interval(happy, len(placed), population)
    return [
        estimated(
            happy / len(placed),
            (interval.low, interval.high),
            interval.method,
            group=group,
            n=len(placed),
            base=population,
        )
    ]


def _bounds(dossier: Dossier, question: Question) -> list[dict[str, object]]:
    if dossier.responses is None or not question.positive:
        return []
    answers = answers_of(dossier.responses, question)
    present = population_asked(dossier, answers)
    placed = on_scale(answers)
    silent = (present or 0) - len(placed) - _without_opinion(question, answers)
    if placed.empty or present is None or silent < 0:
        return []
    happy = count_satisfied(question, placed)
    with_opinion = len(placed) + silent
    return [
        full_count(
            count / with_opinion,
            unit="share",
            group=question.id,
            level=level,
            n=len(placed),
            base=present,
        )
        for level, count in (("low", happy), ("high", happy + silent))
    ]
