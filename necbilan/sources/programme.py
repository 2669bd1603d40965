"""The programme of an event: what event.toml and the sheets say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.sources.event.programme import programme_frames
from necbilan.sources.event.programme_sheets import programme_rows, speaker_rows

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.sources.gathered import Gathered

__all__ = ["programme_of"]


def programme_of(
    gathered: Gathered,
) -> tuple[pd.DataFrame | None, pd.DataFrame | None, tuple[str, ...]]:
    """ACTIVITIES, SPEAKERS (None when there is none) and the speakers' names.

    Activities come from the sheets, else from event.toml; an activity told by two sheets is
    one.  Speakers of event.toml, of activities and of sheets are one where their names are.
    """
    event_file = gathered.event_file
    sheets = [programme_rows(f.reading, f.columns) for f in gathered.of_kind("programme")]
    told = {row["title"]: row for rows in reversed(sheets) for row in rows}
    order = dict.fromkeys(row["title"] for rows in sheets for row in rows)
    activities = [told[title] for title in order] or list(event_file.activities)
    titles = [activity["title"] for activity in activities]
    speakers = list(event_file.speakers)
    for file in gathered.of_kind("speakers"):
        speakers += speaker_rows(file.reading, file.columns, titles)
    return programme_frames(activities, speakers)
