"""Addresses and numbers as they are said aloud: «point», «arobase», «zéro six douze…»."""

from __future__ import annotations

import re

from necbilan.sources.privacy.remark_words import MARK, words_in
from necbilan.sources.privacy.word_kinds import is_given, is_nowhere

__all__ = ["AROBASE", "DOT", "SPOKEN", "SPOKEN_DOT", "TLD", "UNIT", "without_dictated_addresses"]

AROBASE = r"(?:ar+h?o+b+a+[sz]+e?|a commercial)"
JOINT = r"(?:point|dot|tiret|slash|underscore|\.)"
"""what joins the words of an address that is dictated"""
DOT = r"(?:\s?\.\s?|\s*[\[({<]\s*(?:dot|point|\.)\s*[\])}>]\s*|\s+(?:dot|point)\s+)"
SPOKEN_DOT = rf"\s+{JOINT}\s+"
TLD = (
    r"(?:fr|com|org|net|eu|io|info|be|ch|lu|de|uk|ca|bzh|alsace|corsica|paris|re|app|dev|"
    r"gov|edu|me|tv|coop|asso|xyz|online|site|social|invalid|example|test|ly|gl|co|ai|page|blog|ee|gg|gp|gf|mq|nc|pf|it|es|pt|nl)"
)
UNIT = r"(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)"
SPOKEN = (
    rf"(?:(?:vingt|trente|quarante|cinquante|soixante|quatre[\s-]vingts?)(?:[\s-](?:et[\s-])?"
    rf"(?:{UNIT}|dix(?:[\s-](?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize))?|"
    rf"dix(?:[\s-](?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize|z[ée]ro|{UNIT})"
)
_MAIL = r"(?:gmail|hotmail|outlook|yahoo|orange|wanadoo|free|laposte|sfr|live|icloud|proton\w*)"
"""whose addresses are said without their ending"""
_SITES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # an address dictated: «facebook point com slash lilou»
        rf"\b(?:www|https?)(?:\s+{JOINT}\s+[\w-]+(?:\s+(?!{JOINT}\s)[\w-]+)??){{1,4}}"
        rf"\s+{JOINT}\s+{TLD}\b(?:\s+slash(?:\s+[\w.-]+){{1,2}})?",
        rf"(?<![\w-])[\w-]{{1,63}}(?:\s+{JOINT}\s+[\w-]+)*\s+(?:point|dot)\s+{TLD}"
        r"\s+slash(?:\s+[\w.-]+){1,2}",
        rf"(?<![\w-])[\w-]{{1,63}}(?:\s+(?:tiret|underscore)\s+[\w-]+)+(?:\s+(?:point|dot)\s+{TLD}\b)?",
    )
)
_IS_SAID = re.compile(rf"\s(?:{AROBASE}|slash|tiret|underscore|point)\s|\bwww\s", re.IGNORECASE)
_DICTATED = re.compile(
    rf"(?P<lead>(?:[\w.+%-]+\s+){{1,8}}){AROBASE}\s+(?:[\w-]+(?:{DOT}[\w-]+)+|{_MAIL}\b)",
    re.IGNORECASE,
)
_JOINTS = frozenset(("point", "dot", "tiret", "underscore", "."))


def without_dictated_addresses(text: str) -> str:
    """The text with ``MARK`` in place of each."""
    if not _IS_SAID.search(text):
        return text
    for pattern in _SITES:
        text = pattern.sub(MARK, text)
    return _DICTATED.sub(_with_what_leads, text)


def _with_what_leads(found: re.Match[str]) -> str:
    """«j’ai olena kovalchuk 85 arobase…»: words of no dictionary and figures are of the address."""
    before = found["lead"].split()
    before.pop()
    while before and (before[-1].casefold() in _JOINTS or _is_of_an_address(before[-1])):
        if before.pop().casefold() in _JOINTS:
            before = before[:-1]
    return " ".join((*before, MARK))


def _is_of_an_address(word: str) -> bool:
    parts = words_in(word)
    return all(one.isdigit() or len(one) == 1 or is_given(one) or is_nowhere(one) for one in parts)
