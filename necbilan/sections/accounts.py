"""The budget line by line: planned, actual, gap, and the gaps that ask for a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import DataTable

if TYPE_CHECKING:
    from necbilan.words.spelled import Row, Spelled

__all__ = ["NATURES", "Gap", "account_table", "gaps"]

NATURES = ("expense", "income", "in_kind")
"""in the order of a financial statement"""

GAP_TO_EXPLAIN = 0.10
"""a line that departs from its plan by more than this share asks for an explanation"""

AMOUNTS = (
    ("planned", "budget_line_planned"),
    ("actual", "budget_line"),
    ("gap", "budget_gap"),
)


@dataclass(frozen=True)
class Gap:
    """A line away from its plan: the difference as printed, and why, '' when nobody said."""

    line: str
    text: str
    explanation: str


def account_table(shown: Spelled, nature: str, *, caption: str) -> DataTable | None:
    """Planned, actual and gap of each line of a nature, then their sum; None without lines.

    ``caption`` is the key of its words.
    """
    by_column = {
        column: {row.level: row.text for row in shown.rows(metric, nature) if row.level}
        for column, metric in AMOUNTS
    }
    lines = list(dict.fromkeys([*by_column["planned"], *by_column["actual"]]))
    if not lines:
        return None
    sums = [shown.one("budget_total", nature, column) for column in ("planned", "actual")]
    total = [row.text if row else "–" for row in (*sums, shown.one("budget_gap", nature))]
    rows = [(line, *(by_column[column].get(line, "–") for column in by_column)) for line in lines]
    if len(lines) > 1:
        rows.append((shown.say("financial.total"), *total))
    heads = [shown.say(f"financial.{name}") for name in ("line", *by_column)]
    return DataTable(
        caption=shown.say(caption),
        table=pd.DataFrame(rows, columns=heads),
        numeric=tuple(heads[1:]),
    )


def gaps(shown: Spelled) -> list[Gap] | None:
    """Lines that depart by more than a tenth of their plan, and those that are explained.

    None when no line has both a plan and an outcome: there is nothing to compare.
    """
    rows = [row for row in shown.rows("budget_gap") if row.level]
    if not rows:
        return None
    explained = shown.facts.explained
    return [
        Gap(row.label, row.text, shown.language.typeset(explained.get((row.group, row.level), "")))
        for row in rows
        if row.value and (_is_large(shown, row) or (row.group, row.level) in explained)
    ]


def _is_large(shown: Spelled, row: Row) -> bool:
    planned = shown.one("budget_line_planned", row.group, row.level)
    return planned is not None and abs(row.value) > GAP_TO_EXPLAIN * planned.value
