"""What the files hold about people, gathered for two uses only: scrubbing and the leak test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from necbilan.reference import tables
from necbilan.sources.folding import fold_heading
from necbilan.sources.privacy.identifiers import Identifiers
from necbilan.sources.privacy.name_columns import names_of_unnamed_columns
from necbilan.sources.privacy.scrub import compile_names, scrub
from necbilan.sources.privacy.word_kinds import names_nobody
from necbilan.sources.programme import programme_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from necbilan.sources.gathered import Gathered, ReadFile
    from necbilan.sources.survey.asked import Asked

__all__ = ["identifiers_of", "scrubber"]

_PHONE = re.compile(r"(?:\+|00)?\d(?:[\s.\-]?\d){8,11}")
_TOWN = 20_000
"""people of a commune that a map may name, whoever came from there"""
_LAST, _FIRST = (
    re.compile(r"^nom (?:payeur|acheteur)$"),
    re.compile(r"^prenom (?:payeur|acheteur)$"),
)


def _cells(file: ReadFile, position: int) -> list[str]:
    return [cell.strip() for cell in file.reading.text.iloc[:, position]]


def _names(file: ReadFile) -> Iterator[tuple[str, str]]:
    """(first, last) of every person of a list; ("", full) of a column that says it all."""
    by_field = {column.field: column.heading.position for column in file.columns}
    if {"first_name", "last_name"} & by_field.keys():
        blank = [""] * len(file.reading.text)
        first, last = (
            _cells(file, by_field[name]) if name in by_field else blank
            for name in ("first_name", "last_name")
        )
        yield from zip(first, last, strict=True)
    if "full_name" in by_field:
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
    """Everyone named in the lists, and in the columns of any file that hold names unsaid."""
    lists = gathered.of_kind("registrations", "attendance")
    asked = gathered.of_kind("registrations", "attendance", "survey")
    named = [name for file in lists for name in _names(file) if any(name)]
    unsaid = dict.fromkeys(name for file in asked for name in names_of_unnamed_columns(file))
    return [*named, *(("", name) for name in unsaid), *sorted(gathered.elsewhere.names)]


def _emails(gathered: Gathered) -> list[str]:
    """Every address of any cell of the files, and of what stands beside them."""
    return sorted(gathered.elsewhere.emails)


def _spelt_in(email: str) -> str:
    """The name that «prenom.nom@…» spells, "" when the address spells none."""
    words = re.split(r"[._-]", email.partition("@")[0])
    spelt = len(words) == 2 and all(word.isalpha() and len(word) > 2 for word in words)
    return " ".join(words) if spelt and not any(map(names_nobody, words)) else ""


def _speakers(gathered: Gathered) -> list[str]:
    return list(programme_of(gathered)[2])


def _organisations(gathered: Gathered) -> list[str]:
    lists = gathered.of_kind("registrations", "attendance")
    return [cell for file in lists for cell in _of_columns(file, "organisation") if cell]


def scrubber(gathered: Gathered) -> Callable[[str], str]:
    """A function that takes names, addresses and numbers out of a remark."""
    names = [" ".join(name).strip() for name in _people(gathered)] + _speakers(gathered)
    names += filter(None, map(_spelt_in, _emails(gathered)))
    event = gathered.event_file.event
    known = compile_names(names, ordinary=[event.commune, event.place, event.organiser])
    return lambda text: scrub(text, known)


def identifiers_of(gathered: Gathered) -> Identifiers:
    """The names, e-mails and phones of the files; what organisers wrote is public."""
    phones = {
        number
        for file in gathered.files
        for cell in _of_columns(file, "phone")
        for number in _PHONE.findall(cell)
    }
    return Identifiers(
        names=_people(gathered),
        emails=_emails(gathered),
        phones=sorted(phones | gathered.elsewhere.phones),
        public_terms=[
            *filter(None, gathered.event_file.texts),
            *_speakers(gathered),
            *_announced(gathered),
        ],
        common_terms=[*_organisations(gathered), *_places(gathered), *_asked(gathered)],
    )


def _places(gathered: Gathered) -> Iterator[str]:
    """What the report may call a place: as written in the lists, or by its official name."""
    lists = gathered.of_kind("registrations", "attendance")
    for file in lists:
        for name in ("commune", "place"):
            yield from _of_columns(file, name)
    yield from (
        *tables.departments().name,
        *tables.regions().values(),
        *tables.countries().name,
    )
    communes = tables.communes()
    codes = {cell for file in lists for cell in _of_columns(file, "postal_code")}
    near = {insee for code in codes for insee, _ in tables.postal_codes().get(code, ())}
    for insee, name, people in zip(communes.insee, communes.name, communes.population, strict=True):
        if people >= _TOWN or insee in near:
            yield name


def _asked(gathered: Gathered) -> Iterator[str]:
    """Questions, as they were put to everybody."""
    for file in gathered.of_kind("survey"):
        yield from (heading.leaf for heading in file.headings)
        yield from (asked.question.wording for asked in _questions(file))


def _announced(gathered: Gathered) -> Iterator[str]:
    """What the public was announced: the programme's sheets, the activities that a survey rates.

    «Atelier avec Josiane Martin» names her though the lists do too.
    """
    for file in gathered.of_kind("programme"):
        for name in ("title", "kind", "theme"):
            yield from _of_columns(file, name)
    for file in gathered.of_kind("survey"):
        yield from (item for asked in _questions(file) for item in asked.items)


def _questions(file: ReadFile) -> Sequence[Asked]:
    return file.survey.asked if file.survey else ()
