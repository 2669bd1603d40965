"""People of no list whom a remark names, and names that point to no one of the public.

First names come from INSEE's list of births; a word of no dictionary is a name where only
a name can stand: after «merci à» or «ma collègue», before «m’a aidé» (vocabulary/persons.toml).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from necbilan.reference import tables
from necbilan.sources.free_text.french_words import listed
from necbilan.sources.privacy.list_names import is_a_thing, is_name_here
from necbilan.sources.privacy.remark_words import all_shouted, tokens_of, words_in
from necbilan.sources.privacy.word_kinds import (
    figures,
    is_common,
    is_commune,
    is_given,
    is_nowhere,
    is_weak,
    said,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from necbilan.sources.privacy.list_names import Names
    from necbilan.sources.privacy.remark_words import Token

__all__ = ["outsiders", "public_spans"]

_LONGEST_FIGURE = 5
_PARTICLES = frozenset(
    ("le", "la", "de", "du", "des", "el", "al", "ben", "van", "von", "da", "dos", "mac")
)
"""with a capital between a first name and another capital, part of the surname"""
_GIVEN = 500
"""births in a decade from which a first name without a capital is still one"""
_SHORTEST_SMALL = 5
_CAPITALISED = r"[A-ZÀ-Ý][\w’']*(?:-[\w’']+)*"
_COMPOUND = re.compile(rf"\b{_CAPITALISED}(?:-[\w’']+)+")
_SAINT = re.compile(r"\b(?:Saint|Sainte|St|Ste|Notre-Dame)[- ][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)?")


# --- what is no one of the public ---------------------------------------------------------


def public_spans(text: str, names: Names) -> list[tuple[int, int]]:
    """Where a public figure, a place or an assistant stands: nothing is taken out of it.

    A whole name of the lists (first and last) is nobody's but theirs.
    """
    tokens = tokens_of(text)
    found = [
        *_figures(tokens),
        *_venues(tokens, text),
        *_assistants(tokens),
        *(match.span() for match in _SAINT.finditer(text)),
        *(m.span() for m in _COMPOUND.finditer(text) if is_commune(m.group())),
    ]
    return [span for span in found if not _names_somebody(text[span[0] : span[1]], names)]


def _names_somebody(text: str, names: Names) -> bool:
    words = [word for word in words_in(text) if word not in listed("stop_words")]
    return any(names.same_person(one, two) and one != two for one, two in pairwise(words))


def _figures(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + _LONGEST_FIGURE) + 1):
            if tuple(token.word for token in tokens[start:end]) in figures():
                yield tokens[start].start, tokens[end - 1].end


def _venues(tokens: list[Token], text: str) -> Iterator[tuple[int, int]]:
    """«Lycée Jules-Ferry», «la salle Georges Brassens»: two capitals after the venue."""
    for place, token in enumerate(tokens):
        if token.word not in said("venues"):
            continue
        end = place + 1
        while end < len(tokens) and (
            tokens[end].capital
            or (tokens[end].word in ("de", "d", "des", "la") and end > place + 1)
        ):
            if not re.fullmatch(r"[\s’'-]{1,2}", text[tokens[end - 1].end : tokens[end].start]):
                break
            end += 1
        if end - place > 2:
            yield token.start, tokens[end - 1].end


def _assistants(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    words = {token.word for token in tokens}
    near = words & (said("beside_assistants") | said("assistants"))
    for token in tokens:
        if token.word in said("assistants") and near - {token.word}:
            yield token.start, token.end


# --- people of no list --------------------------------------------------------------------


def outsiders(tokens: list[Token], text: str, marked: set[int]) -> set[int]:
    """Places of the words that name somebody, those of ``marked`` (of the lists) included."""
    loud = all_shouted(tokens)
    found = marked | {
        place
        for place in range(len(tokens))
        if place not in marked and _is_somebody(tokens, place, text, loud=loud)
    }
    found = _extended(tokens, text, _before_an_initial(tokens, text, found), loud=loud)
    found |= set(_joined(tokens, text, found, loud=loud))
    again = {tokens[place].word for place in found if tokens[place].capital}
    return found | {
        place
        for place, token in enumerate(tokens)
        if token.capital and token.word in again and not is_common(token.word)
    }


def _is_somebody(tokens: list[Token], place: int, text: str, *, loud: bool) -> bool:
    token = tokens[place]
    if _is_first_name(tokens, place):
        return True
    if token.capital and is_weak(token.word) and not loud:
        return _stands_as_a_name(tokens, place, text)
    if not token.capital:
        return is_given(token.word) and _is_announced(tokens, place, text)
    return _is_unknown(token, loud=loud) and (
        _is_announced(tokens, place, text)
        or _acts(tokens, place)
        or _after_initial(tokens, place, text)
    )


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


def _stands_as_a_name(tokens: list[Token], place: int, text: str) -> bool:
    if _is_announced(tokens, place, text):
        return True
    return is_name_here(tokens, place, text) and not _is_in_a_title(tokens, place)


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
    if not re.fullmatch(r"[\s’',:(«\"]{0,4}", gap):
        return False
    if before[-1].word in said("roles"):
        return True
    if not re.fullmatch(r"\s*[’',:]?\s*", gap):
        return False
    heard = " ".join(token.word for token in before)
    return any(heard == cue or heard.endswith(f" {cue}") for cue in _cues())


@cache
def _cues() -> frozenset[str]:
    return frozenset(" ".join(words_in(cue)) for cue in said("before_a_name"))


def _acts(tokens: list[Token], place: int) -> bool:
    """Before «m’a aidée», «parlait», «et son équipe»."""
    after = " ".join(token.word for token in tokens[place + 1 : place + 5])
    return any(after == verb or after.startswith(f"{verb} ") for verb in _verbs())


@cache
def _verbs() -> frozenset[str]:
    return frozenset(" ".join(words_in(verb)) for verb in said("after_a_name"))


def _after_initial(tokens: list[Token], place: int, text: str) -> bool:
    if not place:
        return False
    one = tokens[place - 1]
    initials = text[one.start : tokens[place].start]
    return re.fullmatch(r"[A-ZÀ-Ý]\.\s?|[A-ZÀ-Ý][A-ZÀ-Ý]\.? ", initials) is not None


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
        return token.capital
    if gap != " ":
        return False
    if after and token.word in _PARTICLES and not loud:
        following = tokens[other + 1 : other + 2]
        return bool(following) and following[0].capital and token.capital
    if token.capital or loud:
        follows = after or _is_announced(tokens, other, text)
        return _goes_with(token, after=follows, loud=loud)
    small = after and not tokens[place].capital and len(token.word) > 3
    return small and is_nowhere(token.word)


def _goes_with(token: Token, *, after: bool, loud: bool) -> bool:
    """A surname beside a first name: any word with a capital after it, none of ours before."""
    word = token.word
    if len(word) < 2 or word in listed("stop_words") | listed("everyday") | said("brands"):
        return False
    if after and not loud:
        return word not in said("times")
    return is_nowhere(word) or word in tables.first_names()
