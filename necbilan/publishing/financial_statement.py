"""compte-rendu-financier.md: what an association copies into the form Cerfa 15059.

Source: ministère de l'Économie, Cerfa n° 15059 « Compte rendu financier de subvention »
(planned and actual by line, gaps explained, beneficiaries, dates and places, indicators).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from necbilan.safe_cells import printable

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.words.spelled import Spelled

__all__ = ["financial_statement"]

GAP_TO_EXPLAIN = 0.10
"""a line that departs from its plan by more than this share asks for an explanation"""

NATURES = ("expense", "income", "in_kind")
BENEFICIARIES = ("present", "organisations", "responses", "speakers")
INDICATORS = ("target", "attendance_rate", "satisfied_share", "cost_per_participant")


def financial_statement(shown: Spelled, budget: pd.DataFrame | None) -> str:
    """The statement as Markdown; ``budget`` is the dossier's BUDGET, None when not given."""
    event = shown.facts.event
    parts = [
        f"# {shown.say('financial.title', name=event.name)}",
        shown.say("financial.intro"),
        f"## {shown.say('financial.where')}",
        f"{shown.language.days(event.dates)}, {event.place}",
        f"## {shown.say('financial.beneficiaries')}",
        _listed(shown, (*BENEFICIARIES, "audience")),
        f"## {shown.say('financial.objectives')}",
        _listed(shown, INDICATORS),
        f"## {shown.say('financial.accounts')}",
        *_accounts(shown, budget),
        f"## {shown.say('financial.gaps')}",
        _gaps(shown, budget),
    ]
    return printable("\n\n".join(part for part in parts if part)) + "\n"


def _listed(shown: Spelled, metrics: tuple[str, ...]) -> str:
    lines = [
        shown.say("financial.beneficiary", label=row.label, n=" ".join(_with_interval(row)))
        for metric in metrics
        for row in shown.rows(metric)
        if row.group in ("",) or metric == "satisfied_share"
    ]
    return "\n".join(f"- {line}" for line in lines) or shown.say("financial.unknown")


def _with_interval(row: object) -> list[str]:
    text, interval, n_text = (getattr(row, name) for name in ("text", "interval_text", "n_text"))
    return [text, f"({interval}, {n_text})"] if interval else [text]


def _accounts(shown: Spelled, budget: pd.DataFrame | None) -> list[str]:
    if budget is None:
        return [shown.say("financial.unknown")]
    heads = [shown.say(f"financial.{name}") for name in ("line", "planned", "actual", "gap")]
    tables = []
    for nature in NATURES:
        lines = budget[budget["nature"] == nature]
        if lines.empty:
            continue
        rows = [
            (str(line), planned, actual)
            for line, planned, actual in zip(
                lines["line"],
                lines["planned"].astype("float64"),
                lines["actual"].astype("float64"),
                strict=True,
            )
        ]
        total = (
            shown.say("financial.total"),
            float(lines["planned"].sum()) if lines["planned"].notna().all() else math.nan,
            float(lines["actual"].sum()) if lines["actual"].notna().all() else math.nan,
        )
        text = [f"### {shown.say(f'financial.nature.{nature}')}", ""]
        text += [f"| {' | '.join(heads)} |", "|---|---:|---:|---:|"]
        text += [_row(shown, *row) for row in (*rows, total)]
        tables.append("\n".join(text))
    return tables


def _row(shown: Spelled, line: str, planned: float, actual: float) -> str:
    cells = [line.replace("|", "/"), _euros(shown, planned), _euros(shown, actual)]
    return f"| {' | '.join([*cells, _signed(shown, actual - planned)])} |"


def _euros(shown: Spelled, amount: float) -> str:
    return shown.say("financial.unknown") if math.isnan(amount) else shown.language.euros(amount)


def _signed(shown: Spelled, gap: float) -> str:
    if math.isnan(gap):
        return "–"
    return shown.language.euros(gap, signed=True)


def _gaps(shown: Spelled, budget: pd.DataFrame | None) -> str:
    if budget is None:
        return shown.say("financial.unknown")
    known = budget[budget["planned"].notna() & budget["actual"].notna() & (budget["planned"] > 0)]
    lines = [
        shown.say("financial.explain", line=line, gap=_signed(shown, actual - planned))
        for line, planned, actual in zip(
            known["line"], known["planned"], known["actual"], strict=True
        )
        if abs(actual - planned) > GAP_TO_EXPLAIN * planned
    ]
    return "\n".join(f"- {line}" for line in lines) or shown.say("financial.no_gap")
