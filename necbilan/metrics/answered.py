"""Who answered what: the counts that every metric of the survey starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.metrics.population import present_public

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier, Question

__all__ = [
    "answers_of",
    "asked_people",
    "estimated",
    "on_scale",
    "people",
    "population_asked",
    "questions_of",
]


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


def on_scale(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers that stand on the question's scale: no blank, no «sans avis»."""
    return answers[answers["level"].notna()]


def population_asked(dossier: Dossier, answers: pd.DataFrame) -> int | None:
    """The public present, when the question was put to every respondent; else None.

    A question of one survey among several speaks for those it was put to, and nobody
    counted them.
    """
    given = dossier.responses
    everyone = given is not None and int(answers["respondent"].nunique()) == people(given)
    return present_public(dossier) if everyone else None


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
