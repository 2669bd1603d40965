"""The vocabulary of organisations, prepared for matching (vocabulary/organisations.toml)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from necbilan import vocabulary
from necbilan.reference import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Kind", "Lexicon", "commune_names", "fold_name", "lexicon", "loose", "words_of"]

Words = tuple[str, ...]

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "&": " et "})
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?\b\.?")


def fold_name(text: str) -> str:
    """Lower case without accents; every run of other signs becomes one space.

    Acronyms are closed first: "C.C.A.S. d'Évian" gives "ccas d evian".
    """
    closed = _DOTTED.sub(lambda found: found[0].replace(".", ""), text.translate(_LIGATURES))
    bare = unicodedata.normalize("NFKD", closed).casefold()
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", kept))


def loose(word: str) -> str:
    """The word without the mark of the plural; numbers and short words stay."""
    return word[:-1] if len(word) > 4 and word[-1] in "sx" and not word.isdigit() else word


@dataclass(frozen=True)
class Kind:
    """A kind of organisation, or a network with its agencies; see the vocabulary's comments."""

    id: str
    type: str
    scope: str
    extra: str = ""
    name: str = ""
    usual: str = ""
    """the first of its words: what its displayed name begins with, when it can"""
    over: Words = ()
    ambiguous: Words = ()
    trims: Words = ()
    anywhere: bool = False
    ends: bool = False
    services: bool = False
    bare: bool = False
    numbered: bool = False
    network: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Everything is looked up by tuples of significant words (no stop words, no plural)."""

    kinds: Mapping[str, Kind]
    kind_words: Mapping[Words, str]
    longest: int
    stop_words: frozenset[str]
    legal_forms: frozenset[Words]
    company_forms: frozenset[str]
    descriptors: frozenset[Words]
    generic: frozenset[str]
    programmes: frozenset[Words]
    former: frozenset[str]
    web_endings: frozenset[str]
    service_words: frozenset[str]
    place_words: frozenset[str]
    spelling: Mapping[str, str]
    places: Mapping[Words, str]
    ordinary_places: frozenset[Words]
    region_of: Mapping[str, str]
    types: tuple[tuple[str, frozenset[Words]], ...]
    none_exact: frozenset[str]
    none_words: frozenset[str]
    none_begins: Words
    reasons: Mapping[str, str]


def words_of(text: str, *, stop_words: Iterable[str], spelling: Mapping[str, str]) -> Words:
    """The significant words of a folded text; all of them when none is significant."""
    spelt = [spelling.get(word, word) for word in text.split()]
    kept = tuple(loose(word) for word in spelt if word not in stop_words)
    return kept or tuple(spelt)


def _kind(entry: Mapping[str, Any]) -> Kind:
    facts: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
        if key != "words"
    }
    return Kind(**facts, usual=entry["words"][0])


@cache
def lexicon() -> Lexicon:
    """Read once; the vocabulary is data, its shape is checked by a test."""
    raw = vocabulary.read("organisations")
    stop_words = frozenset(raw["stop_words"])
    spelling = MappingProxyType({**raw["spelling"], **raw["numbers"]})

    def significant(text: str) -> Words:
        return words_of(fold_name(text), stop_words=stop_words, spelling=spelling)

    def phrases(texts: Iterable[str]) -> frozenset[Words]:
        return frozenset(significant(text) for text in texts)

    kinds: dict[str, Kind] = {}
    kind_words: dict[Words, str] = {}
    for entry in raw["kind"]:
        kinds[entry["id"]] = _kind(entry)
        for text in entry["words"]:
            kind_words.setdefault(significant(text), entry["id"])

    departments, regions = tables.departments(), tables.regions()
    pairs = (departments.code, departments.name)
    territories = {
        **{f"region:{code}": [name] for code, name in regions.items()},
        **{f"department:{code}": [name] for code, name in zip(*pairs, strict=True)},
        **{f"former:{name}": [name] for name in raw["former_regions"]["names"]},
    }
    for code, names in raw["region_names"].items():
        territories[f"region:{code}"] += names

    return Lexicon(
        kinds=MappingProxyType(kinds),
        kind_words=MappingProxyType(kind_words),
        longest=max(map(len, kind_words)),
        stop_words=stop_words,
        legal_forms=phrases(raw["legal_forms"]),
        company_forms=frozenset(raw["company_forms"]),
        descriptors=phrases(raw["descriptors"]),
        generic=frozenset(map(loose, raw["generic"])),
        programmes=phrases(raw["programmes"]),
        former=frozenset(raw["former"]),
        web_endings=frozenset(raw["web_endings"]),
        service_words=frozenset(map(loose, raw["service_words"])),
        place_words=frozenset(map(loose, raw["place_words"])),
        spelling=spelling,
        places=MappingProxyType(
            {significant(name): place for place, names in territories.items() for name in names}
        ),
        ordinary_places=phrases(raw["ordinary"]["words"]),
        region_of=MappingProxyType(dict(zip(departments.code, departments.region, strict=True))),
        types=tuple((entry["id"], phrases(entry["words"])) for entry in raw["type"]),
        none_exact=frozenset(raw["none"]["exact"]),
        none_words=frozenset(raw["none"]["words"]),
        none_begins=tuple(raw["none"]["begins"]),
        reasons=MappingProxyType(dict(raw["reasons"])),
    )


@cache
def commune_names() -> frozenset[Words]:
    """The communes of France, as they are matched."""
    lex = lexicon()
    return frozenset(
        words_of(key, stop_words=lex.stop_words, spelling=lex.spelling)
        for key in tables.communes().key
    )
