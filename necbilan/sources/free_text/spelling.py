"""Spellings proposed to a human, each with its reason; none is ever applied alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from rapidfuzz.distance import OSA

from necbilan import vocabulary
from necbilan.sources.folding import fold
from necbilan.sources.free_text.french_words import (
    accented_forms,
    known_word,
    lemma_of,
    listed,
    words_of,
)
from necbilan.sources.free_text.word_groups import LONGEST_EXPRESSION, group_words

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["proposed_spellings"]

_SHORTEST = 5
"""letters under which too many words stand one letter away"""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MASCULINE_E = ("age", "isme", "iste", "eme", "ege", "ire", "aire", "gramme", "que")
_FEMININE = ("tion", "sion", "te", "ure", "ance", "ence", "ie", "ee", "ade", "ette", "ine")


def proposed_spellings(answers: pd.Series) -> pd.DataFrame:
    """Columns form, proposal, reason (French): one row a displayed form to look at.

    A form is proposed another spelling when one of its words is in no dictionary and a
    word one letter or its accents away is, or when «de» wants its article («ampleur de
    problème»).  Words of the trade are left alone.  A proposal may be wrong («linx»,
    «lieux»): it waits for a decision of kind ``typing_error``.
    """
    forms = group_words(answers).dropna().drop_duplicates()
    rows = [
        (form, *found)
        for form in forms
        if len(words_of(form)) <= LONGEST_EXPRESSION + 1 and (found := _proposal(str(form)))
    ]
    return pd.DataFrame(rows, columns=["form", "proposal", "reason"], dtype="string")


def _proposal(form: str) -> tuple[str, str] | None:
    mended, reasons = form, []
    for word in words_of(form):
        spelt = _corrected(word)
        if spelt:
            mended = mended.replace(word, spelt, 1)
            reasons.append(f"« {word} » n’est pas au dictionnaire, « {spelt.lower()} » y est")
    with_article = _with_article(mended)
    if with_article:
        mended = with_article
        reasons.append("« de » sans article devant un nom au singulier")
    return (mended, " ; ".join(reasons)) if reasons else None


def _corrected(word: str) -> str | None:
    """The likeliest dictionary word, with the capitals of ``word``; None when it is known."""
    lower = word.casefold()
    if len(lower) < _SHORTEST or known_word(lower) or known_word(lemma_of(lower)):
        return None
    if not lower.isalpha() or not fold(lower).isascii() or _derived(lower):
        return None
    bare = fold(lower)
    near = _dictionary(bare) or [
        found for spelling in _one_letter_away(bare) for found in _dictionary(spelling)
    ]
    if word[0].isupper():
        near = [other for other in near if not _another_letter(bare, fold(other))]
    if not near:
        return None
    best = min(dict.fromkeys(near), key=lambda other: _cost(lower, other))
    return _with_capitals(best, word)


def _dictionary(bare: str) -> list[str]:
    plain = [bare] if known_word(bare) else []
    return [*plain, *accented_forms(bare)]


def _one_letter_away(word: str) -> Iterable[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _cost(word: str, other: str) -> tuple[int, int, int, int]:
    """First the same initial, then doubled or dropped letters before changed ones."""
    one, two = fold(word), fold(other)
    undoubled = _undoubled(one) == _undoubled(two)
    return (
        int(one[0] != two[0]),
        int(not undoubled),
        int(_another_letter(one, two)),
        OSA.distance(word, other),
    )


def _another_letter(one: str, two: str) -> bool:
    """Whether a letter stands for another: the weakest proposal, none for a proper noun."""
    return len(one) == len(two) and sorted(one) != sorted(two)


def _derived(word: str) -> bool:
    """«cybersécurité»: a known word with a beginning of its own."""
    beginnings: list[str] = vocabulary.read("free_text")["prefixes"]
    return any(
        word.startswith(beginning) and known_word(word.removeprefix(beginning))
        for beginning in beginnings
    )


def _undoubled(word: str) -> str:
    return "".join(
        letter for letter, before in zip(word, " " + word, strict=False) if letter != before
    )


def _with_capitals(spelt: str, typed: str) -> str:
    if typed.isupper():
        return spelt.upper()
    return spelt[0].upper() + spelt[1:] if typed[0].isupper() else spelt


def _with_article(form: str) -> str | None:
    """«ampleur de problème» → «ampleur du problème», for nouns that want the article."""
    words = words_of(form)
    if len(words) != 3 or words[1].casefold() != "de":
        return None
    head, complement = fold(lemma_of(words[0].casefold())), words[2]
    plural = lemma_of(complement.casefold()) != complement.casefold()
    if head not in listed("definite_complement") or plural or complement[0].isupper():
        return None
    article = "de la" if _is_feminine(fold(complement)) else "du"
    return f"{words[0]} {article} {complement}"


def _is_feminine(noun: str) -> bool:
    if noun.endswith(_MASCULINE_E):
        return False
    return noun.endswith(_FEMININE)
