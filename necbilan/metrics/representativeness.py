"""Do those who answered resemble those who came? By what both said they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.intervals import share_interval
from necbilan.metrics.audience import audience, profile
from necbilan.metrics.origin import origin_department
from necbilan.metrics.respondents import respondent_origin, respondent_profile
from necbilan.metrics.rows import frame, not_collected

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["compared", "representativeness", "representativeness_origin"]

UNKNOWN = frozenset({"not_given", "unclassified", "other", "ambiguous"})
SMALLEST_GROUP = 5
"""people on either side under which a group's share is not compared"""


def representativeness(dossier: Dossier) -> pd.DataFrame:
    """Respondents' share of a level minus its share of the public present.

    Audiences when the survey asked those, else profiles; who said nothing is left out on
    both sides.  The interval is that of the respondents' share, exact for the number
    present: it excludes 0 when the respondents differ.  "not_collected" when registration
    and survey did not sort people alike.
    """
    answered = _counts(respondent_profile(dossier))
    for sorted_alike in (audience, profile):
        came = _counts(sorted_alike(dossier))
        if answered and set(answered) <= set(came):
            return frame(compared(answered, came)) if came else frame([not_collected("share")])
    return frame([not_collected("share")])


def representativeness_origin(dossier: Dossier) -> pd.DataFrame:
    """Respondents' share of a département, or of those from abroad, minus that of the present."""
    answered = _counts(respondent_origin(dossier))
    came = _counts(origin_department(dossier))
    known = {level: count for level, count in answered.items() if level in came}
    return frame(compared(known, came)) if known else frame([not_collected("share")])


def _counts(table: pd.DataFrame) -> dict[str, int]:
    known = table[(table["status"] == "ok") & ~table["level"].isin(UNKNOWN)]
    return {
        str(level): int(count) for level, count in zip(known["level"], known["value"], strict=True)
    }


def compared(answered: dict[str, int], came: dict[str, int]) -> list[dict[str, object]]:
    """Rows of the levels that at least ``SMALLEST_GROUP`` people present have, and lack."""
    sample, population = sum(answered.values()), sum(came.values())
    rows: list[dict[str, object]] = []
    for level, present in came.items():
        count = answered.get(level, 0)
        comparable = SMALLEST_GROUP <= present <= population - SMALLEST_GROUP
        if not comparable or sample < SMALLEST_GROUP or sample > population or count > present:
            continue
        share = present / population
        interval = share_interval(count, sample, population)
        rows.append(
            {
                "group": "",
                "level": level,
                "value": count / sample - share,
                "low": interval.low - share,
                "high": interval.high - share,
                "unit": "share",
                "n": sample,
                "base": population,
                "method": interval.method,
                "evidence": "microdata",
                "status": "ok",
            }
        )
    return rows or [not_collected("share")]
