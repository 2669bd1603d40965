"""Charts that count one thing by level: one bar a level, in the order of the measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.bars import MOST_ROWS, Bar, draw_bars, fill_of, undrawn
from necbilan.figures.framing import framed, listed, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Chart
    from necbilan.words.spelled import Row, Spelled

__all__ = ["communes", "distance", "first_time", "organisation_types", "origin"]


def organisation_types(shown: Spelled) -> Chart | None:
    """Organisations by type; the two that the title names in dark blue."""
    rows = shown.rows("organisation_type")
    if all(fill_of(row) == "white" for row in rows):
        return None
    named = 2 if "organisation_type" in shown.sentences else 0
    return _counted(
        shown,
        "organisation_types",
        rows,
        subject="organisation_type",
        named=[row.level for row in rows if fill_of(row) != "white"][:named],
        shares=True,
    )


def origin(shown: Spelled) -> Chart | None:
    """Where the public came from, by département or country."""
    return _places(shown, "origin", "origin_department", subject="origin")


def communes(shown: Spelled) -> Chart | None:
    """Where the public came from, by commune."""
    return _places(shown, "communes", "origin_commune")


def distance(shown: Spelled) -> Chart | None:
    """How far the public came from, in bands of kilometres."""
    return _places(shown, "distance", "distance_band")


def first_time(shown: Spelled) -> Chart | None:
    """Newcomers, when the form asked."""
    return _counted(shown, "first_time", shown.rows("first_time"), shares=True)


def _places(shown: Spelled, chart: str, metric: str, subject: str = "") -> Chart | None:
    rows = shown.rows(metric)
    named = [row.level for row in rows if fill_of(row) != "white"][: subject in shown.sentences]
    return _counted(shown, chart, rows, subject=subject, named=named)


def _counted(
    shown: Spelled,
    chart: str,
    rows: Sequence[Row],
    *,
    subject: str = "",
    named: Sequence[str] = (),
    shares: bool = False,
) -> Chart | None:
    if not rows or all(row.value == 0 for row in rows):
        return None
    bars = [
        Bar(
            label=row.label,
            length=row.value,
            value=row.text,
            note=row.share_text if shares and "%" in row.share_text else "",
            fill=fill_of(row, first=row.level in named),
        )
        for row in rows[:MOST_ROWS]
    ]
    columns = {
        shown.say(f"figure.{chart}.head"): [row.label for row in rows],
        shown.say(f"figure.{chart}.counted"): [row.text for row in rows],
    }
    if shares and any(row.share_text for row in rows):
        columns[shown.say("figure.column.share")] = [row.share_text or "–" for row in rows]
    title = title_of(shown, subject, f"figure.{chart}.title")
    counted = listed(shown, rows) if shares else ", ".join(f"{r.label} {r.text}" for r in rows[:8])
    return framed(
        shown,
        chart,
        lambda canvas: draw_bars(canvas, bars),
        title=title,
        subtitle=_capital(shown.say(f"figure.{chart}.unit", n_text=_n_text(shown, rows))),
        source=" ".join(
            part
            for part in (
                shown.say(f"figure.{chart}.source"),
                shown.say("figure.source.named") if named else "",
                undrawn(shown, rows),
            )
            if part
        ),
        alt=shown.say(f"figure.{chart}.alt", title=title, items=counted),
        table=columns,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _n_text(shown: Spelled, rows: Sequence[Row]) -> str:
    return rows[0].n_text or shown.say("figure.n_unknown")
