"""spell(): measures with their words. The only code that knows a language."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan import reference
from necbilan.errors import misused
from necbilan.model import Facts
from necbilan.tables import MEASURES
from necbilan.words.language import half_up
from necbilan.words.language import language as language_of
from necbilan.words.sentences import sentences
from necbilan.words.spelled import Spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.words.language import Language

__all__ = ["spell"]

LEVEL_WORDS = {
    "audience": "audience",
    "profile": "profile",
    "respondent_profile": "profile",
    "representativeness": "profile",
    "organisation_type": "organisation_type",
    "remark_theme": "remark_theme",
    "speaker_gender": "gender",
    "speaker_gender_on_stage": "gender",
    "present_by_role": "role",
    "registered_by_role": "role",
    "distance_band": "distance",
    "target": "target",
}
"""metrics whose levels are ids, and the prefix of their words"""

PLACES = {
    "origin_commune": ("insee", "level.other_everywhere"),
    "origin_epci": ("epci", "level.other_epci"),
    "origin_department": ("department", "level.other_departments"),
    "respondent_origin": ("department", "level.other_departments"),
    "representativeness_origin": ("department", "level.other_departments"),
    "origin_region": ("region", "level.other_regions"),
    "origin_country": ("country", "level.other_countries"),
}
COUNTED = frozenset({"people", "answers", "organisations", "remarks", "activities"})
"""units whose value over n is a share"""

SIGNED = frozenset(
    {"differential", "format_differential", "theme_differential", "recommendation_score"}
    | {"change", "representativeness", "representativeness_origin", "budget_gap"}
)
"""differences, written with their sign; shares between −1 and 1 in points"""

UNPLACED = ("ambiguous", "not_given")
"""levels of an origin that have no share: the others' shares are of the people placed"""

OVER_BASE = frozenset({"response_rate", "activity_fill"})
"""shares taken over their base, n being what is counted: x answers of the base, x of its seats"""

SMALLEST_N_FOR_PERCENT = 20
"""below, «x sur n»; below 5 nothing but n (DOMAIN: Dictionary of measures)"""
SMALLEST_N_FOR_SHARE = 5


def spell(measures: pd.DataFrame, facts: Facts, language: str = "fr") -> Spelled:
    """MEASURES with their words in ``language``, and the sentences made of them.

    Adds, beside each number: label (its level, or metric, in words), text (the value as
    printed), share (0 to 1 of n, NaN when it is none), share_text, interval_text and n_text,
    "" where there is nothing to say.  The given frame is not changed.

    Raises UsageError for an unknown language, and when this is not
    MEASURES or not the facts of a dossier.
    """
    if not isinstance(facts, Facts):
        raise misused("spell", "les faits d’un dossier (dossier.facts)", facts)
    MEASURES.checked(measures, "spell")
    tongue = language_of(language, median_point=facts.event.median_point)
    words = [_words(row, facts, tongue) for row in measures.to_dict("records")]
    columns = ["label", "text", "share", "share_text", "interval_text", "n_text"]
    spoken = pd.DataFrame(words, columns=columns, index=measures.index)
    table = pd.concat([measures, spoken], axis="columns")
    unsaid = Spelled(table=table, sentences={}, facts=facts, language=tongue)
    return Spelled(table=table, sentences=sentences(unsaid), facts=facts, language=tongue)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else math.nan


def _words(row: Mapping[Any, Any], facts: Facts, tongue: Language) -> dict[str, object]:
    metric, level, unit = row["metric"], row["level"], row["unit"]
    value = _number(row["value"])
    n = int(row["n"]) if isinstance(row["n"], int) else None
    base = int(row["base"]) if isinstance(row["base"], int) else None
    located = (*PLACES, "distance_band")
    unplaced = metric in located and level in UNPLACED
    share = math.nan if unplaced else _share(value, unit, level, n)
    whole = base if metric in OVER_BASE else n
    return {
        "label": _label(metric, level, facts, tongue),
        "text": "" if math.isnan(value) else _text(value, metric, unit, whole, tongue),
        "share": share,
        "share_text": _share_text(value, share, unit, whole, tongue),
        "interval_text": _interval(row, metric, tongue),
        "n_text": _n_text(n, base, tongue),
    }


def _share(value: float, unit: str, level: str, n: int | None) -> float:
    if unit == "share":
        return value
    return value / n if unit in COUNTED and level and n else math.nan


def _share_text(value: float, share: float, unit: str, n: int | None, tongue: Language) -> str:
    if math.isnan(share) or n is None or n < SMALLEST_N_FOR_SHARE:
        return ""
    if n >= SMALLEST_N_FOR_PERCENT:
        return tongue.percent(share)
    count = half_up(value * n if unit == "share" else value, 1)
    return tongue.say("number.of" if count.is_integer() else "number.voices", x=count, n=n)


def _text(value: float, metric: str, unit: str, n: int | None, tongue: Language) -> str:
    if unit == "euros":
        return tongue.euros(value, signed=metric in SIGNED)
    if metric in SIGNED and unit == "share":
        return tongue.number(100 * value, 0, signed=True)
    if metric in SIGNED:
        return tongue.number(value, None if value.is_integer() else 2, signed=True)
    if unit == "share":
        small = n is not None and n < SMALLEST_N_FOR_PERCENT
        return _share_text(value, value, unit, n, tongue) if small else tongue.percent(value)
    if unit == "p_value":
        return tongue.number(value, 3)
    return tongue.number(half_up(value, 1) if unit == "ratio" else value)


def _interval(row: Mapping[Any, Any], metric: str, tongue: Language) -> str:
    low, high = _number(row["low"]), _number(row["high"])
    if math.isnan(low) or math.isnan(high) or row["method"] in ("count", ""):
        return ""
    if metric in SIGNED:
        bounds = [tongue.number(100 * bound, 0) for bound in (low, high)]
        return tongue.say("number.between", low=bounds[0], high=bounds[1])
    if row["unit"] == "share":
        return tongue.between(low, high)
    return tongue.say("number.between", low=tongue.number(low), high=tongue.number(high))


def _n_text(n: int | None, base: int | None, tongue: Language) -> str:
    if n is None:
        return ""
    if base is None or base == n:
        return tongue.say("number.n", n=n)
    return tongue.say("number.n_of", n=n, base=base)


def _label(metric: str, level: str, facts: Facts, tongue: Language) -> str:
    if not level:
        return tongue.say("level.no_kind" if metric == "activities" else f"metric.{metric}")
    if metric in ("change", "previous"):
        return tongue.say(f"metric.{level}")
    if metric in PLACES:
        return _place(metric, level, facts, tongue)
    if metric == "half_day":
        return _half_day(level, tongue)
    if metric == "distance_band" and level[0].isdigit():
        return _distance(level, tongue)
    if metric in LEVEL_WORDS:
        for key in (f"{LEVEL_WORDS[metric]}.{level}", f"audience.{level}", f"level.{level}"):
            if tongue.has(key):
                return tongue.say(key)
    if metric == "organisation" and level == "other":
        return tongue.say("level.other_organisations")
    named = ("first_time", "respondent_first_time", "organisation", "profile", "word")
    if metric in named and tongue.has(f"level.{level}"):
        return tongue.say(f"level.{level}")
    return level if metric == "word" else tongue.typeset(level)


def _distance(level: str, tongue: Language) -> str:
    """«Moins de 10 km», «De 10 à 50 km», «250 km ou plus»."""
    low, _, high = level.removesuffix("+").partition("-")
    if not high:
        return tongue.say("distance.beyond", low=low)
    return tongue.say("distance.under" if low == "0" else "distance.between", low=low, high=high)


def _half_day(level: str, tongue: Language) -> str:
    """«Matin», «Jour 2», «Jour 2, matin»."""
    day, _, half = level.rpartition(":")
    if half.isdigit():
        return tongue.say("half_day.day", day=half)
    named = tongue.say(f"half_day.{half}")
    return tongue.say("half_day.of_day", day=day, half=named.lower()) if day else named


def _place(metric: str, level: str, facts: Facts, tongue: Language) -> str:
    kind, other = PLACES[metric]
    if level == "other":
        return tongue.say(other)
    if tongue.has(f"level.{level}"):
        return tongue.say(f"level.{level}")
    head, _, code = level.partition(":")
    if head == "other" and code:
        return tongue.say(
            "level.other_communes",
            of_department=reference.of_department(code)
            if tongue.code == "fr"
            else place_name(f"department:{code}", facts, tongue),
        )
    if head == "department_only" and code:
        name = place_name(f"department:{code}", facts, tongue)
        return tongue.say("level.department_only", department=name)
    name = place_name(f"{kind}:{level}", facts, tongue)
    return f"{name} ({level})" if kind == "department" and name != level else name


def place_name(key: str, facts: Facts, tongue: Language) -> str:
    """The name of a place key ("insee:57463"); the code itself when nobody knows it."""
    given = facts.place_names.get(key)
    if given and tongue.code == "fr":
        return given
    return reference.place_name(key, tongue.code) or given or key.partition(":")[2]
