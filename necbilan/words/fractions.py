"""Shares in words: «six réponses sur sept», «x sur n» below 20, and nothing below 5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from necbilan.words.spelled import Spelled

__all__ = ["FEW", "MINIMUM", "Fraction", "capital", "fraction"]

MINIMUM = 5
"""answers under which nothing but n is said"""

FEW = 20
"""answers under which a share is written «x sur n»"""

_FRACTIONS = (
    (1, 10),
    (1, 5),
    (1, 4),
    (1, 3),
    (1, 2),
    (2, 3),
    (3, 4),
    (4, 5),
    (5, 6),
    (6, 7),
    (7, 8),
    (9, 10),
)
_SAME = 0.01
_NEAR = 0.03


@dataclass(frozen=True)
class Fraction:
    """A share in words and the number its verb agrees with (1 or more)."""

    text: str
    count: int


def fraction(shown: Spelled, share: float, n: int, unit_key: str) -> Fraction:
    """A share in words, its unit after the first number: «six réponses sur sept».

    Within one point of a simple fraction it is that fraction, within three «près de» or
    «plus de» it; else a percentage.  ``unit_key`` names the plural unit's words.
    """
    units = shown.say(unit_key)
    if share in (0, 1):
        return Fraction(shown.say("share.none" if share == 0 else "share.all", unit=units), 2)
    if n < FEW:
        count = round(share * n)
        unit = units if count > 1 else shown.say(f"{unit_key}.one")
        return Fraction(shown.say("share.of", x=count, n=n, unit=unit), count)
    numerator, denominator = min(_FRACTIONS, key=lambda pair: abs(pair[0] / pair[1] - share))
    gap = numerator / denominator - share
    unit = units if numerator > 1 else shown.say(f"{unit_key}.one")
    words = shown.say(f"fraction.{numerator}/{denominator}", unit=unit)
    if abs(gap) <= _SAME:
        return Fraction(words, numerator)
    if abs(gap) <= _NEAR:
        key = "share.nearly" if gap > 0 else "share.over"
        nearly = shown.say(f"{key}_one" if numerator == 1 else key, fraction=words)
        return Fraction(nearly, numerator)
    percent = shown.language.percent(share)
    return Fraction(shown.say("share.percent", percent=percent, unit=units), 2)


def capital(text: str) -> str:
    """The text with a capital first letter, nothing else changed."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """The text as it stands inside a sentence: a small first letter, but that of an acronym.

    >>> inside("Collectivités"), inside("ANCT")
    ('collectivités', 'ANCT')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
