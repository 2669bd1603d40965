"""Single French words of free answers: reading them, knowing them, their lemma."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import simplemma
from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

from necbilan import vocabulary
from necbilan.sources.folding import fold

__all__ = [
    "accented_forms",
    "is_empty_answer",
    "known_word",
    "lemma_of",
    "listed",
    "tidy",
    "words_of",
]

_VERB_ENDINGS = ("er", "ir", "re", "oir")
_LIKE_VERBS = ("ier", "iers", "ière", "ières", "cher", "chère", "chères", "léger", "légère")
_FEMININE = (
    ("trice", "teur"),
    ("teuse", "teur"),
    ("ienne", "ien"),
    ("ée", "é"),
    ("anche", "anc"),
    ("nouvelle", "nouveau"),
    ("belle", "beau"),
)
_OUTER = " \t\r\n.,;:!…·•*\"'«»“”„‘’-–—_/\\|"
_NUMBERING = re.compile(r"^(?:\d{1,2}\s*[.)°:-]|[-*•])\s*")
_WORD = re.compile(r"[\w'-]+'|[\w-]+|[^\w\s]+")


@cache
def listed(name: str) -> frozenset[str]:
    """A list of vocabulary/free_text.toml, folded."""
    words: list[str] = vocabulary.read("free_text")[name]
    return frozenset(fold(word) for word in words)


def is_empty_answer(text: object) -> bool:
    """Whether an answer to an open question says nothing: blank, «RAS», «rien», «?»…"""
    if not isinstance(text, str):
        return True
    folded = fold(text)
    bare = folded.strip(" .!…*_")
    nothing = listed("empty")
    return not bare or folded in nothing or bare in nothing or not any(map(_says, bare))


def _says(character: str) -> bool:
    """Letters, digits and pictures say something; punctuation does not."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "So"


def tidy(text: str) -> str:
    """The answer without outer punctuation, numbering and doubled spaces; accents composed."""
    plain = unicodedata.normalize("NFC", text).translate({0x2019: "'", 0x200B: None, 0xFEFF: None})
    single = " ".join(_NUMBERING.sub("", plain.strip()).split())
    return single.strip(_OUTER) or single


def words_of(text: str) -> list[str]:
    """Its words, an elided article («l'») being one of its own; punctuation left out."""
    straight = text.replace("’", "'")
    return [word for word in _WORD.findall(straight) if any(map(str.isalnum, word))]


@cache
def _outside_dictionary() -> frozenset[str]:
    words = vocabulary.read("free_text")
    return frozenset(words["trade"]) | frozenset(words["invariable"]) | frozenset(words["everyday"])


@cache
def known_word(word: str) -> bool:
    """Whether a French dictionary or the trade knows this inflected word, accents counted."""
    bare = word.casefold()
    if bare in _outside_dictionary() or bare.isdigit() or bare.endswith("'"):
        return True
    return simplemma.lemmatize(bare, "fr") != bare or simplemma.is_known(bare, "fr")


def accented_forms(word: str) -> tuple[str, ...]:
    """The dictionary's words that have accents and are ``word`` (lower case) without them.

    >>> accented_forms("emancipation")
    ('émancipation',)
    """
    return _accented().get(word, ())


@cache
def _accented() -> dict[str, tuple[str, ...]]:
    plain = str.maketrans(dict(zip("éèêëàâäîïôöùûüçœæ", "eeeeaaaiioouuucoa", strict=True)))
    index: dict[str, tuple[str, ...]] = {}
    for word in DEFAULT_DICTIONARY_FACTORY.get_dictionary("fr"):  # the one lemmas are looked up in
        if not word.isascii():
            bare = word.replace("œ", "oe").replace("æ", "ae").translate(plain)
            index[bare] = (*index.get(bare, ()), word)
    return index


@cache
def lemma_of(word: str) -> str:
    """Singular and masculine of a lower-case word; a key to compare, not to show.

    Participles stay apart from their verb («engagé» is not «engager»), for simplemma's
    verb lemmas are left aside.
    """
    if len(word) <= 2 or word.endswith("'") or word in vocabulary.read("free_text")["invariable"]:
        return word
    if "-" in word.strip("-"):
        return "-".join(map(lemma_of, word.split("-")))
    lemma: str = simplemma.lemmatize(word, "fr") if simplemma.is_known(word, "fr") else ""
    verb = lemma.endswith(_VERB_ENDINGS) and lemma != word and not word.endswith(_LIKE_VERBS)
    if not lemma or verb:
        bare = _singular(word)
        lemma = lemma_of(bare) if bare != word and known_word(bare) else bare
    for feminine, masculine in _FEMININE:
        if lemma.endswith(feminine):
            return lemma.removesuffix(feminine) + masculine
    return lemma


def _singular(word: str) -> str:
    bare = word
    if len(bare) > 4 and bare.endswith("aux"):
        bare = bare[:-3] + ("au" if bare.endswith("eaux") else "al")
    elif len(bare) > 3 and bare[-1] in "sx" and not bare.endswith(("ss", "eux")):
        bare = bare[:-1]
    feminine = len(bare) > 4 and bare.endswith(("ée", "ue")) and not bare.endswith(("que", "gue"))
    return bare[:-1] if feminine else bare
