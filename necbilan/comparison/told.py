"""The compared table in words: what charts and sections of the comparison read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan.comparison.side_by_side import ENSEMBLE, SMALLEST_N
from necbilan.words.language import language as language_of
from necbilan.words.retelling import retold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.words.language import Language

__all__ = ["Cell", "Told", "tell"]

SMALLEST_N_FOR_PERCENT = 20
"""below, «x sur n»; below 5 nothing but n (DOMAIN: Dictionary of measures)"""


@dataclass(frozen=True)
class Cell:
    """One measure of one event; numbers are NaN or None when there are none."""

    value: float
    low: float
    high: float
    n: int | None
    evidence: str
    comparable: bool
    reason: str
    text: str
    interval_text: str
    levels: int | None
    events: int
    missing: tuple[str, ...]

    @property
    def sampled(self) -> bool:
        """Whether it rests on some of those it speaks of: then n is told beside it."""
        return self.interval_text != ""

    @property
    def known(self) -> bool:
        """Whether there is a number to show."""
        return self.text != ""


@dataclass(frozen=True)
class Told:
    """``events`` are slugs in the order of the table; ``names`` says how they are called;
    ``refused`` are the sentences on files that cannot be read; ``mine`` is the slug of the
    reader's own event, or ''.
    """

    events: tuple[str, ...]
    names: Mapping[str, str]
    cells: Mapping[tuple[str, str], Cell]
    tag: str
    refused: tuple[str, ...]
    table: pd.DataFrame
    language: Language
    mine: str = ""

    def cell(self, event: str, metric: str) -> Cell:
        """That measure of that event; ENSEMBLE is the whole.  Raises KeyError if unknown."""
        return self.cells[event, metric]

    def say(self, key: str, **values: object) -> str:
        """The words of ``comparison.<key>``, filled and typeset."""
        return self.language.say(f"comparison.{key}", **values)

    def reason(self, cell: Cell) -> str:
        """Why it is not compared, in words; '' when it is."""
        if cell.reason == "other_scale" and cell.levels:
            return self.say("reason.levels", n=cell.levels)
        key = f"comparison.reason.{cell.reason}"
        return self.language.say(key) if self.language.has(key) else ""


def tell(table: pd.DataFrame, language: str) -> Told:
    """What ``compare`` returned, in ``language``.  Raises UsageError for an unknown one."""
    tongue = language_of(language)
    events = table[table["event"].ne(ENSEMBLE)]
    names = dict(zip(events["event"], events["name"], strict=True))
    cells = {
        (str(row["event"]), str(row["metric"])): _cell(row, tongue)
        for row in table.to_dict("records")
    }
    invented = events.loc[events["fictional"].fillna("").ne(""), "event"].nunique()
    tag = ""
    if invented:
        key = "fictional" if invented == len(names) else "fictional_part"
        tag = tongue.say(f"comparison.{key}", n=invented, all=len(names))
    said = events["refused"].dropna().unique()
    refused = tuple(retold(sentence, tongue) for sentence in said if sentence)
    own = events.loc[events["mine"], "event"].unique()
    mine = str(own[0]) if len(own) else ""
    return Told(tuple(names), names, cells, tag, refused, table, tongue, mine)


def _cell(row: Mapping[Any, Any], tongue: Language) -> Cell:
    def number(name: str) -> float:
        value = row[name]
        return float(value) if isinstance(value, (int, float)) else math.nan

    value, low, high = number("value"), number("low"), number("high")
    n = row["n"]
    n = int(n) if isinstance(n, int) else None
    unit = str(row["unit"])
    base = row["base"]
    whole = int(base) if row["method"] == "count" and isinstance(base, int) else n
    ok = row["status"] == "ok" and not math.isnan(value)
    sampled = row["method"] not in ("count", "", None) and not pd.isna(row["method"])
    counted = row["events"]
    return Cell(
        value=value,
        low=low,
        high=high,
        n=n,
        evidence="" if pd.isna(row["evidence"]) else str(row["evidence"]),
        comparable=bool(row["comparable"]),
        reason=str(row["reason"]),
        text=_text(value, unit, whole, tongue) if ok else "",
        interval_text=_interval(low, high, unit, tongue)
        if ok and sampled and n and n >= SMALLEST_N
        else "",
        levels=int(row["levels"]) if isinstance(row["levels"], int) else None,
        events=int(counted) if isinstance(counted, int) else 0,
        missing=tuple(name for name in str(row["missing"]).split("\n") if name),
    )


def _interval(low: float, high: float, unit: str, tongue: Language) -> str:
    if unit == "share":
        return tongue.between(low, high)
    bounds = {"low": tongue.number(low, 0), "high": tongue.number(high, 0)}
    return tongue.say("number.between", **bounds)


def _text(value: float, unit: str, n: int | None, tongue: Language) -> str:
    """The value as printed; ``n`` is what a share is taken of."""
    if unit == "points":
        return tongue.number(value, 0)
    if unit == "euros":
        return tongue.euros(value)
    if unit != "share":
        return tongue.number(value)
    if n is not None and n < SMALLEST_N:
        return tongue.say("number.n", n=n)
    if n is not None and n < SMALLEST_N_FOR_PERCENT:
        return tongue.say("number.of", x=round(value * n), n=n)
    return tongue.percent(value)
