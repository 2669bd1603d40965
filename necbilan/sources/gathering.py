"""Each file of an event, read and understood on its own: lists, surveys, sheets.

Nothing stops here but a missing folder: a file that cannot be read is a Problem that
blocks, so that all faults are shown at once.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from necbilan.errors import BlockedByProblems, InputMissing, UnreadableFile
from necbilan.model import Problem
from necbilan.sources.cells import is_blank, presence
from necbilan.sources.decisions import read_decisions
from necbilan.sources.entries import guessed_entries, read_entry, sheets_of
from necbilan.sources.event.file import read_event
from necbilan.sources.event.pictures import read_logo, read_photos
from necbilan.sources.folding import fold
from necbilan.sources.gathered import Gathered, ReadFile
from necbilan.sources.headings.columns import DOUBTFUL, map_columns
from necbilan.sources.headings.guessing import is_spreadsheet, names_attendance
from necbilan.sources.headings.heading import headings
from necbilan.sources.headings.tools import recognise_tool
from necbilan.sources.leftovers import leftovers
from necbilan.sources.people.moments import names_half_day
from necbilan.sources.people.tickets import read_tickets
from necbilan.sources.privacy.elsewhere import people_elsewhere
from necbilan.sources.privacy.personal import identifiers_of
from necbilan.sources.survey.reading import read_survey
from necbilan.sources.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from necbilan.sources.decisions import Decisions
    from necbilan.sources.event.file import EventFile, FileEntry
    from necbilan.sources.headings.columns import MappedColumn
    from necbilan.sources.workbook import Reading

__all__ = ["column_key", "gather"]

_REGISTRATION_KINDS = frozenset({"registrations", "attendance"})
_COLOUR = re.compile(
    r"\b(?:vert|rouge|orange|jaune|bleu|gris|rose|surligne|barre)e?s? ?(?:=|:|->|→|signifie)"
)
_PERSONAL = frozenset({"first_name", "last_name", "full_name", "email"})


def gather(folder: str | Path) -> Gathered:
    """Read every file that event.toml names, or every spreadsheet when it names none.

    Raises InputMissing when there is nothing at all to read, BlockedByProblems when no
    file of the folder can be read, ConfigError on event.toml.
    """
    event_file = read_event(folder)
    decisions = read_decisions(folder)
    problems = list(decisions.unclear())
    entries = list(event_file.files)
    guessed = not entries
    if guessed:
        entries, refused = guessed_entries(Path(folder))
        problems += refused
    if not entries and any(problem.severity == "blocks" for problem in problems):
        raise BlockedByProblems(problems)
    left = leftovers(Path(folder), read=[entry.path for entry in entries], named=not guessed)
    if not entries and not _says_something(event_file):
        raise _nothing_to_read(Path(folder), left)
    problems += left
    files: list[ReadFile] = []
    for entry in [part for whole in entries for part in sheets_of(whole)]:
        try:
            reading, told = read_entry(entry)
        except UnreadableFile as error:
            problems.append(error.problem)
            continue
        except InputMissing:
            problems.append(_missing(entry))
            continue
        file = _understand(entry, reading, decisions, source=len(files))
        files.append(replace(file, guessed=guessed))
        problems += [*told, *_of_reader(file), *map(entry.said, _of_table(file))]
    pictures, unfit = read_photos(event_file.event.photos)
    logo, no_logo = read_logo(event_file.logo)
    problems += [*unfit, *no_logo]
    name = Path(folder).resolve().name
    beside = [path for path in sorted(Path(folder).iterdir()) if is_spreadsheet(path)]
    named = dict.fromkeys([*(file.entry.path for file in files), *beside])
    gathered = Gathered(
        event_file,
        decisions,
        tuple(files),
        tuple(problems),
        pictures,
        logo,
        name,
        people_elsewhere(named),
    )
    followed, naming = decisions.naming_nobody(lambda: identifiers_of(gathered))
    return replace(gathered, decisions=followed, problems=(*problems, *naming))


def _nothing_to_read(folder: Path, left: Sequence[Problem]) -> InputMissing:
    """Says what the folder holds instead of a spreadsheet, and what to do with it."""
    there = "".join(
        typeset(f"\n  {told.file} : {told.found}. {told.remedy}")
        for told in left
        if told.severity == "ask"
    )
    return InputMissing(
        f"{folder.name} : aucun tableur dans ce dossier et aucun chiffre déclaré dans "
        f"event.toml. Ajoutez l’export des inscriptions ou de l’enquête, ou [declared].{there}"
    )


def _says_something(event_file: EventFile) -> bool:
    given = (event_file.event.declared, event_file.activities, event_file.speakers)
    return any(given) or event_file.budget is not None


def column_key(file: str, heading: str) -> str:
    """How decisions.csv names a column."""
    return f"{file} › {heading}"


def _missing(entry: FileEntry) -> Problem:
    return Problem(
        code="E_FILE_MISSING",
        file=entry.path.name,
        found="ce fichier, nommé dans event.toml, n’est pas dans le dossier",
        remedy="Copiez-le dans le dossier, ou corrigez son nom dans [files].",
    )


def _understand(
    entry: FileEntry, reading: Reading, decisions: Decisions, *, source: int
) -> ReadFile:
    columns = headings(reading.origin.headers, reading.account.column_letters)
    tool = recognise_tool(columns, reading.origin.delimiter)
    digest = hashlib.sha256(entry.path.read_bytes()).hexdigest()
    if entry.kind == "survey":
        survey = read_survey(
            reading,
            columns,
            tool=tool,
            roles=_roles(decisions),
            scales=_scales(decisions),
            file=entry.path.name,
        )
        return ReadFile(entry, reading, columns, survey.technical, tool, digest, survey=survey)
    kind = "registration" if entry.kind in _REGISTRATION_KINDS else entry.kind
    mapped = map_columns(
        columns,
        reading.text,
        kind=kind,
        tool=tool,
        decided=_columns(decisions, entry.path.name),
        signed=entry.kind == "attendance" or names_attendance(entry.path, entry.sheet),
    )
    if entry.kind == "attendance":
        mapped = tuple(_half_day_marked(column, reading) for column in mapped)
    tickets = None
    if kind == "registration" and not (tool and tool.refusal):
        tickets = read_tickets(reading, mapped, entry, tool=tool, source=source)
    return ReadFile(entry, reading, columns, mapped, tool, digest, tickets=tickets)


def _half_day_marked(column: MappedColumn, reading: Reading) -> MappedColumn:
    """In a list of signatures, «30/09 matin» over ticks holds the signatures of that morning."""
    if column.field or not names_half_day(" ".join(column.heading.levels)):
        return column
    cells = [cell for cell in reading.text.iloc[:, column.heading.position] if not is_blank(cell)]
    if any(presence(cell) is None for cell in cells):
        return column
    reason = "une demi-journée, dans une feuille d’émargement"
    return replace(column, field="checked_in", label="présence", confidence=1.0, reason=reason)


def _roles(decisions: Decisions) -> Mapping[str, str]:
    refused = dict.fromkeys(decisions.refused("question"), "other")
    return refused | decisions.answers("question")


def _scales(decisions: Decisions) -> Mapping[str, str]:
    return dict.fromkeys(decisions.refused("scale"), "aucune") | decisions.answers("scale")


def _columns(decisions: Decisions, file: str) -> dict[str, str]:
    answers = decisions.answers("column") | dict.fromkeys(decisions.refused("column"), "aucun")
    start = column_key(file, "")
    return {key.removeprefix(start): field for key, field in answers.items() if start in key}


# --- what is said of a table; its place is added by ``gather`` -----------------------------


def _of_reader(file: ReadFile) -> list[Problem]:
    """What the reader found; lines of one cell that are people are no titles.

    Seats may be written «3 personnes»: the reader sees no number there, tickets do.
    """
    seats = {column.heading.leaf for column in file.columns if column.field == "quantity"}
    problems = [
        problem
        for problem in file.reading.problems
        if problem.code != "W_NOT_A_NUMBER" or not any(s in problem.found for s in seats)
    ]
    lone = sum(r.reason in ("section", "footnote") for r in file.reading.account.rejects)
    if not file.tickets or not lone or file.tickets.recovered != lone:
        return problems
    return [p for p in problems if p.code not in ("W_SECTION", "W_FOOTNOTE")]


def _of_table(file: ReadFile) -> Iterator[Problem]:
    if file.tickets and file.tickets.recovered:
        yield _lone_names(file.tickets.recovered)
    if len(file.reading.text):
        refused = file.tool is not None and file.tool.refusal
        if file.tool is not None and refused:
            yield Problem(code="E_NOT_A_LIST", found=file.tool.refusal, remedy=file.tool.remedy)
        if file.survey is not None:
            yield from file.survey.problems
        if file.tickets is not None:
            if not refused and _PERSONAL.isdisjoint(column.field for column in file.columns):
                yield _no_people()
            yield from _doubtful_columns(file)
            yield from _colours(file)
            yield from file.tickets.problems
    if file.entry.kind == "speakers":
        yield from _civility(file)


def _lone_names(count: int) -> Problem:
    return Problem(
        code="W_LONE_NAMES",
        found=f"{count} ligne{'s' if count > 1 else ''} où seul le nom est rempli : "
        "ces personnes sont comptées",
        remedy="Rien à faire si ce ne sont pas des titres.",
    )


def _no_people() -> Problem:
    return Problem(
        code="E_NO_PEOPLE",
        found="aucune colonne de noms ni d’adresses e-mail n’a été reconnue",
        expected="une colonne Nom, Nom et prénom, ou E-mail",
        remedy="Vérifiez que c’est bien la liste des personnes, ou indiquez la colonne dans "
        "decisions.csv.",
    )


def _doubtful_columns(file: ReadFile) -> Iterator[Problem]:
    """Columns that their cells alone name: used, and asked."""
    for column in file.columns:
        if column.field and column.confidence <= DOUBTFUL:
            yield Problem(
                code="A_COLUMN",
                cell=_place(column),
                found=f"« {column.heading.leaf} » est prise pour « {column.label} » : "
                f"{column.reason}",
                expected="une confirmation",
                remedy="Confirmez ou corrigez dans decisions.csv.",
            )


def _colours(file: ReadFile) -> Iterator[Problem]:
    """A line that says what colours mean: necbilan reads none."""
    texts = [*file.reading.origin.preamble, *(r.text for r in file.reading.account.rejects)]
    if any(_COLOUR.search(fold(text)) for text in texts):
        yield Problem(
            code="A_COLOURS",
            found="une légende donne un sens aux couleurs : celles des cases ne sont pas lues",
            expected="une colonne « Présent » ou « Statut » remplie",
            remedy="Reportez ce que disent les couleurs dans une colonne.",
        )


def _civility(file: ReadFile) -> Iterator[Problem]:
    """Of speakers, a civility stands for the gender that nobody else declared."""
    for column in file.columns:
        if column.field == "gender" and "civ" in fold(column.heading.leaf):
            yield Problem(
                code="W_CIVILITY",
                cell=_place(column),
                found="la civilité (Mme, M.) est prise pour le genre déclaré",
                remedy="Rien à faire si chaque personne a donné la sienne. Sinon, renommez cette "
                "colonne : le genre sera « non renseigné ».",
            )


def _place(column: MappedColumn) -> str:
    return f"colonne {column.heading.letter}" if column.heading.letter else ""
