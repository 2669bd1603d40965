"""Who answered: by what respondents said they are, where they live, whether they came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.metrics.answered import people
from necbilan.metrics.rows import frame, full_count, not_collected

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["respondent_first_time", "respondent_origin", "respondent_profile"]


def respondent_profile(dossier: Dossier) -> pd.DataFrame:
    """Respondents by what they said they are, the most numerous first; once each."""
    return _by_answer(dossier, "profile")


def respondent_origin(dossier: Dossier) -> pd.DataFrame:
    """Respondents by département, or "abroad", the most numerous first; once each."""
    return _by_answer(dossier, "home")


def respondent_first_time(dossier: Dossier) -> pd.DataFrame:
    """Respondents by first time at such an event: yes, no, not_given."""
    return _by_answer(dossier, "first_time")


def _by_answer(dossier: Dossier, role: str) -> pd.DataFrame:
    """Respondents by answer to the questions of a role, "not_given" last when some are silent.

    Of several profiles that one gives each counts; of several places the first only.
    """
    given = dossier.responses
    said = given[given["role"].eq(role).fillna(False)] if given is not None else None
    if given is None or said is None or said["answer"].isna().all():
        return frame([not_collected("answers")])
    total = people(given)
    apart = ["respondent", "answer"] if role == "profile" else ["respondent"]
    once = said.dropna(subset=["answer"]).drop_duplicates(apart)
    counts = once["answer"].value_counts()
    silent = total - once["respondent"].nunique()
    levels = [(str(level), int(count)) for level, count in counts.items()]
    if silent:
        levels.append(("not_given", silent))
    return frame(
        [
            full_count(count, unit="answers", level=level, n=total, base=total)
            for level, count in levels
        ]
    )
