"""How a section is put together: what has nothing to show is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import DataTable, Paragraph, Section

if TYPE_CHECKING:
    from necbilan.blocks import Block, Chart
    from necbilan.words.spelled import Row, Spelled

__all__ = ["commented", "level_table", "section", "statement"]


def section(shown: Spelled, key: str, *blocks: Block | None) -> Section | None:
    """The section named by ``section.<key>``, of the blocks that exist; None without any."""
    kept = tuple(block for block in blocks if block is not None)
    return (
        Section(id=key.replace("_", "-"), title=shown.say(f"section.{key}"), blocks=kept)
        if (kept)
        else None
    )


def statement(shown: Spelled, subject: str) -> Paragraph | None:
    """The computed sentence on ``subject`` as a paragraph led by its title."""
    sentence = shown.sentences.get(subject)
    if sentence is None:
        return None
    lead = sentence.title if sentence.title.endswith((".", "?", "!")) else f"{sentence.title}."
    return Paragraph(text=sentence.text, lead=lead)


def commented(shown: Spelled, subject: str, chart: Chart | None) -> tuple[Block | None, ...]:
    """The sentence on ``subject`` and the chart that shows it, nothing said twice.

    A chart that bears the sentence's title comes first, and the rest of the sentence
    comments it; else the sentence leads to the chart.
    """
    sentence = shown.sentences.get(subject)
    if chart is None or sentence is None or sentence.title.rstrip(".") != chart.title:
        return statement(shown, subject), chart
    return chart, Paragraph(sentence.text) if sentence.text else None


def level_table(
    shown: Spelled,
    rows: list[Row],
    *,
    caption: str,
    head: str,
    counted: str,
    shares: bool = False,
    source: str = "",
) -> DataTable | None:
    """Levels with their count and, when asked and n allows, their share."""
    if not rows:
        return None
    columns = {
        shown.say(head): [f"{row.label[:1].upper()}{row.label[1:]}" for row in rows],
        shown.say(counted): [row.text for row in rows],
    }
    if shares and any(row.share_text for row in rows):
        columns[shown.say("column.share")] = [row.share_text or "–" for row in rows]
    table = pd.DataFrame(columns)
    return DataTable(
        caption=shown.say(caption),
        table=table,
        numeric=tuple(str(name) for name in table)[1:],
        source=source,
    )
