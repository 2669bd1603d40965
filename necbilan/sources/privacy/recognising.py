"""What a remark tells of somebody whom no name names: an office, an age, a trade and a village.

A fact for the person who decides whether a remark may be quoted, never a decision: «la maire de
Vigy» is somebody, whoever wrote it; «72 ans, infirmière» is too, in a small town.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.privacy.remark_words import tokens_of
from necbilan.sources.privacy.word_kinds import is_common, people_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.sources.privacy.remark_words import Token

__all__ = ["recognised_by"]

_SMALL_TOWN = 20_000
"""people of a commune under which a trade or an age points to few"""
_LONGEST_COMMUNE = 6
_BEFORE_A_PLACE = frozenset(
    ("de", "d", "du", "des", "a", "au", "aux", "sur", "habite", "habitant", "habitante")
)
_AGE = re.compile(
    r"(?:\b(?:j ai|a|age de|agee de|mes|avec mes)|^|,) ?"
    r"(?:1[4-9]|[2-9]\d|(?:vingt|trente|quarante|cinquante|soixante|quatre vingt)s?(?: \w+){0,3})"
    r" ans\b(?! (?:que|de|apres|plus tard))"
)
_ONLY = r"(?:^|, |\b(?:la|le|suis|etais|une|l) )(?:toute )?(?:seule?|unique) "


def recognised_by(text: str) -> tuple[str, ...]:
    """What, taken together, may single somebody out: («métier», «commune»); () when nothing does.

    An office («maire», «directrice») said of oneself is enough, or anybody's with its town or
    organisation; so is being the only one of a kind; an age, a trade or a situation said of
    oneself needs another of them, a small town or a named organisation.

    >>> recognised_by("Je suis infirmière à Rosselange, le train est trop tôt")
    ('métier', 'commune')
    """
    tokens = tokens_of(text)
    said = _said(tokens, text)
    offices = list(re.finditer(_any_of("offices"), said))
    office_is_own = any(_of_oneself(said, found.start()) for found in offices)
    places = _places(tokens, said)
    placed = [found for found in offices if _leads_to_a_place(said, found.end(), places)]
    own = _own_traits(said)
    only = re.search(_ONLY + _any_of("alone", "offices", "trades", "situations"), said)
    traits = (
        *(("seule personne dans ce cas",) if only else ()),
        *(("fonction",) if office_is_own or placed else ()),
        *own,
        *dict.fromkeys(kind for kind, _, small in places if small or placed),
    )
    enough = only or office_is_own or placed or (own and len(traits) > 1)
    return traits if enough else ()


def _said(tokens: Sequence[Token], text: str) -> str:
    """Its folded words, one space between them; what a comma or a stop parts stays parted."""
    parts: list[str] = []
    for number, token in enumerate(tokens):
        gap = text[tokens[number - 1].end : token.start] if number else ""
        parts.append((" , " if re.search(r"[.,;:!?…()\n]", gap) else " ") + token.word)
    return "".join(parts).strip()


def _own_traits(said: str) -> tuple[str, ...]:
    """Age, trade and situation that whoever speaks says of himself or herself."""
    kinds = {"métier": "trades", "situation personnelle": "situations"}
    own = [
        kind
        for kind, name in kinds.items()
        if any(_of_oneself(said, found.start()) for found in re.finditer(_any_of(name), said))
    ]
    return ("âge", *own) if _AGE.search(said) else tuple(own)


def _of_oneself(said: str, start: int) -> bool:
    """After «je suis la», «en tant que»; or first of a sentence that goes on with «je»."""
    before = said[:start].rstrip()
    if re.search(rf"(?:^| )(?:{_one_of('oneself')})(?: (?:{_one_of('between')}))*$", before):
        return True
    first = not before or re.fullmatch(rf"(?:moi ,? ?)?(?:(?:{_one_of('between')}) ?)*", before)
    return bool(first) and re.search(r" , (?:je?|nous|on|mon|ma|notre)\b", said[start:]) is not None


def _places(tokens: Sequence[Token], said: str) -> list[tuple[str, str, bool]]:
    """Towns and named organisations: kind, folded words, whether it points to few people."""
    found = []
    for place in range(1, len(tokens)):
        if tokens[place - 1].word not in _BEFORE_A_PLACE:
            continue
        for end in range(min(len(tokens), place + _LONGEST_COMMUNE), place, -1):
            span = tokens[place:end]
            if not span[0].capital and (end > place + 1 or is_common(span[0].word)):
                continue
            people = people_of("-".join(token.word for token in span))
            if people > 0:
                words = " ".join(token.word for token in span)
                found.append(("commune", words, people < _SMALL_TOWN))
                break
    named = rf"({_any_of('workplaces')})(?: (?:de|du|d|des) (?:la |l )?(\w+)| (\w+))"
    capitals = {token.word for token in tokens if token.capital}
    found.extend(
        ("structure", match[1], True)
        for match in re.finditer(named, said)
        if (match[2] or match[3]) in capitals
    )
    if re.search(r"\b(?:ma|notre|petite) (?:petite )?(?:commune|ville|village)\b", said):
        found.append(("commune", "commune", True))
    return found


def _leads_to_a_place(said: str, end: int, places: Sequence[tuple[str, str, bool]]) -> bool:
    """«Maire de Vigy», «directrice du CCAS de Vigy»: the place right after the office."""
    after = re.match(r"(?: \w+){0,2}? (?:de|d|du|des|a|au)(?: la| l)? ", said[end:])
    rest = said[end + after.end() :] if after else ""
    return any(rest == words or rest.startswith(f"{words} ") for _, words, _ in places)


@cache
def _one_of(name: str) -> str:
    words: list[str] = vocabulary.read("recognising")[name]
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _any_of(*names: str) -> str:
    return rf"\b(?:{'|'.join(map(_one_of, names))})\b"
