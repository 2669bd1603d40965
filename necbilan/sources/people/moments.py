"""When and where a person was seen: the half-days and the activities of attendance lists.

A list may keep them apart by its columns («Signature matin»), by its sheets («Jour 2 –
après-midi», «Atelier Mots de passe») or by its file's name.  The words stand in
vocabulary/statuses.toml.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from necbilan import vocabulary
from necbilan.sources.folding import fold
from necbilan.sources.free_text.activities import match_activities

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

__all__ = ["activity_seen", "half_day_seen", "names_half_day"]

_NUMBERED = re.compile(r"\b(?:jour(?:nee)?|j|day)\s*(?:n°\s*)?(\d)\b")
_DATE = re.compile(r"\b(\d{1,2})(?:er)?[/.\-\s](\d{1,2})\b")
_WORDED = re.compile(r"\b(\d{1,2})(?:er)?\s+([a-z]{3,9})\b")
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@cache
def _halves() -> dict[str, re.Pattern[str]]:
    return {
        half: re.compile(r"\b(?:" + "|".join(map(re.escape, map(fold, said["words"]))) + r")\b")
        for half, said in vocabulary.read("statuses")["half_day"].items()
    }


def names_half_day(heading: str) -> bool:
    """The heading says one half-day: «Matin», «30/09 après-midi»."""
    return bool(_half(heading))


def half_day_seen(places: Sequence[str], dates: Sequence[date]) -> str:
    """The half-day that a mark stands for: "morning", of several days "2:morning" or "2".

    ``places`` are where the mark was made, the nearest first: the column's heading, the
    sheet, the file; ``dates`` are the event's.  "" when none of them says.
    """
    half = next((found for place in places if (found := _half(place))), "")
    if len(dates) < 2:
        return half
    day = next((rank for place in places if (rank := _day(place, dates))), 0)
    return ":".join(part for part in (str(day or ""), half) if part)


def activity_seen(places: Sequence[str], titles: Sequence[str]) -> str:
    """The one activity of the programme that a sheet or a file is named after, or ""."""
    for place in places:
        found = match_activities(pd.Series([place]), titles)
        sure = found[found["status"] == "sure"]
        if len(sure) == 1:
            return str(sure["activity"].iloc[0])
    return ""


def _spaced(text: str) -> str:
    return re.sub(r"[_\-–—’'.]+", " ", fold(text)).strip()


def _half(place: str) -> str:
    """The one half-day that is named, "" for none or several."""
    named = [half for half, pattern in _halves().items() if pattern.search(_spaced(place))]
    return named[0] if len(named) == 1 else ""


def _day(place: str, dates: Sequence[date]) -> int:
    """The rank of the day that is named, from 1; 0 when none is."""
    folded, spaced = fold(place).replace("_", " "), _spaced(place)
    if found := _NUMBERED.search(spaced):
        return int(found[1]) if 1 <= int(found[1]) <= len(dates) else 0
    for rank, day in enumerate(dates, start=1):
        dated = any(
            (int(one), int(two)) == (day.day, day.month) for one, two in _DATE.findall(folded)
        )
        worded = any(
            int(one) == day.day and _MONTHS[day.month - 1].startswith(name)
            for one, name in _WORDED.findall(spaced)
        )
        if dated or worded:
            return rank
    named = [rank for rank, day in enumerate(dates, 1) if _WEEKDAYS[day.weekday()] in spaced]
    return named[0] if len(named) == 1 else 0
