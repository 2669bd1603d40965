"""What the public liked most and least, activity by activity.

An activity's differential is (most − least) over the people who could vote on it: those
exposed to it when that is known (never more than the respondents), else the respondents.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from necbilan.intervals import SMALLEST_N_FOR_MEAN, bonett_price, holm, paired_p_value
from necbilan.metrics.answered import asked_people, estimated
from necbilan.metrics.rows import frame, full_count, not_collected

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["differential", "differential_pair", "liked_least", "liked_most"]

MOST, LEAST = "liked_most", "liked_least"


@dataclass(frozen=True)
class _Votes:
    """``scores``: a row a respondent, a column an activity; +1 most, −1 least, 0 else."""

    activities: tuple[str, ...]
    most: npt.NDArray[np.int64]
    least: npt.NDArray[np.int64]
    scores: npt.NDArray[np.int64]
    exposed: tuple[int, ...]
    respondents: int


def liked_most(dossier: Dossier) -> pd.DataFrame:
    """Respondents who named each activity among those they liked most."""
    return _named(dossier, MOST)


def liked_least(dossier: Dossier) -> pd.DataFrame:
    """Respondents who named each activity among those they liked least; «rien» names none."""
    return _named(dossier, LEAST)


def differential(dossier: Dossier) -> pd.DataFrame:
    """(most − least) / exposed of each activity, the highest first.

    Who names an activity both ways cancels out.  Needs both questions: without the
    second, nobody could dislike anything.
    """
    votes = _votes(dossier)
    if votes is None or not votes.activities or not _both_asked(dossier):
        return frame([not_collected("share")])
    rows = []
    for place, activity in enumerate(votes.activities):
        most = int((votes.scores[:, place] > 0).sum())
        least = int((votes.scores[:, place] < 0).sum())
        exposed = votes.exposed[place]
        interval = bonett_price(most, least, exposed)
        rows.append(
            estimated(
                (most - least) / exposed,
                (interval.low, interval.high),
                interval.method,
                level=activity,
                n=exposed,
                base=votes.respondents,
            )
        )
    return frame(sorted(rows, key=lambda row: -float(str(row["value"]))))


def differential_pair(dossier: Dossier) -> pd.DataFrame:
    """Whether two activities are told apart: Student's test on each respondent's two scores,
    each over the people exposed, p-values adjusted over all pairs (Holm).

    Nothing under ten respondents: the test is not to be trusted there.
    """
    votes = _votes(dossier)
    few = votes is None or votes.respondents < SMALLEST_N_FOR_MEAN or len(votes.activities) < 2
    if votes is None or few or not _both_asked(dossier):
        return frame([not_collected("p_value")])
    shares = votes.scores / np.array(votes.exposed, dtype=float)
    means, spread = shares.mean(axis=0), np.cov(shares, rowvar=False)
    order = sorted(range(len(votes.activities)), key=lambda place: -means[place])
    pairs = list(combinations(order, 2))
    found = [
        paired_p_value(
            mean=float(means[one] - means[two]),
            deviation=math.sqrt(
                max(0.0, float(spread[one, one] + spread[two, two] - 2 * spread[one, two]))
            ),
            n=votes.respondents,
        )
        for one, two in pairs
    ]
    return frame(
        [
            {
                **not_collected(
                    "p_value", group=votes.activities[one], level=votes.activities[two]
                ),
                "value": p_value,
                "n": votes.respondents,
                "base": votes.respondents,
                "method": "student",
                "evidence": "microdata",
                "status": "ok",
            }
            for (one, two), p_value in zip(pairs, holm(found), strict=True)
        ]
    )


def _named(dossier: Dossier, role: str) -> pd.DataFrame:
    votes = _votes(dossier)
    if votes is None or dossier.responses is None or not asked_people(dossier.responses, role):
        return frame([not_collected("answers")])
    counts = (votes.most if role == MOST else votes.least).sum(axis=0)
    rows = [
        full_count(
            int(count),
            unit="answers",
            level=activity,
            n=votes.exposed[place],
            base=votes.respondents,
        )
        for place, (activity, count) in enumerate(zip(votes.activities, counts, strict=True))
    ]
    return frame(sorted(rows, key=lambda row: -row["value"]))


def _both_asked(dossier: Dossier) -> bool:
    given = dossier.responses
    return given is not None and all(asked_people(given, role) for role in (MOST, LEAST))


def _votes(dossier: Dossier) -> _Votes | None:
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
    return _Votes(
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
    """Who could vote on it: the people exposed, at most the respondents.

    An exposure smaller than the votes was miscounted: the respondents then.
    """
    known = dossier.facts.exposure.get(activity, respondents)
    return min(known, respondents) if known >= votes and known > 0 else respondents
