"""The questions still without answer, with the line of decisions.csv that awaits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.sources.decisions import read_decisions
from necbilan.sources.proposing import proposals

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["OpenQuestion", "open_questions"]


@dataclass(frozen=True)
class OpenQuestion:
    """A question; ``line`` is None when decisions.csv does not hold it yet."""

    kind: str
    key: str
    proposal: str
    reason: str
    line: int | None = None


def open_questions(folder: str | Path) -> tuple[OpenQuestion, ...]:
    """Unanswered rows of decisions.csv in their order, then what ``check`` would add.

    For the team: keys are labels, words and scrubbed remarks under review.
    """
    rows = read_decisions(folder).rows
    known = {(row.kind, row.key) for row in rows}
    waiting = [
        OpenQuestion(row.kind, row.key, row.proposal, row.reason, line)
        for line, row in enumerate(rows, start=2)
        if not row.decision
    ]
    new = [
        OpenQuestion(proposal.kind, proposal.key, proposal.proposal, proposal.reason)
        for proposal in proposals(folder)
        if (proposal.kind, proposal.key) not in known
    ]
    return (*waiting, *new)
