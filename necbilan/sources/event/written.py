"""event.toml as it is written: where each key stands, and how a fault in it is told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from necbilan.errors import ConfigError
from necbilan.model import Problem
from necbilan.sources.event.finding import decoded, event_bytes
from necbilan.sources.event.mistakes import meant
from necbilan.sources.typography import typeset_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["KeyPath", "Written", "parsed"]

KeyPath: TypeAlias = tuple[str | int, ...]
"""keys from the top, and the number of an element in a list: ("photos", 0, "file")"""

_ANY = '"…"'
_EXAMPLES = {
    "name": '"NEC de ma ville 2025"',
    "place": '"Médiathèque, Ma Ville"',
    "date": "2025-10-16",
}
_LONGEST_NAME = 255
"""bytes of a name that file systems take"""
SIZE_LIMIT = 1_000_000
"""bytes; an event.toml is a page of text"""


@dataclass(frozen=True, repr=False)
class Written:
    """The text of an event.toml and the folder it stands in."""

    text: str
    root: Path

    def line_of(self, path: KeyPath) -> int:
        """The line where the last key of ``path`` is written, found by following the path."""
        position, table = 0, ""
        for index, part in enumerate(path):
            if isinstance(part, int):
                headers = list(re.finditer(rf"(?m)^\s*\[\[\s*{re.escape(table)}\s*\]\]", self.text))
                if part < len(headers):
                    position = headers[part].start()
                continue
            table = _dotted(path[: index + 1])
            quoted = rf"(?:\"{re.escape(part)}\"|{re.escape(part)})"
            pattern = rf"(?m)^\s*\[\[?\s*{re.escape(table)}\s*\]|(?:^|[\s{{,]){quoted}\s*(?:=|\.)"
            found = re.compile(pattern).search(self.text, position)
            if found:
                position = found.end() - 1
        return self.text.count("\n", 0, position) + 1

    def refused(self, found: str, expected: str, key: KeyPath) -> ConfigError:
        """The error to raise about a key."""
        return _refused(f"clé « {_dotted(key)} » : {found}", expected, self.line_of(key))

    def lacking(self, keys: Sequence[str], at: KeyPath) -> ConfigError:
        """The error to raise when the table at ``at`` lacks compulsory keys."""
        examples = ", ".join(f"{key} = {_EXAMPLES.get(key, _ANY)}" for key in keys)
        found = "il manque " + ", ".join(f"« {key} »" for key in keys)
        return _refused(found, examples, self.line_of(at) if at else 0)

    def inside(self, name: str, key: KeyPath) -> Path:
        """The file ``name`` of the folder.  Raises ConfigError when it leaves the folder."""
        try:
            place = (self.root / name).resolve()
        except (OSError, RuntimeError):  # a link to itself (RuntimeError before Python 3.13)
            raise self.refused(
                "ce lien ne mène à aucun fichier", "un fichier placé dans le dossier", key
            ) from None
        if max(len(part.encode()) for part in Path(name).parts or ("",)) > _LONGEST_NAME:
            raise self.refused(
                "ce nom de fichier est trop long", "un nom de 255 octets au plus", key
            )
        if not place.is_relative_to(self.root.resolve()):
            raise self.refused(
                "ce chemin sort du dossier de l’événement", "un fichier placé dans le dossier", key
            )
        return self.root / name


def parsed(root: Path) -> tuple[dict[str, Any], Written]:
    """What event.toml holds, and how it is written.

    Raises InputMissing when the folder or the file is not there, ConfigError when the
    file is too long or no TOML.
    """
    raw = event_bytes(root)
    if len(raw) > SIZE_LIMIT:
        raise _refused("le fichier dépasse 1 Mo", "un texte de quelques pages", 1)
    text = decoded(raw)
    try:
        return tomllib.loads(text), Written(text, root)
    except tomllib.TOMLDecodeError as error:
        raise _refused(*_syntax_fault(str(error), text)) from None
    except RecursionError:
        raise _refused(
            "les tableaux sont imbriqués trop profondément", "un TOML simple", 1
        ) from None


def _dotted(path: KeyPath) -> str:
    return ".".join(part for part in path if isinstance(part, str))


def _refused(found: str, expected: str, line: int) -> ConfigError:
    return ConfigError(
        typeset_problem(
            Problem(
                code="E_CONFIG",
                file="event.toml",
                cell=f"ligne {line}" if line else "",
                found=found,
                expected=expected,
                remedy="Corrigez cette ligne puis relancez." if line else "Complétez ce fichier.",
            )
        )
    )


def _syntax_fault(message: str, text: str) -> tuple[str, str, int]:
    at = re.search(r"at line (\d+)", message)
    line = int(at.group(1)) if at else text.count("\n") + 1
    if "overwrite" in message or "mutate" in message or "twice" in message or "already" in message:
        return ("une clé est écrite en double", "chaque clé une seule fois", line)
    lines = text.split("\n")
    at_fault = lines[line - 1] if line <= len(lines) else ""
    alone = not any(above.lstrip().startswith("[") for above in lines[: line - 1])
    if (better := meant(at_fault, alone=alone)) is not None:
        return (*better, line)
    return (
        "cette ligne n’est pas du TOML",
        'clé = "texte entre guillemets", ou clé = nombre, ou clé = 2025-10-12',
        line,
    )
