"""Presence by half-day: another number than distinct people present, and its mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from necbilan.metrics.population import present_public
from necbilan.metrics.public import public_of
from necbilan.metrics.rows import frame, full_count, not_collected

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["half_day", "half_day_mean"]

_ORDER = ("", "morning", "afternoon", "evening")


def half_day(dossier: Dossier) -> pd.DataFrame:
    """People of the public seen in each half-day, in the order of the day; base = present.

    Level "morning", "afternoon", "evening"; of an event of several days "2:morning", or
    "2" when its days only were kept apart.  Without lists: what event.toml declares.
    """
    return frame(_counts(dossier) or [not_collected("people")])


def half_day_mean(dossier: Dossier) -> pd.DataFrame:
    """Mean presence by half-day; n = half-days; nothing when fewer than two are known."""
    counts = _counts(dossier)
    if len(counts) < 2:
        return frame([not_collected("people")])
    mean = sum(row["value"] for row in counts) / len(counts)
    evidence = counts[0]["evidence"]
    return frame([full_count(mean, unit="people", n=len(counts), evidence=evidence)])


def _counts(dossier: Dossier) -> list[dict[str, Any]]:
    public = public_of(dossier)
    if public is not None and public["half_days"].notna().any():
        seen = public.loc[public["present"].fillna(False).astype(bool), "half_days"]
        counted = seen.explode().dropna().value_counts()
        return [
            full_count(int(counted[level]), unit="people", level=level, n=len(seen), base=len(seen))
            for level in sorted(counted.index, key=_rank)
        ]
    declared = dossier.event.declared
    people = present_public(dossier)
    return [
        full_count(
            declared[half], unit="people", level=half, n=people, base=people, evidence="declared"
        )
        for half in _ORDER
        if half in declared
    ]


def _rank(level: str) -> tuple[int, int]:
    """Day, then half of the day."""
    day, _, half = level.rpartition(":")
    if half.isdigit():
        day, half = half, ""
    return int(day or 0), _ORDER.index(half)
