"""Blocks on how many came: everyone beside the public, roles, half-days, seats taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import DataTable
from necbilan.sections.assembly import level_table, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Block
    from necbilan.words.spelled import Spelled

__all__ = [
    "everyone",
    "half_days",
    "origins_compared",
    "profile_labels",
    "roles",
    "seats",
    "speakers_planned",
]

_FUNNEL = (
    "received",
    "registered",
    "cancelled",
    "pending",
    "waiting_list",
    "present",
    "walk_in",
    "unconfirmed_present",
    "no_show",
)

CHARTED = frozenset({"activity_capacity", "activity_fill"})
"""what the chart of activities and its table tell beside who came, else who chose"""


def _table(
    shown: Spelled,
    caption: str,
    columns: list[str],
    rows: Sequence[tuple[str, ...]],
    *,
    text: int = 1,
    source: str = "",
) -> DataTable | None:
    if not rows:
        return None
    return DataTable(
        caption=shown.say(caption),
        table=pd.DataFrame(rows, columns=columns),
        numeric=tuple(columns[text:]),
        source=source,
    )


def everyone(shown: Spelled) -> DataTable | None:
    """Public and everyone side by side, when others than the public were registered."""
    if not any(shown.one(metric, group="everyone") for metric in _FUNNEL):
        return None
    rows = [
        (public.label, public.text, other.text)
        for metric in _FUNNEL
        if (public := shown.one(metric)) and (other := shown.one(metric, group="everyone"))
    ]
    columns = [shown.say(f"column.{name}") for name in ("measure", "public", "everyone")]
    return _table(shown, "table.everyone", columns, rows)


def roles(shown: Spelled) -> DataTable | None:
    """People registered and present, role by role."""
    sides = {
        name: {row.level: row for row in shown.rows(f"{name}_by_role")}
        for name in ("registered", "present")
    }
    sides = {name: side for name, side in sides.items() if side}
    labels = {level: row.label for side in sides.values() for level, row in side.items()}
    rows = [
        (label, *(side[level].text if level in side else "–" for side in sides.values()))
        for level, label in labels.items()
    ]
    columns = [shown.say(f"column.{name}") for name in ("role", *sides)]
    return _table(shown, "table.roles", columns, rows)


def half_days(shown: Spelled) -> tuple[Block | None, ...]:
    """Presence half-day by half-day, and its mean."""
    of_metric = shown.table[shown.table["metric"] == "half_day"]
    hidden = bool(of_metric["status"].eq("suppressed").any())
    table = level_table(
        shown,
        shown.rows("half_day"),
        caption="table.half_day",
        head="column.half_day",
        counted="column.present",
        shares=shown.one("present") is not None,
        source=shown.say("half_days.source") if hidden else "",
    )
    return statement(shown, "half_days"), table


def seats(shown: Spelled) -> DataTable | None:
    """Seats, choices, waiting list, attendance and fill of each activity that has any.

    None where the table of the chart of activities holds them all.
    """
    metrics = [f"activity_{name}" for name in ("capacity", "chosen", "waiting", "attended", "fill")]
    known = {
        metric: {row.level: row for row in shown.rows(metric) if row.level} for metric in metrics
    }
    known = {metric: rows for metric, rows in known.items() if rows}
    counted = [metric for metric in ("activity_attended", "activity_chosen") if metric in known]
    if known.keys() <= CHARTED | set(counted[:1]):
        return None
    labels = {title: row.label for rows in known.values() for title, row in rows.items()}
    rows = [
        (label, *(rows[title].text if title in rows else "–" for rows in known.values()))
        for title, label in labels.items()
    ]
    columns = [shown.say(f"column.{name}") for name in ("activity", *known)]
    return _table(shown, "table.seats", columns, rows)


def speakers_planned(shown: Spelled) -> DataTable | None:
    """Speakers by declared gender, planned and on stage, when the two are known."""
    planned = {row.level: row for row in shown.rows("speaker_gender", "")}
    spoke = {row.level: row for row in shown.rows("speaker_gender_on_stage", "")}
    if not planned or not spoke:
        return None
    columns = [shown.say(f"column.{name}") for name in ("gender", "planned", "on_stage")]
    rows = [
        (row.label, row.text, spoke[level].text if level in spoke else "0")
        for level, row in planned.items()
    ]
    return _table(shown, "table.speakers", columns, rows)


def profile_labels(shown: Spelled) -> DataTable | None:
    """What people called themselves, and the common profile each label counts as."""
    profiles = {row.level: row.label for row in shown.rows("profile")}
    unmapped = shown.say("level.unmapped")
    rows = [
        (row.label, profiles.get(row.group, unmapped), row.text)
        for row in shown.rows("profile_label")
    ]
    columns = [shown.say(f"column.{name}") for name in ("label", "profile", "people")]
    source = shown.say("profile_labels.source")
    return _table(shown, "table.profile_label", columns, rows, text=2, source=source)


def origins_compared(shown: Spelled) -> DataTable | None:
    """Share of each département among those present and among respondents, and the gap."""
    came = {row.level: row for row in shown.rows("origin_department")}
    answered = {row.level: row for row in shown.rows("respondent_origin")}
    rows = [
        (
            row.label,
            came[row.level].share_text if row.level in came else "–",
            answered[row.level].share_text if row.level in answered else "–",
            row.text,
            row.interval_text,
        )
        for row in shown.rows("representativeness_origin")
    ]
    names = ("department", "present", "answered", "difference", "interval")
    columns = [shown.say(f"column.{name}") for name in names]
    return _table(shown, "table.represented_origin", columns, rows)
