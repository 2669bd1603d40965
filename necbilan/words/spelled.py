"""The spelled report: measures with their words, and the sentences made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from necbilan.model import Facts
    from necbilan.words.language import Language

__all__ = ["Row", "Sentence", "Spelled"]


@dataclass(frozen=True)
class Sentence:
    """A computed, hedged sentence: ``title`` states the result, ``text`` explains it."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Row:
    """One spelled measure, numbers as floats (NaN when there is none) and as words."""

    metric: str
    group: str
    level: str
    value: float
    low: float
    high: float
    n: int | None
    base: int | None
    method: str
    status: str
    label: str
    """the level in words: a place's name, a profile, an activity; else the metric's name"""
    text: str
    """the value as printed: «181», «86 %», «14 k€», «+34»"""
    share: float
    """value / n for counts of people and answers, the value itself for shares"""
    share_text: str
    """the share as printed («65 %»), '' below n = 20"""
    interval_text: str
    """«de 77 à 92 %», '' for a full count"""
    n_text: str
    """«n = 58 sur 181»"""


@dataclass(frozen=True)
class Spelled:
    """What figures and sections read.

    ``table`` is MEASURES with five more columns: label, text, share_text,
    interval_text, n_text.  ``sentences`` is keyed by subject: audience,
    overall_impression, differential, response_rate, …
    """

    table: pd.DataFrame
    sentences: Mapping[str, Sentence]
    facts: Facts
    language: Language

    def __repr__(self) -> str:
        return (
            f"Spelled({self.facts.event.slug!r}, {self.language.code!r}, "
            f"rows={len(self.table)}, sentences={len(self.sentences)})"
        )

    @cached_property
    def _known(self) -> Mapping[str, list[Row]]:
        """Rows with a value, by metric: read once, asked often."""
        known: dict[str, list[Row]] = {}
        for record in self.table[self.table["status"] == "ok"].to_dict("records"):
            known.setdefault(str(record["metric"]), []).append(_row(record))
        return known

    def rows(self, metric: str, group: str | None = None) -> list[Row]:
        """Rows of a metric in order, those with a value (status ok) only."""
        rows = self._known.get(metric, [])
        return [row for row in rows if group is None or row.group == group]

    def one(self, metric: str, group: str = "", level: str = "") -> Row | None:
        """The row of that metric, group and level, or None when it has no value."""
        found = [row for row in self.rows(metric, group) if row.level == level]
        return found[0] if found else None

    def groups(self, metric: str) -> list[str]:
        """The groups in which a metric has a value (questions, activities), in order."""
        return list(dict.fromkeys(row.group for row in self.rows(metric)))

    def main_group(self, metric: str) -> str:
        """The group that rests on most answers, the first of equals; '' without any."""
        most = {group: self.rows(metric, group)[0].n or 0 for group in self.groups(metric)}
        return max(most, key=lambda group: most[group], default="")

    def say(self, key: str, **values: object) -> str:
        """The words of ``key`` in words/<language>.toml, filled and typeset.

        Any of them may name {person}, {people}, {People}: those whom the public's numbers
        count, present, or registered when it was not recorded who came.
        """
        return self.language.say(key, **self._counted, **values)

    @cached_property
    def _counted(self) -> Mapping[str, str]:
        came = self.table[self.table["metric"].eq("present") & self.table["group"].eq("")]
        seen = (came["status"].eq("ok") & came["evidence"].eq("microdata")).any()
        key = "public.present" if seen or not self.rows("registered") else "public.registered"
        person, people = (self.language.say(key, count=count) for count in (1, 2))
        return {"person": person, "people": people, "People": people.capitalize()}


def _row(record: Mapping[Hashable, object]) -> Row:
    def number(name: str) -> float:
        value = record[name]
        return float(value) if isinstance(value, (int, float)) else float("nan")

    def count(name: str) -> int | None:
        value = record[name]
        return int(value) if isinstance(value, int) else None

    return Row(
        metric=str(record["metric"]),
        group=str(record["group"]),
        level=str(record["level"]),
        value=number("value"),
        low=number("low"),
        high=number("high"),
        n=count("n"),
        base=count("base"),
        method=str(record["method"]),
        status=str(record["status"]),
        label=str(record["label"]),
        text=str(record["text"]),
        share=number("share"),
        share_text=str(record["share_text"]),
        interval_text=str(record["interval_text"]),
        n_text=str(record["n_text"]),
    )
