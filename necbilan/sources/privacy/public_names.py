"""Names in a remark that point to no one of the public: figures, places, laws, assistants."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from necbilan.sources.free_text.french_words import listed
from necbilan.sources.privacy.remark_words import tokens_of, words_in
from necbilan.sources.privacy.word_kinds import figures, figures_begin, is_commune, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from necbilan.sources.privacy.list_names import Names
    from necbilan.sources.privacy.remark_words import Token

__all__ = ["public_spans"]

_LONGEST_FIGURE = 5
_LONGEST_COMMUNE = 4
_CAPITALISED = r"[A-ZÀ-Ý][\w’']*(?:-[\w’']+)*"
_COMPOUND = re.compile(rf"\b{_CAPITALISED}(?:-[\w’']+)+")
_SAINT = re.compile(r"\b(?:[Ss]ainte?|[Ss]te?|[Nn]otre-[Dd]ame)[- ][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)?")


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
        *_communes(tokens, text, names),
    ]
    return [span for span in found if not _names_somebody(text[span[0] : span[1]], names)]


def _names_somebody(text: str, names: Names) -> bool:
    words = [word for word in words_in(text) if word not in listed("stop_words")]
    return any(names.same_person(one, two) and one != two for one, two in pairwise(words))


def _figures(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    for start, token in enumerate(tokens):
        if token.word not in figures_begin():
            continue
        for end in range(start + 1, min(len(tokens), start + _LONGEST_FIGURE) + 1):
            if tuple(token.word for token in tokens[start:end]) in figures():
                yield token.start, tokens[end - 1].end


def _venues(tokens: list[Token], text: str) -> Iterator[tuple[int, int]]:
    """«Lycée Jules-Ferry», «la salle Georges Brassens», two capitals; «la loi Pinel», one."""
    for place, token in enumerate(tokens):
        whole = 1 if token.word in said("named_after") else 2
        if whole > 1 and token.word not in said("venues"):
            continue
        end = place + 1
        while end < len(tokens) and (
            tokens[end].capital
            or (tokens[end].word in ("de", "d", "des", "la") and end > place + 1)
        ):
            if not re.fullmatch(r"[\s’'-]{1,2}", text[tokens[end - 1].end : tokens[end].start]):
                break
            end += 1
        if end - place > whole:
            yield token.start, tokens[end - 1].end


def _communes(tokens: list[Token], text: str, names: Names) -> Iterator[tuple[int, int]]:
    """«La Rochelle», «Villard de Lans»: a commune of several words, spaces between them.

    Not «La Tour» when the lists have a «de La Tour».
    """
    for place, token in enumerate(tokens):
        for end in range(place + 2, place + 1 + _LONGEST_COMMUNE) if token.capital else ():
            span = tokens[place:end]
            if not span[-1].capital or not is_commune(text[token.start : span[-1].end]):
                continue
            if not all(names.same_person(one.word, two.word) for one, two in pairwise(span)):
                yield token.start, span[-1].end


def _assistants(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    words = {token.word for token in tokens}
    near = words & (said("beside_assistants") | said("assistants"))
    for token in tokens:
        if token.word in said("assistants") and near - {token.word}:
            yield token.start, token.end
