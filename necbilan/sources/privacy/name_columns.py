"""Columns that hold names of people though no heading that we know says so.

«Tu t’appelles comment ?», «Accompagnant», «Votre nom» in a survey: nothing of them is
counted, but their names may stand in a remark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from necbilan.sources.cells import is_blank
from necbilan.sources.folding import fold
from necbilan.sources.privacy.word_kinds import names_nobody

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from necbilan.sources.gathered import ReadFile

__all__ = ["names_of_unnamed_columns"]

_SHAPE = re.compile(
    r"[^\W\d_][^\W\d_]*(?:[’'-][^\W\d_]+)*\.?"
    r"(?:,? (?:(?:de|du|des|la|le|van|von|el|ben|da|dos) |d[’'])*[^\W\d_]+(?:[’'-][^\W\d_]+)*){1,3}"
)
"""two to four words, hyphens and particles among them, no digit"""
_MOST = 0.6
"""share of the cells of a column that look like names"""
_APART = 0.8
"""share of them that differ, in a survey: what many people answer the same is no name"""
_OF_A_PERSON = re.compile(
    r"\b(?:pre)?noms?\b|\bappel|\bidentite|\bqui (?:es|etes)|\b(?:sur|pseudo)nom|\baccompagn|"
    r"\bprevenir\b|\bcontact|\breferente?\b|\bresponsable\b|\bpersonne\b|\bnames?\b|\bwho are you"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:structure|organi|entreprise|association|collectivite|employeur|societe|ville|commune|"
    r"departement|pays|adresse|rue|atelier|activite|conference|session|titre|fonction|metier|"
    r"profil|poste|theme|evenement|billet|tarif|fichier|produit|statut|company|city|event|job)"
)


def names_of_unnamed_columns(file: ReadFile) -> Iterator[str]:
    """Every cell that looks like a name, of the columns that nothing else explains."""
    explained = {column.heading.position for column in file.columns if column.field}
    for heading in file.headings:
        if heading.position in explained and not _is_left_out(file, heading.position):
            continue
        said = fold(" ".join(heading.levels))
        cells = [cell.strip() for cell in file.reading.text.iloc[:, heading.position]]
        filled = [cell for cell in cells if not is_blank(cell)]
        if _OF_SOMETHING_ELSE.search(said) and not _OF_A_PERSON.match(said):
            continue
        if _OF_A_PERSON.search(said):
            yield from (cell for cell in filled if _like_a_name(cell, alone=True))
        elif _hold_names(filled, least_apart=_APART if file.survey is not None else 0.0):
            yield from (cell for cell in filled if _like_a_name(cell))


def _is_left_out(file: ReadFile, position: int) -> bool:
    """Recognised and left out: contact details of a survey, the payer, the person in charge."""
    return file.survey is not None and any(
        column.heading.position == position for column in file.survey.technical
    )


def _hold_names(cells: Sequence[str], *, least_apart: float) -> bool:
    alike = [cell for cell in cells if _like_a_name(cell)]
    telling = [cell for cell in alike if not names_nobody(cell)]
    return (
        bool(cells)
        and len(alike) >= _MOST * len(cells)
        and len(set(alike)) >= least_apart * len(alike)
        and 2 * len(telling) >= len(alike)
    )


def _like_a_name(cell: str, *, alone: bool = False) -> bool:
    """Words with a capital each (all in small letters too, under a heading that asks it)."""
    if alone and len(cell.split()) <= 4 and cell.replace("-", "").replace("'", "").isalpha():
        return True
    if len(cell) > 60 or not _SHAPE.fullmatch(cell):
        return False
    return alone or sum(word[0].isupper() for word in cell.split()) >= 2
