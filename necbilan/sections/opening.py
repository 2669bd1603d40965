"""The head of the report, and the essential on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.blocks import (
    Block,
    Caution,
    Cover,
    KeyFigure,
    KeyFigures,
    Lesson,
    Lessons,
    Section,
)
from necbilan.sections.assembly import section, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from necbilan.model import Improvement
    from necbilan.words.spelled import Spelled

__all__ = ["cover", "summary"]


FINDINGS = (
    "audience",
    "finding_impression",
    "finding_differential",
    "finding_origin",
    "recommendation",
    "words",
    "attendance",
    "organisations",
)
"""sentences of the summary, the first three that there are"""

IN_A_ROW = 3
"""key numbers side by side: one more is welcome unless it would open a row alone"""

READ = (
    "attendance",
    "audience",
    "organisations",
    "finding_origin",
    "finding_impression",
    "recommendation",
    "finding_differential",
    "words",
)
"""the same in the order of the report"""


def cover(shown: Spelled) -> Cover:
    """Name, date, place, one sentence on the event; the report's language and credits."""
    event, language = shown.facts.event, shown.language
    where = " · ".join(
        part
        for part in (shown.say("cover.origin"), language.days(event.dates), event.place)
        if part
    )
    described = event.description or shown.say("cover.by", organiser=event.organiser)
    return Cover(
        origin=where,
        title=language.typeset(event.name),
        subtitle=described if event.description or event.organiser else "",
        language=language.code,
        tag=event.fictional,
        credits=_credits(shown),
        labels={"logo": shown.say("cover.logo", organiser=event.organiser)}
        if event.organiser
        else {},
        brand={**event.brand, "logo": shown.facts.logo},
    )


def _credits(shown: Spelled) -> tuple[str, ...]:
    event = shown.facts.event
    located = shown.rows("origin_department") or shown.rows("origin_commune")
    names = ("licence", "geography", "font") if located else ("licence", "font")
    made = [shown.say(f"cover.{name}") for name in names]
    if event.retention is not None:
        made.append(shown.say("cover.retention", day=shown.language.day(event.retention)))
    return tuple(made)


def summary(shown: Spelled) -> Section | None:
    """Six numbers, three findings, three lessons, three decisions, one caution."""
    figures = list(_key_figures(shown))[:6]
    registered, event = shown.one("registered"), shown.facts.event
    if registered is not None and shown.one("present") is not None and len(figures) % IN_A_ROW:
        label = shown.say("key.registered", count=registered.value)
        figures.append(KeyFigure(registered.text, label))
    blocks: list[Block | None] = [KeyFigures(tuple(figures)) if figures else None]
    known = set(shown.sentences) - ({"attendance"} if shown.one("present") is None else set())
    found = [subject for subject in FINDINGS if subject in known][:3]
    blocks += [statement(shown, subject) for subject in sorted(found, key=READ.index)]
    blocks.append(_lessons(shown, "summary.lessons", event.lessons))
    blocks.append(_lessons(shown, "summary.decisions", event.decisions))
    blocks.append(_caution(shown))
    return section(shown, "summary", *blocks)


def _key_figures(shown: Spelled) -> Iterator[KeyFigure]:
    present, registered = shown.one("present"), shown.one("registered")
    if present is not None:
        yield KeyFigure(present.text, shown.say("key.present", count=present.value), _target(shown))
    elif registered is not None:
        yield KeyFigure(
            registered.text,
            shown.say("key.registered", count=registered.value),
            shown.say("key.presence_unknown"),
        )
    organisations, each = shown.one("organisations"), shown.one("people_per_organisation")
    if organisations is not None:
        context = (
            shown.say("key.per_organisation", count=each.value, each=each.text) if each else ""
        )
        yield KeyFigure(
            organisations.text, shown.say("key.organisations", count=organisations.value), context
        )
    budget, cost = shown.one("budget_actual"), shown.one("cost_per_participant")
    if budget is not None:
        context = shown.say("key.per_person", cost=cost.text) if cost else ""
        amount = shown.language.euros(budget.value, short=True)
        yield KeyFigure(amount, shown.say("key.budget"), context)
    speakers = shown.one("speakers")
    if speakers is not None and speakers.value:
        yield KeyFigure(speakers.text, shown.say("key.speakers", count=speakers.value))
    if len(shown.rows("activities")) == 1:
        total = shown.rows("activities")[0]
        yield KeyFigure(total.text, shown.say("key.activities", count=total.value))
    else:
        for kind in sorted(shown.rows("activities"), key=lambda row: -row.value)[:2]:
            key = f"kind.{kind.level.lower()}"
            known = shown.language.has(key)
            label = shown.say(key, count=kind.value) if known else kind.label
            yield KeyFigure(kind.text, label, "" if known else shown.say("key.of_this_kind"))
    answers, rate = shown.one("responses"), shown.one("response_rate")
    if answers is not None:
        context = shown.say("key.rate", rate=rate.text) if rate else ""
        yield KeyFigure(answers.text, shown.say("key.responses", count=answers.value), context)
    for satisfied in shown.rows("satisfied_share", shown.main_group("satisfied_share")):
        if satisfied.n and satisfied.n >= 20:
            context = shown.say(
                "key.interval", n_text=satisfied.n_text, interval=satisfied.interval_text
            )
            yield KeyFigure(satisfied.text, shown.say("key.satisfied"), context)


def _target(shown: Spelled) -> str:
    low, high = shown.one("target", level="low"), shown.one("target", level="high")
    if low is None or high is None:
        return ""
    if low.value == high.value:
        return shown.say("key.target_one", low=low.text)
    return shown.say("key.target", low=low.text, high=high.text)


def _lessons(shown: Spelled, title: str, points: tuple[Improvement, ...]) -> Lessons | None:
    if not points:
        return None
    return Lessons(
        title=shown.say(title, count=min(3, len(points))),
        lessons=tuple(
            Lesson(
                text=shown.language.typeset(point.text),
                voice=shown.say(f"voice.{point.voice}"),
                decision=point.decision,
                owner=point.owner,
                due=point.due,
            )
            for point in points[:3]
        ),
    )


def _caution(shown: Spelled) -> Caution | None:
    parts = [
        shown.sentences[subject].title
        for subject in ("response_rate", "bounds")
        if subject in shown.sentences
    ]
    if not parts and shown.one("present") is None and shown.one("registered") is not None:
        parts.append(shown.say("attendance.not_measured"))
    text = " ".join(part if part.endswith(".") else f"{part}." for part in parts)
    return Caution(text=text, lead=shown.say("summary.caution")) if text else None
