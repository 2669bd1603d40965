"""People of no list whom a remark names.

First names come from INSEE's list of births, surnames from its list of family names; a word of
no dictionary is a name where only a name can stand: after «merci à» or «ma collègue», before
«m’a aidé» (vocabulary/persons.toml).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from necbilan.reference import tables
from necbilan.sources.free_text.french_words import listed
from necbilan.sources.privacy.list_names import is_a_thing, is_name_here
from necbilan.sources.privacy.remark_words import all_shouted, words_in
from necbilan.sources.privacy.word_kinds import (
    is_common,
    is_commune,
    is_conjugated,
    is_given,
    is_nowhere,
    is_surname,
    is_weak,
    may_be_surname,
    said,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from necbilan.sources.privacy.remark_words import Token

__all__ = ["outsiders"]

_PARTICLES = frozenset(
    ("le", "la", "de", "du", "des", "el", "al", "ben", "van", "von", "da", "dos", "mac")
)
"""with a capital between a first name and another capital, part of the surname"""
_GIVEN = 500
"""births in a decade from which a first name without a capital is still one"""
_SHORTEST_SMALL = 5
_SHORTEST_SHOUTED = 6


def outsiders(
    tokens: list[Token], text: str, marked: set[int], ordinary: Collection[str] = ()
) -> set[int]:
    """Places of the words that name somebody, those of ``marked`` (of the lists) included.

    Words of the event itself (``ordinary``) are nobody's surname.
    """
    loud = all_shouted(tokens)
    found = marked | {
        place
        for place in range(len(tokens))
        if place not in marked
        and (tokens[place].word not in ordinary or _is_said_whole(tokens, place, text))
        and _is_somebody(tokens, place, text, loud=loud)
    }
    found = _extended(tokens, text, _before_an_initial(tokens, text, found), loud=loud)
    found |= set(_joined(tokens, text, found, loud=loud))
    again = {tokens[place].word for place in found if tokens[place].capital}
    return found | {
        place
        for place, token in enumerate(tokens)
        if token.capital and token.word in again and not is_common(token.word)
    }


def _is_said_whole(tokens: list[Token], place: int, text: str) -> bool:
    """Of the event's own words, a first name is one all the same, and «L. Metz» is somebody."""
    return _is_first_name(tokens, place) or _after_initial(tokens, place, text)


def _is_somebody(tokens: list[Token], place: int, text: str, *, loud: bool) -> bool:
    token = tokens[place]
    if _is_first_name(tokens, place):
        return True
    if token.capital and is_weak(token.word) and not loud:
        return _stands_as_a_name(tokens, place, text, loud=loud)
    if not token.capital:
        known = is_given(token.word) or is_surname(token.word)
        return known and (_is_announced(tokens, place, text) or _acts(tokens, place))
    if _names_a_thing(tokens, place, text):
        return False
    if _is_family_name(token, loud=loud) and is_name_here(tokens, place, text, loud=loud):
        return True
    if _is_unknown(token, loud=loud):
        return _is_announced(tokens, place, text) or _only_somebody(tokens, place, text)
    return (
        not token.shouted
        and len(token.word) > 2
        and may_be_surname(token.word)
        and (_only_somebody(tokens, place, text) or _pointed_at(tokens, place))
    )


def _is_family_name(token: Token, *, loud: bool) -> bool:
    """A surname of France with a capital; in capitals only, when it is too long for an acronym."""
    told = not loud and (not token.shouted or len(token.word) >= _SHORTEST_SHOUTED)
    return told and token.capital and is_surname(token.word)


def _only_somebody(tokens: list[Token], place: int, text: str) -> bool:
    """Whether nothing but a person stands here: after a role, an initial, before «m’a aidée»."""
    return (
        _after_a_role(tokens, place, text)
        or _acts(tokens, place)
        or _after_initial(tokens, place, text)
    )


def _names_a_thing(tokens: list[Token], place: int, text: str) -> bool:
    """«Le stand Lely», «la ferme Lur Berri»: after an article and a noun that is no person."""
    while place and tokens[place - 1].capital:
        place -= 1
    if place < 2:
        return False
    article, noun = tokens[place - 2 : place]
    return (
        article.word in ("le", "la", "l", "un", "une", "du", "au", "ce", "cette")
        and not noun.capital
        and is_common(noun.word)
        and text[noun.end : tokens[place].start] == " "
        and not _after_a_role(tokens, place, text)
    )


def _pointed_at(tokens: list[Token], place: int) -> bool:
    """«Ce Pommerol»: no village, and no thing either, has a demonstrative and a capital."""
    before = tokens[place - 1].word if place else ""
    return before in ("ce", "cet", "cette") and tokens[place].word in tables.surnames()


def _before_an_initial(tokens: list[Token], text: str, found: set[int]) -> set[int]:
    """«Claire B.», «Pierre M. anime bien»: a first name, common word or not, and an initial."""
    return found | {
        place
        for place, (token, after) in enumerate(pairwise(tokens))
        if token.capital
        and token.word in tables.first_names()
        and after.capital
        and after.end - after.start == 1
        and text[token.end : after.start] == " "
        and text[after.end : after.end + 1] not in ("'", "’", "-")
    }


def _joined(tokens: list[Token], text: str, found: set[int], *, loud: bool) -> Iterator[int]:
    """«Mesdames [Crouzillac] et Labat»: after somebody and «et», somebody."""
    for place, token in enumerate(tokens):
        if place in found or token.word in said("brands"):
            continue
        if place > 1 and tokens[place - 1].word in ("et", "ou") and place - 2 in found:
            gap = text[tokens[place - 2].end : token.start]
            name = is_weak(token.word) and token.capital >= tokens[place - 2].capital
            if gap.strip() in ("et", "ou") and (name or _is_unknown(token, loud=loud)):
                yield place


def _is_first_name(tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    if not is_given(token.word):
        return False
    often = tables.first_names().get(token.word, 0) >= _GIVEN
    small = often and len(token.word) >= _SHORTEST_SMALL and not is_a_thing(tokens, place)
    return token.capital or small


def _stands_as_a_name(tokens: list[Token], place: int, text: str, *, loud: bool) -> bool:
    if _is_announced(tokens, place, text):
        return True
    return is_name_here(tokens, place, text, loud=loud) and not _is_in_a_title(tokens, place)


def _is_in_a_title(tokens: list[Token], place: int) -> bool:
    """Beside other capitals («Belle Rose», «Café Victoire»), a word is part of their name."""
    return place > 0 and tokens[place - 1].capital and place > 1


def _is_unknown(token: Token, *, loud: bool) -> bool:
    shouted = token.shouted and not loud
    return token.capital and not shouted and len(token.word) > 2 and is_nowhere(token.word)


def _is_announced(tokens: list[Token], place: int, text: str) -> bool:
    """After «merci à», «ma collègue», «s’appelle»; a bracket, a colon may stand between."""
    before = tokens[max(0, place - 4) : place]
    if not before:
        return False
    gap = text[before[-1].end : tokens[place].start]
    if _after_a_role(tokens, place, text):
        return True
    if not re.fullmatch(r"\s*[’',:]?\s*", gap):
        return False
    heard = " ".join(token.word for token in before)
    return any(heard == cue or heard.endswith(f" {cue}") for cue in _cues())


def _after_a_role(tokens: list[Token], place: int, text: str) -> bool:
    """After «ma collègue», «le docteur», or «M. le» and whatever office."""
    if not place:
        return False
    one = tokens[place - 1]
    if not re.fullmatch(r"[\s’',:(«\"]{0,4}", text[one.end : tokens[place].start]):
        return False
    if one.word in said("roles"):
        return not is_commune(text[one.start : tokens[place].end])  # «Petite-Rosselle»
    two = tuple(token.word for token in tokens[max(0, place - 3) : place - 1])
    return len(two) > 1 and two[0] in listed("titles") and two[1] in ("le", "la", "l")


@cache
def _cues() -> frozenset[str]:
    return frozenset(" ".join(words_in(cue)) for cue in said("before_a_name"))


def _acts(tokens: list[Token], place: int) -> bool:
    """Before «m’a aidée», «parlait», «et son équipe»; a surname before any verb."""
    following = [token.word for token in tokens[place + 1 : place + 5]]
    if not following:
        return False
    token = tokens[place]
    if token.capital and is_surname(token.word) and is_conjugated(following[0]):
        return True
    after = " ".join(following)
    return any(after == verb or after.startswith(f"{verb} ") for verb in _verbs())


@cache
def _verbs() -> frozenset[str]:
    return frozenset(" ".join(words_in(verb)) for verb in said("after_a_name"))


def _after_initial(tokens: list[Token], place: int, text: str) -> bool:
    if not place:
        return False
    one = tokens[place - 1]
    initials = text[one.start : tokens[place].start]
    if re.fullmatch(r"[A-ZÀ-Ý]\.\s?|[A-ZÀ-Ý][A-ZÀ-Ý]\.? ", initials) is None:
        return False
    return one.word not in said("acronyms")


def _extended(tokens: list[Token], text: str, found: set[int], *, loud: bool) -> set[int]:
    """The rest of a name: «[Sylvain] Poulbec», «POULBEC [Sylvain]», «[Jean]-Claude»."""
    reached = set(found)
    forward = range(len(tokens) - 1)
    for step, places in ((1, forward), (-1, (place + 1 for place in reversed(forward)))):
        for place in places:
            if place in reached and place + step not in reached:
                gap = text[
                    tokens[min(place, place + step)].end : tokens[max(place, place + step)].start
                ]
                if _belongs(tokens, place, place + step, gap, text, loud=loud):
                    reached.add(place + step)
    return reached


def _belongs(
    tokens: list[Token], place: int, other: int, gap: str, text: str, *, loud: bool
) -> bool:
    """Whether the word at ``other``, next to a name, is part of it."""
    token, after = tokens[other], other > place
    if gap in ("-", "’", "'"):
        low = not tokens[place].capital and token.word in tables.first_names()
        return token.capital or (gap == "-" and after and low)
    if gap != " ":
        return False
    if after and token.word in said("times"):
        return _is_double(tokens, other, text)
    if after and token.word in _PARTICLES and not loud:
        following = tokens[other + 1 : other + 2]
        return bool(following) and following[0].capital and token.capital
    if token.capital or loud:
        follows = after or _is_announced(tokens, other, text)
        return _goes_with(token, after=follows, loud=loud)
    small = after and not tokens[place].capital and len(token.word) > 3
    return small and (may_be_surname(token.word) or _is_taken_up(tokens, other))


def _is_double(tokens: list[Token], place: int, text: str) -> bool:
    """«[Armelle] Toussaint-Leroy»; «[Armelle] Lundi» is a day."""
    after = tokens[place + 1 : place + 2]
    return bool(after) and after[0].capital and text[tokens[place].end : after[0].start] == "-"


def _is_taken_up(tokens: list[Token], place: int) -> bool:
    """«roger [corbillon] il a ri»: between a first name and a pronoun, a surname."""
    after = tokens[place + 1 : place + 2]
    return (
        bool(after)
        and after[0].word in ("il", "elle")
        and tokens[place].word in tables.surnames()
        and tokens[place].word not in listed("everyday") | listed("stop_words")
    )


def _goes_with(token: Token, *, after: bool, loud: bool) -> bool:
    """A surname beside a first name: any word with a capital after it, none of ours before."""
    word = token.word
    if len(word) < 2 or word in listed("stop_words") | listed("everyday") | said("brands"):
        return False
    if after and not loud:
        return True
    return is_nowhere(word) or word in tables.first_names()
