"""Programme and budget as our frames, from event.toml or from the rows of a sheet.

Speakers' names stay here: a speaker becomes "s01", "s02"… in order of appearance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from necbilan.sources.folding import name_key
from necbilan.tables import ACTIVITIES, BUDGET, SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

__all__ = ["budget_frame", "programme_frames"]


def programme_frames(
    activities: Sequence[Mapping[str, Any]], speakers: Iterable[Mapping[str, Any]] = ()
) -> tuple[pd.DataFrame | None, pd.DataFrame | None, tuple[str, ...]]:
    """ACTIVITIES, SPEAKERS (None when nobody and nothing is given) and the names met.

    ``activities`` are mappings with title, kind, theme, capacity, registered, waiting,
    attended and speakers (names); ``speakers`` add name, gender, on_stage and activities to them.
    """
    met: dict[str, str] = {}
    names: list[str] = []
    rows: list[dict[str, Any]] = []

    def pseudonym(name: str) -> str:
        key = name_key(name)
        if key not in met:
            met[key] = f"s{len(met) + 1:02d}"
            names.append(name)
        return met[key]

    for activity in activities:
        rows += [
            {"speaker": pseudonym(name), "activity": activity["title"]}
            for name in activity.get("speakers", ())
        ]
    attributes: dict[str, dict[str, Any]] = {}
    for speaker in speakers:
        code = pseudonym(speaker["name"])
        attributes[code] = {k: speaker[k] for k in ("gender", "on_stage") if k in speaker}
        listed = speaker.get("activities") or ([None] if _unseen(code, rows) else [])
        known = {(row["speaker"], row["activity"]) for row in rows}
        rows += [
            {"speaker": code, "activity": title} for title in listed if (code, title) not in known
        ]
    shaped = [row | attributes.get(row["speaker"], {}) for row in rows]
    return (
        ACTIVITIES.frame([_activity(activity) for activity in activities]) if activities else None,
        SPEAKERS.frame(shaped) if shaped else None,
        tuple(names),
    )


def _unseen(code: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    return all(row["speaker"] != code for row in rows)


def _activity(given: Mapping[str, Any]) -> dict[str, Any]:
    words = {key: given.get(key) or None for key in ("kind", "theme")}
    counts = {key: given.get(key) for key in ("capacity", "registered", "waiting", "attended")}
    return {"activity": given["title"], **words, **counts}


def budget_frame(lines: Sequence[Mapping[str, Any]]) -> pd.DataFrame | None:
    """BUDGET from mappings with line, nature (default expense), grant, amounts, explanation."""
    if not lines:
        return None
    defaults = {"nature": "expense", "grant": False}
    return BUDGET.frame([defaults | dict(line) for line in lines])
