"""Texts that are dates, by explicit formats; one order of day and month a column."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from necbilan.sources.workbook.words import DAYS, MONTHS, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Order", "Parts", "day_order", "from_serial", "moment", "parts"]

Order = Literal["day_first", "month_first"]

_TIME = r"""(?:\s*(?:T|[ ,]\s*|\s-\s|\s(?:a|à|at)\s)\s*
    (?P<hour>\d{1,2})(?:[:h](?P<minute>\d{2})?)(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?
    \s*(?P<half>[ap]\.?m\.?)?
    \s*(?P<zone>(?:Z|UTC|GMT)?(?:\s*[+-]\d{1,2}(?::?\d{2})?)?|CES?T)?)?"""
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}}){_TIME}",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<second_part>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}|(?<=/)\d{{2}}){_TIME}",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:(?P<weekday>[a-z]+)\.?,?\s+)?(?:le\s+)?(?P<day>\d{{1,2}})(?:er)?[\s-](?P<name>[a-z]+)\.?,?[\s-](?P<year>\d{{4}}){_TIME}",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED_ENGLISH = re.compile(
    rf"(?:(?P<weekday>[a-z]+)\.?,?\s+)?(?P<name>[a-z]+)\.?\s(?P<day>\d{{1,2}}),?\s(?P<year>\d{{4}}){_TIME}",
    re.VERBOSE | re.IGNORECASE,
)


class Parts(NamedTuple):
    """A date whose two first numbers may still be day and month in either order."""

    year: int
    first: int
    second: int
    order: Order | None
    clock: timedelta
    zone: str


@lru_cache(maxsize=65536)
def parts(text: str) -> Parts | None:
    """The parts of a date written in full, or None; ``zone`` as written ("UTC+1", "Z", "")."""
    if not any(char.isdigit() for char in text) or len(text) > 60:
        return None
    bare = " ".join(text.replace("\u202f", " ").split())
    match = _YEAR_FIRST.fullmatch(bare)
    if match:
        return _parts(match, int(match["month"]), int(match["day"]), "month_first")
    match = _YEAR_LAST.fullmatch(bare)
    if match:
        return _parts(match, int(match["first"]), int(match["second_part"]), None)
    bare = plain(bare)
    match = _NAMED.fullmatch(bare) or _NAMED_ENGLISH.fullmatch(bare)
    if match and (match["weekday"] is None or match["weekday"] in DAYS):
        month = MONTHS.get(match["name"])
        if month:
            return _parts(match, month, int(match["day"]), "month_first")
    return None


def _parts(match: re.Match[str], first: int, second: int, order: Order | None) -> Parts | None:
    year = int(match["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    half = (match["half"] or "").replace(".", "").casefold()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    seconds = int(match["second"] or 0)
    if hour > 24 or minute > 59 or seconds > 59:
        return None
    micro = int((match["fraction"] or "0").ljust(6, "0")[:6])
    clock = timedelta(hours=hour, minutes=minute, seconds=seconds, microseconds=micro)
    return Parts(year, first, second, order, clock, (match["zone"] or "").strip())


def day_order(texts: Iterable[str]) -> tuple[Order | None, bool]:
    """The order that the values prove, and whether they contradict one another.

    A value proves an order when one of its two numbers is over 12.  (None, False) when
    every date could be read both ways, (None, True) when two dates prove opposite orders.
    """
    proven: set[Order] = set()
    for text in texts:
        found = parts(text)
        if found is None or found.order is not None:
            continue
        if found.first > 12 >= found.second:
            proven.add("day_first")
        elif found.second > 12 >= found.first:
            proven.add("month_first")
    if len(proven) == 1:
        return proven.pop(), False
    return None, len(proven) == 2


def moment(text: str, order: Order) -> datetime | None:
    """Wall clock as written, without its zone; None when the text is no date in that order."""
    found = parts(text)
    if found is None:
        return None
    month, day = found.first, found.second
    if (found.order or order) == "day_first":
        month, day = day, month
    try:
        return datetime(found.year, month, day) + found.clock
    except (ValueError, OverflowError):
        return None


def from_serial(serial: float) -> datetime:
    """Excel's day number in the 1900 system, rounded to the second."""
    return datetime(1899, 12, 30) + timedelta(seconds=round(serial * 86400))
