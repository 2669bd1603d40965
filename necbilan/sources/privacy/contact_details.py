"""What leads to somebody whatever their name: addresses, numbers, accounts, dates of birth."""

from __future__ import annotations

import re
from functools import cache

from necbilan.sources.privacy.dictated import (
    AROBASE,
    DOT,
    SPOKEN,
    SPOKEN_DOT,
    TLD,
    UNIT,
    without_dictated_addresses,
)
from necbilan.sources.privacy.remark_words import MARK, words_in
from necbilan.sources.privacy.word_kinds import is_common, is_nowhere, said

__all__ = ["without_accounts", "without_contact_details"]

_AT = (
    rf"(?:@|＠|\s*[\[({{<]\s*(?:at|a|à|chez|{AROBASE}|@)\s*[\])}}>]\s*|"
    rf"\s+(?:{AROBASE}|@)\s+)"
)
_PICTURE = r"[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?"
_LAST = r"[^\s.,;:!?)\]}»\"'’]"
"""what an address ends with: not the sentence's punctuation"""
_STREET = (
    r"(?:(?:grande?|petite?|vieille|haute|basse)[ -]?)?"
    r"(?:rue|avenue|av\.|boulevard|bd|bld|impasse|all[ée]e|chemin|quai|square|route|faubourg|place|"
    r"lotissement|r[ée]sidence|venelle|ruelle|passage|cours|sentier|voie|mont[ée]e|villa|hameau)s?"
)
_SMALL = r"(?:(?:de|du|des|la|le|les|d['’]|l['’]|aux?|à)\s*){0,3}"
_FLAT = (
    r"(?:,?\s+(?:b[âa]t(?:iment)?|esc(?:alier)?|appt?|appartement|porte|[ée]tage)\b\.?"
    r"\s*(?:n°\s*)?[a-z0-9]{1,3}\b)?"
)
_MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|"
    r"d[ée]cembre)"
)
_BORN = (
    r"(?:n[ée]\(?e?\)?\s*(?:un|le|en)?|date\s+(?:de\s+)?naissance|ddn|mon\s+anniversaire|"
    r"anniversaire\s+le|ans?\s+le|birth(?:day|\s*date)|born(?:\s+on)?|n[ée]e?\s+un\s+\w+di)"
)
_DAY = (
    r"(?:\d{1,4}[\s/.-]\d{1,2}[\s/.-]\d{2,4}|"
    rf"(?:1er|1ᵉʳ|premier|\d{{1,2}}|{SPOKEN})\s+{_MONTH}"
    rf"(?:\s+\d{{4}}|(?:[\s-](?:mille?|cents?|et|{SPOKEN}))+)?)"
)
_PAIR = rf"(?:[\s,.-]+(?:{SPOKEN}|\d\d?))"
"""two figures of a telephone number, in figures or in words"""
_NUMBERED = (
    r"(?:matr(?:icule)?\.?|allocataire|adh[ée]rente?|abonn[ée]e?|licenci?[ée]e?|dossier|client|"
    r"s[ée]cu(?:rit[ée] sociale)?|badge|identifiant|login|"
    r"mot de passe|mdp|code (?:pin|secret)|compte)"
)
"""what is numbered for one person"""
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # e-mail, plain or spelled out; a picture may stand for the @
        rf"(?<![\w.+%-])[\w.+%-]{{2,64}}(?:{_PICTURE}){{1,2}}[\w-]+(?:\.[\w-]+)*\.{TLD}\b",
        rf"(?<![\w.+%-])[\w.+%-]{{1,64}}(?:{SPOKEN_DOT}[\w.+%-]{{1,64}}){{0,2}}{_AT}"
        rf"[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}})+",
        rf"(?<![\w.+%-])[\w.+%-]{{1,64}}(?:{SPOKEN_DOT}[\w.+%-]{{1,64}}){{0,2}}\s+(?:at|chez)\s+"
        rf"[\w-]{{1,63}}(?:\.|\s+(?:dot|point)\s+){TLD}\b",
        r"(?<![\w.+%-])[\w.+%-]{1,64}[@＠][\w-]+",
        rf"\b(?:https?|ftp|mailto|tel):\S*{_LAST}|\bwww\.\S*{_LAST}",
        # bare domain
        rf"(?<![\w.-])(?:[\w-]{{1,63}}\.){{1,8}}{TLD}\b(?:/(?:\S*{_LAST})?)?(?![.\w-]*@)",
        rf"(?<![\w.-])(?:[\w-]{{2,63}}\.){{1,8}}[a-z]{{2,12}}/\S{{2,}}{_LAST}",
        r"(?<![\w.])@[\w.]{2,}|\b[\w.]{2,32}#\d{4}\b",  # handles
        r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,8}\b(?<=[\d])",  # IBAN
        r"(?:\((?:\+|00)\d{1,3}\)|(?:\+|\b00)\s?\d{1,3})[\s.-]*(?:\(\s?0\s?\)[\s.-]*)?(?:\d[\s./-]*){6,12}\d(?!\d)",
        r"(?<![\d\w])(?:\([0O]\s?[1-9]\)|[0O]\s?[1-9])(?:[\s.,/_•·|\u00a0\u202f–—-]*\d{2}){4}(?!\d)"
        r"(?:\s*(?:,|\()?\s*(?:poste|ext\.?)\s+\d{1,5}\)?)?",
        # phone, in figures and in words
        rf"(?<![\w,.])(?:z[ée]ro[\s-](?:{UNIT}|[1-9])|0[\s-]?[1-9]|0[\s-]{UNIT}|"
        rf"plus[\s-]trente[\s-](?:et[\s-])?{UNIT}(?:[\s-]{UNIT})?){_PAIR}{{4,8}}\b",
        r"(?<![\d,.])[12][\s.]?\d{2}[\s.]?\d{2}[\s.]?(?:\d{2}|2[AB])[\s.]?\d{3}[\s.]?\d{3}"
        r"(?:[\s.]?\d{2})?(?!\d)",  # social security
        r"(?<![\d,.])\d(?:[ .-]?\d){8,}(?!\d)",  # any other long number
        # ticket, member; «CP 57000» and «ISO 27001» are nobody's
        r"\b(?-i:[A-Z]{2,6})(?:[-_]?\d{5,}| \d{6,})\b|(?<![\d,.])\d{7,}[A-Z]?\b(?![.,]\d)",
        rf"\b{_NUMBERED}(?:\s+(?:[A-Z]{{2,6}}|est|num[ée]ro|n[°o])){{0,2}}\s*:?\s*"
        r"(?!(?:19|20)\d\d\b)\d(?:[ .-]?\d){3,}\b",
        # passport, permit: letters between figures
        r"\b\d{2}[A-Z]{2}\d{5}\b|\b(?=\w{8,}\b)[A-Z]+\d+[A-Z]+\d[A-Z\d]*\b",
        rf"\b{_BORN}\s*:?\s*{_DAY}",  # dates of birth, in figures and in words
        r"\bn[ée]\(?e?\)?s?\s+en\s+(?:" + _MONTH + r"\s+)?(?:19|20)\d{2}\b",
        r"\b[A-Z]{2}[\s-]\d{3}[\s-][A-Z]{2}\b",  # plates
        r"\b\d{1,4}\s(?-i:[A-Z]{2,3})\s(?:\d{2}|2[AB]|97\d)\b",
        # postal addresses
        rf"\b\d{{1,4}}\s?(?:bis|ter|quater|[a-d]\b)?,?\s+{_STREET}\s+{_SMALL}"
        r"[\w'’-]+(?:\s(?-i:[A-ZÀ-Ý])[\w'’-]+){0,3}"
        rf"{_FLAT}(?:,?\s+\d{{5}}(?:\s(?-i:[A-ZÀ-Ý])[\w'’-]+)*)?",
        rf"\b(?:{SPOKEN})\s+(?:bis\s+|ter\s+)?(?:rue|avenue|boulevard|impasse|all[ée]e|chemin)\s+"
        rf"{_SMALL}[\w'’-]+",
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
    r"tiktok|pseudo|signal|threads|bluesky)\s*:?\s*(?:[:=→]|👉\ufe0f?|\b(?:c['’]est|est|c|cest)\b)\s*"
    r"(?P<name>[^\s,;]{3,})",
    re.IGNORECASE,
)
_PSEUDONYM = re.compile(r"(?<![\w.])(?=[\w.]{5,})(?:[^\W\d_]+_\w+|[^\W\d_]{4,}\d{2,4})(?!\w)")
"""words joined by an underscore, or a word and figures: an account, if no word of the language"""
_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[\w.-]+)(?P<path>/\S*)?", re.IGNORECASE)


def without_contact_details(text: str) -> str:
    """The text with ``MARK`` in place of each."""
    text = without_dictated_addresses(text)
    for pattern in _PATTERNS:
        text = pattern.sub(_unless_public, text)
    return text


def without_accounts(text: str) -> str:
    """Accounts that only the name of their network announces: «insta: lilou»."""
    return _PSEUDONYM.sub(_unless_told, _ACCOUNT.sub(_unless_words, text))


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


def _unless_told(found: re.Match[str]) -> str:
    """«module_2», «windows11» and «covid19» are nobody's."""
    told = re.findall(r"[^\W\d_]{2,}", found.group())
    return (
        MARK if any(is_nowhere(word) for part in told for word in words_in(part)) else found.group()
    )


def _unless_words(found: re.Match[str]) -> str:
    told = [word for word in words_in(found["name"]) if len(word) > 2]
    return found.group() if all(map(is_common, told)) else MARK
