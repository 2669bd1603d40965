"""Small events for the tests: measures and attributes as an event sends them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from necbilan.intervals import share_interval
from necbilan.tables import MEASURES

FIVE = ["Très négative", "Plutôt négative", "Mitigée", "Plutôt positive", "Très positive"]
FOUR = ["Pas du tout satisfait", "Peu satisfait", "Plutôt satisfait", "Très satisfait"]


def row(metric: str, value: float | None, unit: str, **more: Any) -> dict[str, Any]:
    full = {"low": value, "high": value, "method": "count", "evidence": "microdata"}
    return {
        "metric": metric,
        "group": "",
        "level": "",
        "value": value,
        "unit": unit,
        "status": "ok",
        **full,
        **more,
    }


def event(
    slug: str,
    positive: int,
    answers: int,
    present: int,
    *,
    scale: list[str] = FIVE,
    wording: str = "Quelle est votre impression générale ?",
    more: tuple[dict[str, Any], ...] = (),
) -> tuple[pd.DataFrame, dict[str, Any]]:
    interval = share_interval(positive, answers, present)
    rows = [
        row("present", float(present), "people", n=present, base=present),
        row("responses", float(answers), "answers", n=answers, base=present),
        row("response_rate", answers / present, "share", n=answers, base=present),
        row(
            "satisfied_share",
            positive / answers,
            "share",
            group="q",
            n=answers,
            base=present,
            low=interval.low,
            high=interval.high,
            method=interval.method,
        ),
        *more,
    ]
    replaced = {one["metric"] for one in more}
    kept = [one for one in rows[:4] if one["metric"] not in replaced] + list(more)
    question = {
        "id": "q",
        "role": "overall_satisfaction",
        "wording": wording,
        "scale": scale,
        "positive": 2,
    }
    measures = MEASURES.frame([{"event": slug, **one} for one in kept])
    return measures, {
        "event": {"slug": slug, "name": f"NEC {slug}"},
        "questions": [question],
    }
