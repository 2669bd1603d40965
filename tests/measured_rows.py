"""Rows of MEASURES as metrics write them, and what is printed of a metric."""

from __future__ import annotations

import pandas as pd


def people(metric: str, counts: dict[str, int], *, group: str = "", unit: str = "people"):
    """Rows of a full count of people, as a metric writes them."""
    total = sum(counts.values())
    return [
        {
            "event": "essai",
            "metric": metric,
            "group": group,
            "level": level,
            "value": value,
            "low": value,
            "high": value,
            "unit": unit,
            "n": total,
            "base": total,
            "method": "count",
            "evidence": "microdata",
            "status": "ok",
        }
        for level, value in counts.items()
    ]


def answers(metric: str, level: str, value: float, n: int, *, status: str = "ok"):
    return {
        "event": "essai",
        "metric": metric,
        "group": "q1",
        "level": level,
        "value": value,
        "low": 0.1,
        "high": 0.9,
        "unit": "answers",
        "n": n,
        "base": n,
        "method": "wilson",
        "evidence": "microdata",
        "status": status,
    }


def printed(measures: pd.DataFrame, metric: str) -> dict[str, int | None]:
    rows = measures[measures["metric"] == metric]
    return {
        level: None if pd.isna(value) else int(value)
        for level, value in zip(rows["level"], rows["value"], strict=True)
    }
