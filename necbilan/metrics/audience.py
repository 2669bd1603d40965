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

__all__ = ["audience", "first_time", "profile", "profile_label"]


UNMAPPED = "unmapped"
"""group of the labels from which no common profile can be told"""


_RESIDUAL = ("unclassified", "not_given")


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
    """People of the public by profile of the common nomenclature, the largest first.

    "unclassified": who said something from which no profile can be told.
    """
    counts = _counts(dossier, "profile")
    public = counted_public(dossier)
    if counts is None or public is None:
        return frame([not_collected("people")])
    unclear = int((public["profile"].isna() & public["profile_label"].notna()).sum())
    if unclear:
        rest = {"unclassified": unclear, "not_given": counts["not_given"] - unclear}
        counts |= {level: count for level, count in rest.items() if count or level in counts}
    given = {level: count for level, count in counts.items() if level not in _RESIDUAL}
    return _levels(dict(sorted(given.items(), key=lambda item: (-item[1], item[0]))), counts)


def profile_label(dossier: Dossier) -> pd.DataFrame:
    """People of the public by what they called themselves; group = the common profile.

    A label written in several ways counts under its commonest form; group "unmapped" where
    no profile of the nomenclature is sure.
    """
    public = counted_public(dossier)
    if public is None or public["profile_label"].isna().all():
        return frame([not_collected("people")])
    said = public.dropna(subset=["profile_label"])
    written = [str(label) for label in said["profile_label"]]
    keys = [" ".join(label.casefold().split()) for label in written]
    form = {
        key: label
        for (key, label), _ in reversed(Counter(zip(keys, written, strict=True)).most_common())
    }
    mapped = [UNMAPPED if pd.isna(found) else str(found) for found in said["profile"]]
    counts = Counter(zip(mapped, keys, strict=True))
    order = [*dict.fromkeys(profile(dossier)["level"]), UNMAPPED]
    ranked = sorted(counts, key=lambda pair: (order.index(pair[0]), -counts[pair], form[pair[1]]))
    return frame(
        full_count(
            counts[found, key],
            unit="people",
            group=found,
            level=form[key],
            n=len(said),
            base=len(public),
        )
        for found, key in ranked
    )


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
    blank = {level: counts[level] for level in _RESIDUAL if counts.get(level)}
    return frame(
        full_count(count, unit="people", level=level, n=total, base=total)
        for level, count in {**shown, **blank}.items()
    )
