"""What a word is: one of the language, a first name, a place, a brand, or none of them."""

from __future__ import annotations

from functools import cache

import simplemma

from necbilan import vocabulary
from necbilan.reference import place_key, tables
from necbilan.sources.folding import fold
from necbilan.sources.free_text.french_words import accented_forms, known_word, listed
from necbilan.sources.privacy.remark_words import words_in

__all__ = [
    "figures",
    "figures_begin",
    "is_common",
    "is_commune",
    "is_conjugated",
    "is_given",
    "is_nowhere",
    "is_surname",
    "is_weak",
    "may_be_surname",
    "names_nobody",
    "people_of",
    "said",
]

_LONGEST_CLEMENT = 7
"""letters beyond which a word in -ement is an adverb or a noun, not a first name"""
_TOWN = 5_000
"""people of a commune whose name by itself is the commune, not a first name"""


def names_nobody(text: str) -> bool:
    """Whether every word is one of the language or of a place: «Emploi public», not «Léa Roy»."""
    return all(is_common(word) or word in listed("places") for word in words_in(text))


def is_common(word: str) -> bool:
    """A word of the language, accents aside; «Roux» and «Marie» are names all the same."""
    if word in listed("names_in_dictionaries"):
        return False
    small = listed("stop_words") | listed("everyday")
    adverb = len(word) > _LONGEST_CLEMENT and word.endswith("ement")
    return adverb or known_word(word) or bool(accented_forms(word)) or word in small


@cache
def said(name: str) -> frozenset[str]:
    """A list of vocabulary/persons.toml, folded."""
    words: list[str] = vocabulary.read("persons")[name]
    return frozenset(fold(word) for word in words)


@cache
def figures() -> frozenset[tuple[str, ...]]:
    """The words of each name that everybody knows, of a person or of a firm called after one."""
    known = said("public_figures") | said("firms_called_after_somebody")
    return frozenset(tuple(words_in(name)) for name in known)


@cache
def figures_begin() -> frozenset[str]:
    """The first word of each of those names."""
    return frozenset(name[0] for name in figures())


@cache
def _figures_words() -> frozenset[str]:
    return frozenset(name[-1] for name in figures())


@cache
def _communes() -> dict[str, float]:
    """Key of every commune's name → people of the largest that bears it."""
    known: dict[str, float] = {}
    communes = tables.communes()
    for key, people in zip(communes.key, communes.population, strict=True):
        known[key] = max(known.get(key, 0.0), people)
    return known


def people_of(commune: str) -> float:
    """Inhabitants of the largest commune of that name, 0 when there is none."""
    return _communes().get(place_key(commune), 0.0)


def is_commune(name: str) -> bool:
    """Whether a commune is, or was, called so."""
    return place_key(name) in _communes() or place_key(name) in tables.former_names()


@cache
def is_given(word: str) -> bool:
    """A first name that is no word of the language, no town, no brand."""
    return (
        (word in tables.first_names() or word in said("nicknames"))
        and len(word) > 2
        and not is_common(word)
        and word not in listed("places")
        and word not in said("brands")
        and word not in said("times")
        and _communes().get(word, 0) < _TOWN
    )


@cache
def is_conjugated(word: str) -> bool:
    """«Applaudit», «est»: a form of a verb that is no noun; no plural, no feminine in -ère."""
    lemma: str = simplemma.lemmatize(word, "fr")
    other = word.endswith(("s", "x", "ere"))
    return lemma != word and lemma.endswith(("er", "ir", "re")) and not other


@cache
def is_nowhere(word: str) -> bool:
    """A word of no dictionary, list, brand or map."""
    return not (
        is_common(word)
        or word in said("brands")
        or word in listed("places")
        or word in listed("trade")
        or word in _figures_words()
        or word in said("times")
        or word in _communes()
        or word in tables.former_names()
        or word in _lands()
    )


@cache
def is_surname(word: str) -> bool:
    """A family name of France that is no word of the language, no place, no brand."""
    return word in tables.surnames() and is_nowhere(word)


@cache
def may_be_surname(word: str) -> bool:
    """Where only somebody can stand, a village is a surname too: «mon voisin Malbosc»."""
    if is_nowhere(word):
        return True
    ruled_out = is_common(word) or word in said("brands") | said("times") | listed("places")
    return word in tables.surnames() and not ruled_out and _communes().get(word, 0) < _TOWN


@cache
def _lands() -> frozenset[str]:
    names = (*tables.departments().name, *tables.regions().values(), *tables.countries().name)
    return frozenset(word for name in names for word in words_in(name))


@cache
def is_weak(word: str) -> bool:
    """A first name that is also a word: «Rose», «Capucine»."""
    return (
        word in tables.first_names()
        and word not in said("times")
        and word not in listed("places") | listed("stop_words") | listed("everyday")
        and word not in said("brands")
        and _communes().get(word, 0) < _TOWN
    )
