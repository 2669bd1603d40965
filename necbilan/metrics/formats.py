"""What was thought of each format and theme of the programme, from ratings and from votes.

A respondent who rated three workshops has one voice on workshops, shared between the
three: answers of one person are not independent, and the interval counts people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.intervals import bonett_price, wilson
from necbilan.metrics.answered import estimated
from necbilan.metrics.rows import frame, not_collected
from necbilan.metrics.scaled import rated
from necbilan.metrics.votes import both_asked, cast_votes

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from necbilan.model import Dossier, Question

__all__ = ["format_differential", "format_rating", "theme_differential", "theme_rating"]


def format_rating(dossier: Dossier) -> pd.DataFrame:
    """Share of positive ratings of the activities of each format, one voice a respondent."""
    return _rating(dossier, "kind")


def theme_rating(dossier: Dossier) -> pd.DataFrame:
    """Share of positive ratings of the activities of each theme, one voice a respondent."""
    return _rating(dossier, "theme")


def format_differential(dossier: Dossier) -> pd.DataFrame:
    """(most − least) / respondents of each format, in the order of the programme.

    A respondent counts once a format: for, against, or neither when both or nothing of it
    were named.
    """
    return _differential(dossier, "kind")


def theme_differential(dossier: Dossier) -> pd.DataFrame:
    """(most − least) / respondents of each theme, as ``format_differential``."""
    return _differential(dossier, "theme")


def _class_of(dossier: Dossier, column: str) -> dict[str, str]:
    """Activity → format or theme; empty unless the programme has two of them or more."""
    programme = dossier.activities
    if programme is None:
        return {}
    known = programme.dropna(subset=[column])
    found = {
        str(title): str(kind)
        for title, kind in zip(known["activity"], known[column], strict=True)
        if str(kind).strip()
    }
    return found if len(set(found.values())) > 1 else {}


def _rating(dossier: Dossier, column: str) -> pd.DataFrame:
    class_of = _class_of(dossier, column)
    questions: dict[str, tuple[Question, list[pd.DataFrame]]] = {}
    for question, group, answers, _ in rated(dossier):
        item = group.partition(" › ")[2]
        placed = answers[answers["level"].notna()]
        if item in class_of and question.positive and len(placed):
            happy = placed["level"] > len(question.scale) - question.positive
            voices = pd.DataFrame(
                {"respondent": placed["respondent"], "of": class_of[item], "happy": happy}
            )
            questions.setdefault(question.id, (question, []))[1].append(voices)
    rows = [
        row
        for question, tables in questions.values()
        if _gathers(len({voice for table in tables for voice in table["of"]}), len(tables))
        for row in _voices(pd.concat(tables), question.id)
    ]
    return frame(rows or [not_collected("share")])


def _gathers(classes: int, activities: int) -> bool:
    """Whether some class gathers several activities; else it tells one of them again."""
    return activities > classes


def _voices(ratings: pd.DataFrame, group: str) -> list[dict[str, object]]:
    """One row a class, in the order rated: the mean of its respondents' own shares.

    The variance of a share between 0 and 1 is at most that of a yes or no of the same
    mean, so Wilson's interval on as many people is not too short.
    """
    rows = []
    for level, said in ratings.groupby("of", sort=False):
        own = said.groupby("respondent", sort=False)["happy"].mean().astype(float)
        interval = wilson(float(own.sum()), len(own))
        rows.append(
            estimated(
                float(own.mean()),
                (interval.low, interval.high),
                interval.method,
                group=group,
                level=str(level),
                n=len(own),
                base=None,
            )
        )
    return rows


def _differential(dossier: Dossier, column: str) -> pd.DataFrame:
    votes, class_of = cast_votes(dossier), _class_of(dossier, column)
    if votes is None or not class_of or not both_asked(dossier):
        return frame([not_collected("share")])
    places: dict[str, list[int]] = {level: [] for level in class_of.values()}
    for place, activity in enumerate(votes.activities):
        if activity in class_of:
            places[class_of[activity]].append(place)
    if not _gathers(sum(map(bool, places.values())), sum(map(len, places.values()))):
        return frame([not_collected("share")])
    rows = [
        _net(
            level,
            votes.most[:, at].any(axis=1).astype(int) - votes.least[:, at].any(axis=1).astype(int),
        )
        for level, at in places.items()
        if at
    ]
    return frame(rows or [not_collected("share")])


def _net(level: str, scores: npt.NDArray[np.int64]) -> dict[str, object]:
    """One class: +1, −1 or 0 a respondent."""
    most, least, n = int((scores > 0).sum()), int((scores < 0).sum()), len(scores)
    interval = bonett_price(most, least, n)
    return estimated(
        (most - least) / n, (interval.low, interval.high), interval.method,
        level=level, n=n, base=n,
    )  # fmt: skip
