"""Who the public was: as what they came, with which profile, for the first time or not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.metrics.population import present_public
from necbilan.metrics.public import counted_public
from necbilan.metrics.rows import frame, full_count, not_collected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.model import Dossier

__all__ = ["audience", "first_time", "profile"]


def audience(dossier: Dossier) -> pd.DataFrame:
    """People of the public by audience: professional, general_public, not_given.

    Without a file: the professionals that event.toml declares, and nothing of the others.
    """
    counts = _counts(dossier, "audience")
    if counts is None:
        declared = dossier.event.declared.get("professionals")
        if declared is None:
            return frame([not_collected("people")])
        people = present_public(dossier)
        row = full_count(
            declared,
            unit="people",
            level="professional",
            n=people,
            base=people,
            evidence="declared",
        )
        return frame([row])
    both = {level: counts.get(level, 0) for level in ("professional", "general_public")}
    return _levels(dict(sorted(both.items(), key=lambda item: -item[1])), counts)


def profile(dossier: Dossier) -> pd.DataFrame:
    """People of the public by profile of the common nomenclature, the largest first."""
    counts = _counts(dossier, "profile")
    if counts is None:
        return frame([not_collected("people")])
    given = {level: count for level, count in counts.items() if level != "not_given"}
    return _levels(dict(sorted(given.items(), key=lambda item: (-item[1], item[0]))), counts)


def first_time(dossier: Dossier) -> pd.DataFrame:
    """People of the public by first time at such an event: yes, no, not_given."""
    counts = _counts(dossier, "first_time")
    if counts is None:
        return frame([not_collected("people")])
    said = {"yes": counts.get("True", 0), "no": counts.get("False", 0)}
    return _levels(said, counts)


def _counts(dossier: Dossier, column: str) -> dict[str, int] | None:
    """People by value of the column, "not_given" included; None when it was never given."""
    public = counted_public(dossier)
    if public is None or public[column].isna().all():
        return None
    values = ["not_given" if pd.isna(value) else str(value) for value in public[column].tolist()]
    return dict(Counter(values))


def _levels(shown: Mapping[str, int], counts: Mapping[str, int]) -> pd.DataFrame:
    total = sum(counts.values())
    blank = {"not_given": counts["not_given"]} if counts.get("not_given") else {}
    return frame(
        full_count(count, unit="people", level=level, n=total, base=total)
        for level, count in {**shown, **blank}.items()
    )
