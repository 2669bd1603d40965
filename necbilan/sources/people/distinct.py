"""From tickets to distinct people.

Two tickets are one person when they share an e-mail and their names agree, or share name
and organisation.  An e-mail shared by different names is one person typing for others:
they stay apart.  In two lists, a name alone is the person of that name.  Tickets that name
nobody are each a person.  A person is known further
on by a pseudonym: an HMAC of what identifies her, with a key that lives in memory only.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from necbilan.sources.folding import name_key
from necbilan.sources.organisations.lexicon import fold_name
from necbilan.sources.people.tickets import PLACE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from necbilan.sources.people.tickets import Ticket

__all__ = ["Person", "distinct_people", "namesakes", "near_names", "pseudonyms"]

_SAME_NAME = 85
"""rapidfuzz ratio (0–100) above which two names behind one e-mail are one person"""
_NEAR_NAME = 88
"""ratio above which a name on a signed sheet may be a registered one, badly written"""
_DIGITS = re.compile(r"\d+")
_ACTIVE_FIRST = ("registered", "walk_in", "pending", "waiting_list", "cancelled")


@dataclass(frozen=True, repr=False)
class Person:
    """A distinct person and the tickets that are hers, in the order of the files."""

    tickets: tuple[Ticket, ...]

    def _first(self, name: str) -> str:
        return next((str(getattr(t, name)) for t in self.tickets if getattr(t, name)), "")

    @property
    def name(self) -> str:
        return self._first("name")

    @property
    def email(self) -> str:
        return self._first("email")

    @property
    def organisation(self) -> str:
        return self._first("organisation")

    @property
    def profile(self) -> str:
        return self._first("profile")

    @property
    def job(self) -> str:
        return self._first("job")

    @property
    def organisation_type(self) -> str:
        return self._first("organisation_type")

    @property
    def audience(self) -> str:
        return self._first("audience")

    @property
    def role(self) -> str:
        """What she does beside coming: any ticket that is not «public» says it."""
        return next((t.role for t in self.tickets if t.role != "public"), "public")

    @property
    def places(self) -> tuple[str, ...]:
        """The place of the first ticket that gives one, in the order of PLACE_FIELDS."""
        return next((t.places for t in self.tickets if any(t.places)), ("",) * len(PLACE_FIELDS))

    @property
    def registered_on(self) -> datetime | None:
        return min((t.registered_on for t in self.tickets if t.registered_on), default=None)

    @property
    def present(self) -> bool | None:
        """Seen on any list; None when no list of hers says."""
        said = [t.present for t in self.tickets if t.present is not None]
        return any(said) if said else None

    @property
    def seen_at(self) -> tuple[tuple[str, ...], ...]:
        """Where her marks of presence stand, on any list."""
        return tuple(dict.fromkeys(place for t in self.tickets for place in t.seen_at))

    @property
    def entries(self) -> int:
        """Her registrations, before they were joined; those made on the spot aside."""
        return sum(t.listed and t.status != "walk_in" for t in self.tickets)

    @property
    def status(self) -> str:
        """The most active of her registrations; on no registration list = walk_in.

        Someone cancelled or waiting who came keeps that status: being seen is another fact.
        One registration found in two exports is known by its day: cancelled in either, it
        was cancelled after the other was made.
        """
        listed = [t for t in self.tickets if t.listed]
        cancelled = {t.registered_on: t.source for t in listed if t.status == "cancelled"}
        standing = [
            "cancelled"
            if t.registered_on and cancelled.get(t.registered_on, t.source) != t.source
            else t.status
            for t in listed
        ]
        return min(standing, key=_ACTIVE_FIRST.index) if standing else "walk_in"

    @property
    def activities(self) -> tuple[str, ...] | None:
        said = [t.activities for t in self.tickets if t.activities is not None]
        if not said:
            return None
        return tuple(dict.fromkeys(option for options in said for option in options))

    @property
    def first_time(self) -> bool | None:
        return next((t.first_time for t in self.tickets if t.first_time is not None), None)


def _alike(one: str, other: str, least: int) -> bool:
    """Whether two keys are one name a letter or two apart; a number is no letter."""
    same_numbers = _DIGITS.findall(one) == _DIGITS.findall(other)
    return same_numbers and ratio(one, other) >= least


def distinct_people(tickets: Sequence[Ticket]) -> tuple[Person, ...]:
    """The people behind the tickets, in order of appearance.

    Lines of an attendance list (``listed`` false) join the one registered person of that
    name when their organisations do not disagree, or of a name a letter or two away with the
    same organisation; else they are someone who just came.
    """
    groups: list[list[Ticket]] = []
    by_email: dict[str, list[list[Ticket]]] = {}
    by_name: dict[str, list[list[Ticket]]] = {}
    for ticket in tickets:
        group = _group_of(ticket, by_email, by_name)
        if group is None:
            group = []
            groups.append(group)
        group.append(ticket)
        if ticket.email and group not in by_email.setdefault(ticket.email, []):
            by_email[ticket.email].append(group)
        key = name_key(ticket.name)
        if key and group not in by_name.setdefault(key, []):
            by_name[key].append(group)
    return tuple(Person(tuple(group)) for group in groups)


def _group_of(
    ticket: Ticket,
    by_email: dict[str, list[list[Ticket]]],
    by_name: dict[str, list[list[Ticket]]],
) -> list[Ticket] | None:
    key = name_key(ticket.name)
    if ticket.email:
        for group in by_email.get(ticket.email, ()):
            if _names_agree(key, [name_key(other.name) for other in group]):
                return group
    if not key:
        return None
    namesakes = by_name.get(key, [])
    same = [group for group in namesakes if _are_one(ticket, group)]
    if same:
        return same[0] if ticket.email or len(same) == 1 else None
    elsewhere = [group for group in namesakes if _completes(ticket, group)]
    if ticket.listed and len(elsewhere) == len(namesakes) == 1:
        return elsewhere[0]
    if not ticket.listed or (namesakes and not namesakes[0][0].listed):
        open_to = [group for group in namesakes if not _organisations_differ(ticket, group)]
        if namesakes or ticket.listed:
            return open_to[0] if len(open_to) == 1 else None
        near = [
            group
            for name, groups in by_name.items()
            if _alike(key, name, _NEAR_NAME)
            for group in groups
            if group[0].listed and _same_organisation(ticket, group)
        ]
        return near[0] if len(near) == 1 else None
    return None


def near_names(people: Sequence[Person]) -> tuple[int, tuple[int, ...]]:
    """How many lines of attendance lists were joined to a name a letter or two away, and the
    lines of those who stand apart though a registered person has nearly their name."""
    listed = {
        name_key(t.name): person
        for person in people
        for t in person.tickets
        if t.listed and t.name and person.present is not True
    }
    joined = sum(
        not t.listed
        and bool(t.name)
        and not (t.email and t.email == person.email)
        and name_key(t.name) not in {name_key(o.name) for o in person.tickets if o.listed}
        for person in people
        if any(o.listed for o in person.tickets)
        for t in person.tickets
    )
    apart = [
        person.tickets[0].line
        for person in people
        if not any(t.listed for t in person.tickets) and person.name
        for key in [name_key(person.name)]
        if any(_alike(key, name, _NEAR_NAME) for name in listed)
    ]
    return joined, tuple(apart)


def namesakes(people: Sequence[Person]) -> tuple[Ticket, ...]:
    """The first ticket of each person who bears the full name of an earlier one, when no
    e-mail tells them apart: one of the two gives none."""
    known: dict[str, list[Person]] = {}
    found = []
    for person in people:
        key = name_key(person.name)
        if len(key.split()) < 2:
            continue
        others = known.setdefault(key, [])
        if any(not (person.email and other.email) for other in others):
            found.append(person.tickets[0])
        others.append(person)
    return tuple(found)


def _names_agree(key: str, others: Sequence[str]) -> bool:
    named = [other for other in others if other]
    if not key or not named:
        return True
    return any(_alike(key, other, _SAME_NAME) for other in named)


def _organisation_of(group: Sequence[Ticket]) -> str:
    return next((fold_name(t.organisation) for t in group if t.organisation), "")


def _are_one(ticket: Ticket, group: Sequence[Ticket]) -> bool:
    """Same name already: same organisation too, or neither gives e-mail nor organisation."""
    own, theirs = fold_name(ticket.organisation), _organisation_of(group)
    if own and theirs:
        return own == theirs
    emails = {t.email for t in group if t.email} | ({ticket.email} if ticket.email else set())
    return len(emails) <= 1 and own == theirs


def _completes(ticket: Ticket, group: Sequence[Ticket]) -> bool:
    """Same name already, in another list, where nothing says that it is somebody else."""
    emails = {t.email for t in (*group, ticket) if t.email}
    return (
        all(t.listed and t.source != ticket.source for t in group)
        and len(emails) <= 1
        and not _organisations_differ(ticket, group)
    )


def _same_organisation(ticket: Ticket, group: Sequence[Ticket]) -> bool:
    own = fold_name(ticket.organisation)
    return bool(own) and own == _organisation_of(group)


def _organisations_differ(ticket: Ticket, group: Sequence[Ticket]) -> bool:
    own, theirs = fold_name(ticket.organisation), _organisation_of(group)
    return bool(own and theirs and own != theirs)


def pseudonyms(people: Sequence[Person], key: bytes | None = None) -> list[str]:
    """One pseudonym a person, "p" and 12 hexadecimal digits.

    ``key`` is drawn anew when not given, and forgotten: nobody can come back to a name.
    Under one key an e-mail, or a name and an organisation, keeps its pseudonym.
    """
    secret = key or secrets.token_bytes(32)
    names, seen = [], Counter[str]()
    for person in people:
        identity = person.email or f"{name_key(person.name)}|{fold_name(person.organisation)}"
        seen[identity] += 1
        told = f"{identity}|{seen[identity]}"
        digest = hmac.new(secret, told.encode(), hashlib.sha256).hexdigest()
        names.append(f"p{digest[:12]}")
    return names
