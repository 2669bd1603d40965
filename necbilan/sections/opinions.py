"""What the public said: satisfaction, words, remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan import figures
from necbilan.blocks import Bullets, DataTable, Paragraph, Quotes, Subheading
from necbilan.sections.assembly import section

if TYPE_CHECKING:
    from necbilan.blocks import Block, Section
    from necbilan.model import Improvement
    from necbilan.words.spelled import Spelled

__all__ = ["improvements", "satisfaction", "words_said"]


def satisfaction(shown: Spelled) -> Section | None:
    """Response rate, impression, scaled questions, most and least liked."""
    answers = shown.sentences.get("response_rate")
    if answers is None:
        return None
    return section(
        shown,
        "satisfaction",
        Paragraph(_answered(shown, answers.title)),
        figures.impression(shown),
        _text(shown, "overall_impression"),
        figures.ratings(shown),
        figures.differential(shown),
        _text(shown, "differential"),
    )


def _answered(shown: Spelled, title: str) -> str:
    """How many answered, and whether they resemble those who came."""
    alike = shown.sentences.get("representativeness")
    said = [f"{title.rstrip('.')}.", *([alike.title] if alike else [])]
    return " ".join(said)


def _text(shown: Spelled, subject: str) -> Paragraph | None:
    """What stands under a figure: the sentence without the title, which the figure bears."""
    sentence = shown.sentences.get(subject)
    return Paragraph(sentence.text) if sentence is not None and sentence.text else None


def words_said(shown: Spelled) -> Section | None:
    """The word cloud and its list, for a word-association question."""
    chart = figures.words(shown)
    if chart is None:
        waiting = shown.facts.waiting.get("word", 0)
        if not waiting:
            return None
        return section(
            shown, "words_said", Paragraph(shown.say("words.waiting", count=waiting, n=waiting))
        )
    return section(shown, "words_said", chart, _text(shown, "words"))


def improvements(shown: Spelled) -> Section | None:
    """The public's remarks and the organisers' points, side by side, then the follow-up."""
    event = shown.facts.event
    by_theme: dict[str, list[str]] = {}
    for remark in shown.facts.remarks:
        by_theme.setdefault(remark.theme, []).append(remark.text)
    waiting = shown.facts.waiting.get("remark", 0)
    said: list[Block | None] = [figures.remark_themes(shown)]
    said += [
        Quotes(title=shown.say(_theme_key(shown, theme)), quotes=tuple(texts))
        for theme, texts in by_theme.items()
    ]
    if waiting:
        said.append(Paragraph(shown.say("improvements.waiting", count=waiting, n=waiting)))
    blocks: list[Block | None] = []
    if any(said):
        blocks += [Subheading(shown.say("improvements.public")), *said]
    if event.improvements:
        blocks.append(Subheading(shown.say("improvements.team")))
        blocks.append(_points(shown, event.improvements))
    if event.previous_points:
        blocks.append(Subheading(shown.say("improvements.previous")))
        blocks.append(_points(shown, event.previous_points))
    return section(shown, "improvements", *blocks)


def _theme_key(shown: Spelled, theme: str) -> str:
    key = f"remark_theme.{theme}"
    return key if shown.language.has(key) else "level.unsorted"


def _points(shown: Spelled, points: tuple[Improvement, ...]) -> Block:
    """A list, or a table when decisions, owners or dates were given."""
    texts = [shown.language.typeset(point.text) for point in points]
    if not any(point.decision or point.owner or point.due for point in points):
        return Bullets(tuple(texts))
    table = pd.DataFrame(
        {
            shown.say("column.point"): texts,
            shown.say("column.decision"): [point.decision or "–" for point in points],
            shown.say("column.owner"): [point.owner or "–" for point in points],
            shown.say("column.due"): [point.due or "–" for point in points],
        }
    )
    return DataTable(caption=shown.say("table.points"), table=table)
