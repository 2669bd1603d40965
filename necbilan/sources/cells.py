"""What a cell says: a status, a presence, a day, an amount.

Each function takes texts as written and gives a value, or None for what it does not
understand; nothing is guessed.  The words stand in vocabulary/statuses.toml.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.folding import fold, fold_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "amount",
    "days",
    "first_time",
    "is_blank",
    "meaning",
    "presence",
    "whole_number",
    "yes_no",
]

_BLANKS = frozenset({"", "-", "--", "n/a", "na", "null", "none", "#n/a", "nan"})
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_PARTS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_WORDED = re.compile(r"(\d{1,2})(?:er|ᵉʳ)?\s+([^\W\d_]{3,9})\.?\s+(\d{4})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MONTHS = {
    "jan": 1, "fev": 2, "feb": 2, "mar": 3, "avr": 4, "apr": 4, "mai": 5, "may": 5, "juin": 6,
    "jun": 6, "juil": 7, "jul": 7, "aou": 8, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_EXCEL_EPOCH = date(1899, 12, 30)
_UNTOLD = datetime(1980, 1, 1)
"""what LimeSurvey writes when dates are not stored"""


def is_blank(text: str) -> bool:
    """Nothing, a dash, or a program's way of writing nothing (N/A, null)."""
    return text.strip().casefold() in _BLANKS


@cache
def _senses(
    part: str,
) -> tuple[dict[str, str], tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Whole words → sense, (beginning, sense), (part, sense), of one part of statuses.toml."""
    words: dict[str, str] = {}
    starts: list[tuple[str, str]] = []
    parts: list[tuple[str, str]] = []
    for sense, said in vocabulary.read("statuses")[part].items():
        words |= {fold_label(word): sense for word in said.get("words", ())}
        starts += [(fold(start), sense) for start in said.get("starts", ())]
        parts += [(fold(text), sense) for text in said.get("contains", ())]
    return words, tuple(sorted(starts, key=lambda pair: -len(pair[0]))), tuple(parts)


def meaning(text: str, part: str, own: Mapping[str, str] | None = None) -> str | None:
    """The sense of a cell within a part of statuses.toml, or None when not understood.

    ``own`` maps a tool's own words (folded) to senses, and wins.

    >>> meaning("annulation le 09/10", "status"), meaning("Participant⋅e", "status")
    ('cancelled', 'registered')
    """
    label = fold_label(text)
    if own and label in own:
        return own[label]
    words, starts, parts = _senses(part)
    if label in words:
        return words[label]
    begun = next((sense for start, sense in starts if label.startswith(start)), None)
    return begun or next((sense for text, sense in parts if text in label), None)


def presence(text: str) -> bool | None:
    """True when seen, False when not, None when blank or not understood; a date is True."""
    if is_blank(text) and text.strip() not in ("-", "--"):
        return None
    sense = meaning(text, "presence")
    if sense is not None:
        return sense == "yes"
    return True if _day(text, month_first=False) or re.search(r"\d{1,2}[:h]\d{2}", text) else None


def yes_no(text: str) -> bool | None:
    """True or False, None when blank or not understood."""
    sense = meaning(text, "yes_no")
    return None if sense is None else sense == "yes"


@cache
def _first_time_words(part: str) -> re.Pattern[str]:
    said = vocabulary.read("statuses")["first_time"][part]["words"]
    return re.compile(r"\b(?:" + "|".join(re.escape(fold(word)) for word in said) + r")\b")


def first_time(text: str, asked: str) -> bool | None:
    """Whether a person came for the first time, ``asked`` being the words of the question.

    >>> first_time("Oui", "Première participation ?"), first_time("Oui", "Déjà venu·e ?")
    (True, False)
    >>> first_time("Non, c’est la première fois", "Avez-vous déjà participé à un NEC ?")
    True
    """
    said = fold(text)
    for part in ("no", "yes"):
        if _first_time_words(part).search(said):
            return part == "yes"
    answer = yes_no(text)
    if answer is None:
        answer = yes_no(re.split(r"[\s,;.(]", text.strip(), maxsplit=1)[0])
    if answer is None:
        return None
    return answer is not bool(_first_time_words("before").search(fold(asked)))


def days(texts: Sequence[str]) -> list[datetime | None]:
    """The days of a column, None where there is none; one order of day and month a column.

    Day first, as in French, unless a value proves the contrary (11/25/08).  Worded dates
    («12 sept. 2025») and Excel's serial numbers (46279.89) are read too.
    """
    firsts, seconds = [], []
    for text in texts:
        found = _PARTS.search(text)
        if found and not _ISO.search(text):
            firsts.append(int(found[1]))
            seconds.append(int(found[2]))
    month_first = any(part > 12 for part in seconds) and all(part <= 12 for part in firsts)
    return [_day(text, month_first=month_first) for text in texts]


def _day(text: str, *, month_first: bool) -> datetime | None:
    if found := _ISO.search(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _PARTS.search(text):
        first, second, year = (int(part) for part in found.groups())
        day, month = (second, first) if month_first else (first, second)
        year += 2000 if year < 100 else 0
    elif found := _WORDED.search(text):
        name = fold(found[2])
        months = [number for start, number in _MONTHS.items() if name.startswith(start)]
        day, month, year = int(found[1]), (months[0] if months else 0), int(found[3])
    elif _SERIAL.fullmatch(text.strip()):
        serial = int(float(text))
        counted = _EXCEL_EPOCH + timedelta(days=serial)
        day, month, year = counted.day, counted.month, counted.year
    else:
        return None
    try:
        found_day = datetime(year, month, day)
    except ValueError:
        return None
    return None if found_day == _UNTOLD else found_day


def amount(text: str) -> float | None:
    """Euros: «1 250,50 €», «900 €», «5200»; None when there is no number.

    >>> amount("1 250,50 €"), amount("900 €"), amount("offert")
    (1250.5, 900.0, None)
    """
    bare = re.sub(r"[\s€]|eur(?:os?)?\b|ttc|ht\b", "", text.strip(), flags=re.IGNORECASE)
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?", bare) and not re.fullmatch(
        r"-?\d+[.,]\d{1,2}", bare
    ):
        head, cents = bare, ""
        if last := re.search(r"[.,](\d{1,2})$", bare):
            head, cents = bare[: last.start()], last[1]
        bare = re.sub(r"[.,]", "", head) + (f".{cents}" if cents else "")
    try:
        return float(bare.replace(",", "."))
    except ValueError:
        return None


def whole_number(text: str) -> int | None:
    """A count: «12», «12.0», «12 places»; None when there is none."""
    found = re.match(r"\s*(\d{1,6})(?:[.,]0+)?(?!\d)", text)
    return int(found[1]) if found else None
