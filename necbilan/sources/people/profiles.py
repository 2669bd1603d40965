"""From what people say they are to the common nomenclature (vocabulary/profiles.toml)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from necbilan import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["classify_profiles", "says_too_little"]

WHOLE, PART = 1.0, 0.8
"""Confidence when the whole label is a known word, and when it only contains one."""

_INCLUSIVE = re.compile(
    r"(?<=\w)(?:\((?:e|ne|rice|trice|euse|se|ère)s?\)(?:s\b)?"
    r"|[·.⋅•‧/](?:e|ne|rice|trice|euse|se|ère)(?:[·.⋅•‧]?s)?(?!\w))",
    re.IGNORECASE,
)

Words = tuple[str, ...]
_OF = frozenset({"d", "de", "des", "du"})
"""before a word for a person: «conjointe d’élu», «association des maires» are nobody's office"""
_LINKS: tuple[Words, ...] = ((), ("d",), ("de",), ("du",), ("de", "la"), ("de", "l"), ("des",))
_LONGEST_INVARIABLE = 3


class _Found(NamedTuple):
    profile: str
    audience: str
    confidence: float


class _Named(NamedTuple):
    profile: str
    person: bool
    """says what somebody is, not where she works: «médiatrice», not «médiathèque»"""


def classify_profiles(labels: pd.Series, decided: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One row a label, same index: profile, audience, confidence.

    profile is an id of the nomenclature or NA: nothing known, a title that says too little
    («Chargé de mission», «agent»), or several profiles («élue / agente»).  audience is
    professional, general_public or NA; several profiles may share one.  confidence is 1 for
    a whole label that is known, 0.8 when a known word is within it, NA when profile is NA.
    ``decided`` maps a label to the profile a human gave it: an id, or any word for one.
    The label itself stays with the caller.
    """
    meant = {_words(label): profile for label, profile in (decided or {}).items()}
    known = {
        text: _given(meant[_words(text)]) if _words(text) in meant else _classify(text)
        for text in dict.fromkeys(_texts(labels))
    }
    found = [known[text] for text in _texts(labels)]
    return pd.DataFrame(
        {
            "profile": pd.array([row.profile or pd.NA for row in found], dtype="string"),
            "audience": pd.array([row.audience or pd.NA for row in found], dtype="string"),
            "confidence": pd.array(
                [row.confidence if row.profile else pd.NA for row in found], dtype="Float64"
            ),
        },
        index=labels.index,
    )


def says_too_little(label: str) -> bool:
    """Whether the label is a title of any trade («Directrice»), which no human can place either.

    >>> says_too_little("Chargé·e de mission"), says_too_little("Bibliothécaire")
    (True, False)
    """
    return _words(label) in _listed("unclear")


def _given(profile: str) -> _Found:
    """The profile a human wrote, by its id or by a word for it; none when it is neither."""
    identity = profile.strip().replace(" ", "_").casefold()
    if identity in _audience_of():
        return _Found(identity, _audience_of()[identity], WHOLE)
    return _classify(profile)


def _texts(labels: pd.Series) -> list[str]:
    return labels.astype("string").fillna("").tolist()


def _words(text: str) -> Words:
    plain = _INCLUSIVE.sub("", text).replace("œ", "oe")
    bare = unicodedata.normalize("NFKD", plain).casefold()
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return tuple(_singular(word) for word in re.findall(r"[a-z0-9]+", kept))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _LONGEST_INVARIABLE and word.endswith(("s", "x")) else word


@cache
def _listed(part: str) -> frozenset[Words]:
    return frozenset(_words(text) for text in vocabulary.read("profiles")[part]["words"])


@cache
def _named() -> dict[Words, _Named]:
    """Known words → their profile; an office of a body («présidente de la métropole») too."""
    bodies = _listed("workplaces")
    found: dict[Words, _Named] = {}
    for entry in vocabulary.read("profiles")["profile"]:
        for text in entry["words"]:
            words = _words(text)
            found[words] = _Named(entry["id"], person=words not in bodies)
        for office in entry.get("offices", ()):
            for body in entry["bodies"]:
                for link in _LINKS:
                    words = (*_words(office), *link, *_words(body))
                    found[words] = _Named(entry["id"], person=True)
    return found


@cache
def _longest() -> int:
    return max(map(len, _named()))


@cache
def _audiences() -> dict[Words, str]:
    asked = vocabulary.read("profiles")["audience"]
    return {_words(text): audience for audience, texts in asked.items() for text in texts}


@cache
def _audience_of() -> dict[str, str]:
    return {entry["id"]: entry["audience"] for entry in vocabulary.read("profiles")["profile"]}


@cache
def _wins_over() -> dict[str, frozenset[str]]:
    entries = vocabulary.read("profiles")["profile"]
    return {entry["id"]: frozenset(entry.get("over", ())) for entry in entries}


def _classify(text: str) -> _Found:
    words = _words(text)
    asked = _audiences().get(words, "")
    whole = _named().get(words)
    if whole is not None:
        return _Found(whole.profile, asked or _audience_of()[whole.profile], WHOLE)
    if asked or not words or words in _listed("unclear"):
        return _Found("", asked, 0.0)
    if any((word,) in _listed("not_oneself") for word in words):
        return _Found("", "", 0.0)
    if any(
        words[at : at + len(run)] == run for run in _listed("several") for at in range(len(words))
    ):
        return _Found("", "professional", 0.0)
    profiles = _decided(_within(words))
    audiences = {_audience_of()[profile] for profile in profiles}
    audience = audiences.pop() if len(audiences) == 1 else ""
    return _Found(profiles.pop() if len(profiles) == 1 else "", audience, PART)


def _within(words: Words) -> list[_Named]:
    """The profiles named by the longest known runs of words that don't overlap.

    Titles that say too little take their words with them.
    """
    free = list(range(len(words)))
    found: list[_Named] = []
    for size in range(min(len(words), _longest()), 0, -1):
        for start in range(len(words) - size + 1):
            span = range(start, start + size)
            run = words[start : start + size]
            if not set(span) <= set(free):
                continue
            named = _named().get(run) if size > 1 or len(run[0]) > 2 else None
            if named is None and not (run in _listed("unclear") and size > 1):
                continue
            free = [place for place in free if place not in span]
            if named and not (named.person and start and words[start - 1] in _OF):
                found.append(named)
    return found


def _decided(found: list[_Named]) -> set[str]:
    """What the label says of the person, else where she works; what wins over the others."""
    profiles = {named.profile for named in found if named.person}
    profiles = profiles or {named.profile for named in found}
    beaten = {other for profile in profiles for other in _wins_over()[profile]}
    return profiles - beaten or profiles
