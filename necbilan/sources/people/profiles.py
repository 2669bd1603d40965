"""From what people say they are to the common nomenclature (vocabulary/profiles.toml)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import pandas as pd

from necbilan import vocabulary

__all__ = ["classify_profiles"]

WHOLE, PART = 1.0, 0.8
"""Confidence when the whole label is a known word, and when it only contains one."""

_INCLUSIVE = re.compile(
    r"(?<=\w)(?:\((?:e|ne|rice|trice|euse|se|ère)s?\)(?:s\b)?"
    r"|[·.⋅•‧/](?:e|ne|rice|trice|euse|se|ère)(?:[·.⋅•‧]?s)?(?!\w))",
    re.IGNORECASE,
)

Words = tuple[str, ...]


class _Found(NamedTuple):
    profile: str
    audience: str
    confidence: float


def classify_profiles(labels: pd.Series) -> pd.DataFrame:
    """One row a label, same index: profile, audience, confidence.

    profile is an id of the nomenclature or NA (nothing known, or a title that says too
    little: «Chargé de mission», «agent»); audience is professional, general_public or NA;
    confidence is 1 for a whole label that is known, 0.8 when a known word is within it
    (the longest, then the first), NA when profile is NA.  The label itself stays with the
    caller.
    """
    known = {text: _classify(text) for text in dict.fromkeys(_texts(labels))}
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


def _texts(labels: pd.Series) -> list[str]:
    return ["" if pd.isna(value) else str(value) for value in labels.tolist()]


def _words(text: str) -> Words:
    plain = _INCLUSIVE.sub("", text).replace("œ", "oe")
    bare = unicodedata.normalize("NFKD", plain).casefold()
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return tuple(re.findall(r"[a-z0-9]+", kept))


@cache
def _profiles() -> dict[Words, str]:
    entries = vocabulary.read("profiles")["profile"]
    return {_words(text): entry["id"] for entry in entries for text in entry["words"]}


@cache
def _audiences() -> dict[Words, str]:
    asked = vocabulary.read("profiles")["audience"]
    return {_words(text): audience for audience, texts in asked.items() for text in texts}


@cache
def _unclear() -> frozenset[Words]:
    return frozenset(_words(text) for text in vocabulary.read("profiles")["unclear"]["words"])


@cache
def _audience_of() -> dict[str, str]:
    return {entry["id"]: entry["audience"] for entry in vocabulary.read("profiles")["profile"]}


def _classify(text: str) -> _Found:
    words = _words(text)
    asked = _audiences().get(words, "")
    if words in _profiles():
        profile = _profiles()[words]
        return _Found(profile, asked or _audience_of()[profile], WHOLE)
    if asked or not words or words in _unclear():
        return _Found("", asked, 0.0)
    profile = _within(words)
    return _Found(profile, _audience_of().get(profile, ""), PART if profile else 0.0)


def _within(words: Words) -> str:
    """The profile of the longest known run of words, the first when equal; '' if none.

    A title that says too little is cut out first when it is the longest run.
    """
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            if run in _unclear() and size > 1:
                return _within(words[:start]) or _within(words[start + size :])
            if run in _profiles() and (size > 1 or len(run[0]) > 2):
                return _profiles()[run]
    return ""
