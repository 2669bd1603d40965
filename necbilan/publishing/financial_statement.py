"""compte-rendu-financier.md: what an association copies into the form Cerfa 15059.

Source: ministère de l'Économie, Cerfa n° 15059*02 « Compte rendu financier de subvention »:
how the action was carried out, beneficiaries by type, dates and places, objectives and
indicators, planned and actual by line, gaps explained, indirect costs, contributions in
kind, share of the grant, certification.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from necbilan.safe_cells import printable
from necbilan.sections.accounts import NATURES, account_table, gaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from necbilan.words.spelled import Row, Spelled

__all__ = ["financial_statement"]

BENEFICIARIES = ("present", "audience", "profile", "organisations", "responses", "speakers")
GROUPED = ("audience", "profile")
"""told on one line each: two groups of the same name would be read as one"""
INDICATORS = ("attendance_rate", "satisfied_share", "cost_per_participant")
MEANS = ("mobilised", "meetings")
FUNDING = ("grants", "grant_share", "in_kind")


def financial_statement(shown: Spelled) -> str:
    """The statement as Markdown, its numbers those of the measures."""
    event = shown.facts.event
    parts = [
        f"# {shown.language.typeset(shown.say('financial.title', name=event.name))}",
        shown.say("financial.intro"),
        f"## {shown.say('financial.action')}",
        *_action(shown),
        f"## {shown.say('financial.beneficiaries')}",
        _listed(shown, BENEFICIARIES),
        f"## {shown.say('financial.where')}",
        f"{shown.language.days(event.dates)}, {event.place}",
        f"## {shown.say('financial.objectives')}",
        "\n".join(part for part in (_target(shown), _listed(shown, INDICATORS)) if part),
        f"## {shown.say('financial.accounts')}",
        *(_accounts(shown) or [shown.say("financial.unknown")]),
        f"## {shown.say('financial.funding')}",
        _listed(shown, FUNDING),
        f"## {shown.say('financial.gaps')}",
        _gaps(shown),
        f"## {shown.say('financial.indirect')}",
        shown.say("financial.to_complete"),
        f"## {shown.say('financial.certification')}",
        shown.say("financial.certified", organiser=event.organiser or shown.say("financial.body")),
    ]
    return printable("\n\n".join(part for part in parts if part)) + "\n"


def _action(shown: Spelled) -> Iterator[str]:
    """What was done, with whom, by how many; what the team wrote is left as it is."""
    event = shown.facts.event
    told = [event.description, event.context]
    if event.partners:
        names = shown.language.join(event.partners)
        told.append(shown.say("organisation.partners", count=len(event.partners), names=names))
    yield from (shown.language.typeset(part) for part in told if part)
    means = [row for metric in MEANS if (row := shown.one(metric)) is not None]
    yield "\n".join(f"- {_said(shown, row)}" for row in means)


def _listed(shown: Spelled, metrics: tuple[str, ...]) -> str:
    lines = []
    for metric in metrics:
        rows = [row for row in shown.rows(metric) if row.group == "" or metric == "satisfied_share"]
        told = [_said(shown, row) for row in rows]
        if told and metric in GROUPED:
            items = ", ".join(f"{row.label} {row.text}" for row in rows)
            label = shown.say(f"metric.{metric}")
            told = [shown.say("financial.grouped", label=label, items=items)]
        lines += [f"- {one}" for one in told]
    return "\n".join(lines) or shown.say("financial.unknown")


def _target(shown: Spelled) -> str:
    """The people hoped for, on one line; '' when no target was set."""
    low, high = shown.one("target", level="low"), shown.one("target", level="high")
    if low is None or high is None:
        return ""
    key = "financial.target" if low.value != high.value else "financial.target_one"
    said = shown.say(key, low=low.text, high=high.text)
    return "- " + shown.say("financial.beneficiary", label=shown.say("metric.target"), n=said)


def _said(shown: Spelled, row: Row) -> str:
    known = (row.interval_text, row.n_text if "%" in row.text else "")
    around = ", ".join(part for part in known if part)
    told = f"{row.text} ({around})" if around else row.text
    return shown.say("financial.beneficiary", label=row.label, n=told)


def _accounts(shown: Spelled) -> list[str]:
    tables = (
        account_table(shown, nature, caption=f"financial.nature.{nature}") for nature in NATURES
    )
    return [_as_markdown(table.data()) for table in tables if table is not None]


def _as_markdown(table: dict[str, Any]) -> str:
    rows = [[cell.replace("|", "/") for cell in row] for row in table["rows"]]
    lines = [f"### {table['caption']}", "", f"| {' | '.join(table['headers'])} |"]
    lines.append("|---|---:|---:|---:|")
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _gaps(shown: Spelled) -> str:
    found = gaps(shown)
    if found is None:
        return shown.say("financial.unknown")
    lines = [
        shown.say(
            "financial.explain",
            line=gap.line,
            gap=gap.text,
            why=gap.explanation or shown.say("financial.to_explain"),
        )
        for gap in found
    ]
    return "\n".join(f"- {line}" for line in lines) or shown.say("financial.no_gap")
