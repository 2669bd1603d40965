"""Two publications of one event: what their difference tells of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.disclosure.rules import FLOOR, LABELS, RESIDUAL, RESPONDENTS, WHO

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["told_apart"]

KEY = ["event", "metric", "group", "level"]


def told_apart(before: pd.DataFrame, after: pd.DataFrame, *, k: int = FLOOR) -> list[str]:
    """Metrics of who people are of which some group grew or shrank by 1 to k − 1 people.

    ``before`` and ``after`` are protected MEASURES, each safe alone: who has both learns of
    those few that they are of that group.
    """
    counted = WHO | LABELS | RESPONDENTS.keys()
    old, new = (
        table[
            table["metric"].isin(counted)
            & table["status"].eq("ok")
            & ~table["level"].isin(RESIDUAL)
        ].set_index(KEY)["value"]
        for table in (before, after)
    )
    change = new.sub(old).dropna().abs()
    return list(dict.fromkeys(change[change.between(1, k - 1)].index.get_level_values("metric")))
