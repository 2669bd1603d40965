"""The numbers that a report may say: its measures, what a reader derives, what was told.

Worked here from measures.csv and from the event's own facts, without the code that prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pandas as pd
from numbers_read import Said, numbers

from necbilan import __version__
from necbilan.model import Facts
from necbilan.words.language import language

MINUS = "\u2212"
DAYS = (365, 270, 180, 120, 90, 60, 45, 30, 21, 14, 7, 3, 1)
"""days before the event that the axis of the registration curve may name"""
OVERSEAS = ("971", "972", "973", "974", "976")
"""codes that a narrow map writes beside the overseas départements (INSEE)"""
AXES = frozenset(
    [*OVERSEAS, *(f"{MINUS}{day}" for day in DAYS)]
    + [str(step * rank) for step in (1, 2, 5, 10, 20, 25, 50, 100) for rank in range(5)]
    + [str(bound - 1) for bound in (10, 20, 50, 100, 200, 500, 1000)]
)
"""what stands along an axis or in the legend of a map; only drawings may say it"""
SIGNED = frozenset(
    {"differential", "change", "format_differential", "theme_differential"}
    | {"representativeness", "recommendation_score"}
)
"""metrics printed in points with their sign"""
ARTICLE = "30"
"""the article of the RGPD that registre.md cites"""
UNSAID = ("sha256", "previous", "place_names")
"""fields of the facts whose digits are nobody's number"""


def rounded(value: float, decimals: int = 0) -> str:
    """Half up, as a reader rounds by hand.

    >>> rounded(-0.155 * 100), rounded(2.549, 1)
    ('−16', '2,5')
    """
    places = Decimal(1).scaleb(-decimals)
    exact = Decimal(repr(round(abs(value), 9))).quantize(places, ROUND_HALF_UP)
    sign = MINUS if value < 0 and exact else ""
    return f"{sign}{exact}".replace(".", ",")


@dataclass(frozen=True)
class Known:
    """The numbers that may be said, by kind."""

    percent: frozenset[str]
    euros: frozenset[str]
    plain: frozenset[str]

    def __or__(self, other: Known) -> Known:
        """What either may say."""
        return Known(
            self.percent | other.percent, self.euros | other.euros, self.plain | other.plain
        )

    def unknown(self, number: str, kind: str, *, drawn: bool = False) -> bool:
        """Whether this number comes from nowhere; ``drawn`` allows it along an axis."""
        return number not in getattr(self, kind) and not (drawn and number in AXES)


def measured(measures: pd.DataFrame) -> Known:
    """What the rows of MEASURES say, and what a sentence derives from them."""
    ok = measures[measures["status"] == "ok"]
    rows = ok.to_dict("records")
    return Known(
        frozenset(_percentages(rows)),
        frozenset(text for row in rows if row["unit"] == "euros" for text in _amounts(row)),
        frozenset([*(text for row in rows for text in _counts(row)), *_derived(ok)]),
    )


def told(facts: Facts, measures: pd.DataFrame, tongue: str) -> Known:
    """What the event's own facts and the labels of its measures say."""
    days = measures["metric"].eq("registration_timeline")
    worded = measures[~days] if tongue == "fr" else measures  # "J−7", "7 days before"
    labels = worded[["group", "level"]].to_numpy().ravel().tolist()
    said = list(_told([facts, labels]))
    return Known(
        frozenset(one.number for one in said if one.kind == "percent"),
        frozenset([one.number for one in said if one.kind in ("euros", "figure")]),
        frozenset([*(one.number for one in said), *_of_the_account(facts)]),
    )


@cache
def constants(tongue: str) -> Known:
    """What the words of the language say: 95 %, floors, versions of licences."""
    said = list(_told(language(tongue).words))
    percent = frozenset(one.number for one in said if one.kind == "percent")
    ours = [ARTICLE, *(one.number for one in numbers(f"version {__version__}"))]
    return Known(percent, frozenset(), frozenset([*ours, *(one.number for one in said)]))


def _percentages(rows: list[Mapping[str, object]]) -> Iterator[str]:
    for row in rows:
        value, n = float(row["value"]), row["n"]
        bounds = [float(row[name]) for name in ("low", "high") if not pd.isna(row[name])]
        if row["unit"] == "share":
            yield from (text for share in (value, *bounds) for text in _percent(share))
        elif row["level"] and row["metric"] != "registration_timeline" and not pd.isna(n) and n:
            yield from _percent(value / int(n))


def _percent(share: float) -> Iterator[str]:
    """Nothing that is not exactly 0 or 1 is printed as 0 % or 100 %."""
    text = rounded(100 * share)
    yield "1" if text == "0" and share > 0 else "99" if text == "100" and share < 1 else text


def _amounts(row: Mapping[str, object]) -> Iterator[str]:
    value = float(row["value"])
    exact = rounded(value, 0 if value.is_integer() else 2)
    yield exact
    if row["metric"] == "budget_gap":
        yield f"+{exact}"
        return
    yield rounded(value / 1000, 0 if value % 1000 == 0 else 1)


def _counts(row: Mapping[str, object]) -> Iterator[str]:
    """The value as printed, its n and base, the people behind a share."""
    value = float(row["value"])
    yield from (str(int(row[name])) for name in ("n", "base") if not pd.isna(row[name]))
    if row["unit"] == "share":
        if not pd.isna(row["n"]):
            people = value * int(row["n"])
            yield str(round(people))
            yield rounded(people, 1)  # one voice shared between several ratings
        if row["metric"] in SIGNED:
            for number in (value, row["low"], row["high"]):
                points = rounded(100 * float(number))
                yield points
                yield f"+{points}"
        return
    if row["unit"] == "p_value":
        return
    yield rounded(value, 1 if row["unit"] == "ratio" else 0)
    if row["metric"] in ("cancelled", "pending", "waiting_list", "no_show"):
        yield f"{MINUS}{int(value)}"
    if row["metric"] == "registration_timeline":
        yield f"{MINUS}{row['level']}"
    if row["metric"] == "change":
        yield f"+{rounded(value, 0 if value.is_integer() else 2)}"


def _derived(ok: pd.DataFrame) -> Iterator[str]:
    """What a sentence adds, subtracts or counts: the silent, totals, how many rows."""
    for row in ok[ok["metric"].eq("responses") & ok["base"].notna()].to_dict("records"):
        yield str(int(row["base"]) - int(row["value"]))
    yield from _silent(ok)
    for metric, rows in ok.groupby("metric"):
        yield str(len(rows))
        if metric == "activities":
            yield str(int(rows["value"].sum()))
        if metric == "word":
            yield str(int(rows["value"].eq(1).sum()))
        if metric == "organisation_type":
            named = rows.loc[rows["level"].ne("unclassified"), "value"]
            yield str(int(named.nlargest(2).sum()))


def _silent(ok: pd.DataFrame) -> Iterator[str]:
    """Of each overall question, those who gave no answer, and what they would make of it."""
    apart = ok[ok["metric"].eq("no_opinion")].set_index("group")["value"]
    for row in ok[ok["metric"].eq("satisfied_bound")].to_dict("records"):
        with_opinion = int(row["base"]) - int(apart.get(row["group"], 0))
        yield str(with_opinion - int(row["n"]))
        yield str(with_opinion)
        yield str(round(float(row["value"]) * with_opinion))


def _of_the_account(facts: Facts) -> Iterator[str]:
    """Lines read and left, problems by kind, labels merged, scales."""
    for source in facts.sources:
        yield from (str(source.lines), str(source.kept))
        yield from (str(count) for _, count in source.dropped)
    codes = [problem.code for problem in facts.problems]
    yield from (str(codes.count(code)) for code in set(codes))
    yield str(sum(len(merge.labels) > 1 for merge in facts.merges))
    for question in facts.questions:
        yield from (str(len(question.scale)), str(question.positive))


def _told(facts: object) -> Iterator[Said]:
    """The numbers in texts, dates and figures; a bare figure is of the kind "figure"."""
    if isinstance(facts, bool) or facts is None:
        return
    if isinstance(facts, date):
        parts = (facts.year, facts.month, facts.day)
        yield from (Said(f"{part:0{width}d}", "date", "") for part in parts for width in (1, 2))
    elif isinstance(facts, (int, float)):
        yield Said(rounded(facts, 0 if float(facts).is_integer() else 2), "figure", "")
    elif isinstance(facts, str):
        for text in {facts, language("fr").typeset(facts)}:
            yield from numbers(text)
    elif isinstance(facts, Mapping):
        yield from _told(list(facts.items()))
    elif is_dataclass(facts):
        named = [field.name for field in fields(facts) if field.name not in UNSAID]
        yield from _told([getattr(facts, name) for name in named])
    elif isinstance(facts, (tuple, list, set, frozenset)):
        yield from (number for part in facts for number in _told(part))
