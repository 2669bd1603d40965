"""Most and least liked: what was cited, then the net with its interval, and ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.differential_drawing import Activity, draw_panels, lanes
from necbilan.figures.framing import asked, framed, title_of, with_question
from necbilan.figures.ties import tied_groups
from necbilan.words.opinions import separable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from necbilan.blocks import Chart
    from necbilan.words.spelled import Row, Spelled

    Separable = Callable[[int, int], bool]
    Ties = Sequence[tuple[int, ...]]

__all__ = ["differential"]

EACH_END = 8
"""rows drawn from each end of the order when there are more than twice as many; the table has
them all"""
SPOKEN = 4
"""rows told from each end by the alternative"""


def differential(shown: Spelled) -> Chart | None:
    """Two panels on the same rows, highest net first; links join what is not told apart."""
    rows = shown.rows("differential")
    if not rows:
        return None
    most = {row.level: row for row in shown.rows("liked_most")}
    least = {row.level: row for row in shown.rows("liked_least")}
    every = [Activity(most.get(row.level), least.get(row.level), row) for row in rows]
    drawn = _ends(every, EACH_END)
    ties = tied_groups(len(drawn), _separable(shown, drawn))
    title = title_of(shown, "differential", "figure.differential.title")
    return framed(
        shown,
        "differential",
        lambda canvas: draw_panels(
            canvas, shown, drawn, ties, cut=EACH_END if len(drawn) < len(every) else None
        ),
        title=title,
        subtitle=with_question(
            shown,
            _asked(shown),
            shown.say("figure.differential.unit", n_text=_n_text(shown, rows)),
        ),
        source=_source(shown, every, ties),
        alt=_alt(shown, title, drawn, ties),
        table=_table(shown, every),
    )


def _ends(activities: Sequence[Activity], each: int) -> Sequence[Activity]:
    """The most and the least liked, or all when that is all."""
    if len(activities) <= 2 * each:
        return activities
    return [*activities[:each], *activities[-each:]]


def _separable(shown: Spelled, drawn: Sequence[Activity]) -> Separable:
    """Whether two rows are told apart; a pair that was not compared is not."""
    apart = separable(shown)
    names = [activity.net.level for activity in drawn]
    return lambda one, two: (names[one], names[two]) in apart


def _asked(shown: Spelled) -> str:
    wordings = [
        asked(shown, question.id)
        for role in ("liked_most", "liked_least")
        if (question := shown.facts.question(role)) is not None
    ]
    return " ".join(wordings)


def _n_text(shown: Spelled, rows: Sequence[Row]) -> str:
    """The n of all, or the smallest and the largest: each activity has the people it reached."""
    reached = [row.n for row in rows if row.n is not None]
    if not reached or min(reached) == max(reached):
        return rows[0].n_text
    return shown.say("figure.differential.n_between", low=min(reached), high=max(reached))


def _source(shown: Spelled, every: Sequence[Activity], ties: Ties) -> str:
    parts = [shown.say(f"figure.interval.{every[0].net.method}", base=every[0].net.base or "")]
    if any(activity.hollow for activity in every):
        parts.append(shown.say("figure.differential.hollow"))
    if ties and not lanes(ties):
        parts.append(shown.say("figure.differential.too_many_ties"))
    elif len(every) > 1:
        parts.append(shown.say("figure.differential.order"))
    exposed = {**shown.facts.exposure, **shown.facts.followed}
    if any((one.net.n or 0) > exposed.get(one.net.level, 0) for one in every):
        parts.append(shown.say("figure.differential.exposure_unknown"))
    rest = len(every) - 2 * EACH_END
    if rest > 0:
        parts.append(shown.say("figure.differential.undrawn", count=rest, drawn=EACH_END))
    return " ".join(parts)


def _alt(shown: Spelled, title: str, drawn: Sequence[Activity], ties: Ties) -> str:
    spoken = " ".join(
        shown.say(
            "figure.differential.alt_row",
            activity=shown.language.quoted(activity.net.label),
            most=activity.most.text if activity.most else "–",
            least=activity.least.text if activity.least else "–",
            net=activity.net.text,
            interval=activity.net.interval_text,
        )
        for activity in _ends(drawn, SPOKEN)
    )
    parts = [shown.say("figure.differential.alt", title=title), spoken]
    for tie in ties[:3]:
        names = shown.language.join([shown.language.quoted(drawn[rank].net.label) for rank in tie])
        parts.append(shown.say("figure.differential.alt_tie", names=names))
    return " ".join(parts)


def _table(shown: Spelled, every: Sequence[Activity]) -> dict[str, list[str]]:
    return {
        shown.say("figure.column.activity"): [one.net.label for one in every],
        shown.say("figure.column.most"): [one.most.text if one.most else "–" for one in every],
        shown.say("figure.column.least"): [one.least.text if one.least else "–" for one in every],
        shown.say("figure.column.net"): [one.net.text for one in every],
        shown.say("figure.column.interval"): [one.net.interval_text for one in every],
        shown.say("figure.column.n"): [str(one.net.n or "–") for one in every],
    }
