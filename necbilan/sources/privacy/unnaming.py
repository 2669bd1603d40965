"""What names somebody where nobody expects a name, taken out before it travels on.

«inscription de Josiane Martin.xlsx», a sheet «Martin», a question about the workshop of
somebody registered, an organisation that bears its owner's name.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from necbilan.safe_cells import visible
from necbilan.sources.privacy.scrub import REMOVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from necbilan.model import Merge, Problem, Question, Source
    from necbilan.sources.privacy.identifiers import Identifiers

__all__ = [
    "folder_names_somebody",
    "unnamed_id",
    "unnamed_labels",
    "unnamed_merge",
    "unnamed_problem",
    "unnamed_question",
    "unnamed_source",
    "unnaming",
]


def unnaming(identifiers: Identifiers, scrubbed: Callable[[str], str]) -> Callable[[str], str]:
    """A function that gives a text as it reads, or with «[…]» in place of whom it names.

    What organisers made public (see ``Identifiers``) stays; the ending of a file's name too.
    """

    def unnamed(text: str) -> str:
        text = visible(text)
        if not identifiers.kinds_in(text):
            return text
        told = scrubbed(text)
        if not identifiers.kinds_in(told):
            return told
        ending = PurePath(text).suffix
        return REMOVED + (ending if ending.isascii() and len(ending) < 6 else "")

    return unnamed


def unnamed_problem(problem: Problem, unnamed: Callable[[str], str]) -> Problem:
    """The problem, naming nobody wherever it stands."""
    return replace(
        problem,
        file=unnamed(problem.file),
        sheet=unnamed(problem.sheet),
        cell=unnamed(problem.cell),
        found=unnamed(problem.found),
        expected=unnamed(problem.expected),
        remedy=unnamed(problem.remedy),
    )


def unnamed_source(source: Source, unnamed: Callable[[str], str]) -> Source:
    """The source, its file and sheet naming nobody."""
    return replace(source, file=unnamed(source.file), sheet=unnamed(source.sheet))


def unnamed_question(question: Question, unnamed: Callable[[str], str]) -> Question:
    """The question, its id, wording and file naming nobody."""
    return replace(
        question,
        id=unnamed_id(question.id, unnamed),
        wording=unnamed(question.wording),
        file=unnamed(question.file),
    )


def unnamed_id(identity: str, unnamed: Callable[[str], str]) -> str:
    """The id of a question, which its wording gives."""
    return unnamed(identity).replace(REMOVED, "personne")


def unnamed_merge(merge: Merge, unnamed: Callable[[str], str]) -> Merge:
    """The merge, its spellings naming nobody; ``unnamed_labels`` gave its organisation."""
    return replace(merge, labels=tuple(dict.fromkeys(map(unnamed, merge.labels))))


def unnamed_labels(labels: Iterable[str], unnamed: Callable[[str], str]) -> dict[str, str]:
    """Label → what is shown of it, for those that name somebody; two labels stay two."""
    shown: dict[str, str] = {}
    taken: set[str] = set()
    for label in dict.fromkeys(labels):
        told, number = unnamed(label), 2
        if told == label:
            continue
        start = told
        while told in taken:
            told, number = f"{start} ({number})", number + 1
        taken.add(told)
        shown[label] = told
    return shown


def folder_names_somebody() -> Problem:
    """The folder of an event gives its name to the outputs and stands in the notebook."""
    from necbilan.model import Problem

    return Problem(
        code="E_FOLDER_NAME",
        found="le nom du dossier de l’événement contient celui d’une personne de ses fichiers, "
        "et paraîtrait dans le bilan",
        remedy="Renommez ce dossier, puis relancez.",
    )
