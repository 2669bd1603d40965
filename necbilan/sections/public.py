"""Who came, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan import figures
from necbilan.blocks import Paragraph
from necbilan.figures import maps
from necbilan.sections import turnout
from necbilan.sections.assembly import commented, level_table, section

if TYPE_CHECKING:
    from necbilan.blocks import Block, Section
    from necbilan.words.spelled import Row, Spelled

__all__ = ["audience", "origin"]

NOWHERE = frozenset({"not_given", "ambiguous", "other"})
"""levels of origin that name no place"""

FEWEST_NAMED = 3
"""organisations that the floor lets us name, under which the list is left out"""

LEAST_BANDS = 2
"""bands of distance with somebody, from which they are compared"""

MOST_NAMED = 24
"""organisations listed; beyond, a list is no longer read"""


def audience(shown: Spelled) -> Section | None:
    """Funnel, roles, half-days, timeline, profiles, organisations."""
    return section(
        shown,
        "audience",
        *commented(shown, "attendance", figures.attendance(shown)),
        turnout.everyone(shown),
        turnout.roles(shown),
        *turnout.half_days(shown),
        figures.target(shown),
        figures.timeline(shown),
        *_profiles(shown),
        *commented(shown, "organisations", figures.organisation_types(shown)),
        level_table(
            shown,
            _named_organisations(shown)[:MOST_NAMED],
            caption="table.organisation",
            head="column.organisation",
            counted="column.people",
            source=_unnamed(shown),
        ),
        level_table(
            shown,
            shown.rows("first_time"),
            caption="table.first_time",
            head="column.answer",
            counted="column.people",
            shares=True,
        ),
        level_table(
            shown,
            shown.rows("respondent_first_time"),
            caption="table.respondent_first_time",
            head="column.answer",
            counted="figure.column.answers",
            shares=True,
        ),
    )


def _profiles(shown: Spelled) -> tuple[Block | None, ...]:
    """The chart of profiles; the sentence on the audience, unless the chart says it all."""
    chart = figures.profiles(shown)
    if chart is not None and chart.id == "audience":
        return (chart,)
    return commented(shown, "audience", chart)


def _distances(shown: Spelled) -> list[Row]:
    """Distance bands; none when the floor hides some, or when one band holds everybody."""
    of_metric = shown.table[shown.table["metric"] == "distance_band"]
    rows = shown.rows("distance_band")
    told = [row for row in rows if row.value and row.level not in NOWHERE]
    return [] if of_metric["status"].eq("suppressed").any() or len(told) < LEAST_BANDS else rows


def _named_organisations(shown: Spelled) -> list[Row]:
    """Organisations above the floor; none when so few can be named that it misleads."""
    rows = shown.rows("organisation")
    named = [row for row in rows if row.level != "other"]
    return rows if len(named) >= FEWEST_NAMED else []


def _unnamed(shown: Spelled) -> str:
    """That the list is cut, and where the rest stands; '' when it is whole."""
    more = len(_named_organisations(shown)) - MOST_NAMED
    return shown.say("organisation.more", n=shown.language.number(more)) if more > 0 else ""


def _local(shown: Spelled) -> Paragraph | None:
    """The share from the event's own EPCI, «x des n» where no percentage may be said."""
    row = shown.one("local_share")
    if row is None or row.n is None:
        return None
    if "%" in row.text:
        return Paragraph(shown.say("origin.local", share=row.text, n=row.n))
    people = round(row.value * row.n)
    return Paragraph(shown.say("origin.local_few", count=people, x=people, n=row.n))


def origin(shown: Spelled) -> Section | None:
    """Départements and countries, maps, communes, distance.

    Where every group is under the floor, a sentence says so; None when nobody was asked.
    """
    rows = shown.rows("origin_department")
    if not any(row.level not in NOWHERE for row in rows):
        asked = (shown.table["metric"] == "origin_department") & (
            shown.table["status"] == "suppressed"
        )
        hidden = Paragraph(shown.say("origin.hidden")) if asked.any() else None
        return section(shown, "origin", _local(shown), hidden)
    return section(
        shown,
        "origin",
        *commented(shown, "origin", figures.origin(shown)),
        _local(shown),
        maps.around(shown),
        maps.departments(shown),
        level_table(
            shown,
            _distances(shown),
            caption="table.distance",
            head="column.distance",
            counted="column.people",
            shares=True,
        ),
        turnout.origins_compared(shown),
    )
