"""XML read as a stream: no document type, no entity, nothing external, ever."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

__all__ = ["DoctypeError", "ExpatError", "local", "stream"]

ExpatError = expat.ExpatError
_CHUNK = 1 << 18


class DoctypeError(Exception):
    """The part declares a document type: never legitimate in a spreadsheet."""


def local(name: str) -> str:
    """A tag or attribute without its namespace prefix."""
    return name.rpartition(":")[2]


def stream(
    source: IO[bytes],
    *,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> None:
    """Parse to the end, calling the handlers with names as written (prefix included).

    Raises DoctypeError, and ExpatError when the XML is not well formed.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    if start is not None:
        parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if characters is not None:
        parser.CharacterDataHandler = characters
    while chunk := source.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse(*_declaration: object) -> None:
    raise DoctypeError
