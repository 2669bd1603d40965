"""The questions still without answer, with the line of decisions.csv that awaits it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from necbilan.sources.folder import build, unblocked
from necbilan.sources.gathering import gather
from necbilan.sources.proposing import proposals_of

if TYPE_CHECKING:
    from pathlib import Path

    from necbilan.model import Dossier
    from necbilan.sources.folder import Built
    from necbilan.sources.privacy.identifiers import Identifiers

__all__ = ["OpenQuestion", "Opened", "open_folder", "open_questions"]


@dataclass(frozen=True)
class OpenQuestion:
    """A question; ``line`` is None when decisions.csv does not hold it yet."""

    kind: str
    key: str
    proposal: str
    reason: str
    line: int | None = None


@dataclass(frozen=True)
class Opened:
    """A folder read once for publishing: the dossier, what must not leak, what waits."""

    dossier: Dossier
    identifiers: Identifiers
    waiting: tuple[OpenQuestion, ...]


def open_folder(folder: str | Path) -> Opened:
    """The folder's dossier with its identifiers and open questions.

    Raises what ``load`` raises.
    """
    built = build(gather(folder))
    return Opened(unblocked(built), built.identifiers, open_questions(built))


def open_questions(built: Built) -> tuple[OpenQuestion, ...]:
    """Unanswered rows of decisions.csv in their order, then what ``check`` would add.

    A remark's reason is today's: what may make somebody recognisable is told even of a row
    that an earlier version wrote.  For the team: keys are labels, words and scrubbed remarks
    under review; what names somebody is told by its line.
    """
    proposed = proposals_of(built)
    reasons = {one.key: one.reason for one in proposed if one.kind == "remark"}
    rows = built.gathered.decisions.rows
    known = {(row.kind, row.key) for row in rows}
    waiting = [
        OpenQuestion(
            row.kind,
            row.key,
            row.proposal,
            reasons.get(row.key, row.reason) if row.kind == "remark" else row.reason,
            row.line,
        )
        for row in built.gathered.decisions.open()
    ]
    new = [
        OpenQuestion(proposal.kind, proposal.key, proposal.proposal, proposal.reason)
        for proposal in proposed
        if (proposal.kind, proposal.key) not in known
    ]
    return tuple(
        replace(
            question,
            key=built.unnamed(question.key),
            proposal=built.unnamed(question.proposal),
            reason=built.unnamed(question.reason),
        )
        for question in (*waiting, *new)
    )
