"""What leads to somebody whatever their name: addresses, numbers, accounts, dates of birth."""

from __future__ import annotations

import re
from functools import cache

from necbilan.sources.privacy.remark_words import MARK, words_in
from necbilan.sources.privacy.word_kinds import is_common, said

__all__ = ["without_accounts", "without_contact_details"]

_AT = (
    r"(?:@|＠|\s*[\[({<]\s*(?:at|a|à|chez|arobase|arobas|a commercial|@)\s*[\])}>]\s*|"
    r"\s+(?:arobase|arobas|@)\s+)"
)
_DOT = r"(?:\s?\.\s?|\s*[\[({<]\s*(?:dot|point|\.)\s*[\])}>]\s*|\s+(?:dot|point)\s+)"
_SPOKEN_DOT = r"\s+(?:dot|point|tiret|underscore|\.)\s+"
_TLD = (
    r"(?:fr|com|org|net|eu|io|info|be|ch|lu|de|uk|ca|bzh|alsace|corsica|paris|re|app|dev|"
    r"gov|edu|me|tv|coop|asso|xyz|online|site|social|invalid|example|test|ly|gl|co|ai|page|blog)"
)
_LAST = r"[^\s.,;:!?)\]}»\"'’]"
"""what an address ends with: not the sentence's punctuation"""
_STREET = (
    r"(?:(?:grande?|petite?|vieille|haute|basse)[ -]?)?"
    r"(?:rue|avenue|av\.|boulevard|bd|bld|impasse|all[ée]e|chemin|quai|square|route|faubourg|place|"
    r"lotissement|r[ée]sidence|venelle|ruelle|passage|cours|sentier|voie|mont[ée]e|villa|hameau)s?"
)
_SMALL = r"(?:(?:de|du|des|la|le|les|d['’]|l['’]|aux?|à)\s*){0,3}"
_MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|"
    r"d[ée]cembre)"
)
_DAY = (
    r"(?:\d{1,4}[\s/.-]\d{1,2}[\s/.-]\d{2,4}|"
    rf"(?:1er|1ᵉʳ|\d{{1,2}})\s+{_MONTH}(?:\s+\d{{4}})?)"
)
_BORN = (
    r"(?:n[ée]\(?e?\)?\s*(?:un|le|en)?|date\s+(?:de\s+)?naissance|ddn|mon\s+anniversaire|"
    r"anniversaire\s+le|ans?\s+le|birth(?:day|\s*date)|born(?:\s+on)?|n[ée]e?\s+un\s+\w+di)"
)
_UNIT = r"(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_SPOKEN = (
    rf"(?:(?:vingt|trente|quarante|cinquante|soixante|quatre[\s-]vingts?)(?:[\s-](?:et[\s-])?"
    rf"(?:{_UNIT}|dix(?:[\s-](?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize))?|"
    rf"dix(?:[\s-](?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize|z[ée]ro|{_UNIT})"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # e-mail, plain or spelled out
        rf"(?<![\w.+%-])[\w.+%-]{{1,64}}(?:{_SPOKEN_DOT}[\w.+%-]{{1,64}}){{0,2}}{_AT}"
        rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}})+",
        rf"(?<![\w.+%-])[\w.+%-]{{1,64}}(?:{_SPOKEN_DOT}[\w.+%-]{{1,64}}){{0,2}}\s+(?:at|chez)\s+"
        rf"[\w-]{{1,63}}(?:\.|\s+(?:dot|point)\s+){_TLD}\b",
        r"(?<![\w.+%-])[\w.+%-]{1,64}[@＠][\w-]+",
        rf"\b(?:https?|ftp|mailto|tel):\S*{_LAST}|\bwww\.\S*{_LAST}",
        # bare domain
        rf"(?<![\w.-])(?:[\w-]{{1,63}}\.){{1,8}}{_TLD}\b(?:/(?:\S*{_LAST})?)?(?![.\w-]*@)",
        r"(?<![\w.])@[\w.]{2,}|\b[\w.]{2,32}#\d{4}\b",  # handles
        r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,8}\b(?<=[\d])",  # IBAN
        r"(?:\((?:\+|00)\d{1,3}\)|(?:\+|\b00)\s?\d{1,3})[\s.-]*(?:\(\s?0\s?\)[\s.-]*)?(?:\d[\s./-]*){6,12}\d(?!\d)",
        r"(?<![\d\w])(?:\([0O]\s?[1-9]\)|[0O]\s?[1-9])(?:[\s.,/_•·|\u00a0\u202f–—-]*\d{2}){4}(?!\d)",
        rf"\bz[ée]ro[\s-]{_UNIT}(?:[\s,.-]+{_SPOKEN}){{4,8}}\b",  # phone, in figures and in words
        r"(?<![\d,.])[12][\s.]?\d{2}[\s.]?\d{2}[\s.]?(?:\d{2}|2[AB])[\s.]?\d{3}[\s.]?\d{3}"
        r"(?:[\s.]?\d{2})?(?!\d)",  # social security
        r"(?<![\d,.])\d(?:[ .-]?\d){8,}(?!\d)",  # any other long number
        r"\b(?-i:[A-Z]{2,6})[-_ ]?\d{5,}\b|(?<![\d,.])\d{7,}[A-Z]?\b(?![.,]\d)",  # ticket, member
        r"\b\d{2}[A-Z]{2}\d{5}\b",  # passport
        rf"\b{_BORN}\s*:?\s*{_DAY}",  # dates of birth, in figures and in words
        r"\bn[ée]\(?e?\)?s?\s+en\s+(?:" + _MONTH + r"\s+)?(?:19|20)\d{2}\b",
        r"\b[A-Z]{2}[\s-]\d{3}[\s-][A-Z]{2}\b",  # plates
        r"\b\d{1,4}\s(?-i:[A-Z]{2,3})\s(?:\d{2}|2[AB]|97\d)\b",
        # postal addresses
        rf"\b\d{{1,4}}\s?(?:bis|ter|quater|[a-d]\b)?,?\s+{_STREET}\s+{_SMALL}"
        r"[\w'’-]+(?:\s(?-i:[A-ZÀ-Ý])[\w'’-]+){0,3}(?:,?\s+\d{5}(?:\s(?-i:[A-ZÀ-Ý])[\w'’-]+)*)?",
        r"\b\d{1,4}\s?(?:bis|ter|quater)?,?\s+(?:grande?|petite?|haute|basse)[ -]rue\b",
        rf"\b{_STREET}\s+{_SMALL}[\w'’-]+(?:\s(?-i:[A-ZÀ-Ý])[\w'’-]+){{0,3}},?\s+(?:au\s+)?"
        r"(?:n°|num[ée]ro)\s*\d+",
        rf"\b(?:lotissement|r[ée]sidence)\s+{_SMALL}(?-i:[A-ZÀ-Ý])[\w'’-]+"
        r"(?:\s(?-i:[A-ZÀ-Ý])[\w'’-]+){0,2}",
        r"\b(?:appt|appartement|apt|lot)\.?\s*(?:n°\s*)?\d+\b",
    )
)
_YEARS = re.compile(r"(?:(?:19|20)\d{2}[ .-]?)+")
_ACCOUNT = re.compile(
    r"\b(?:insta(?:gram)?|twitter|linkedin|facebook|skype|telegram|snap(?:chat)?|mastodon|discord|"
    r"tiktok|pseudo|signal|threads|bluesky)\s*:?\s*[:=]\s*(?P<name>\S{3,})",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[\w.-]+)(?P<path>/\S*)?", re.IGNORECASE)


def without_contact_details(text: str) -> str:
    """The text with ``MARK`` in place of each."""
    for pattern in _PATTERNS:
        text = pattern.sub(_unless_public, text)
    return text


def without_accounts(text: str) -> str:
    """Accounts that only the name of their network announces: «insta: lilou»."""
    return _ACCOUNT.sub(_unless_words, text)


def _unless_public(found: re.Match[str]) -> str:
    """Years in a row, and the sites of public services, stay."""
    text = found.group()
    if _YEARS.fullmatch(text):
        return text
    site = _HOST.fullmatch(text)
    if site is not None and _is_public(site["host"].casefold()) and len(site["path"] or "") < 2:
        return text
    return MARK


@cache
def _is_public(host: str) -> bool:
    return any(host == site or host.endswith(f".{site}") for site in said("public_sites"))


def _unless_words(found: re.Match[str]) -> str:
    told = [word for word in words_in(found["name"]) if len(word) > 2]
    return found.group() if all(map(is_common, told)) else MARK
