"""The report's sentences, computed from measures and never claiming more than they carry.

A share is "x sur n" below 20 answers and nothing but n below 5.  Those on what the public
thought stand in ``opinions``; here are the people, the places, the money.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan import reference
from necbilan.words import opinions, turnout
from necbilan.words.fractions import FEW, MINIMUM, capital, fraction, inside
from necbilan.words.spelled import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from necbilan.words.spelled import Row, Spelled

__all__ = ["sentences"]

MAINLY, MAJORITY = 0.6, 0.5
"""shares of the public from which it is mainly of one kind, above which mostly"""

KNOWN = 0.8
"""part of the public whose audience must be known for it to be called divided"""


def sentences(shown: Spelled) -> Mapping[str, Sentence]:
    """Every sentence that has something true to say, by subject.

    One on a question stands under "subject:question" for each, and under "subject" for
    the question that most people answered.
    """
    found = {subject: write(shown) for subject, write in _WRITERS.items()}
    for subject, (metric, of) in _BY_QUESTION.items():
        found |= {f"{subject}:{group}": of(shown, group) for group in shown.groups(metric)}
        found[subject] = of(shown, shown.main_group(metric))
    return {subject: sentence for subject, sentence in found.items() if sentence is not None}


def _audience(shown: Spelled) -> Sentence | None:
    rows = {row.level: row for row in shown.rows("audience")}
    pros, public = rows.get("professional"), rows.get("general_public")
    if pros is None or public is None or (pros.n or 0) < MINIMUM:
        return None
    first, second = (pros, public) if pros.value >= public.value else (public, pros)
    n = first.n or 0
    share = first.value / n
    known = (first.value + second.value) / n
    divided = "half" if known >= KNOWN else "unknown"
    strength = "mostly" if share >= MAINLY else "more" if share > MAJORITY else divided
    title = shown.say(f"audience.{strength}.{first.level}")
    text = shown.say(
        "audience.text" if n >= FEW else "audience.text_few",
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
    named = f"organisation_type.{second.level}.inside"
    after = shown.say(named) if shown.language.has(named) else inside(second.label)
    compound = shown.say("organisation_type.and") in f"{first.label}{second.label}"
    return Sentence(
        shown.say(
            "organisation_type.title_compound" if compound else "organisation_type.title",
            first=first.label,
            second=after,
            x=int(first.value + second.value),
            n=first.n,
        )
    )


def _first_department(shown: Spelled) -> tuple[Row, int] | None:
    """The département most people came from, and how many people there were in all."""
    rows = shown.rows("origin_department")
    places = [row for row in rows if row.level[:5] not in ("other", "abroa", "ambig", "not_g")]
    if not places:
        return None
    first = max(places, key=lambda row: row.value)
    total = max(first.base or 0, sum(int(row.value) for row in rows))
    return (first, total) if total >= MINIMUM else None


def _origin(shown: Spelled) -> Sentence | None:
    found = _first_department(shown)
    if found is None:
        return None
    first, total = found
    share = fraction(shown, first.value / total, total, "unit.people")
    title = shown.say(
        "origin.title",
        count=share.count,
        share=capital(share.text),
        place=reference.of_department(first.level) if shown.language.code == "fr" else first.label,
    )
    located = shown.one("located_share")
    text = ""
    if located is not None and located.value < 1:
        placed = shown.language.number(round(located.value * total))
        percent = f" ({located.text})" if "%" in located.text else ""
        text = shown.say("origin.located", located=placed, n=total, percent=percent)
    return Sentence(title, text)


def _finding_origin(shown: Spelled) -> Sentence | None:
    """The short form of the summary: the first département, with its count."""
    whole, found = _origin(shown), _first_department(shown)
    if whole is None or found is None:
        return None
    first, total = found
    return Sentence(whole.title, shown.say("origin.counted", x=first.text, n=total))


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
    "finding_origin": _finding_origin,
    "finding_impression": opinions.finding_impression,
    "differential": opinions.differential,
    "finding_differential": opinions.finding_differential,
    "response_rate": opinions.response_rate,
    "representativeness": opinions.representativeness,
    "representativeness_origin": opinions.representativeness_origin,
    "men_only": turnout.men_only,
    "cost": _cost,
}

_BY_QUESTION: dict[str, tuple[str, Callable[[Spelled, str], Sentence | None]]] = {
    "overall_impression": ("satisfied_share", opinions.impression),
    "bounds": ("satisfied_bound", opinions.bounds),
    "recommendation": ("recommendation_score", opinions.recommendation),
    "words": ("word", opinions.words_said),
}
