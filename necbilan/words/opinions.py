"""Sentences on what the public thought: each says no more than its interval carries.

"La majorité" is written only when the lower bound is above one half; an activity is
"plus appréciée que critiquée" only when its interval excludes zero; an order is announced
only between activities whose paired difference is significant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.words.fractions import FEW, MINIMUM, capital, fraction
from necbilan.words.spelled import Sentence

if TYPE_CHECKING:
    from necbilan.words.spelled import Row, Spelled

__all__ = [
    "bounds",
    "differential",
    "finding_differential",
    "finding_impression",
    "impression",
    "recommendation",
    "representativeness",
    "representativeness_origin",
    "response_rate",
    "separable",
    "words_said",
]

HALF = 1 / 2
"""lower bound above which a majority is spoken of, upper bound below which it is not"""

CLEARLY = 2 / 3
"""lower bound above which an impression is called clearly positive: two in three"""

TITLE_CHARACTERS = 108
"""of the names of activities in a title: with its words, three lines at page width"""

SIGNIFICANT = 0.05
"""Holm-adjusted p-value under which two activities are told apart"""


def response_rate(shown: Spelled) -> Sentence | None:
    """How many answered, of how many present."""
    answers, rate = shown.one("responses"), shown.one("response_rate")
    if answers is None:
        return None
    if rate is None:
        return Sentence(shown.say("responses.unknown_base", count=answers.value, n=answers.text))
    key = "responses.rate" if (rate.base or 0) >= FEW else "responses.few"
    return Sentence(
        shown.say(key, count=answers.value, n=answers.text, base=rate.base, rate=rate.text)
    )


def representativeness(shown: Spelled) -> Sentence | None:
    """The profile by which respondents differ most from those who came, if one does."""
    return _most_different(shown, shown.rows("representativeness"), "represented.alike")


def representativeness_origin(shown: Spelled) -> Sentence | None:
    """The département by which they differ most, if one does."""
    rows = shown.rows("representativeness_origin")
    return _most_different(shown, rows, "represented.alike_origin")


def _most_different(shown: Spelled, rows: list[Row], alike: str) -> Sentence | None:
    if not rows:
        return None
    differing = [row for row in rows if row.low > 0 or row.high < 0]
    if not differing:
        return Sentence(shown.say(alike))
    most = max(differing, key=lambda row: abs(row.value))
    way = "more" if most.value > 0 else "less"
    if (most.n or 0) < FEW:
        return Sentence(shown.say(f"represented.{way}_few", label=most.label))
    points = shown.language.number(abs(100 * most.value), 0)
    interval = _ends(shown, most)
    return Sentence(
        shown.say(f"represented.{way}", label=most.label, points=points, interval=interval)
    )


def _ends(shown: Spelled, row: Row) -> str:
    """The bounds of a difference whose sign is said in words: «de 3 à 21»."""
    low, high = sorted(abs(100 * end) for end in (row.low, row.high))
    number = shown.language.number
    return shown.say("number.between", low=number(low, 0), high=number(high, 0))


def impression(shown: Spelled, group: str) -> Sentence | None:
    """The share of positive answers, then what it allows for the whole public."""
    found = _impression_parts(shown, group)
    if found is None:
        return None
    row, parts = found
    share = fraction(shown, row.value, row.n or 0, "unit.answers")
    key = "impression.none" if row.value == 0 else "impression.title"
    title = shown.say(key, count=share.count, share=capital(share.text))
    return Sentence(title, " ".join([*parts, _judged(shown, row)]))


def _judged(shown: Spelled, row: Row) -> str:
    """Whether a majority of those the question speaks for is positive, and on what condition."""
    side = "majority" if row.low > HALF else "minority" if row.high < HALF else "undecided"
    if _partly(shown, row):
        return shown.say(f"impression.{side}_partly")
    granted = side == "undecided" or row.method == "count" or _whatever_the_silent(shown, row)
    return shown.say(f"impression.{side}" if granted else f"impression.{side}_if")


def _whatever_the_silent(shown: Spelled, row: Row) -> bool:
    """Whether no answer of those who gave none would turn the majority."""
    ends = [row.value for row in shown.rows("satisfied_bound", row.group)]
    return bool(ends) and (min(ends) > HALF or max(ends) < HALF)


def _partly(shown: Spelled, row: Row) -> bool:
    """Whether the question was put to some of the respondents only."""
    return row.base is None and shown.one("present") is not None


def _impression_parts(shown: Spelled, group: str) -> tuple[Row, list[str]] | None:
    """The count, then what it allows for the whole public."""
    row = shown.one("satisfied_share", group)
    n = (row.n or 0) if row is not None else 0
    if row is None or n < MINIMUM:
        return None
    satisfied = round(row.value * n)
    percent = f" ({row.text})" if n >= FEW else ""
    parts = [shown.say("impression.count", count=satisfied, x=satisfied, n=n, percent=percent)]
    if row.method != "count":
        parts.append(shown.say(f"impression.{_whose(shown, row, n)}", interval=row.interval_text))
    return row, parts


def _whose(shown: Spelled, row: Row, n: int) -> str:
    """For whom the interval speaks."""
    if row.method == "hypergeometric":
        return "public"
    if _partly(shown, row):
        return "partly"
    return "miscounted" if row.base is not None and row.base < n else "unknown"


def finding_impression(shown: Spelled) -> Sentence | None:
    """The short form of the summary: an adjective that the interval carries, the count."""
    found = _impression_parts(shown, shown.main_group("satisfied_share"))
    if found is None:
        return None
    row, parts = found
    if row.low > HALF:
        strength = "clearly" if row.low > CLEARLY else "mostly"
    else:
        strength = "unsettled" if row.high >= HALF else "rarely"
    return Sentence(shown.say(f"impression.finding.{strength}"), " ".join(parts))


def bounds(shown: Spelled, group: str) -> Sentence | None:
    """The share of positives had the silent all been dissatisfied, and all satisfied."""
    low, high = (shown.one("satisfied_bound", group, level) for level in ("low", "high"))
    if low is None or high is None or low.n is None or low.base is None or low.n < MINIMUM:
        return None
    apart = shown.one("no_opinion", group)
    with_opinion = low.base - (int(apart.value) if apart is not None else 0)
    silent = with_opinion - low.n
    if silent <= 0:
        return None
    if with_opinion < FEW:
        ends = [round(row.value * with_opinion) for row in (low, high)]
        interval = shown.say("number.between", low=ends[0], high=ends[1])
        return Sentence(
            shown.say("bounds.few", count=silent, silent=silent, interval=interval, n=with_opinion)
        )
    interval = shown.language.between(low.value, high.value)
    return Sentence(shown.say("bounds", count=silent, silent=silent, interval=interval))


def recommendation(shown: Spelled, group: str) -> Sentence | None:
    """The recommendation score with its interval, and which side its sign allows."""
    row = shown.one("recommendation_score", group)
    if row is None or (row.n or 0) < MINIMUM:
        return None
    side = "more" if row.low > 0 else "less" if row.high < 0 else "undecided"
    title = shown.say(
        "recommendation.title",
        count=row.n,
        score=row.text,
        interval=row.interval_text,
        n=row.n,
    )
    return Sentence(title, shown.say(f"recommendation.{side}"))


# --- most and least liked -----------------------------------------------------------------


def separable(shown: Spelled) -> frozenset[tuple[str, str]]:
    """Pairs of activities whose order the answers establish (Holm-adjusted p < .05)."""
    return frozenset(
        pair
        for row in shown.rows("differential_pair")
        if row.value < SIGNIFICANT
        for pair in ((row.group, row.level), (row.level, row.group))
    )


def differential(shown: Spelled) -> Sentence | None:
    """Which activities are more praised than criticised, and which cannot be told apart."""
    rows = _voted(shown)
    if not rows:
        return None
    liked = [row for row in rows if row.low > 0]
    disliked = [row for row in rows if row.high < 0]
    side, named = ("liked", liked) if liked else ("disliked", disliked)
    if named:
        short = titles_that_fit([row.label for row in named[:3]])
        names = shown.language.join([shown.language.quoted(name) for name in short])
        key = f"differential.{side}" if short else f"differential.{side}_many"
        title = shown.say(key, count=len(short or named), names=names, n=len(named))
    else:
        title = shown.say("differential.undecided")
    parts = [*_differential_parts(shown, rows, liked), _exposed(shown, rows)]
    return Sentence(title, " ".join(parts))


def titles_that_fit(titles: list[str]) -> list[str]:
    """The titles, long ones cut after a word when all of them would pass three lines.

    None when the cuts would no longer tell them apart.
    """
    if sum(map(len, titles)) <= TITLE_CHARACTERS:
        return titles
    room = TITLE_CHARACTERS // len(titles)
    short = [
        title if len(title) <= room else title[:room].rpartition(" ")[0].rstrip("\u00a0:;,") + "…"
        for title in titles
    ]
    return short if len(set(short)) == len(titles) and "…" not in short else []


def finding_differential(shown: Spelled) -> Sentence | None:
    """The short form of the summary: what is liked, by how many, what cannot be told apart."""
    whole, rows = differential(shown), _voted(shown)
    if whole is None:
        return None
    liked = [row for row in rows if row.low > 0]
    named = (liked or [row for row in rows if row.high < 0])[:3]
    parts = [*_votes(shown, named), *_differential_parts(shown, rows, liked)]
    return Sentence(whole.title, " ".join(parts))


def _votes(shown: Spelled, named: list[Row]) -> list[str]:
    """Votes for and against each, a sentence for those out of the same answers."""
    by_n: dict[int | None, list[str]] = {}
    for row in named:
        cited = [shown.one(metric, level=row.level) for metric in ("liked_most", "liked_least")]
        most, least = (one.text if one is not None else "0" for one in cited)
        name = shown.language.quoted(row.label)
        said = shown.say("differential.votes", name=name, most=most, least=least)
        by_n.setdefault(row.n, []).append(said)
    separator = shown.language.typeset(" ; ") if shown.language.code == "fr" else "; "
    return [
        shown.say("differential.votes_of", votes=separator.join(votes), n=n)
        for n, votes in by_n.items()
    ]


def _voted(shown: Spelled) -> list[Row]:
    """The activities on which enough people could vote to say anything."""
    return [row for row in shown.rows("differential") if (row.n or 0) >= MINIMUM]


def _differential_parts(shown: Spelled, rows: list[Row], liked: list[Row]) -> list[str]:
    if not liked:
        return [shown.say("differential.no_order")]
    parts = []
    named = liked[:3]
    distinct = separable(shown)
    tied = [
        row.label
        for row in rows
        if row not in named and any((one.level, row.level) not in distinct for one in named)
    ]
    inside = any(
        (one.level, two.level) not in distinct for one in named for two in named if one != two
    )
    names = shown.language.join([shown.language.quoted(name) for name in tied[:2]])
    if inside and tied:
        parts.append(shown.say("differential.tied_both", names=names))
    elif inside:
        parts.append(shown.say("differential.tied_inside"))
    elif tied:
        parts.append(shown.say("differential.tied_next", count=len(named), names=names))
    return parts


def _exposed(shown: Spelled, rows: list[Row]) -> str:
    """Out of whom each activity's votes are counted, and what that leaves unknown."""
    facts = shown.facts
    if facts.followed:
        return shown.say("differential.exposure_followed")
    known = [row.level for row in rows if row.level in facts.exposure]
    if not known:
        return shown.say("differential.exposure_unknown")
    if len(known) < len(rows):
        lacking = len(rows) - len(known)
        return shown.say("differential.exposure_partly", count=lacking, n=lacking)
    sources = {facts.exposure_from.get(level, "mixed") for level in known}
    return shown.say(f"differential.exposure_{sources.pop() if len(sources) == 1 else 'mixed'}")


# --- words ------------------------------------------------------------------------------


def words_said(shown: Spelled, group: str) -> Sentence | None:
    """The words said most often, and how many were said once."""
    rows = shown.rows("word", group)
    if not rows or (rows[0].n or 0) < MINIMUM:
        return None
    top = max(row.value for row in rows)
    often = [row.label for row in rows if row.value == top]
    once = sum(1 for row in rows if row.value == 1)
    if top == 1:
        title = shown.say("words.once", count=len(rows))
    elif len(often) <= 3:
        names = shown.language.join([shown.language.quoted(name) for name in often])
        title = shown.say("words.most", count=len(often), names=names, times=int(top))
    else:
        title = shown.say("words.several", count=len(often), times=int(top))
    text = "words.text" if once else "words.text_none_once"
    return Sentence(title, shown.say(text, count=len(rows), once=once))
