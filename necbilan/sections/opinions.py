"""What the public said: satisfaction, words, remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan import figures
from necbilan.blocks import Bullets, DataTable, Paragraph, Quotes, Subheading
from necbilan.sections.assembly import section
from necbilan.sections.opinion_tables import (
    differential_by,
    ratings_by,
    requested,
    theme_name,
    two_voices,
)
from necbilan.words.fractions import MINIMUM
from necbilan.words.limits import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        *_impressions(shown),
        figures.ratings(shown),
        figures.activity_ratings(shown),
        ratings_by(shown, "format"),
        ratings_by(shown, "theme"),
        figures.differential(shown),
        _text(shown, "differential"),
        differential_by(shown, "format"),
        differential_by(shown, "theme"),
        *requested(shown),
    )


def _impressions(shown: Spelled) -> Iterator[Block | None]:
    """Every overall question, the one that most people answered first."""
    for question in _questions(shown, "overall_impression"):
        yield figures.impression(shown, question)
        parts = [
            sentence
            for subject in ("overall_impression", "bounds")
            if (sentence := shown.sentences.get(f"{subject}:{question}")) is not None
        ]
        said = [part.text or part.title for part in parts]
        yield Paragraph(" ".join(said)) if said else None


def _questions(shown: Spelled, metric: str) -> list[str]:
    main = shown.main_group(metric)
    return [main, *(group for group in shown.groups(metric) if group != main)]


def _answered(shown: Spelled, title: str) -> str:
    """How many answered, and whether they resemble those who came."""
    compared = ("representativeness", "representativeness_origin")
    alike = [shown.sentences[subject].title for subject in compared if subject in shown.sentences]
    said = [f"{title.rstrip('.')}.", *alike, *_unsaid(shown)]
    return " ".join(said)


def _unsaid(shown: Spelled) -> Iterator[str]:
    """Why a number of answers is all that this section says of them."""
    answers = shown.one("responses")
    if answers is None:
        return
    if answers.value < MINIMUM:
        yield shown.say("responses.unpublished")
    elif not any(shown.rows(metric) for metric in ANSWERED):
        yield shown.say("responses.only_counted")


def _text(shown: Spelled, subject: str) -> Paragraph | None:
    """What stands under a figure: the sentence without the title, which the figure bears."""
    sentence = shown.sentences.get(subject)
    return Paragraph(sentence.text) if sentence is not None and sentence.text else None


def words_said(shown: Spelled) -> Section | None:
    """The words as a list and a cloud, for every word-association question."""
    waiting = shown.facts.waiting.get("word", 0)
    if not shown.rows("word"):
        return section(shown, "words_said", _waiting(shown, "words", waiting))
    drawn = [
        block
        for question in _questions(shown, "word")
        for block in (figures.words(shown, question), _text(shown, f"words:{question}"))
    ]
    return section(shown, "words_said", *drawn, _waiting(shown, "words", waiting))


def _waiting(shown: Spelled, subject: str, count: int) -> Paragraph | None:
    """How many words or remarks nobody has read yet."""
    return Paragraph(shown.say(f"{subject}.waiting", count=count, n=count)) if count else None


def improvements(shown: Spelled) -> Section | None:
    """The public's remarks and the organisers' points, side by side, then the follow-up."""
    event = shown.facts.event
    by_theme: dict[str, list[str]] = {}
    tongue = shown.language
    for remark in shown.facts.remarks:
        quote = tongue.within_quotes(tongue.typeset(remark.text))
        by_theme.setdefault(remark.theme, []).append(quote)
    said: list[Block | None] = [figures.remark_themes(shown)]
    said += [
        Quotes(title=theme_name(shown, theme), quotes=tuple(texts))
        for theme, texts in by_theme.items()
    ]
    said.append(_waiting(shown, "improvements", shown.facts.waiting.get("remark", 0)))
    blocks: list[Block | None] = [two_voices(shown)]
    if any(said):
        blocks += [Subheading(shown.say("improvements.public")), *said]
    if event.improvements:
        blocks.append(Subheading(shown.say("improvements.team")))
        blocks.append(_points(shown, event.improvements))
    if event.previous_points:
        blocks.append(Subheading(shown.say("improvements.previous")))
        blocks.append(_points(shown, event.previous_points))
    return section(shown, "improvements", *blocks)


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
