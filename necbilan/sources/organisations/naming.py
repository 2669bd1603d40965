"""How a group of labels is shown: its name, and its type of the eight."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from necbilan.sources.organisations.lexicon import fold_name, lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.sources.organisations.reading import Reading

__all__ = ["displayed_name", "organisation_type"]


def displayed_name(surfaces: Mapping[str, int], readings: Mapping[str, Reading]) -> str:
    """The best of the spellings given; ``surfaces`` maps each to how often it was written.

    A network shows its present name.  Else, in this order: nothing but the name; its
    territory; the usual word of its kind («Ville de», not «Municipalité de»); no lone
    acronym, no capitals throughout; the most frequent; no place added; accents; small
    words kept.
    """
    kind = next((reading.kind for reading in readings.values() if reading.kind), "")
    fixed = lexicon().kinds[kind].name if kind else ""
    if fixed:
        return fixed
    return tidy(min(surfaces, key=lambda text: _rank(text, surfaces[text], readings[text], kind)))


def tidy(text: str) -> str:
    """Spaces made single, final stops dropped, typographic apostrophe."""
    return re.sub(r"\s+", " ", text).strip(" .,;:-").replace("'", "’")


def _rank(text: str, times: int, reading: Reading, kind: str) -> tuple[object, ...]:
    letters = [sign for sign in text if sign.isalpha()]
    capitals = sum(map(str.isupper, letters))
    acronym = " " not in text.strip() and 2 <= capitals == len(letters) <= 6
    scope = lexicon().kinds[kind].scope if kind else ""
    vague = scope in ("department", "region") and not reading.places
    usual = kind == "" or fold_name(text).startswith(lexicon().kinds[kind].usual)
    return (
        bool(reading.asides),
        vague,
        not usual,
        bool(re.search(r"\s{2}|[.,;]\s*$|[()]|\s[-–/]\s|^\W", text)),
        acronym,
        len(letters) > 4 and capitals > 0.7 * len(letters),
        capitals == 0,
        -times,
        len(reading.full),
        -sum(not sign.isascii() for sign in text),
        -len(text),
        text,
    )


def organisation_type(readings: Mapping[str, Reading]) -> str:
    """The type of the eight that most spellings point to; '' = unclassified."""
    kinds = [lexicon().kinds[reading.kind].type for reading in readings.values() if reading.kind]
    words = [_type_by_words(label, reading) for label, reading in readings.items()]
    votes = Counter(kinds or filter(None, words))
    return min(votes, key=lambda name: (-votes[name], name)) if votes else ""


def _type_by_words(label: str, reading: Reading) -> str:
    """By its legal form when written, else by the first vocabulary found in its name."""
    lex = lexicon()
    if lex.company_forms & set(fold_name(label).split()):
        return "company"
    pieces = {
        reading.full[start : start + size]
        for size in (1, 2, 3, 4)
        for start in range(len(reading.full) - size + 1)
    }
    found = next((name for name, phrases in lex.types if pieces & phrases), "")
    said = {"association", "asso"} & set(fold_name(label).split())
    return found or ("association" if said else "")
