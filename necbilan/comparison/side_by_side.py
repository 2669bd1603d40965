"""compare(): the key measures of several events in one table, and the whole of them."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan.comparison.pooling import Stratum, fit_spread, stratified_share
from necbilan.comparison.scales import overall_question, scale_reasons
from necbilan.comparison.sent import received
from necbilan.intervals import SMALLEST_N_FOR_MEAN, student_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from necbilan.comparison.sent import EventLike, Sent

__all__ = ["ENSEMBLE", "KEY_MEASURES", "SMALLEST_N", "compare", "strata"]

ENSEMBLE = "ensemble"
SMALLEST_N = 5
"""answers under which a share is not compared"""

KEY_MEASURES: Mapping[str, tuple[str, str]] = {
    "registered": ("people", "sum"),
    "present": ("people", "sum"),
    "attendance_rate": ("share", "weighted"),
    "organisations": ("organisations", ""),
    "located_share": ("share", "weighted"),
    "local_share": ("share", "weighted"),
    "women_share": ("share", "weighted"),
    "speakers": ("people", ""),
    "responses": ("answers", "sum"),
    "response_rate": ("share", "rate"),
    "satisfied_share": ("share", "stratified"),
    "scale_position": ("points", ""),
    "budget_actual": ("euros", "sum"),
    "cost_per_participant": ("euros", "weighted"),
}
"""metric -> unit, and how the whole is made; '' = not added (an organisation may come twice)"""

_COLUMNS: Mapping[str, str] = {
    "event": "string",
    "name": "string",
    "metric": "string",
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "unit": "string",
    "n": "Int64",
    "base": "Int64",
    "method": "string",
    "evidence": "string",
    "status": "string",
    "comparable": "boolean",
    "reason": "string",
    "shrunk": "Float64",
    "events": "Int64",
    "missing": "string",
    "levels": "Int64",
    "fictional": "string",
    "refused": "string",
    "mine": "boolean",
}


def compare(events: Sequence[EventLike], *, mine: str | Path = "") -> pd.DataFrame:
    """One row an event and key measure, then the whole (event "ensemble"); never a ranking.

    Each of ``events`` is MEASURES, MEASURES with the attributes of datapackage.json
    (a tuple or what ``read_measures`` gives), an event's folder or a measures.csv.
    Events stand by falling number of answers, then by name.

    Columns beside those of MEASURES: ``comparable``, and when it is not, ``reason``
    (not_collected, suppressed, to_review, not_comparable, not_found, unreadable,
    declared, too_few, unknown_attributes, other_scale, other_wording); ``levels`` of the
    scale of a satisfied_share; ``shrunk``, which draws a satisfied_share towards the mean
    of the events, the more so the fewer its answers; ``fictional`` says which data are
    invented, ``refused`` why a file cannot be read, ``mine`` the event that ``mine`` names
    (its slug, or its path among ``events``), which the figures show in dark; on the rows
    of the whole ``events`` counts those in it and ``missing`` names those that are not, a
    line each.  A measure with fewer than two comparable events has no whole.

    Raises InputMissing without any event; when none can be read, why the first cannot.
    Raises UsageError when ``mine`` is none of the events.
    """
    sent = sorted(received(events, mine), key=lambda one: (-_answers(one), one.name))
    reasons = scale_reasons(sent)
    rows = [
        _row(one, metric, reasons[one.slug] if metric == "satisfied_share" else "")
        for one in sent
        for metric in KEY_MEASURES
    ]
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(dict(_COLUMNS))
    table = table.assign(shrunk=_shrunk(table))
    whole = [_whole(table, metric) for metric in KEY_MEASURES]
    added = pd.DataFrame(whole, columns=list(_COLUMNS)).astype(dict(_COLUMNS))
    return pd.concat([table, added], ignore_index=True)


def strata(table: pd.DataFrame) -> list[Stratum]:
    """The comparable events' answers to the overall question, in the order of the table."""
    chosen = table[
        table["metric"].eq("satisfied_share")
        & table["comparable"].fillna(False)
        & table["event"].ne(ENSEMBLE)
    ]
    return [
        Stratum(
            positive=round(float(row["value"]) * int(row["n"])),
            answers=int(row["n"]),
            present=None if pd.isna(row["base"]) else int(row["base"]),
        )
        for row in chosen.to_dict("records")
    ]


def _answers(sent: Sent) -> float:
    row = _measure(sent, "responses")
    return -1.0 if row is None or pd.isna(row["value"]) else float(row["value"])


def _measure(sent: Sent, metric: str) -> dict[Any, Any] | None:
    """The row of MEASURES that stands for the event, or None."""
    if metric == "women_share":
        return _women(sent)
    if metric == "scale_position":
        return _position(sent)
    rows = sent.measures[sent.measures["metric"].eq(metric)]
    if metric == "satisfied_share":
        question = overall_question(sent.attributes)
        own = rows["group"].eq(str(question["id"])) if question else rows["group"].notna()
        rows = rows[own]
    else:
        rows = rows[rows["group"].eq("") & rows["level"].eq("")]
    return None if rows.empty else rows.iloc[0].to_dict()


def _women(sent: Sent) -> dict[Any, Any] | None:
    """Women among the speakers whose gender was declared; a full count."""
    gender = sent.measures["metric"].eq("speaker_gender") & sent.measures["group"].eq("")
    rows = sent.measures[gender]
    hidden = rows[rows["status"].eq("suppressed")]
    if len(hidden):
        return dict(hidden.iloc[0])
    told = rows[rows["level"].isin(["woman", "man", "other"]) & rows["status"].eq("ok")]
    if told.empty or not told["value"].sum():
        return None
    declared = int(told["value"].sum())
    share = float(told.loc[told["level"].eq("woman"), "value"].sum()) / declared
    return {
        **told.iloc[0].to_dict(),
        "value": share,
        "low": share,
        "high": share,
        "unit": "share",
        "n": declared,
        "base": declared,
    }


def _position(sent: Sent) -> dict[Any, Any] | None:
    """Mean answer to the overall question as a percentage of the way up its scale.

    Percent of maximum possible (Cohen, Cohen, Aiken and West, *The Problem of Units and
    the Circumstance for POMP*, Multivariate Behavioral Research 34, 1999): 0 = all at the
    worst level, 100 = all at the best; with the number of levels it may be compared.
    """
    question = overall_question(sent.attributes)
    if question is None:
        return None
    counts = sent.measures["metric"].eq("overall_impression")
    rows = sent.measures[counts & sent.measures["group"].eq(str(question["id"]))]
    steps = len(question["scale"]) - 1
    if rows.empty or rows["status"].ne("ok").any() or len(rows) != steps + 1 or not steps:
        return None if rows.empty else {**rows.iloc[0].to_dict(), "value": pd.NA}
    answers = [
        100.0 * (steps - rank) / steps
        for rank, count in enumerate(rows["value"].astype(int))  # the best level first
        for _ in range(count)
    ]
    first = {**rows.iloc[0].to_dict(), "n": len(answers)}
    if len(answers) < SMALLEST_N_FOR_MEAN:
        return {**first, "value": pd.NA, "status": "too_few"}
    interval = student_mean(answers)
    return {
        **first,
        "value": fmean(answers),
        "low": max(0.0, interval.low),
        "high": min(100.0, interval.high),
        "method": interval.method,
    }


def _row(sent: Sent, metric: str, scale_reason: str) -> dict[str, Any]:
    found = _measure(sent, metric) or {}
    unit = KEY_MEASURES[metric][0]
    status = str(found.get("status", "not_collected"))
    reason = _reason(sent, found, status=status, unit=unit) or scale_reason
    kept = ("value", "low", "high", "n", "base", "method", "evidence")
    return {
        "event": sent.slug,
        "name": sent.name,
        "metric": metric,
        **{name: found.get(name, pd.NA) for name in kept},
        "unit": unit,
        "status": status,
        "comparable": not reason,
        "reason": reason,
        "missing": "",
        "refused": sent.refused,
        "mine": sent.mine,
        "levels": _levels(sent) if metric == "satisfied_share" else pd.NA,
        "fictional": str(dict(sent.attributes.get("event") or {}).get("fictional") or ""),
    }


def _levels(sent: Sent) -> object:
    question = overall_question(sent.attributes)
    return pd.NA if question is None else len(question["scale"])


def _reason(sent: Sent, found: Mapping[Any, Any], *, status: str, unit: str) -> str:
    if sent.reason:
        return sent.reason
    if status != "ok" or pd.isna(found["value"]):
        return status if status != "ok" else "not_collected"
    if found["evidence"] == "declared" and unit == "share":
        return "declared"
    if unit in ("share", "points") and not sent.attributes:
        return "unknown_attributes"
    if unit == "share" and (pd.isna(found["n"]) or found["n"] < SMALLEST_N):
        return "too_few"
    return ""


def _shrunk(table: pd.DataFrame) -> pd.Series:
    """The shares of positives drawn towards their mean; NA elsewhere."""
    drawn = pd.Series(pd.NA, index=table.index, dtype="Float64")
    answers = strata(table)
    if len(answers) < 2:
        return drawn
    spread = fit_spread(answers)
    chosen = table.index[table["metric"].eq("satisfied_share") & table["comparable"]]
    values = [spread.shrunk(stratum.positive, stratum.answers) for stratum in answers]
    drawn[chosen] = values
    return drawn


def _whole(table: pd.DataFrame, metric: str) -> dict[str, Any]:
    """The row of the whole: what is made of the comparable events, and who is missing."""
    unit, way = KEY_MEASURES[metric]
    rows = table[table["metric"].eq(metric)]
    used = rows[rows["comparable"]]
    row: dict[str, Any] = {
        "event": ENSEMBLE,
        "name": "",
        "metric": metric,
        "unit": unit,
        "status": "not_comparable",
        "comparable": False,
        "reason": "" if way else "not_additive",
        "events": len(used),
        "missing": "\n".join(rows.loc[~rows["comparable"], "name"]),
        "mine": False,
    }
    if not way or len(used) < 2:
        return row
    pooled = _pooled(table, used, way)
    if pooled is None:
        return row
    value, low, high, method = pooled
    evidence = used["evidence"].dropna().unique().tolist()
    return {
        **row,
        "value": value,
        "low": low,
        "high": high,
        "n": int(used["n"].sum()) if used["n"].notna().all() else pd.NA,
        "base": int(used["base"].sum()) if used["base"].notna().all() else pd.NA,
        "method": method,
        "evidence": evidence[0] if len(evidence) == 1 else "mixed",
        "status": "ok",
        "comparable": True,
    }


def _pooled(
    table: pd.DataFrame, used: pd.DataFrame, way: str
) -> tuple[float, float, float, str] | None:
    if way == "stratified":
        share, interval = stratified_share(strata(table))
        return share, interval.low, interval.high, interval.method
    if way == "sum":
        total = float(used["value"].sum())
    else:
        weights = used["base" if way == "rate" else "n"]
        if weights.isna().any() or not weights.sum():
            return None
        total = float((used["value"] * weights).sum() / weights.sum())
    return total, total, total, "count"
