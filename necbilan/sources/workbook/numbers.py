"""Texts that are numbers, with the decimal mark that the whole column proves."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DecimalMark", "decimal_mark", "is_ambiguous", "is_code", "looks_numeric", "number"]

DecimalMark = Literal[".", ","]

_SPACES = " \u00a0\u202f\u2009\u2007'’"
_NUMBER = re.compile(
    rf"""(?P<sign>[+\-−]?)\s*(?P<before>[€$£])?\s*
    (?P<whole>\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d{{1,3}}(?:\.\d{{3}}){{2,}}|\d{{1,3}}(?:,\d{{3}}){{2,}}|
       \d{{1,3}}(?:\.\d{{3}})+(?=,)|\d{{1,3}}(?:,\d{{3}})+(?=\.)|\d+)
    (?:(?P<mark>[.,])(?P<decimals>\d+))?
    \s*(?P<unit>€|EUR|euros?|%|\$|£|k€)?""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 15


@lru_cache(maxsize=65536)
def _match(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(text.strip("\u00a0\u202f \t\r\n"))


def looks_numeric(text: str) -> bool:
    """Whether the text is a number, whatever its decimal mark, and no code."""
    return _match(text) is not None and not is_code(text)


def is_code(text: str) -> bool:
    """Digits that are a name, not a quantity: a leading zero, or more than 15 digits."""
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit():
        return False
    return (len(digits) > 1 and digits[0] == "0") or len(digits) > _LONGEST


def decimal_mark(texts: Iterable[str]) -> DecimalMark | None:
    """The mark that at least one value proves; None when none does or two disagree."""
    proven: set[DecimalMark] = set()
    for text in texts:
        match = _match(text)
        if match is None or match["mark"] is None:
            continue
        whole = match["whole"]
        grouped = not whole.isdigit()
        if grouped or len(match["decimals"]) != 3 or whole == "0" or len(whole) > 3:
            proven.add("." if match["mark"] == "." else ",")
    return proven.pop() if len(proven) == 1 else None


def is_ambiguous(text: str) -> bool:
    """«1,234» or «1.234»: one thousand two hundred, or a little over one?"""
    match = _match(text)
    return (
        match is not None
        and match["mark"] is not None
        and match["whole"].isdigit()
        and len(match["whole"]) <= 3
        and match["whole"] != "0"
        and len(match["decimals"]) == 3
    )


def number(text: str, mark: DecimalMark) -> float | None:
    """The value of a number; «12 %» is 0.12, «3 k€» 3000; None when it is none.

    ``mark`` decides only what is ambiguous: «1,234» is 1.234 under ",", 1234 under ".".
    """
    match = _match(text)
    if match is None or is_code(text):
        return None
    whole = re.sub(r"\D", "", match["whole"])
    decimals = match["decimals"] or ""
    if match["mark"] and match["mark"] != mark and is_ambiguous(text):
        whole, decimals = whole + decimals, ""
    value = float(f"{whole}.{decimals or '0'}")
    if match["sign"] in ("-", "−"):
        value = -value
    unit = (match["unit"] or "").casefold()
    if unit == "%":
        return value / 100
    return value * 1000 if unit == "k€" else value
