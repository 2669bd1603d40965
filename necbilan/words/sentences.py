"""The report's sentences, computed from measures and never claiming more than they carry.

"La majorité" is written only when the lower bound is above one half; a share is "x sur
n" below 20 answers and nothing but n below 5; an activity is "plus appréciée que
critiquée" only when its interval excludes zero; an order is announced only between
activities whose paired difference is significant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan import reference
from necbilan.words import turnout
from necbilan.words.spelled import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from necbilan.words.spelled import Row, Spelled

__all__ = ["Fraction", "fraction", "sentences", "separable"]

MINIMUM = 5
"""answers under which nothing but n is said"""

FEW = 20
"""answers under which a share is written «x sur n»"""

_FRACTIONS = (
    (1, 10),
    (1, 5),
    (1, 4),
    (1, 3),
    (1, 2),
    (2, 3),
    (3, 4),
    (4, 5),
    (5, 6),
    (6, 7),
    (7, 8),
    (9, 10),
)
CLEARLY = 2 / 3
"""lower bound above which an impression is called clearly positive: two in three"""

_SAME = 0.01
_NEAR = 0.03
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Fraction:
    """A share in words and the number its verb agrees with (1 or more)."""

    text: str
    count: int


def sentences(shown: Spelled) -> Mapping[str, Sentence]:
    """Every sentence that has something true to say, by subject."""
    found = {subject: write(shown) for subject, write in _WRITERS.items()}
    return {subject: sentence for subject, sentence in found.items() if sentence is not None}


def fraction(shown: Spelled, share: float, n: int, unit_key: str) -> Fraction:
    """A share in words, its unit after the first number: «six réponses sur sept».

    Within one point of a simple fraction it is that fraction, within three «près de» or
    «plus de» it; else a percentage.  ``unit_key`` names the plural unit's words.
    """
    units = shown.say(unit_key)
    if share in (0, 1):
        return Fraction(shown.say("share.none" if share == 0 else "share.all", unit=units), 2)
    if n < FEW:
        count = round(share * n)
        unit = units if count > 1 else shown.say(f"{unit_key}.one")
        return Fraction(shown.say("share.of", x=count, n=n, unit=unit), count)
    numerator, denominator = min(_FRACTIONS, key=lambda pair: abs(pair[0] / pair[1] - share))
    gap = numerator / denominator - share
    unit = units if numerator > 1 else shown.say(f"{unit_key}.one")
    words = shown.say(f"fraction.{numerator}/{denominator}", unit=unit)
    if abs(gap) <= _SAME:
        return Fraction(words, numerator)
    if abs(gap) <= _NEAR:
        nearly = shown.say("share.nearly" if gap > 0 else "share.over", fraction=words)
        return Fraction(nearly, numerator)
    percent = shown.language.percent(share)
    return Fraction(shown.say("share.percent", percent=percent, unit=units), 2)


def separable(shown: Spelled) -> frozenset[tuple[str, str]]:
    """Pairs of activities whose order the answers establish (Holm-adjusted p < .05)."""
    return frozenset(
        pair
        for row in shown.rows("differential_pair")
        if row.value < SIGNIFICANT
        for pair in ((row.group, row.level), (row.level, row.group))
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(shown: Spelled, names: list[str]) -> str:
    return shown.language.join([shown.language.quoted(name) for name in names])


def _audience(shown: Spelled) -> Sentence | None:
    rows = {row.level: row for row in shown.rows("audience")}
    pros, public = rows.get("professional"), rows.get("general_public")
    if pros is None or public is None or not pros.n:
        return None
    first, second = (pros, public) if pros.value >= public.value else (public, pros)
    share = first.value / (first.n or 1)
    strength = "mostly" if share >= 0.6 else "half" if share < 0.5 else "more"
    title = shown.say(f"audience.{strength}.{first.level}")
    text = shown.say(
        "audience.text",
        x=first.text,
        n=first.n,
        share=first.share_text,
        first=shown.say(f"audience.came_as.{first.level}"),
        second_count=second.text,
        second=shown.say(f"audience.came_as.{second.level}"),
    )
    return Sentence(title, text)


def _organisations(shown: Spelled) -> Sentence | None:
    row, each = shown.one("organisations"), shown.one("people_per_organisation")
    if row is None:
        return None
    alone = shown.one("without_organisation")
    parts = []
    if each is not None:
        parts.append(shown.say("organisations.each", count=each.value, each=each.text))
    if alone is not None and alone.value:
        parts.append(shown.say("organisations.without", count=alone.value, n=alone.text))
    title = shown.say("organisations.title", count=row.value, n=row.text)
    return Sentence(title, " ".join(parts))


def _organisation_type(shown: Spelled) -> Sentence | None:
    rows = [row for row in shown.rows("organisation_type") if row.level != "unclassified"]
    if len(rows) < 3 or (rows[0].n or 0) < FEW:
        return None
    first, second = sorted(rows, key=lambda row: -row.value)[:2]
    both = int(first.value + second.value)
    return Sentence(
        shown.say(
            "organisation_type.title",
            first=first.label,
            second=second.label.lower(),
            x=both,
            n=first.n,
        )
    )


def _origin(shown: Spelled) -> Sentence | None:
    rows = shown.rows("origin_department")
    places = [row for row in rows if row.level[:5] not in ("other", "abroa", "ambig", "not_g")]
    if not places:
        return None
    total = sum(int(row.value) for row in rows)
    first = max(places, key=lambda row: row.value)
    share = fraction(shown, first.value / total, total, "unit.people")
    title = shown.say(
        "origin.title",
        count=share.count,
        share=_capital(share.text),
        place=reference.of_department(first.level) if shown.language.code == "fr" else first.label,
    )
    located = shown.one("located_share")
    text = ""
    if located is not None and located.value < 1:
        text = shown.say("origin.located", share=located.text, n=total)
    return Sentence(title, text)


def _impression_parts(shown: Spelled) -> tuple[Row, list[str]] | None:
    """The count, then what it allows for the whole public."""
    row = next(iter(shown.rows("satisfied_share")), None)
    n = (row.n or 0) if row is not None else 0
    if row is None or n < MINIMUM:
        return None
    satisfied = round(row.value * n)
    percent = f" ({row.text})" if n >= FEW else ""
    parts = [shown.say("impression.count", count=satisfied, x=satisfied, n=n, percent=percent)]
    if row.method == "hypergeometric":
        parts.append(shown.say("impression.public", interval=row.interval_text))
    elif row.method != "count":
        parts.append(shown.say("impression.unknown", interval=row.interval_text))
    return row, parts


def _overall_impression(shown: Spelled) -> Sentence | None:
    found = _impression_parts(shown)
    if found is None:
        return None
    row, parts = found
    share = fraction(shown, row.value, row.n or 0, "unit.answers")
    key = "impression.none" if row.value == 0 else "impression.title"
    title = shown.say(key, count=share.count, share=_capital(share.text))
    if row.low > 0.5:
        parts.append(shown.say("impression.majority"))
    elif row.high >= 0.5:
        parts.append(shown.say("impression.undecided"))
    return Sentence(title, " ".join(parts))


def _finding_impression(shown: Spelled) -> Sentence | None:
    """The short form of the summary: an adjective that the interval carries, the count."""
    found = _impression_parts(shown)
    if found is None:
        return None
    row, parts = found
    if row.low > 0.5:
        strength = "clearly" if row.low > CLEARLY else "mostly"
    else:
        strength = "unsettled" if row.high >= 0.5 else "rarely"
    return Sentence(shown.say(f"impression.finding.{strength}"), " ".join(parts))


def _differential(shown: Spelled) -> Sentence | None:
    rows = shown.rows("differential")
    if not rows or (rows[0].n or 0) < MINIMUM:
        return None
    liked = [row for row in rows if row.low > 0]
    disliked = [row for row in rows if row.high < 0]
    if liked:
        names = shown.language.join([row.label for row in liked[:3]])
        title = shown.say("differential.liked", count=len(liked), names=_capital(names))
    elif disliked:
        names = shown.language.join([row.label for row in disliked[:3]])
        title = shown.say("differential.disliked", count=len(disliked), names=_capital(names))
    else:
        title = shown.say("differential.undecided")
    parts = _differential_parts(shown, rows, liked)
    if not shown.facts.exposure:
        parts.append(shown.say("differential.exposure_unknown"))
    return Sentence(title, " ".join(parts))


def _finding_differential(shown: Spelled) -> Sentence | None:
    """The short form of the summary: what is liked, and what cannot be told apart."""
    whole, rows = _differential(shown), shown.rows("differential")
    if whole is None:
        return None
    liked = [row for row in rows if row.low > 0]
    return Sentence(whole.title, " ".join(_differential_parts(shown, rows, liked)))


def _differential_parts(shown: Spelled, rows: list[Row], liked: list[Row]) -> list[str]:
    parts = []
    distinct = separable(shown)
    if liked:
        parts.append(shown.say("differential.liked_text", count=len(liked)))
        tied = [
            row.label
            for row in rows
            if row not in liked and any((one.level, row.level) not in distinct for one in liked)
        ]
        inside = any(
            (one.level, two.level) not in distinct for one in liked for two in liked if one != two
        )
        if inside and tied:
            names = _quoted(shown, tied[:2])
            parts.append(shown.say("differential.tied_both", names=names))
        elif inside:
            parts.append(shown.say("differential.tied_inside"))
        elif tied:
            names = _quoted(shown, tied[:2])
            parts.append(shown.say("differential.tied_next", count=len(liked), names=names))
    else:
        parts.append(shown.say("differential.no_order"))
    return parts


def _words(shown: Spelled) -> Sentence | None:
    rows = shown.rows("word")
    if not rows:
        return None
    top = max(row.value for row in rows)
    often = [row.label for row in rows if row.value == top]
    once = sum(1 for row in rows if row.value == 1)
    if top == 1:
        title = shown.say("words.once", count=len(rows))
    elif len(often) <= 3:
        names = _quoted(shown, often)
        title = shown.say("words.most", count=len(often), names=names, times=int(top))
    else:
        title = shown.say("words.several", count=len(often), times=int(top))
    text = shown.say("words.text", count=len(rows), once=once)
    return Sentence(title, text)


def _response_rate(shown: Spelled) -> Sentence | None:
    answers, rate = shown.one("responses"), shown.one("response_rate")
    if answers is None:
        return None
    if rate is None:
        return Sentence(shown.say("responses.unknown_base", count=answers.value, n=answers.text))
    return Sentence(
        shown.say(
            "responses.rate", count=answers.value, n=answers.text, base=rate.base, rate=rate.text
        )
    )


def _representativeness(shown: Spelled) -> Sentence | None:
    rows = shown.rows("representativeness")
    if not rows:
        return None
    differing = [row for row in rows if row.low > 0 or row.high < 0]
    if not differing:
        return Sentence(shown.say("represented.alike"))
    most = max(differing, key=lambda row: abs(row.value))
    points = shown.language.number(abs(100 * most.value), 0)
    key = "represented.more" if most.value > 0 else "represented.less"
    return Sentence(shown.say(key, label=most.label, points=points))


def _bounds(shown: Spelled) -> Sentence | None:
    rows = {row.level: row for row in shown.rows("satisfied_bound")}
    answers = shown.one("responses")
    if "low" not in rows or "high" not in rows or answers is None or not answers.base:
        return None
    silent = answers.base - int(answers.value)
    if silent <= 0:
        return None
    interval = shown.language.between(rows["low"].value, rows["high"].value)
    return Sentence(shown.say("bounds", count=silent, silent=silent, interval=interval))


def _cost(shown: Spelled) -> Sentence | None:
    total, each = shown.one("budget_actual"), shown.one("cost_per_participant")
    if total is None:
        return None
    text = shown.say("cost.each", each=each.text) if each is not None else ""
    return Sentence(shown.say("cost.total", total=total.text), text)


_WRITERS: dict[str, Callable[[Spelled], Sentence | None]] = {
    "attendance": turnout.attendance,
    "half_days": turnout.half_days,
    "filled": turnout.filled,
    "speakers": turnout.speakers,
    "audience": _audience,
    "organisations": _organisations,
    "organisation_type": _organisation_type,
    "origin": _origin,
    "overall_impression": _overall_impression,
    "finding_impression": _finding_impression,
    "differential": _differential,
    "finding_differential": _finding_differential,
    "words": _words,
    "response_rate": _response_rate,
    "representativeness": _representativeness,
    "men_only": turnout.men_only,
    "bounds": _bounds,
    "cost": _cost,
}
