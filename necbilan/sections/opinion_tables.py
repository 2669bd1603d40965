"""What the public thought as tables: formats, themes, and what event.toml asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import DataTable, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from necbilan.blocks import Block
    from necbilan.model import Question
    from necbilan.words.spelled import Row, Spelled

__all__ = ["differential_by", "ratings_by", "requested", "theme_name", "two_voices"]


def ratings_by(shown: Spelled, by: str) -> DataTable | None:
    """Share of positive ratings of each ``by`` (format, theme), question by question."""
    rows = shown.rows(f"{by}_rating")
    return _table(shown, by, rows, number="positive", caption=f"table.{by}_rating")


def differential_by(shown: Spelled, by: str) -> DataTable | None:
    """Votes for less votes against of each ``by`` (format, theme)."""
    rows = shown.rows(f"{by}_differential")
    return _table(shown, by, rows, number="net", caption=f"table.{by}_differential")


def _table(
    shown: Spelled, by: str, rows: list[Row], *, number: str, caption: str
) -> DataTable | None:
    """In the order of the programme: no ranking is announced."""
    told = [row for row in rows if row.text]
    if not told:
        return None
    heads = [shown.say(f"column.{name}") for name in (by, number, "interval", "people_n")]
    columns: dict[str, list[str]] = {
        heads[0]: [row.label for row in told],
        heads[1]: [row.text for row in told],
        heads[2]: [row.interval_text for row in told],
        heads[3]: [str(row.n) for row in told],
    }
    if len({row.group for row in told}) > 1:
        asked = {question.id: question.wording for question in shown.facts.questions}
        wordings = [shown.language.typeset(asked.get(row.group, row.group)) for row in told]
        columns = {shown.say("column.question"): wordings, **columns}
    return DataTable(
        caption=shown.say(caption),
        table=pd.DataFrame(columns),
        numeric=tuple(heads[1:]),
        source=shown.say(f"{caption}.source"),
    )


def two_voices(shown: Spelled) -> DataTable | None:
    """Theme by theme, how many remarks of the public and the team's own points.

    None unless some theme is both voices': else the two lists that follow say it all.
    """
    heard = {row.level: row for row in shown.rows("remark_theme", _first_question(shown))}
    points: dict[str, list[str]] = {}
    for point in shown.facts.event.improvements:
        points.setdefault(point.theme, []).append(shown.language.typeset(point.text))
    if not any(theme in points for theme in heard):
        return None
    order = [*heard, *(theme for theme in points if theme not in heard)]
    heads = [shown.say(f"column.{name}") for name in ("theme", "public_says", "team_says")]
    cells = [
        (
            theme_name(shown, theme),
            heard[theme].text if theme in heard else "–",
            " ".join(points.get(theme, ())) or "–",
        )
        for theme in order
    ]
    return DataTable(
        caption=shown.say("table.two_voices"),
        table=pd.DataFrame(cells, columns=heads),
        numeric=(heads[1],),
    )


def _first_question(shown: Spelled) -> str:
    return next(iter(shown.groups("remark_theme")), "")


def theme_name(shown: Spelled, theme: str) -> str:
    """A theme in words; one that the lexicon does not know as the team wrote it."""
    key = f"remark_theme.{theme}"
    if shown.language.has(key):
        return shown.say(key)
    return theme[:1].upper() + theme[1:] if theme else shown.say("remark_theme.unsorted")


def requested(shown: Spelled) -> Iterator[Block | None]:
    """Means and the recommendation score, when event.toml asks for them."""
    rows = [*shown.rows("scale_mean"), *shown.rows("recommendation_score")]
    if not rows:
        return
    for group in shown.groups("recommendation_score"):
        sentence = shown.sentences.get(f"recommendation:{group}")
        if sentence is not None:
            yield Paragraph(lead=f"{sentence.title}.", text=sentence.text)
    questions = {question.id: question for question in shown.facts.questions}
    heads = [
        shown.say(f"column.{name}") for name in ("question", "measure", "value", "interval", "n")
    ]
    cells = [
        (
            _wording(shown, row, questions),
            _named(shown, row, questions.get(row.group.partition(" › ")[0])),
            row.text,
            row.interval_text,
            str(row.n),
        )
        for row in rows
    ]
    yield DataTable(
        caption=shown.say("table.requested"),
        table=pd.DataFrame(cells, columns=heads),
        numeric=(heads[2], heads[4]),
        source=shown.say("table.requested.source"),
    )


def _wording(shown: Spelled, row: Row, questions: dict[str, Question]) -> str:
    """The question as it was asked, or the row of a grid."""
    identity, _, item = row.group.partition(" › ")
    question = questions.get(identity)
    return item or (shown.language.typeset(question.wording) if question else identity)


def _named(shown: Spelled, row: Row, question: Question | None) -> str:
    """«Moyenne, de 1 (Très négative) à 5 (Très positive)»."""
    if row.metric != "scale_mean" or question is None:
        return row.label
    worst, best = question.scale[0], question.scale[-1]
    if all(label.isdigit() for label in question.scale):
        return shown.say("requested.mean_of_numbers", worst=worst, best=best)
    levels = len(question.scale)
    return shown.say("requested.mean_of_ranks", worst=worst, best=best, levels=levels)
