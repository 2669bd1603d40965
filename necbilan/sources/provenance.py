"""Where the lines of each file went: kept, set aside and why, joined to a person already met."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from necbilan.disclosure import FLOOR
from necbilan.disclosure.regroup import any_hidden
from necbilan.model import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from necbilan.sources.gathered import ReadFile
    from necbilan.sources.people.distinct import Person
    from necbilan.sources.people.tickets import Ticket

__all__ = ["publishable", "source_of"]

_REASONS = {
    "total": "ligne de total",
    "section": "titre de section",
    "footnote": "note sous le tableau",
    "repeated_header": "en-tête répété",
    "ragged": "ligne qui n’a pas le bon nombre de cases",
    "quote": "guillemet non fermé",
}
_SAME_FILE = "autre ligne d’une même personne"
_REGISTERED = "jointe à une inscription"
_ELSEWHERE = "personne déjà dans un autre fichier"


def source_of(file: ReadFile, people: Sequence[Person], index: int) -> Source:
    """The account of a file's lines: lines = kept + all that was dropped, by reason."""
    account = file.reading.account
    left: dict[str, int] = {}
    for reject in account.rejects:
        if reject.reason in _REASONS:
            name = _REASONS[reject.reason]
            left[name] = left.get(name, 0) + 1
    lines = account.kept + sum(left.values())
    kept = account.kept
    if file.tickets is not None and file.tickets.recovered:
        kept += file.tickets.recovered
        left = _less(left, file.tickets.recovered)
    apart = file.survey.dropped if file.survey else file.tickets.dropped if file.tickets else ()
    for reason, count in apart:
        left[reason] = left.get(reason, 0) + count
        kept -= count
    if file.tickets is not None:
        for reason, count in _joined(people, index, file.entry.kind).items():
            left[reason] = left.get(reason, 0) + count
            kept -= count
    return Source(
        file=file.entry.path.name,
        sheet=file.sheet,
        kind=file.entry.kind,
        tool=file.tool.label if file.tool else "",
        sha256=file.sha256,
        lines=lines,
        kept=kept,
        dropped=tuple(left.items()),
        encoding=file.reading.origin.encoding,
    )


def publishable(
    sources: tuple[Source, ...], people: pd.DataFrame | None = None
) -> tuple[Source, ...]:
    """Sources without the lines of lists of people that are kept apart, when these tell on few.

    A sheet «Grand public» of nine lines counts who people are, to less than ``FLOOR`` when all
    but some of them came; the lines of the others would give it back.  A sheet «Matin» counts
    a half-day of ``people`` (REGISTRATIONS), which may not be printed.
    """
    told = set(sources)
    for kind in ("registrations", "attendance"):
        lists = [source for source in sources if source.kind == kind]
        counts = [count for source in lists for count in (source.lines, source.kept)]
        short = any(0 < (count or 0) < 2 * FLOOR for count in counts)
        if len(lists) > 1 and (short or (kind == "attendance" and _hides_a_half_day(people))):
            told -= set(lists)
    return tuple(
        source if source in told else replace(source, lines=None, kept=None, dropped=())
        for source in sources
    )


def _hides_a_half_day(people: pd.DataFrame | None) -> bool:
    """Whether those of the public seen in some half-day are too few to be printed, or the rest."""
    if people is None:
        return False
    came = people["role"].eq("public").fillna(False) & people["present"].fillna(False)
    seen = people.loc[came.astype(bool), "half_days"]
    counts = seen.explode().dropna().value_counts()
    return any_hidden([{"value": int(n), "base": len(seen), "status": "ok"} for n in counts], FLOOR)


def _less(left: dict[str, int], recovered: int) -> dict[str, int]:
    """The lines left out, without those of one cell that name somebody."""
    remaining = dict(left)
    for reason in (_REASONS["section"], _REASONS["footnote"]):
        taken = min(recovered, remaining.get(reason, 0))
        recovered -= taken
        remaining[reason] = remaining.get(reason, 0) - taken
    return {reason: count for reason, count in remaining.items() if count}


def _place(ticket: Ticket) -> tuple[int, str, int]:
    return ticket.source, ticket.sheet, ticket.line


def _joined(people: Sequence[Person], index: int, kind: str) -> Counter[str]:
    """Lines of the file that name somebody already met, by where she was met."""
    elsewhere = _REGISTERED if kind == "attendance" else _ELSEWHERE
    first = {_place(person.tickets[0]) for person in people}
    found: dict[tuple[int, str, int], str] = {}
    for person in people:
        met_here = person.tickets[0].source == index
        for ticket in person.tickets[1:]:
            if ticket.source != index or _place(ticket) in first:
                continue
            found.setdefault(_place(ticket), _SAME_FILE if met_here else elsewhere)
            met_here = True
    return Counter(found.values())
