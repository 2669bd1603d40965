"""«Ce que ces données ne permettent pas de dire»: written from the facts of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.words.fractions import MINIMUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from necbilan.words.spelled import Spelled

__all__ = ["ANSWERED", "limits"]

LOW_RATE = 0.5
"""below this response rate the silent majority is spelled out"""

ANSWERED = ("overall_impression", "rating", "differential", "word", "remarks")
"""metrics that say what was answered, and not only how many answered"""

ESTIMATED = ("satisfied_share", "rating_satisfied", "differential")
"""those that speak for the whole audience, with an interval"""

SMALL_SAMPLE = 30
"""answers under which every share of the survey is called fragile"""


def limits(shown: Spelled) -> tuple[str, ...]:
    """Sentences, each true of this event; empty when nothing limits the data."""
    return tuple(_limits(shown))


def _limits(shown: Spelled) -> Iterator[str]:
    if shown.one("present") is None:
        yield shown.say("limit.presence_not_measured")
    elif shown.facts.presence == "declared":
        yield shown.say("limit.presence_declared")
    yield from _survey(shown)
    yield from _origin(shown)
    if shown.rows("speakers") and not shown.rows("speaker_gender"):
        yield shown.say("limit.gender_not_collected")
    if not shown.rows("budget_actual"):
        yield shown.say("limit.no_budget")


def _survey(shown: Spelled) -> Iterator[str]:
    answers, rate = shown.one("responses"), shown.one("response_rate")
    if answers is None:
        yield shown.say("limit.no_survey")
        return
    if rate is None:
        yield shown.say("limit.base_unknown")
    if answers.value < MINIMUM:
        yield shown.say("limit.too_few_answers")
        return
    if not any(shown.rows(metric) for metric in ANSWERED):
        yield shown.say("limit.answers_not_given")
        return
    if rate is not None and rate.value < LOW_RATE and rate.base is not None:
        silent = rate.base - int(answers.value)
        estimated = any(row.interval_text for metric in ESTIMATED for row in shown.rows(metric))
        key = "limit.silent_interval" if estimated else "limit.silent"
        yield shown.say(key, count=silent, n=silent)
    if answers.value < SMALL_SAMPLE:
        yield shown.say("limit.few_answers", count=answers.value, n=answers.text)
    alike = shown.sentences.get("representativeness")
    if alike is None:
        yield shown.say("limit.profile_unknown")
    elif any(row.low > 0 or row.high < 0 for row in shown.rows("representativeness")):
        yield shown.say("limit.unlike")
    levels = len(shown.rows("overall_impression", shown.main_group("overall_impression")))
    if levels:
        yield shown.say("limit.scale", count=levels, levels=levels)
    voted = {row.level for row in shown.rows("differential")}
    if voted and not shown.facts.followed and not voted <= set(shown.facts.exposure):
        yield shown.say("limit.exposure")


def _origin(shown: Spelled) -> Iterator[str]:
    located = shown.one("located_share")
    if located is None:
        yield shown.say("limit.no_origin")
    elif shown.sentences.get("origin") is None:
        yield shown.say("limit.origin_hidden")
    elif located.value < 1 and located.n:
        placed = shown.language.number(round(located.value * located.n))
        yield shown.say("limit.unplaced", located=placed, n=located.n)
    small = [
        row
        for metric in ("origin_department", "origin_country", "origin_commune")
        for row in shown.rows(metric)
        if row.level.startswith("other")
    ]
    if small:
        yield shown.say("limit.regrouped")
