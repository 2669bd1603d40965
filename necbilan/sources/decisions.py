"""decisions.csv: the one store of a human's answers, beside the event.

``check`` adds rows and never touches an answer.  Columns: kind, key, proposal,
reason, decision, by, on.  The decision is «oui» (takes the proposal), «non»
(refuses it), or another text, which replaces the proposal; empty waits.

Spreadsheet programs re-save it in their own way: semicolon or comma, UTF-8 or cp1252
are read.  It is never published.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from necbilan.errors import ConfigError, OutputError
from necbilan.model import Problem
from necbilan.safe_cells import csv_text, original

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "COLUMNS",
    "Decisions",
    "Kind",
    "Proposal",
    "add_proposals",
    "read_decisions",
]

Kind = Literal[
    "column", "question", "scale", "organisation", "activity", "remark", "word", "typing_error"
]
COLUMNS = ("kind", "key", "proposal", "reason", "decision", "by", "on")
_YES = frozenset({"oui", "o", "yes", "y", "x", "ok", "1", "vrai", "true"})
_NO = frozenset({"non", "n", "no", "0", "faux", "false"})


@dataclass(frozen=True)
class Proposal:
    """A question put to a human: what is proposed for ``key``, and why."""

    kind: Kind
    key: str
    proposal: str
    reason: str


@dataclass(frozen=True)
class _Row:
    kind: str
    key: str
    proposal: str
    reason: str
    decision: str
    by: str
    on: str


@dataclass(frozen=True)
class Decisions:
    """The rows of decisions.csv, asked by kind."""

    rows: tuple[_Row, ...] = ()

    def answers(self, kind: Kind) -> dict[str, str]:
        """key → what was decided: the proposal on «oui», else the text written.

        Refused («non») and waiting rows are left out.
        """
        found = {}
        for row in self.rows:
            word = row.decision.casefold()
            if row.kind == kind and word and word not in _NO:
                found[row.key] = row.proposal if word in _YES else row.decision
        return found

    def refused(self, kind: Kind) -> frozenset[str]:
        """Keys answered «non»."""
        return frozenset(
            row.key for row in self.rows if row.kind == kind and row.decision.casefold() in _NO
        )

    def waiting(self) -> Mapping[str, int]:
        """How many rows of each kind have no answer yet."""
        return dict(Counter(row.kind for row in self.rows if not row.decision))


def read_decisions(folder: str | Path) -> Decisions:
    """The decisions of an event's folder; none when the file is not there.

    Raises ConfigError naming the line when a row is not ours.
    """
    path = Path(folder) / "decisions.csv"
    if not path.exists():
        return Decisions()
    rows = []
    for number, record in enumerate(_records(path), start=2):
        row = _Row(**{name: original((record.get(name) or "").strip()) for name in COLUMNS})
        if not any((row.kind, row.key, row.decision)):
            continue
        if row.kind not in get_args(Kind):
            raise _refused(f"ligne {number}", "le genre (colonne kind) n’est pas connu")
        rows.append(row)
    return Decisions(tuple(rows))


def add_proposals(folder: str | Path, proposals: Iterable[Proposal]) -> int:
    """Add the proposals that decisions.csv does not hold yet; how many were added.

    What is there stays as it is, answered or not.  Raises OutputError when the file
    cannot be written.
    """
    known = {(row.kind, row.key) for row in read_decisions(folder).rows}
    new: list[Proposal] = []
    for proposal in proposals:
        if (proposal.kind, proposal.key) not in known:
            known.add((proposal.kind, proposal.key))
            new.append(proposal)
    if new:
        rows = list(read_decisions(folder).rows) + [
            _Row(p.kind, p.key, p.proposal, p.reason, "", "", "") for p in new
        ]
        _write(Path(folder) / "decisions.csv", rows)
    return len(new)


def _records(path: Path) -> Iterable[Mapping[str, str]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    missing = [
        name for name in ("kind", "key", "decision") if name not in (reader.fieldnames or ())
    ]
    if missing:
        raise _refused("ligne 1", f"il manque la colonne {', '.join(missing)}")
    return list(reader)


def _refused(where: str, found: str) -> ConfigError:
    return ConfigError(
        Problem(
            code="E_CONFIG",
            severity="blocks",
            file="decisions.csv",
            cell=where,
            found=found,
            expected="les colonnes " + ", ".join(COLUMNS),
            remedy="Rétablissez cette ligne, ou supprimez le fichier : check le refera.",
        )
    )


def _write(path: Path, rows: Iterable[_Row]) -> None:
    """Beside, then in place: an interrupted write leaves the old answers whole."""
    cells = [[getattr(row, name) for name in COLUMNS] for row in rows]
    text = csv_text([COLUMNS, *cells], separator=";").replace("\n", "\r\n")
    try:
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".decisions-", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8-sig"))
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                Path(beside).chmod(path.stat().st_mode)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except PermissionError:
        raise OutputError(
            f"{path.name} : impossible d’écrire dans ce dossier. Si le fichier est ouvert "
            "dans un tableur, fermez-le ; sinon, vérifiez les droits du dossier."
        ) from None
