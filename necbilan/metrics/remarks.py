"""Free remarks: how many, and about what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.metrics.rows import frame, full_count, not_collected

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["remark_theme", "remarks"]

ROLES = ("improvement", "free_comment", "next_topics")
"""the open questions whose answers are remarks, first in the report; others follow"""
UNSORTED = "unsorted"


def remarks(dossier: Dossier) -> pd.DataFrame:
    """Remarks written, by the role of the question; base = the people who were asked."""
    rows = [
        full_count(len(said), unit="remarks", group=role, n=len(said), base=asked)
        for role, said, asked in _written(dossier)
    ]
    return frame(rows or [not_collected("remarks")])


def remark_theme(dossier: Dossier) -> pd.DataFrame:
    """Remarks by theme, the most numerous first, those not sorted last."""
    rows = []
    for role, said, _ in _written(dossier):
        counts = said["theme"].fillna(UNSORTED).value_counts(sort=False)
        ordered = sorted(counts.items(), key=lambda pair: (pair[0] == UNSORTED, -int(pair[1])))
        rows += [
            full_count(
                int(count),
                unit="remarks",
                group=role,
                level=str(theme),
                n=len(said),
                base=len(said),
            )
            for theme, count in ordered
        ]
    return frame(rows or [not_collected("remarks")])


def _written(dossier: Dossier) -> list[tuple[str, pd.DataFrame, int]]:
    """Each role asked: its remarks, the people who were asked."""
    given = dossier.responses
    if given is None:
        return []
    themed = given.loc[given["theme"].notna(), "role"]
    found = []
    for role in dict.fromkeys([*ROLES, *themed]):
        rows = given[given["role"].eq(role).fillna(False)]
        if len(rows):
            said = rows.dropna(subset=["answer"])
            found.append((str(role), said, int(rows["respondent"].nunique())))
    return found
