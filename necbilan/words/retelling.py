"""What the loader says in French, told again in the report's language.

The loader speaks French: to the command line, and in decisions.csv that a French team
fills in.  Its sentences are made of templates; retold.toml holds each with its English.
A sentence is recognised by its template, and what stood in the holes is told again too,
but for what stands between « »: a heading or a question is quoted as it was written.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from necbilan.model import Problem
    from necbilan.words.language import Language

__all__ = ["has_english", "problem_place", "retold"]

_HOLE = re.compile(r"\\\{(\w+)\\\}")
_AGREED = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
_QUOTED = re.compile(r"« \{(\w+)\} »")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True)
class _Template:
    """A French sentence with holes, and the same in English."""

    french: re.Pattern[str]
    english: str
    quoted: frozenset[str]
    """the holes that hold a quotation"""


def retold(text: str, language: Language) -> str:
    """A sentence of the loader in ``language``; one that nobody translated stays French.

    "one|many" in the English is chosen by ``count``.
    """
    if language.code == "fr":
        return language.typeset(text)
    found = _recognised(_plain(text))
    if found is None:
        return text
    template, values = found
    english = template.english
    if "|" in english:
        one, many = english.split("|", 1)
        english = one if values["count"] == "1" else many
    said = {
        name: value if name in template.quoted else retold(value, language)
        for name, value in values.items()
    }
    return english.format_map(said)


def problem_place(problem: Problem, language: Language) -> str:
    """«inscriptions.xlsx, feuille « Pros », C14», in ``language``; '' when nowhere."""
    sheet = language.say("problem.sheet", sheet=problem.sheet) if problem.sheet else ""
    cell = retold(problem.cell, language)
    return ", ".join(part for part in (problem.file, sheet, cell) if part)


def has_english(text: str) -> bool:
    """Whether a sentence of the loader, its holes filled with anything, has its English."""
    return _recognised(_plain(text)) is not None


def _plain(text: str) -> str:
    """Spaces and apostrophes of one kind, so that typography hides no sentence."""
    return _SPACES.sub(" ", text.replace("'", "’")).strip()


def _recognised(text: str) -> tuple[_Template, dict[str, str]] | None:
    for template in _templates():
        match = template.french.fullmatch(text)
        if match is not None:
            return template, match.groupdict()
    return None


@cache
def _templates() -> tuple[_Template, ...]:
    """Those without holes first, then the longest: the most telling wins."""
    file = resources.files("necbilan.words").joinpath("retold.toml")
    written: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    made = [
        (_plain(form), english) for french, english in written.items() for form in _forms(french)
    ]
    made.sort(key=lambda pair: ("{" in pair[0], -len(re.sub(r"\{\w+\}", "", pair[0]))))
    return tuple(
        _Template(_pattern(french), english, frozenset(_QUOTED.findall(french)))
        for french, english in made
    )


def _forms(french: str) -> list[str]:
    """The sentence for one and for several: of each «[one|several]» the same side."""
    return list(dict.fromkeys(_AGREED.sub(rf"\{side}", french) for side in (1, 2)))


def _pattern(french: str) -> re.Pattern[str]:
    """``{name}`` holds anything; met again it holds the same."""
    seen: set[str] = set()

    def hole(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        pattern = {"count": r"\d+", "s": "s?", "s2": "s?"}.get(name, ".+?")
        return f"(?P<{name}>{pattern})"

    return re.compile(_HOLE.sub(hole, re.escape(french)))
