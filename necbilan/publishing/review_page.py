"""a-relire.html: what a human decides before publishing, with the line that awaits it.

For the team only: it holds what is under review, so it is written beside the report and
never among what is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import Caution, Cover, DataTable, Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Block
    from necbilan.words.spelled import Spelled

__all__ = ["review_blocks"]

Row = tuple[int, str, str, str, str]
"""line of decisions.csv, kind, key, proposal, reason"""


def review_blocks(shown: Spelled, waiting: Sequence[Row]) -> list[Block]:
    """The page's blocks: one section a kind of question, in the order of decisions.csv."""
    event = shown.facts.event
    cover = Cover(
        origin=shown.say("cover.origin"),
        title=shown.say("review.title", name=event.name),
        subtitle=shown.say("review.intro"),
        language=shown.language.code,
        tag=event.fictional,
    )
    if not waiting:
        return [cover, Caution(shown.say("review.none"))]
    kinds = dict.fromkeys(kind for _, kind, *_ in waiting)
    return [cover, *(_section(shown, kind, waiting) for kind in kinds)]


def _section(shown: Spelled, kind: str, waiting: Sequence[Row]) -> Section:
    columns = [shown.say(f"review.{name}") for name in ("row", "question", "proposal", "reason")]
    rows = [
        (str(line), key, proposal or "–", reason or "–")
        for line, of_kind, key, proposal, reason in waiting
        if of_kind == kind
    ]
    table = DataTable(
        caption=shown.say(f"review.kind.{kind}"),
        table=pd.DataFrame(rows, columns=columns),
        numeric=(columns[0],),
    )
    counted = Paragraph(f"{len(rows)} · decisions.csv")
    return Section(id=kind, title=shown.say(f"review.kind.{kind}"), blocks=(counted, table))
