"""Who named which activity among those they liked most and least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from necbilan.metrics.answered import asked_people

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["LEAST", "MOST", "Votes", "both_asked", "cast_votes"]

MOST, LEAST = "liked_most", "liked_least"


@dataclass(frozen=True)
class Votes:
    """``scores``: a row a respondent, a column an activity; +1 most, −1 least, 0 else."""

    activities: tuple[str, ...]
    most: npt.NDArray[np.int64]
    least: npt.NDArray[np.int64]
    scores: npt.NDArray[np.int64]
    exposed: tuple[int, ...]
    respondents: int


def both_asked(dossier: Dossier) -> bool:
    """Whether somebody was asked what they liked most and somebody what they liked least."""
    given = dossier.responses
    return given is not None and all(asked_people(given, role) for role in (MOST, LEAST))


def cast_votes(dossier: Dossier) -> Votes | None:
    """Everyone who was put one of the two questions, and what they named; None if nobody."""
    given = dossier.responses
    if given is None:
        return None
    cast = given[given["role"].isin([MOST, LEAST])]
    respondents = list(dict.fromkeys(cast["respondent"]))
    if not respondents:
        return None
    named = cast.dropna(subset=["answer"])
    activities = tuple(dict.fromkeys(named["answer"].astype(str)))
    most, least = (
        _ballots(named[named["role"].eq(role)], respondents, activities) for role in (MOST, LEAST)
    )
    return Votes(
        activities,
        most,
        least,
        most - least,
        tuple(
            _exposed(dossier, activity, int(votes), len(respondents))
            for activity, votes in zip(activities, (most | least).sum(axis=0), strict=True)
        ),
        len(respondents),
    )


def _ballots(
    named: pd.DataFrame, respondents: list[str], activities: tuple[str, ...]
) -> npt.NDArray[np.int64]:
    table = np.zeros((len(respondents), len(activities)), dtype=np.int64)
    rows = {respondent: place for place, respondent in enumerate(respondents)}
    columns = {activity: place for place, activity in enumerate(activities)}
    for respondent, activity in zip(named["respondent"], named["answer"], strict=True):
        table[rows[respondent], columns[activity]] = 1
    return table


def _exposed(dossier: Dossier, activity: str, votes: int, respondents: int) -> int:
    """Who could vote on it: the respondents who followed it when the survey asked, else the
    people exposed, at most the respondents.

    An exposure smaller than the votes was miscounted: the respondents then.
    """
    facts = dossier.facts
    known = facts.followed.get(activity) or facts.exposure.get(activity, respondents)
    return min(known, respondents) if known >= votes and known > 0 else respondents
