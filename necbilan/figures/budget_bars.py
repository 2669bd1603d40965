"""The lines of the budget: spent, received, given in kind; one scale in euros."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.bars import MOST_ROWS, Bar, draw_groups
from necbilan.figures.framing import framed, title_of

if TYPE_CHECKING:
    from necbilan.blocks import Chart
    from necbilan.words.spelled import Spelled

__all__ = ["budget"]

NATURES = {"expense": "night", "income": "indigo", "in_kind": "white"}

LEAST = 2
"""lines from which bars say more than a number"""


def budget(shown: Spelled) -> Chart | None:
    """Bars by line under a head a nature; None when fewer than two lines have an amount."""
    parts = {nature: shown.rows("budget_line", nature) for nature in NATURES}
    parts = {nature: rows for nature, rows in parts.items() if any(row.value for row in rows)}
    if sum(len(rows) for rows in parts.values()) < LEAST:
        return None
    heads = {nature: shown.say(f"figure.budget.{nature}") for nature in parts}
    title = title_of(shown, "cost", "figure.budget.title")
    said = " ".join(
        shown.say(
            "figure.alt.pair",
            label=heads[nature],
            items=", ".join(f"{row.label} {row.text}" for row in rows[:8]),
        )
        for nature, rows in parts.items()
    )
    groups = [
        (
            heads[nature],
            [
                Bar(row.label, max(row.value, 0.0), row.text, fill=NATURES[nature])
                for row in rows[:MOST_ROWS]
            ],
        )
        for nature, rows in parts.items()
    ]
    every = [(heads[nature], row) for nature, rows in parts.items() for row in rows]
    rest = sum(max(0, len(rows) - MOST_ROWS) for rows in parts.values())
    return framed(
        shown,
        "budget",
        lambda canvas: draw_groups(canvas, groups),
        title=title,
        subtitle=shown.say("figure.budget.unit"),
        source=shown.say("figure.undrawn", count=rest, drawn=MOST_ROWS) if rest else "",
        alt=shown.say("figure.budget.alt", title=title, said=said),
        table={
            shown.say("figure.budget.head"): [row.label for _, row in every],
            shown.say("figure.budget.nature"): [head for head, _ in every],
            shown.say("figure.budget.amount"): [row.text for _, row in every],
        },
        text_columns=2,
    )
