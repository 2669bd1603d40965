"""What was on, who made it, and what it cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from necbilan import figures
from necbilan.blocks import Bullets, Caution, DataTable, Paragraph, Photographs, Subheading
from necbilan.sections import turnout
from necbilan.sections.accounts import NATURES, account_table, gaps
from necbilan.sections.assembly import level_table, section, statement

if TYPE_CHECKING:
    from necbilan.blocks import Block, Section
    from necbilan.model import Picture
    from necbilan.words.spelled import Spelled

__all__ = ["organisation", "programme"]


def programme(shown: Spelled) -> Section | None:
    """Activities by kind, attendance and fill, speakers and declared parity, photos."""
    kinds = [row for row in shown.rows("activities") if row.level]
    pictures = tuple(_typeset(shown, picture) for picture in shown.facts.pictures)
    return section(
        shown,
        "programme",
        _speakers(shown),
        level_table(
            shown,
            kinds,
            caption="table.activities",
            head="column.kind",
            counted="column.activities",
        ),
        level_table(
            shown,
            [row for row in shown.rows("activity_theme") if row.level],
            caption="table.activity_theme",
            head="column.theme",
            counted="column.activities",
        ),
        statement(shown, "filled"),
        figures.activities(shown),
        turnout.seats(shown),
        figures.speaker_gender(shown),
        turnout.speakers_planned(shown),
        _alert(shown),
        Subheading(shown.say("programme.pictures", count=len(pictures))) if pictures else None,
        Photographs(pictures) if pictures else None,
    )


def _typeset(shown: Spelled, picture: Picture) -> Picture:
    """The photo, its texts with the language's spaces and apostrophes."""
    typeset = shown.language.typeset
    return replace(
        picture, alternative=typeset(picture.alternative), credit=typeset(picture.credit)
    )


def _alert(shown: Spelled) -> Caution | None:
    """On the panels where every declared gender is a man's."""
    alone = shown.sentences.get("men_only")
    return Caution(text=alone.title, lead=shown.say("men_only.lead")) if alone else None


def _speakers(shown: Spelled) -> Paragraph | None:
    people, activities = shown.one("speakers"), shown.rows("activities")
    themes = [shown.language.typeset(theme) for theme in shown.facts.event.themes]
    parts = []
    if themes:
        names = shown.language.join(themes)
        parts.append(shown.say("programme.themes", count=len(themes), names=names))
    if activities:
        total = sum(row.value for row in activities)
        parts.append(shown.say("programme.activities", count=total, n=shown.language.number(total)))
    said = shown.sentences.get("speakers")
    if said is not None:
        parts += [part for part in (said.title, said.text) if part]
        if people is not None and people.value and not shown.rows("speaker_gender"):
            parts.append(shown.say("programme.gender_not_collected"))
    return Paragraph(" ".join(parts)) if parts else None


def organisation(shown: Spelled) -> Section | None:
    """Preparation, people mobilised, partners, budget."""
    event, chart, table = shown.facts.event, figures.budget(shown), _accounts(shown)
    blocks: list[Block | None] = [_told(shown)]
    if event.calendar:
        steps = tuple(shown.say("organisation.step", when=w, what=d) for w, d in event.calendar)
        blocks += [Subheading(shown.say("organisation.calendar")), Bullets(steps)]
    blocks += [
        level_table(
            shown,
            [row for row in shown.rows("meetings") if row.level],
            caption="table.meetings",
            head="column.meeting",
            counted="column.count",
        ),
        _mobilised(shown),
        level_table(
            shown,
            [row for row in shown.rows("mobilised") if row.level],
            caption="table.mobilised",
            head="column.task",
            counted="column.people",
        ),
        chart if chart is not None or table is not None else statement(shown, "cost"),
        table,
        *_by_line(shown),
    ]
    return section(shown, "organisation", *blocks)


def _told(shown: Spelled) -> Paragraph | None:
    event = shown.facts.event
    said = event.organiser and event.description  # the cover names who has no description
    parts = [shown.say("cover.by", organiser=event.organiser)] if said else []
    parts.append(event.context)
    if event.partners:
        names = shown.language.join(event.partners)
        parts.append(shown.say("organisation.partners", count=len(event.partners), names=names))
    if event.informed:
        names = shown.language.join(event.informed)
        parts.append(shown.say("organisation.informed", names=names))
    text = " ".join(part for part in parts if part)
    return Paragraph(shown.language.typeset(text)) if text else None


def _mobilised(shown: Spelled) -> Paragraph | None:
    total = shown.one("mobilised")
    if total is None:
        return None
    return Paragraph(shown.say("organisation.mobilised", count=total.value, n=total.text))


def _by_line(shown: Spelled) -> list[Block | None]:
    """Planned against actual, line by line, and why they part; nothing without a plan."""
    if not shown.rows("budget_line_planned"):
        return []
    tables = [account_table(shown, nature, caption=f"figure.budget.{nature}") for nature in NATURES]
    apart = [
        shown.say(
            "financial.explain",
            line=gap.line,
            gap=gap.text,
            why=gap.explanation or shown.say("organisation.unexplained"),
        )
        for gap in gaps(shown) or ()
    ]
    if apart:
        return [Subheading(shown.say("organisation.accounts")), *tables, Bullets(tuple(apart))]
    none = Paragraph(shown.say("financial.no_gap")) if shown.rows("budget_gap") else None
    return [Subheading(shown.say("organisation.accounts")), *tables, none]


def _accounts(shown: Spelled) -> DataTable | None:
    """Planned, actual, in kind, grants, cost per place: what is known, in euros."""
    metrics = (
        "budget_planned",
        "budget_actual",
        "in_kind",
        "grants",
        "grant_share",
        "cost_per_participant",
        "cost_per_place",
    )
    rows = [row for row in (shown.one(metric) for metric in metrics) if row is not None]
    if len(rows) < 2:
        return None
    columns = [shown.say("column.measure"), shown.say("column.amount")]
    return DataTable(
        caption=shown.say("table.accounts"),
        table=pd.DataFrame([(row.label, row.text) for row in rows], columns=columns),
        numeric=(columns[1],),
    )
