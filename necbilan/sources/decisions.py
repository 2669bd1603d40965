"""decisions.csv: the one store of a human's answers, beside the event.

``check`` adds rows and never touches an answer.  Columns: kind, key, proposal,
reason, decision, by, on.  The decision is «oui» (takes the proposal), «non»
(refuses it), or another text, which replaces the proposal; empty, a doubt («peut-être»)
or a yes or no with more behind it («non, trop long») waits.

Spreadsheet programs re-save it in their own way: any separator, UTF-8, UTF-16 or cp1252,
columns renamed, moved or added are read (``vocabulary/decisions.toml``).  It is never
published.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from necbilan.errors import ConfigError, OutputError, WriteFailed
from necbilan.model import Problem
from necbilan.safe_cells import csv_text, original
from necbilan.sources.event.finding import decoded
from necbilan.sources.folding import fold
from necbilan.sources.typography import typeset_problem
from necbilan.vocabulary import read as vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from necbilan.sources.privacy.identifiers import Identifiers

__all__ = [
    "COLUMNS",
    "Decisions",
    "Kind",
    "Proposal",
    "add_proposals",
    "read_decisions",
]

Kind = Literal[
    "column",
    "question",
    "scale",
    "organisation",
    "activity",
    "profile",
    "remark",
    "theme",
    "word",
    "typing_error",
]
COLUMNS = ("kind", "key", "proposal", "reason", "decision", "by", "on")
_PRINTED = frozenset({"remark", "word", "typing_error"})
"""kinds whose answer is printed as it is written"""
_ABOVE = 5
"""lines that may stand above the header: a title, Excel's «sep=;»"""


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
    line: int = 0
    more: tuple[tuple[str, str], ...] = ()
    """columns that someone added, with their cells"""

    @property
    def means(self) -> Literal["yes", "no", "text", "nothing", "unclear"]:
        """What the decision says; a yes or a no with more behind it is unclear."""
        said = _plain(self.decision)
        if said in _spoken("answers")["yes"]:
            return "yes"
        if said in _spoken("answers")["no"]:
            return "no"
        if not said or said in _spoken("answers")["undecided"]:
            return "nothing"
        first = said.split()[0].strip(",;:.!")
        return "unclear" if first in {"oui", "non", "yes", "no", "ok"} else "text"


@dataclass(frozen=True)
class Decisions:
    """The rows of decisions.csv, asked by kind."""

    rows: tuple[_Row, ...] = ()

    def answers(self, kind: Kind) -> dict[str, str]:
        """key → what was decided: the proposal on «oui», else the text written.

        Refused («non») and waiting rows are left out.
        """
        return {
            row.key: row.proposal if row.means == "yes" else row.decision
            for row in self.rows
            if row.kind == kind and row.means in ("yes", "text")
        }

    def refused(self, kind: Kind) -> frozenset[str]:
        """Keys answered «non»."""
        return frozenset(row.key for row in self.rows if row.kind == kind and row.means == "no")

    def waiting(self) -> Mapping[str, int]:
        """How many rows of each kind have no answer yet."""
        return dict(Counter(row.kind for row in self.open()))

    def open(self) -> tuple[_Row, ...]:
        """The rows without an answer, or with one that is neither yes, no nor a text."""
        return tuple(row for row in self.rows if row.means in ("nothing", "unclear"))

    def unclear(self) -> tuple[Problem, ...]:
        """One Problem for the answers that cannot be followed; none when there is none."""
        lines = [row.line for row in self.rows if row.means == "unclear"]
        if not lines:
            return ()
        return (
            _asking(
                lines,
                found="la réponse commence par oui ou non et continue : elle n’est pas suivie",
                remedy="Écrivez seulement oui, ou seulement non, ou le texte qui remplace la "
                "proposition.",
            ),
        )

    def naming_nobody(
        self, known: Callable[[], Identifiers]
    ) -> tuple[Decisions, tuple[Problem, ...]]:
        """The same decisions, but words to print that name a person of the files wait again.

        ``known`` is asked only when there are such words; the Problem says their lines,
        never what they say.
        """
        printed = [
            (row, row.proposal if row.means == "yes" else row.decision)
            for row in self.rows
            if row.kind in _PRINTED and row.means in ("yes", "text")
        ]
        identifiers = known() if printed else None
        naming = [row for row, text in printed if identifiers and identifiers.kinds_in(text)]
        if not naming:
            return self, ()
        rows = tuple(replace(row, decision="") if row in naming else row for row in self.rows)
        return Decisions(rows), (
            _asking(
                [row.line for row in naming],
                found="le texte à publier contient le nom, l’adresse ou le téléphone d’une "
                "personne des fichiers : il n’est pas publié",
                remedy="Écrivez […] à la place de ce qui désigne cette personne.",
            ),
        )


def _asking(lines: Sequence[int], found: str, remedy: str) -> Problem:
    return Problem(
        code="A_DECISION",
        file="decisions.csv",
        cell=f"ligne{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}",
        found=found,
        remedy=remedy,
    )


def _plain(text: str) -> str:
    return fold(text).strip(" .!?…«»\"'")


@cache
def _spoken(table: str) -> Mapping[str, frozenset[str]]:
    """What stands for each of our words in a table of ``vocabulary/decisions.toml``."""
    known = vocabulary("decisions")[table]
    return {name: frozenset(map(_plain, forms)) for name, forms in known.items()}


def _ours(table: str, text: str) -> str:
    """Our word for what is written, "" when it is none of ours."""
    said = _plain(text)
    return next((name for name, forms in _spoken(table).items() if said in forms), "")


def read_decisions(folder: str | Path) -> Decisions:
    """The decisions of an event's folder; none when the file is not there.

    Raises ConfigError naming the line when a row is not ours.
    """
    path = Path(folder) / "decisions.csv"
    if not path.exists():
        return Decisions()
    rows = []
    for number, record, more in _records(path):
        cells = {name: original(record.get(name, "").strip()) for name in COLUMNS}
        if not any((cells["kind"], cells["key"], cells["decision"])):
            continue
        kind = _ours("kinds", cells["kind"])
        if not kind:
            raise _refused(
                f"ligne {number}",
                "le genre (colonne kind) n’est pas connu",
                f"l’un de {', '.join(get_args(Kind))}",
            )
        rows.append(_Row(**cells | {"kind": kind}, line=number, more=more))
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


def _records(
    path: Path,
) -> Iterable[tuple[int, Mapping[str, str], tuple[tuple[str, str], ...]]]:
    """Each row below the header: its number, our columns, then those that are not ours."""
    text = decoded(path.read_bytes())
    for delimiter in ";,\t":
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        for above, header in enumerate(rows[:_ABOVE]):
            names = _named(header)
            if {"kind", "key", "decision"} <= set(names):
                return [
                    (number, _taken(names, row), _others(header, names, row))
                    for number, row in enumerate(rows[above + 1 :], start=above + 2)
                ]
    raise _refused(
        "ligne 1",
        "on n’y trouve pas les colonnes kind, key et decision",
        "les colonnes " + ", ".join(COLUMNS),
    )


def _named(header: Sequence[str]) -> list[str]:
    """Our name of each column, its first bearer only; "" for the others."""
    names = [_ours("columns", cell) for cell in header]
    return ["" if name in names[:position] else name for position, name in enumerate(names)]


def _taken(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(names, row, strict=False) if name}


def _others(
    header: Sequence[str], names: Sequence[str], row: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    cells = zip(header, names, row, strict=False)
    return tuple((title.strip(), cell) for title, name, cell in cells if title.strip() and not name)


def _refused(where: str, found: str, expected: str) -> ConfigError:
    return ConfigError(
        typeset_problem(
            Problem(
                code="E_CONFIG",
                file="decisions.csv",
                cell=where,
                found=found,
                expected=expected,
                remedy="Rétablissez cette ligne, ou renommez le fichier : check en refera un.",
            )
        )
    )


def _write(path: Path, rows: Iterable[_Row]) -> None:
    """Beside, then in place: an interrupted write leaves the old answers whole."""
    rows = list(rows)
    added = list(dict.fromkeys(title for row in rows for title, _ in row.more))
    cells = [
        [
            *(getattr(row, name) for name in COLUMNS),
            *(dict(row.more).get(title, "") for title in added),
        ]
        for row in rows
    ]
    text = csv_text([[*COLUMNS, *added], *cells], separator=";").replace("\n", "\r\n")
    try:
        for left in path.parent.glob(".decisions-*.part"):  # by a run that was killed
            left.unlink(missing_ok=True)
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
    except OSError as error:
        free = shutil.disk_usage(path.parent).free / 1e6
        raise WriteFailed(
            f"{path.name} : l’écriture a échoué ({error.strerror}) ; vos réponses sont intactes. "
            f"Libérez de la place sur le disque ({free:.1f} Mo libres), puis relancez."
        ) from None
