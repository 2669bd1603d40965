"""What the files hold about people, gathered for two uses only: scrubbing and the leak test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from necbilan.sources.folding import fold_heading
from necbilan.sources.privacy.identifiers import Identifiers
from necbilan.sources.privacy.scrub import compile_names, scrub
from necbilan.sources.programme import programme_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from necbilan.sources.gathered import Gathered, ReadFile

__all__ = ["identifiers_of", "scrubber"]

_EMAIL = re.compile(r"[^\s@,;<>()\"']+@[^\s@,;<>()\"']+\.[^\s@,;<>()\"']+")
_PHONE = re.compile(r"(?:\+|00)?\d(?:[\s.\-]?\d){8,11}")
_LAST, _FIRST = (
    re.compile(r"^nom (?:payeur|acheteur)$"),
    re.compile(r"^prenom (?:payeur|acheteur)$"),
)


def _cells(file: ReadFile, position: int) -> list[str]:
    return [cell.strip() for cell in file.reading.text.iloc[:, position]]


def _names(file: ReadFile) -> Iterator[tuple[str, str]]:
    """(first, last) of every person of a list; ("", full) when one column says it all."""
    by_field = {column.field: column.heading.position for column in file.columns}
    if {"first_name", "last_name"} & by_field.keys():
        blank = [""] * len(file.reading.text)
        first, last = (
            _cells(file, by_field[name]) if name in by_field else blank
            for name in ("first_name", "last_name")
        )
        yield from zip(first, last, strict=True)
    elif "full_name" in by_field:
        yield from (("", name) for name in _cells(file, by_field["full_name"]))
    payers = {
        kind: heading.position
        for heading in file.headings
        for kind, pattern in (("last", _LAST), ("first", _FIRST))
        if pattern.match(fold_heading(heading.leaf))
    }
    if len(payers) == 2:
        yield from zip(_cells(file, payers["first"]), _cells(file, payers["last"]), strict=True)


def _of_columns(file: ReadFile, field: str) -> Iterator[str]:
    for column in file.columns:
        if column.field == field:
            yield from _cells(file, column.heading.position)


def _people(gathered: Gathered) -> list[tuple[str, str]]:
    lists = gathered.of_kind("registrations", "attendance")
    return [name for file in lists for name in _names(file) if any(name)]


def _speakers(gathered: Gathered) -> list[str]:
    return list(programme_of(gathered)[2])


def _organisations(gathered: Gathered) -> list[str]:
    lists = gathered.of_kind("registrations", "attendance")
    return [cell for file in lists for cell in _of_columns(file, "organisation") if cell]


def scrubber(gathered: Gathered) -> Callable[[str], str]:
    """A function that takes names, addresses and numbers out of a remark."""
    names = [" ".join(name).strip() for name in _people(gathered)] + _speakers(gathered)
    event = gathered.event_file.event
    known = compile_names(names, ordinary=[event.commune, event.place, event.organiser])
    return lambda text: scrub(text, known)


def identifiers_of(gathered: Gathered) -> Identifiers:
    """The names, e-mails and phones of the files; what organisers wrote is public."""
    event = gathered.event_file.event
    emails, phones = set[str](), set[str]()
    for file in gathered.files:
        for position in range(len(file.headings)):
            for cell in _cells(file, position):
                emails.update(_EMAIL.findall(cell) if "@" in cell else ())
        for cell in _of_columns(file, "phone"):
            phones.update(_PHONE.findall(cell))
    public = [
        event.name,
        event.place,
        event.organiser,
        event.commune,
        event.description,
        event.context,
        *event.partners,
        *_speakers(gathered),
    ]
    places = [
        cell
        for file in gathered.of_kind("registrations", "attendance")
        for field in ("commune", "place")
        for cell in _of_columns(file, field)
    ]
    return Identifiers(
        names=_people(gathered),
        emails=sorted(emails),
        phones=sorted(phones),
        public_terms=[term for term in public if term],
        common_terms=[*_organisations(gathered), *places],
    )
