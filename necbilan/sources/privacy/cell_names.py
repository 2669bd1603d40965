"""Names of people in cells: told by what is written, whatever the heading says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from necbilan.reference import tables
from necbilan.sources.cells import is_blank
from necbilan.sources.free_text.french_words import listed
from necbilan.sources.privacy.remark_words import words_in
from necbilan.sources.privacy.word_kinds import figures, is_common, is_given, is_nowhere, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["bare_name", "is_person", "names_of_a_cell", "people_in"]

_SHAPE = re.compile(
    r"[^\W\d_]+\.?(?:[’'-][^\W\d_]+)*\.?"
    r"(?:,? (?:(?:de|du|des|la|le|van|von|el|ben|da|dos) |d[’'])*"
    r"[^\W\d_]+\.?(?:[’'-][^\W\d_]+)*){1,4}"
)
"""two to five words, hyphens and particles among them, no digit"""
_TITLE = re.compile(
    r"^(?:m\.|mm\.|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle|dr\.?|docteur|pr\.?|me|ma[iî]tre)"
    r"\s+",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\([^()]*\)|<[^<>]*>|\[[^\[\]]*\]|\S+@\S+|(?<!\w)\+?\d[\d .\-/]{5,}\d|n°\s*\d+|\+\s?\d+\b"
)
"""what stands beside a name in its cell: a structure, an address, a number"""
_NUMBERED = re.compile(r"^\s*(?:n°|#)?\s*\d+\s*[.)°:\-–]*\s*")
_INITIAL = re.compile(r"(?<= )[A-ZÀ-Ý]\.? ")
"""of a second first name, between the first and the surname"""
_DIGITS = re.compile(r"\d+")
_APART = re.compile(r"[\n;|/&+]|\s[-–—:]\s|\s(?:et|and|ou|avec)\s|:\s")
_LONGEST = 60
_MOST_COMMON = 1
"""words of the language in a name that are no first name: «Lucie Boulanger»"""
_HALF = 0.5
_FEW = 2
_RARE = 0.25
"""share of a column of surnames that are words of no dictionary or map"""
_CAPITAL = r"[A-ZÀ-Ý][\w’'-]+"
_TWO_CAPITALS = re.compile(
    rf"(?<![\w’'-])(?=({_CAPITAL}\s(?:(?:de|du|la|le|van|von|el|ben)\s|d[’'])*{_CAPITAL}))"
)


def bare_name(cell: str) -> str:
    """A name without its title, number or what is said beside it in brackets."""
    bare = _NUMBERED.sub("", _AROUND.sub(" ", cell))
    bare = _DIGITS.sub("", bare)
    return " ".join(_TITLE.sub("", bare.strip()).strip(" ,.*-–_:").split())


def names_of_a_cell(cell: str) -> list[str]:
    """What of a cell may be names: «1. Mme DUPONT, Jeanne (CCAS)» → «DUPONT Jeanne»."""
    if len(cell) > 4 * _LONGEST or is_blank(cell):
        return []
    pieces = [piece for part in _APART.split(_AROUND.sub(" ; ", cell)) for piece in _commas(part)]
    bare = [bare_name(piece) for piece in pieces]
    return [
        _INITIAL.sub("", name) for name in bare if len(name) <= _LONGEST and _SHAPE.fullmatch(name)
    ]


def _commas(part: str) -> list[str]:
    """«Dupont, Jean» is one name, «Jean Dupont, Léa Roy» are two."""
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    whole = all(len(bare_name(piece).split()) > 1 for piece in pieces)
    return pieces if whole or len(pieces) > 2 else [" ".join(pieces)]


def is_person(name: str) -> bool:
    """A first name beside at most one word of the language, and none of an organisation."""
    words = [word for word in words_in(name) if word not in said("particles") and len(word) > 1]
    if len(words) < 2 or set(words) & (said("no_person") | said("venues") | said("brands")):
        return False
    if tuple(words_in(name)) in figures():
        return False
    first = [word for word in words if word in tables.first_names()]
    common = [word for word in words if word not in first and is_common(word)]
    sure = any(map(is_given, first)) or any(map(is_nowhere, words))
    return bool(first) and len(common) <= _MOST_COMMON and sure


def people_in(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """(first, last), or ("", full), of everybody a sheet names, whatever its layout.

    Columns (and rows) whose cells are names, a column of first names beside one of
    surnames, and names in the lines above and below the table.
    """
    width = max(map(len, rows), default=0)
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(width)]
    for line in (*columns, *rows):
        yield from (("", name) for name in _names_of_a_line(line))
    yield from _pairs(columns)
    for row in rows:
        filled = [cell for cell in row if cell]
        if len(filled) <= _FEW:
            yield from (("", name) for cell in filled for name in _names_in_a_sentence(cell))


def _names_of_a_line(cells: Sequence[str]) -> list[str]:
    """All names of a column whose cells are names for the most part."""
    filled = [cell for cell in cells if not is_blank(cell) and not cell.isdigit()]
    names = [(cell, names_of_a_cell(cell)) for cell in filled]
    people = [cell for cell, held in names if any(map(is_person, held))]
    if len(people) < _HALF * len(filled) - 1 or not people:
        return []
    sure = len(people) >= _HALF * max(1, len(filled))
    return [
        name for _, held in names for name in held if is_person(name) or (sure and _may_be(name))
    ]


def _may_be(name: str) -> bool:
    """In a column of names, anything of their shape that is not words of the language only."""
    words = [word for word in words_in(name) if word not in said("particles")]
    return not set(words) & said("no_person") and any(
        is_nowhere(word) or word in tables.first_names() for word in words
    )


def _pairs(columns: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """A column of first names and, next to it, the one that best looks like surnames."""
    for place, column in enumerate(columns):
        given = _share(column, _is_first)
        if given < _HALF or not _several(column):
            continue
        beside = {
            _share(columns[other], _is_rare): other
            for other in (place + 1, place - 1)
            if 0 <= other < len(columns)
            and _several(columns[other])
            and _share(columns[other], _is_surname) >= _HALF
            and _share(columns[other], _is_first) < given
        }
        if not beside or max(beside) < _RARE:
            continue
        for first, last in zip(column, columns[beside[max(beside)]], strict=True):
            if first and _is_surname(last) and len(first) <= _LONGEST:
                yield bare_name(first), bare_name(last)


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    filled = [cell for cell in cells if not is_blank(cell)]
    return sum(map(holds, filled)) / len(filled) if filled else 0.0


def _several(cells: Sequence[str]) -> bool:
    """Names differ: what a list repeats is a profile, a town, a ticket."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return len(filled) >= _FEW and len(set(filled)) >= _HALF * len(filled)


def _is_first(cell: str) -> bool:
    words = [word for word in words_in(bare_name(cell)) if len(word) > 1]
    return 0 < len(words) <= 3 and all(word in tables.first_names() for word in words)


def _is_rare(cell: str) -> bool:
    """A word of no dictionary or map, or a first name: no town, no profile."""
    words = [word for word in words_in(bare_name(cell)) if word not in said("particles")]
    return _is_surname(cell) and any(
        is_nowhere(word) or word in tables.first_names() for word in words
    )


def _is_surname(cell: str) -> bool:
    name = bare_name(cell)
    words = [word for word in words_in(name) if word not in said("particles")]
    if not 0 < len(words) <= 3 or not all(word.isalpha() for word in words) or len(name) > _LONGEST:
        return False
    if set(words) & (said("no_person") | said("brands") | listed("places")):
        return False
    return any(is_nowhere(word) or word in tables.first_names() for word in words) or (
        len(words) == 1 and name[:1].isupper()
    )


def _names_in_a_sentence(text: str) -> Iterator[str]:
    """«Référente : Josiane Zarbignon (06…)»: a word of no dictionary beside another."""
    whole = [name for name in names_of_a_cell(text) if is_person(name)]
    yield from whole
    for found in _TWO_CAPITALS.finditer(text):
        words = [word for word in words_in(found[1]) if word not in said("particles")]
        nobody = said("no_person") | said("venues") | said("brands")
        if any(map(is_nowhere, words)) and not any(w in nobody or is_common(w) for w in words):
            yield found[1]
