"""What stands in an event's folder and is not read: said, with what to do, never passed over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.model import Problem
from necbilan.sources.event.finding import EVENT_FILE
from necbilan.sources.headings.guessing import is_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

__all__ = ["leftovers"]

_OURS = frozenset({"datapackage.json", "manifest.json"})
_MEASURES = "measures.csv"


@dataclass(frozen=True)
class _Kind:
    what: str
    remedy: str
    asks: bool


@cache
def _kinds() -> dict[str, _Kind]:
    """End of a file name → what the file is."""
    return {
        suffix: _Kind(said["is"], said["remedy"], said["asks"])
        for said in vocabulary.read("other_files").values()
        for suffix in said["suffixes"]
    }


def leftovers(folder: Path, *, read: Collection[Path], named: bool) -> list[Problem]:
    """The files and folders beside those ``read`` that may hold data of the event.

    ``named``: event.toml says which files to read, so that a spreadsheet may be forgotten.
    """
    known = {path.resolve() for path in read}
    found: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            found += _inside(path, known)
        elif is_spreadsheet(path):
            found += _forgotten(path) if named and path.resolve() not in known else ()
        elif path.name not in _OURS and (kind := _kinds().get(path.suffix.casefold())):
            found.append(
                Problem(
                    code="A_NOT_READ" if kind.asks else "W_NOT_READ",
                    file=path.name,
                    found=f"ce fichier n’est pas lu : c’est {kind.what}",
                    remedy=kind.remedy,
                )
            )
    return [*found, *_open(folder, known)]


def _inside(directory: Path, known: Collection[Path]) -> Iterator[Problem]:
    """A sub-folder of spreadsheets; another event, or an edition before, is none of ours."""
    inside = sorted(directory.iterdir())
    names = {path.name for path in inside}
    tables = [path for path in inside if is_spreadsheet(path) and path.resolve() not in known]
    if tables and not names & {EVENT_FILE, _MEASURES}:
        several = len(tables) > 1
        yield Problem(
            code="A_SUBFOLDER",
            file=directory.name,
            found=f"ce sous-dossier contient {len(tables)} tableur{'s' * several}, qui "
            f"{'ne sont pas lus' if several else 'n’est pas lu'}",
            remedy="Placez les tableurs à côté de event.toml, ou nommez-les dans [files] : "
            f'registrations = "{directory.name}/{tables[0].name}".',
        )


def _forgotten(path: Path) -> Iterator[Problem]:
    yield Problem(
        code="W_NOT_NAMED",
        file=path.name,
        found="ce tableur n’est pas lu : [files] de event.toml ne le nomme pas",
        remedy="Ajoutez-le à [files] s’il doit l’être.",
    )


def _open(folder: Path, known: Collection[Path]) -> Iterator[Problem]:
    """Tables that a spreadsheet program holds open: «~$x.xlsx», «.~lock.x.ods#»."""
    names = {path.name for path in known}
    for path in sorted(folder.iterdir()):
        held = path.name.removeprefix(".~lock.").removesuffix("#")
        if path.name.startswith("~$"):
            # Excel writes over the first letters of a long name
            held = next((name for name in names if name.endswith(path.name[2:])), "")
        if held != path.name and held in names:
            yield Problem(
                code="W_OPEN",
                file=held,
                found="ce fichier est ouvert dans un tableur : ce qui n’y est pas encore "
                "enregistré n’est pas lu",
                remedy="Enregistrez-le et fermez-le, puis relancez.",
            )
