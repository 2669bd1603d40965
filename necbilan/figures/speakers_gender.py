"""Speakers by declared gender: all of them, then each panel; never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.bars import BEFORE_BAR, label_column
from necbilan.figures.canvas import SECONDARY, TEXT
from necbilan.figures.framing import framed
from necbilan.figures.lettering import SEMIBOLD, labelled, width_of
from necbilan.figures.scales import WORDS, Segment, draw_segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["speaker_gender"]

FILLS = {"woman": "night", "man": "indigo", "other": "green", "not_given": "white"}
MOST_ROWS = 16
PITCH = 27.0
HEIGHT = 16.5


def speaker_gender(shown: Spelled) -> Chart | None:
    """One stacked bar for the event and one a panel; None when nobody declared."""
    panels: dict[str, list[Row]] = {}
    for row in shown.rows("speaker_gender"):
        panels.setdefault(row.group, []).append(row)
    panels = {group: rows for group, rows in panels.items() if any(row.value for row in rows)}
    if not panels:
        return None
    labels = {
        group: shown.language.typeset(group) or shown.say("figure.speaker_gender.all")
        for group in panels
    }
    title = shown.say("figure.speaker_gender.title")
    levels = {row.level: row.label for rows in panels.values() for row in rows if row.value}
    drawn = dict(list(panels.items())[:MOST_ROWS])
    rest = len(panels) - MOST_ROWS
    source = shown.say("figure.speaker_gender.source")
    if rest > 0:
        source += " " + shown.say("figure.undrawn", count=rest, drawn=MOST_ROWS)
    said = " ".join(
        shown.say(
            "figure.alt.pair",
            label=labels[group],
            items=", ".join(f"{row.label} {row.text}" for row in rows),
        )
        for group, rows in list(panels.items())[:8]
    )
    return framed(
        shown,
        "speaker_gender",
        lambda canvas: _draw(canvas, drawn, labels, levels),
        title=title,
        subtitle=shown.say("figure.speaker_gender.unit"),
        source=source,
        alt=shown.say("figure.speaker_gender.alt", title=title, said=said),
        table=_table(shown, panels, labels),
    )


def _table(
    shown: Spelled, panels: Mapping[str, Sequence[Row]], labels: Mapping[str, str]
) -> dict[str, list[str]]:
    columns = {shown.say("figure.speaker_gender.head"): [labels[group] for group in panels]}
    known = {row.level: row.label for rows in panels.values() for row in rows}
    for level in (level for level in FILLS if level in known):
        columns[known[level]] = [
            next((row.text for row in rows if row.level == level), "–") for rows in panels.values()
        ]
    columns[shown.say("figure.column.n")] = [str(rows[0].n or "–") for rows in panels.values()]
    return columns


def _segments(rows: Sequence[Row]) -> list[Segment]:
    found: list[Segment] = []
    start = 0.0
    for level, fill in FILLS.items():
        for row in rows:
            if row.level == level and row.share > 0:
                found.append(Segment(row.label, row.text, start, row.share, fill, 0))
                start += row.share
    return found


def _draw(
    canvas: Canvas,
    panels: Mapping[str, Sequence[Row]],
    labels: Mapping[str, str],
    levels: Mapping[str, str],
) -> float:
    y = _legend(canvas, levels)
    names = 0.0
    if not canvas.narrow:
        names = label_column([labels[group] for group in panels], bold=True)
    left = names + BEFORE_BAR if names else 0.0
    numbers = max(width_of(_n(rows), SECONDARY) for rows in panels.values())
    width = canvas.width - left - numbers - 8
    room = canvas.width if canvas.narrow else names + 0.5
    words_of = labelled([labels[group] for group in panels], room, weight=SEMIBOLD)
    for (group, rows), words in zip(panels.items(), words_of, strict=True):
        if canvas.narrow:
            for line in words:
                canvas.text(0, y + 10, line, bold=not group)
                y += 12.5
            bar, y = y + 2, y + 27
        else:
            middle = y + PITCH / 2
            canvas.paragraph(names, middle, words, bold=not group, align="right", leading=11.5)
            bar, y = middle - HEIGHT / 2, y + PITCH
        segments = _segments(rows)
        draw_segments(canvas, segments, x=left, y=bar, width=width, height=HEIGHT)
        baseline = bar + HEIGHT / 2 + 3.4
        n = _n(rows)
        canvas.text(canvas.width, baseline, n, size=SECONDARY, colour="grey", align="right")
    return y + 2


def _n(rows: Sequence[Row]) -> str:
    return rows[0].n_text


def _legend(canvas: Canvas, levels: Mapping[str, str]) -> float:
    x, y = 0.0, 11.0
    for level, fill in FILLS.items():
        if level not in levels:
            continue
        needed = 14 + width_of(levels[level], TEXT, SEMIBOLD)
        if x and x + needed > canvas.width:
            x, y = 0.0, y + 15
        canvas.bar(x, y - 8.5, 10, 10, fill, outline="grey" if fill == "white" else "")
        canvas.text(x + 14, y, levels[level], bold=True, colour=WORDS[fill])
        x += needed + 16
    return y + 8
