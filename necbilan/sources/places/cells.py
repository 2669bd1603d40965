"""What a cell says of a place, before any place is looked up.

``read_code`` reads a cell of postal codes, ``read_name`` a cell with a name or free text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from necbilan.reference import place_key, tables
from necbilan.sources.places import gazetteer

__all__ = ["Code", "Said", "read_code", "read_name", "repaired"]


class Code(NamedTuple):
    """A code as written: ``kind`` says which.

    five, four (digits) | insee (2A004) | department | country (of a foreign code) |
    foreign (a code of another country's shape) | junk | none
    """

    kind: str
    text: str = ""


NO_CODE = Code("none")


@dataclass(frozen=True)
class Said:
    """A name cell: the words that may name a commune, and what stood around them."""

    names: tuple[str, ...] = ()
    code: Code = NO_CODE
    departments: frozenset[str] = frozenset()
    country: str = ""
    vague: bool = False
    """«près de …», or a place that is known to be no commune"""
    cedex: bool = False


NOTHING = Said()

# --- repairs ----------------------------------------------------------------------------

_MOJIBAKE = re.compile(
    r"[ÃÂÅÄ][\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)


def repaired(text: str) -> str:
    """UTF-8 read as Windows-1252 put right, entities decoded, lost letters guessed as «e».

    >>> repaired("VandÅ“uvre-lÃ¨s-Nancy"), repaired("Saint-\\ufffdtienne")
    ('Vandœuvre-lès-Nancy', 'Saint-etienne')
    """
    for _ in range(2):
        if not _MOJIBAKE.search(text):
            break
        # bytes without a letter in Windows-1252 come through as Latin-1
        octets = bytearray()
        try:
            for letter in text:
                octets += letter.encode("latin-1" if letter <= "\xff" else "cp1252")
            text = octets.decode("utf-8")
        except UnicodeError:
            break
    text = html.unescape(text) if "&" in text else text
    text = re.sub(r"(?<=[a-z])\?(?=[a-z])", "e", text)
    return text.replace("\ufffd", "e")


# --- codes ------------------------------------------------------------------------------

_NUMBER = re.compile(r"(\d{1,5})[.,]0+")
_PREFIXED = re.compile(r"([A-Z]{1,3})[ .-]*(\d{3,5}|\d{2}[ -]\d{3}|\d{4}[ -]?\d{3})")
_LETTER_O = re.compile(r"[\dO]{5}")
_DEPARTMENT = re.compile(r"(\d{2,3}|2[AB])(?:[X*.?_]{2,3})?")
_BRITISH = re.compile(r"(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})")
_CANADIAN = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d")
_DUTCH = re.compile(r"[1-9]\d{3} ?[A-Z]{2}")


@cache
def read_code(cell: str) -> tuple[Code, str]:
    """The code of a cell, and the words that stood with it («57000 Metz»).

    >>> read_code("FR-57000")[0].text, read_code("57 000")[0].text, read_code("L-1855")[0]
    ('57000', '57000', Code(kind='country', text='LU'))
    """
    text = unicodedata.normalize("NFKC", cell).upper().strip(" \t\r\n'\"`´’;,:.-_")
    text = re.sub(r"^(?:C\.? ?P\.?|CODE POSTAL|F(?:RA?)?(?=[ .-]*\d{2}))[ .:°-]*", "", text)
    if not text or place_key(text) in _nothing():
        return NO_CODE, ""
    if number := _NUMBER.fullmatch(text):
        text = number[1]
    digits = re.sub(r"[\s.\-–'’]", "", text)
    if _LETTER_O.fullmatch(digits) and sum(map(str.isdigit, digits)) >= 2:
        digits = digits.replace("O", "0")
    if digits.isascii() and digits.isdigit():
        return _digits(digits), ""
    if re.fullmatch(r"2[AB]\d{3}", digits):
        known = digits in tables.communes().row
        return (Code("insee", digits) if known else Code("department", digits[:2])), ""
    if (found := _DEPARTMENT.fullmatch(text)) and found[1] in tables.departments().row:
        return Code("department", found[1]), ""
    if found := _PREFIXED.fullmatch(text):
        country = tables.usages()["prefixes"].get(found[1])
        return (Code("country", country) if country else Code("junk")), ""
    for shape, country in ((_BRITISH, "GB"), (_CANADIAN, "CA"), (_DUTCH, "NL")):
        if shape.fullmatch(text):
            return Code("country", country), ""
    inside = re.findall(r"(?<!\d)\d{5}(?!\d)", text)
    if re.search(r"[A-Z]{2}", text):
        return NO_CODE, cell
    return (Code("five", inside[0]) if len(set(inside)) == 1 else Code("junk")), ""


def _digits(digits: str) -> Code:
    if len(digits) == 5:
        return Code("junk") if digits in _placeholders() else Code("five", digits)
    if len(digits) == 4 and digits[0] != "0":
        return Code("four", digits)
    if digits in tables.departments().row:
        return Code("department", digits)
    if digits == "20":
        return Code("corsica")
    return Code("junk")


@cache
def _nothing() -> frozenset[str]:
    return frozenset(tables.usages()["nothing"])


@cache
def _placeholders() -> frozenset[str]:
    repeated = {digit * 5 for digit in "0123456789"}
    return frozenset(tables.usages()["placeholder_codes"]) | repeated


# --- names ------------------------------------------------------------------------------

_NO_PLACE = re.compile(r"[^@\s]+@[^@\s]+|#.*|(?:\+?\d[ .-]?){8,}|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*")
_SEGMENTS = re.compile(r"[(),;|\n\[\]]|\s[-–—/]\s|/(?=\s*[A-ZÀ-Ý])|\s\+\s|\s:\s|→")
_JUNK = re.compile(r"\b(?:bp|cs|tsa|boite postale) ?\d+( \d+)*\b")
_CEDEX = re.compile(r"\bced?ex\b.*$")
_ORDINAL = r"(?:\d{1,2}|[ivx]{1,5})(?: ?(?:er|e|eme|ieme|nd|nde|ere|em))?"
_DISTRICT = re.compile(
    rf"(paris|lyon|marseille) {_ORDINAL}(?: (?:arr\w*|ardt))?"
    rf"|{_ORDINAL} (?:arr\w*|ardt) (?:de |d )?(paris|lyon|marseille)"
)


@cache
def read_name(cell: str) -> Said:
    """What a cell with a name or free text says.

    >>> read_name("12 rue des Clercs, 57000 METZ").names
    ('metz',)
    >>> sorted(read_name("Verdun (55)").departments)
    ['55']
    """
    text = unicodedata.normalize("NFKC", repaired(cell)).strip()
    key = place_key(text)
    if _NO_PLACE.fullmatch(text) or key in _nothing() or re.fullmatch(r"(.)\1{2,}", key):
        return NOTHING
    said = _whole(key)
    if said:
        return said
    code, _ = read_code(text)
    if code.kind not in ("none", "junk"):
        return Said(code=code)
    segments = [place_key(part) for part in _SEGMENTS.split(text)]
    return _joined([_segment(key) for key in segments if key and key not in _nothing()])


def _whole(key: str) -> Said | None:
    """The cell when it is a name as it stands; None when it must be taken apart."""
    if key in tables.usages()["no_commune"]:
        return Said(names=(key,), vague=True)
    if gazetteer.named(key) or gazetteer.former(key) or gazetteer.area(key):
        return Said(names=(key,))
    if not any(letter.isdigit() for letter in key) and gazetteer.nearly_named(key):
        return Said(names=(key,))
    return None


def _segment(key: str) -> Said:
    """What one part of a cell says."""
    cedex = bool(_CEDEX.search(key))
    key = _JUNK.sub(" ", _CEDEX.sub("", key)).strip()
    code = NO_CODE
    prefixed = re.fullmatch(r"([a-z]{1,3}) (\d{4,5})(?: (.*))?", key)
    if prefixed and (abroad := tables.usages()["prefixes"].get(prefixed[1].upper())):
        return Said((prefixed[3],) if prefixed[3] else (), Code("country", abroad))
    if found := re.search(r"(?<!\d)(\d{5})(?!\d)(.*)$", key):
        code = _digits(found[1])
        key = found[2].strip() or key[: found.start()].strip()
        if re.match(r"\d", key) and not found[2].strip():
            key = ""  # «12 rue des Clercs 57000»: a street, not a name
    elif found := re.fullmatch(r"([1-9]\d{3}) ([a-z].*)", key):
        code, key = Code("four", found[1]), found[2]
    if district := _DISTRICT.fullmatch(key):
        return Said((district[1] or district[2],), code, cedex=cedex)
    if district := re.fullmatch(rf"(paris|lyon|marseille) {_ORDINAL}", key):
        return Said((district[1],), code, cedex=cedex)
    key, departments = _without_department(key)
    vague, key = _without_phrases(key)
    country = ""
    for name in _country_tails(key):
        rest = key.removesuffix(name).strip()
        if not gazetteer.known(key) and (gazetteer.known(rest) or code.kind != "none"):
            country, key = gazetteer.country(name) or "", rest
            break
    vague = vague or key in tables.usages()["no_commune"]
    names = (key,) if key and not key.isdigit() else ()
    return Said(names, code, departments, country, vague, cedex)


def _country_tails(key: str) -> list[str]:
    """Names of countries that the words end with, the longest first."""
    words, overseas = key.split(), tables.usages()["overseas"]
    tails = [" ".join(words[at:]) for at in range(1, len(words))]
    return [
        tail
        for tail in tails
        if len(tail) > 3 and (code := gazetteer.country(tail)) and code not in overseas
    ]


def _without_department(key: str) -> tuple[str, frozenset[str]]:
    """The words without «57», «dept 57», «57xxx» at either end, and that département."""
    codes = tables.departments().row
    words = "|".join(sorted(tables.usages()["department_words"], key=len, reverse=True))
    edge = rf"(?:(?:{words}) )?(\d{{2,3}}|2[ab])(?:x{{2,3}})?"
    for pattern in (rf"{edge}(?: (.*))?", rf"(?:(.*) ){edge}"):
        if found := re.fullmatch(pattern, key):
            code, rest = sorted(
                (part or "" for part in found.groups()),
                key=lambda part: not re.fullmatch(r"\d{2,3}|2[ab]", part),
            )
            if code.upper() in codes:
                return rest.strip(), frozenset({code.upper()})
    stripped = re.sub(rf"^(?:{words}) (?:de la |de l |du |des |de |d )?", "", key)
    return stripped, frozenset()


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(sorted(tables.usages()[kind], key=len, reverse=True))


def _without_phrases(key: str) -> tuple[bool, str]:
    """The words without «j'habite à», and whether they only said «près de»."""
    vague, changed = False, True
    while changed and key and not gazetteer.known(key):
        changed = False
        for phrase in _phrases("around"):
            if key.startswith(f"{phrase} "):
                vague, changed, key = True, True, key.removeprefix(phrase).strip()
                break
        for phrase in _phrases("before"):
            if key.startswith(f"{phrase} ") and not gazetteer.known(key):
                changed, key = True, key.removeprefix(phrase).strip()
                break
        for phrase in _phrases("after"):
            if key.endswith(f" {phrase}") and not gazetteer.known(key):
                changed, key = True, key.removesuffix(phrase).strip()
                break
    return vague, key


def _joined(parts: list[Said]) -> Said:
    """The parts of a cell as one: départements and countries become hints for the name."""
    joined = NOTHING
    names: list[str] = []
    for part in parts:
        joined = replace(
            joined,
            code=joined.code if joined.code.kind != "none" else part.code,
            departments=joined.departments | part.departments,
            country=joined.country or part.country,
            vague=joined.vague or part.vague,
            cedex=joined.cedex or part.cedex,
        )
        if part.code.kind == "five" and part.names:
            return replace(part, departments=frozenset(), cedex=part.cedex)
        names.extend(part.names)
    for name in names[:] if len(names) > 1 else ():
        code = gazetteer.department_named(name)
        if code and (code.startswith("97") or not gazetteer.named(name)):
            joined = replace(joined, departments=joined.departments | {code})
            names.remove(name)
        elif (code := gazetteer.country(name)) and _is_country(name, code, names):
            joined = replace(joined, country=code)
            names.remove(name)
        elif (area := gazetteer.area(name)) and area.kind == "region":
            names.remove(name)
    if len(names) > 1:
        known = [name for name in names if gazetteer.known(name)]
        names = known or names[:1]
    return replace(joined, names=tuple(dict.fromkeys(names)))


def _is_country(name: str, code: str, names: list[str]) -> bool:
    """Whether the name is the country, not the village «Suisse»: a town there stands by it."""
    towns = {town.country for other in names if other != name for town in gazetteer.foreign(other)}
    return not gazetteer.named(name) or code in towns
