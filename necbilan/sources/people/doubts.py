"""What lists of people leave in doubt once joined: said to the organisers, never decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.model import Problem
from necbilan.sources.people.distinct import namesakes, near_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from necbilan.sources.gathered import Gathered, ReadFile
    from necbilan.sources.people.distinct import Person

__all__ = ["doubts_of_lists"]


def doubts_of_lists(people: Sequence[Person], gathered: Gathered) -> list[Problem]:
    """Lists where nobody is marked, names nearly alike, one name borne by two people."""
    signed = gathered.of_kind("attendance")
    return [*_unmarked(signed), *_near_names(people, signed), *_namesakes(people, gathered)]


def _unmarked(signed: Sequence[ReadFile]) -> Iterator[Problem]:
    """Attendance lists where nobody is marked: presence is unknown, not nil."""
    for file in signed:
        if file.tickets and not file.tickets.presence:
            yield Problem(
                code="W_NOBODY_MARKED",
                file=file.entry.path.name,
                sheet=file.reading.origin.sheet,
                found="aucune case de présence n’est remplie\u00a0: la présence n’est pas mesurée",
                remedy="Reportez les signatures dans la colonne, ou déclarez present dans "
                "[declared].",
            )


def _near_names(people: Sequence[Person], signed: Sequence[ReadFile]) -> Iterator[Problem]:
    """Names of a signed sheet that are nearly those of a registration."""
    if not signed:
        return
    joined, apart = near_names(people)
    if joined:
        yield Problem(
            code="W_NAMES_JOINED",
            file=signed[0].entry.path.name,
            found=f"{joined} ligne{'s' * (joined > 1)} d’émargement jointe{'s' * (joined > 1)} à "
            "une inscription de la même structure malgré une ou deux lettres d’écart dans le nom",
            remedy="Rien à faire si ce sont bien les mêmes personnes.",
        )
    if apart:
        lines = ", ".join(map(str, apart[:5])) + ("…" if len(apart) > 5 else "")
        yield Problem(
            code="A_NAMES_NEAR",
            file=signed[0].entry.path.name,
            cell=f"ligne {apart[0]}",
            found=f"{len(apart)} nom{'s' * (len(apart) > 1)} d’émargement à une ou deux lettres "
            f"d’une inscription, compté{'s' * (len(apart) > 1)} à part (ligne {lines})",
            expected="le même nom dans les deux listes",
            remedy="Si c’est la même personne, corrigez son nom dans l’une des listes.",
        )


def _namesakes(people: Sequence[Person], gathered: Gathered) -> Iterator[Problem]:
    """One full name, two people, and no e-mail to tell whether they are one."""
    found = namesakes(people)
    if not found:
        return
    first, count = found[0], len(found)
    file = gathered.files[first.source]
    yield Problem(
        code="A_NAMESAKES",
        file=file.entry.path.name,
        sheet=file.reading.origin.sheet,
        cell=f"ligne {first.line}",
        found=f"{count} personne{'s' * (count > 1)} du même nom qu’une autre, d’une autre "
        f"structure et sans e-mail qui les distingue, comptée{'s' * (count > 1)} à part",
        expected="une seule ligne par personne",
        remedy="Si c’est la même personne, donnez-lui la même structure, ou le même e-mail, sur "
        "ses deux lignes.",
    )
