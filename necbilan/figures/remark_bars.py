"""Remarks by theme, question by question, «to be sorted» always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.bars import MOST_ROWS, Bar, draw_bars, draw_groups, fill_of, undrawn
from necbilan.figures.framing import asked, framed, with_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["remark_themes"]

FEWEST = 5
"""remarks under which there is nothing to draw: they are quoted"""


def remark_themes(shown: Spelled) -> Chart | None:
    """One block of bars a question; a question with fewer than five remarks is left out."""
    roles: dict[str, list[Row]] = {}
    for row in shown.rows("remark_theme"):
        if (row.n or 0) >= FEWEST:
            roles.setdefault(row.group, []).append(row)
    if not roles:
        return None
    wordings = {role: _wording(shown, role) for role in roles}
    free = shown.say("figure.remark_themes.any")
    heads = {role: wording or free for role, wording in wordings.items()}
    first, *others = roles
    counted = shown.say("figure.remark_themes.unit", n_text=roles[first][0].n_text)
    title = shown.say("figure.remark_themes.title")
    every = [(role, row) for role, rows in roles.items() for row in rows]
    columns = {shown.say("figure.remark_themes.head"): [row.label for _, row in every]}
    if others:
        counted = shown.say("figure.remark_themes.unit_each")
        columns[shown.say("figure.remark_themes.question")] = [heads[role] for role, _ in every]
    columns[shown.say("figure.remark_themes.counted")] = [row.text for _, row in every]
    said = " ".join(
        shown.say(
            "figure.alt.pair",
            label=heads[role],
            items=", ".join(f"{row.label} {row.text}" for row in rows[:8]),
        )
        for role, rows in roles.items()
    )
    longest = max(roles.values(), key=len)
    return framed(
        shown,
        "remark_themes",
        lambda canvas: _draw(canvas, roles, heads),
        title=title,
        subtitle=with_question(shown, "" if others else wordings[first], counted),
        source=" ".join(
            filter(None, [shown.say("figure.remark_themes.source"), undrawn(shown, longest)])
        ),
        alt=shown.say("figure.remark_themes.alt", title=title, said=said),
        table=columns,
        text_columns=2 if others else 1,
    )


def _wording(shown: Spelled, role: str) -> str:
    question = shown.facts.question(role)
    return asked(shown, question.id) if question is not None else ""


def _draw(canvas: Canvas, roles: Mapping[str, Sequence[Row]], heads: Mapping[str, str]) -> float:
    groups = [
        (
            heads[role],
            [Bar(row.label, row.value, row.text, fill=fill_of(row)) for row in rows[:MOST_ROWS]],
        )
        for role, rows in roles.items()
    ]
    if len(groups) == 1:
        return draw_bars(canvas, groups[0][1])
    return draw_groups(canvas, groups)
