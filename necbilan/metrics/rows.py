"""How a metric says its numbers: rows of MEASURES without event and metric."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api.types import pandas_dtype

from necbilan.tables import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["declared_count", "frame", "full_count", "not_collected"]

_KINDS: dict[str, Any] = {
    column.name: pandas_dtype(column.dtype)
    for column in MEASURES.columns
    if column.name not in ("event", "metric")
}


def full_count(
    value: float,
    *,
    unit: str,
    group: str = "",
    level: str = "",
    n: int | None = None,
    base: int | None = None,
    evidence: str = "microdata",
    status: str = "ok",
) -> dict[str, Any]:
    """A number without sampling error: low = high = value, method "count"."""
    return {
        "group": group,
        "level": level,
        "value": float(value),
        "low": float(value),
        "high": float(value),
        "unit": unit,
        "n": n,
        "base": base,
        "method": "count",
        "evidence": evidence,
        "status": status,
    }


def declared_count(declared: Mapping[str, float], key: str, *, unit: str) -> dict[str, Any] | None:
    """The figure that event.toml declares under ``key``, or None."""
    if key not in declared:
        return None
    value = declared[key]
    counted = int(value) if unit != "euros" else None
    return full_count(value, unit=unit, n=counted, evidence="declared")


def not_collected(unit: str, *, group: str = "", level: str = "") -> dict[str, Any]:
    """The row of a number that nobody measured: NA, never 0."""
    return {
        "group": group,
        "level": level,
        "value": None,
        "low": None,
        "high": None,
        "unit": unit,
        "n": None,
        "base": None,
        "method": "",
        "evidence": "",
        "status": "not_collected",
    }


def frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as a frame with the dtypes of MEASURES."""
    said = list(rows)
    return pd.DataFrame(
        {name: pd.array([row[name] for row in said], dtype=kind) for name, kind in _KINDS.items()}
    )
