"""What the public liked most and least, activity by activity.

An activity's differential is (most − least) over the people who could vote on it: those
exposed to it when that is known (never more than the respondents), else the respondents.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from necbilan.intervals import SMALLEST_N_FOR_MEAN, bonett_price, holm, paired_p_value
from necbilan.metrics.answered import asked_people, estimated
from necbilan.metrics.rows import frame, full_count, not_collected
from necbilan.metrics.votes import LEAST, MOST, both_asked, cast_votes

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["differential", "differential_pair", "liked_least", "liked_most"]


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
    votes = cast_votes(dossier)
    if votes is None or not votes.activities or not both_asked(dossier):
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
    votes = cast_votes(dossier)
    few = votes is None or votes.respondents < SMALLEST_N_FOR_MEAN or len(votes.activities) < 2
    if votes is None or few or not both_asked(dossier):
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
    votes = cast_votes(dossier)
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
