"""What changed since the edition before, and what cannot be compared with it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from necbilan.metrics import attendance, budget, organisations, satisfaction
from necbilan.metrics.rows import frame, full_count, not_collected

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from necbilan.model import Dossier, Previous

__all__ = ["change", "previous"]

COMPARED: dict[str, Callable[[Dossier], pd.DataFrame]] = {
    "registered": attendance.registered,
    "present": attendance.present,
    "attendance_rate": attendance.attendance_rate,
    "organisations": organisations.organisations,
    "responses": satisfaction.responses,
    "response_rate": satisfaction.response_rate,
    "satisfied_share": satisfaction.satisfied_share,
    "cost_per_participant": budget.cost_per_participant,
}
"""metrics of which the difference is given; level = the metric's id"""


def change(dossier: Dossier) -> pd.DataFrame:
    """This edition minus the one before, by metric; no row without a previous edition.

    A difference of counts is a count.  That of two independent shares has the interval
    made from their own two (the square-and-add method: Newcombe, "Interval estimation
    for the difference between independent proportions", Statistics in Medicine, 1998;
    Zou and Donner, "Construction of confidence limits about effect measures", 2008).
    A share of satisfied is not comparable when scale, wording or mode changed.
    """
    edition = dossier.facts.previous
    if edition is None:
        return frame([])
    return frame(
        [
            _change(metric, compute(dossier), edition, dossier)
            for metric, compute in COMPARED.items()
        ]
    )


def previous(dossier: Dossier) -> pd.DataFrame:
    """What the edition before published, by metric: the other end of each change.

    No row without a previous edition, nor for what is not compared.
    """
    edition = dossier.facts.previous
    if edition is None:
        return frame([])
    compared = change(dossier)
    levels = compared.loc[compared["status"] == "ok", "level"]
    found = [(level, _known(_published(edition, str(level)))) for level in levels]
    return frame(
        [
            {name: row[name] for name in PUBLISHED} | {"group": "", "level": level}
            for level, row in found
            if row is not None
        ]
    )


PUBLISHED = ("value", "low", "high", "unit", "n", "base", "method", "evidence", "status")


def _published(edition: Previous, metric: str) -> pd.DataFrame:
    return edition.measures[edition.measures["metric"] == metric]


def _change(
    metric: str, table: pd.DataFrame, edition: Previous, dossier: Dossier
) -> dict[str, Any]:
    now = _known(table)
    then = _known(_published(edition, metric))
    if now is None or then is None:
        unit = str(table["unit"].iloc[0]) if len(table) else "share"
        return not_collected(unit, level=metric)
    value = float(now["value"]) - float(then["value"])
    row = full_count(
        value,
        unit=str(now["unit"]),
        level=metric,
        n=_count(now["n"]),
        base=_count(then["n"]),
        evidence=str(now["evidence"]),
    )
    if metric != "satisfied_share":
        return row
    if not _same_question(dossier, edition):
        gap = dict.fromkeys(("value", "low", "high"))
        return row | gap | {"status": "not_comparable", "method": ""}
    low, high = _square_and_add(now, then)
    return row | {"low": low, "high": high, "method": "square_and_add"}


def _known(table: pd.DataFrame) -> dict[str, Any] | None:
    """The first row that has a value, of the public ('') or of the question."""
    rows = table[(table["status"] == "ok") & (table["group"] != "everyone")]
    if rows.empty:
        return None
    return {str(name): value for name, value in rows.iloc[0].to_dict().items()}


def _count(value: object) -> int | None:
    return int(value) if isinstance(value, int) else None


def _same_question(dossier: Dossier, edition: Previous) -> bool:
    """Same wording, same scale, same way of asking."""
    now = dossier.facts.question("overall_satisfaction")
    then = next((q for q in edition.questions if q.role == "overall_satisfaction"), None)
    if now is None or then is None:
        return False
    asked_alike = _plain(now.wording) == _plain(then.wording) and now.scale == then.scale
    return asked_alike and dossier.facts.survey_mode == edition.survey_mode


def _plain(wording: str) -> str:
    return " ".join(wording.casefold().split())


def _square_and_add(now: dict[str, Any], then: dict[str, Any]) -> tuple[float, float]:
    first, low_1, high_1 = (float(now[name]) for name in ("value", "low", "high"))
    second, low_2, high_2 = (float(then[name]) for name in ("value", "low", "high"))
    value = first - second
    return (
        value - math.hypot(first - low_1, high_2 - second),
        value + math.hypot(high_1 - first, second - low_2),
    )
