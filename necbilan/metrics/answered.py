"""Who answered what: the counts that every metric of the survey starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier, Question

__all__ = ["answers_of", "asked_people", "estimated", "people", "questions_of"]


def people(responses: pd.DataFrame) -> int:
    """Distinct respondents, whatever they answered."""
    return int(responses["respondent"].nunique())


def questions_of(dossier: Dossier, role: str) -> list[Question]:
    """The questions of that role that were put, in the order of the survey."""
    return [question for question in dossier.facts.questions if question.role == role]


def answers_of(responses: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The rows of a question, those left blank included."""
    return responses[responses["question"].eq(question.id).fillna(False)]


def asked_people(responses: pd.DataFrame, *roles: str) -> int:
    """Distinct respondents who were put a question of one of these roles, answered or not."""
    return int(responses.loc[responses["role"].isin(roles), "respondent"].nunique())


def estimated(
    value: float,
    bounds: tuple[float, float],
    method: str,
    *,
    unit: str = "share",
    group: str = "",
    level: str = "",
    n: int,
    base: int | None,
) -> dict[str, object]:
    """A number of the survey with its interval, as a row of MEASURES."""
    low, high = bounds
    return {
        "group": group,
        "level": level,
        "value": value,
        "low": low,
        "high": high,
        "unit": unit,
        "n": n,
        "base": base,
        "method": method,
        "evidence": "microdata",
        "status": "ok",
    }
