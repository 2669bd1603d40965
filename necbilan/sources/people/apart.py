"""Attendance lists that nothing joins to the registrations: counted, never compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from necbilan.model import Problem
from necbilan.sources.people.distinct import distinct_people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.model import Event
    from necbilan.sources.gathered import ReadFile

__all__ = ["without_unjoinable"]


def without_unjoinable(
    event: Event, lists: Sequence[ReadFile]
) -> tuple[Event, tuple[ReadFile, ...], tuple[Problem, ...]]:
    """The event, the lists that can be joined, and what is said of the others.

    A list of names and a list of e-mails share nothing: all would be absent and all come
    unregistered.  Those present are then a declared count, unless event.toml gives one.
    """
    registered = [file for file in lists if file.entry.kind == "registrations"]
    known = set().union(*map(_identifiers, registered))
    apart = [
        file
        for file in lists
        if file.entry.kind == "attendance" and known and not known & _identifiers(file)
    ]
    if not apart or any(file not in apart for file in lists if file not in registered):
        return event, tuple(lists), ()
    if any(
        ticket.present for file in registered if file.tickets for ticket in file.tickets.tickets
    ):
        return event, tuple(lists), ()
    seen = [ticket for file in apart if file.tickets for ticket in file.tickets.tickets]
    count = len(distinct_people([ticket for ticket in seen if ticket.present]))
    if count:
        event = replace(event, declared={"present": count, **event.declared})
    return event, tuple(registered), tuple(_told(file, count) for file in apart)


def _identifiers(file: ReadFile) -> set[str]:
    tickets = file.tickets.tickets if file.tickets else ()
    named = {"name"} if any(ticket.name for ticket in tickets) else set()
    return named | ({"email"} if any(ticket.email for ticket in tickets) else set())


def _told(file: ReadFile, count: int) -> Problem:
    people = "personne y est présente" if count < 2 else "personnes y sont présentes"
    return Problem(
        code="A_NOT_JOINED",
        file=file.entry.path.name,
        sheet=file.sheet,
        found="les inscriptions et cette liste n’ont ni noms ni adresses e-mail en commun : "
        f"{count} {people}, sans que l’on sache qui était inscrit",
        remedy="Ajoutez les noms (ou les adresses) à l’une des deux listes ; sinon, aucun taux de "
        "présence n’est calculé.",
    )
