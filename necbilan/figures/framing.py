"""What surrounds a drawing: title, question, alternative, table, tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import Chart
from necbilan.figures.canvas import drawn_twice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["asked", "framed", "listed", "question_of", "spoken", "title_of", "with_question"]

SPOKEN = 8
"""items that an alternative text reads out before it sends to the table"""


def framed(
    shown: Spelled,
    chart: str,
    draw: Callable[[Canvas], float],
    *,
    title: str,
    alt: str,
    table: Mapping[str, Sequence[str]],
    subtitle: str = "",
    source: str = "",
    text_columns: int = 1,
    number: int = 1,
) -> Chart:
    """A Chart drawn wide and narrow; all columns of ``table`` but the first are numbers.

    ``text_columns`` is how many of its first columns hold words; ``number`` tells apart
    the charts of several questions.
    """
    identity = chart if number == 1 else f"{chart}-{number}"
    wide, narrow = drawn_twice(draw, identity)
    frame = pd.DataFrame({name: list(cells) for name, cells in table.items()})
    return Chart(
        id=identity,
        title=title,
        subtitle=subtitle,
        svg=wide,
        narrow=narrow,
        alt=alt,
        table=frame,
        source=source,
        caption=shown.say(f"figure.{chart}.caption"),
        tag=shown.facts.event.fictional,
        numeric=tuple(str(name) for name in frame.columns)[text_columns:],
    )


def question_of(shown: Spelled, metric: str, question: str | None) -> tuple[str, int]:
    """The question to draw and its place among those of the metric, the main one first.

    None is the question that most people answered.
    """
    main = shown.main_group(metric)
    order = [main, *(group for group in shown.groups(metric) if group != main)]
    drawn = main if question is None else question
    return drawn, order.index(drawn) + 1 if drawn in order else 1


def title_of(shown: Spelled, subject: str, fallback: str) -> str:
    """The title of the computed sentence on ``subject``, else the words of ``fallback``."""
    sentence = shown.sentences.get(subject)
    return sentence.title.rstrip(".") if sentence is not None else shown.say(fallback)


def asked(shown: Spelled, question: str) -> str:
    """The wording of a question as it was asked, '' when it is not known."""
    for known in shown.facts.questions:
        if known.id == question:
            return shown.language.typeset(known.wording)
    return ""


def with_question(shown: Spelled, wording: str, what: str) -> str:
    """«question» · what was counted."""
    if not wording:
        return what[:1].upper() + what[1:]
    return shown.say("figure.subtitle.question", wording=wording, what=what)


def spoken(shown: Spelled, row: Row) -> str:
    """A label and its number read out: «Associations 28»; a mark is named: «note 5 : 4»."""
    if row.label.isdigit():
        return shown.say("figure.alt.mark", mark=row.label, n=row.text)
    return f"{row.label} {row.text}"


def listed(shown: Spelled, rows: Iterable[Row]) -> str:
    """Labels and values read out: «Associations 28, Collectivités 15»; the first ones only."""
    items = [
        spoken(shown, row) + (f" ({row.share_text})" if "%" in row.share_text else "")
        for row in rows
    ]
    said = ", ".join(items[:SPOKEN])
    rest = len(items) - SPOKEN
    return shown.say("figure.alt.rest", items=said, count=rest) if rest > 0 else said
