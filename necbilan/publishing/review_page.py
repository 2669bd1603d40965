"""The page to review and the internal edition: what a human decides before publishing.

For the team only: both hold what is under review and say so, and neither stands in the
folder that is published.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from necbilan import sections
from necbilan.blocks import Caution, Cover, DataTable, Paragraph, Section
from necbilan.sections.opinion_tables import theme_name
from necbilan.words.retelling import retold

THEME = "thème : "
"""what stands before a theme's id in the reason of a remark (sources.proposing)"""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Block
    from necbilan.sources.open_questions import OpenQuestion
    from necbilan.words.spelled import Spelled

__all__ = ["internal_blocks", "review_blocks"]


def review_blocks(shown: Spelled, waiting: Sequence[OpenQuestion]) -> list[Block]:
    """The page's blocks: one section a kind of question, in the order of decisions.csv."""
    event = shown.facts.event
    cover = Cover(
        origin=shown.say("review.origin"),
        title=shown.say("review.title", name=event.name),
        subtitle=shown.say("review.intro"),
        language=shown.language.code,
        tag=shown.say("review.tag"),
        labels={"contents": shown.say("review.contents")},
    )
    if not waiting:
        return [cover, Caution(shown.say("review.none"))]
    return [cover, *_sections(shown, waiting)]


def internal_blocks(shown: Spelled, waiting: Sequence[OpenQuestion]) -> list[Block]:
    """The cover of the team's edition, then what is under review; both marked so."""
    cover = sections.cover(shown)
    tags = [shown.say("review.tag"), *([cover.tag] if cover.tag else [])]
    return [replace(cover, tag=" · ".join(tags)), *_sections(shown, waiting)]


def _proposal(shown: Spelled, question: OpenQuestion) -> str:
    """What is proposed: a field or a role in the report's language, else as it is written."""
    if question.kind in ("column", "question"):
        return retold(question.proposal, shown.language) or "–"
    return question.proposal or "–"


def _reason(shown: Spelled, question: OpenQuestion) -> str:
    """Why it is asked; the theme that the lexicon gave a remark by its name, not by its id."""
    told = retold(question.reason, shown.language)
    _, mark, theme = question.reason.partition(THEME)
    if question.kind != "remark" or not mark:
        return told
    return f"{told.removesuffix(theme)}{theme_name(shown, theme)}"


def _sections(shown: Spelled, waiting: Sequence[OpenQuestion]) -> list[Block]:
    kinds = dict.fromkeys(question.kind for question in waiting)
    return [_section(shown, kind, waiting) for kind in kinds]


def _section(shown: Spelled, kind: str, waiting: Sequence[OpenQuestion]) -> Section:
    columns = [shown.say(f"review.{name}") for name in ("row", "question", "proposal", "reason")]
    rows = [
        (
            str(question.line or "–"),
            question.key,
            _proposal(shown, question),
            _reason(shown, question) or "–",
        )
        for question in waiting
        if question.kind == kind
    ]
    table = DataTable(
        caption=shown.say(f"review.kind.{kind}"),
        table=pd.DataFrame(rows, columns=columns),
        numeric=(columns[0],),
    )
    counted = Paragraph(shown.say("review.counted", count=len(rows), n=len(rows)))
    title = shown.say(f"review.section.{kind}")
    return Section(id=f"review-{kind}", title=title, blocks=(counted, table))
