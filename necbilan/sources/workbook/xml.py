"""XML read as a stream: no document type, no entity, nothing external, ever."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

__all__ = ["BrokenError", "DoctypeError", "local", "stream"]

_CHUNK = 1 << 18
# A tag, a comment or an attribute longer than this is no spreadsheet's; libexpat before 2.6
# reads it again at each chunk (CVE-2023-52425).
_LONGEST_TOKEN = 8 << 20


class BrokenError(Exception):
    """The XML is not well formed, or holds a tag, comment or attribute of megabytes.

    The message says where, never what.
    """


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

    Raises DoctypeError and BrokenError.
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
    fed = 0
    try:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise BrokenError(f"élément trop long à l'octet {parser.CurrentByteIndex}")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BrokenError(f"XML, ligne {error.lineno}, colonne {error.offset}") from error
    except LookupError as error:  # an encoding that Python does not know
        if isinstance(error, (KeyError, IndexError)):  # a handler's own
            raise
        raise BrokenError("encodage du XML inconnu") from error


def _refuse(*_declaration: object) -> None:
    raise DoctypeError
