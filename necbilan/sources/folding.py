"""Texts made comparable: what a heading or a cell says, whatever its dress."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "fold_heading", "fold_label", "heading_forms", "name_key"]

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‘": "'"})
_SPACES = re.compile(r"\s+")
_HINT = re.compile(r"\s*\([^()]*\)\s*")
_CODE = re.compile(r"^[A-Za-z][A-Za-z0-9_]*(?:\[[^\]]*\])?\.\s+(?=\S)")
_LINE_NUMBER = re.compile(r"^\W*\d+\W+(?=\D)")
_SUFFIX = re.compile(r"\s+-\s+#\d+$")
_OWN_FIELD = re.compile(r"^champs? (?:additionnel|complementaire|personnalise)s?\s*:\s*")
"""what HelloAsso and others write before a field that the organiser added"""
_INCLUSIVE = re.compile(
    r"(?<=\w)(?:[·⋅.•-](?:e?s|e|rice|trice|ne|ere|ice|euse)\b(?:[·⋅.•-]s\b)?"
    r"|\((?:e|es|s|ne|trice|rice)\))"
)


def fold(text: str) -> str:
    """Lower case without accents, straight apostrophes, single spaces.

    >>> fold("  Très\\u00a0SATISFAIT’e ")
    "tres satisfait'e"
    """
    lower = text.translate(_APOSTROPHES).casefold().replace("œ", "oe")
    plain = unicodedata.normalize("NFKD", lower)
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c != "\u200b")
    return _SPACES.sub(" ", kept).strip()


def fold_heading(text: str) -> str:
    """A heading without its code, its hints between brackets and its final punctuation.

    >>> fold_heading("STRUCT. Votre structure :"), fold_heading("Ville (Commande) - #9")
    ('votre structure', 'ville')
    """
    bare = _SUFFIX.sub("", _CODE.sub("", text.strip()))
    without_hint = _HINT.sub(" ", bare).strip()
    return _OWN_FIELD.sub("", fold(without_hint or bare)).rstrip(" :*?!.…;").strip()


def heading_forms(text: str) -> tuple[str, ...]:
    """The ways a known heading is looked up: as written, and without its hints.

    A hint of several letters is part of the name: «Commune (code INSEE)» is no commune.
    """
    whole = fold(text).rstrip(" :*?")
    return (whole,) if re.search(r"\(\w{3,}", text) else (whole, fold_heading(text))


def fold_label(text: str) -> str:
    """An answer's label: inclusive endings and final dots left out.

    >>> fold_label("Très satisfait·e"), fold_label(" Satisfait(e)")
    ('tres satisfait', 'satisfait')
    """
    folded = _INCLUSIVE.sub("", fold(text))
    return folded.rstrip(" .!…").strip()


def name_key(name: str) -> str:
    """A name without accents, case, order of words, hyphens, nor the number of its line.

    >>> name_key("12. DÉMOULIN Anne-Lise") == name_key("Anne Lise Démoulin")
    True
    >>> name_key("Participant 12") == name_key("Participant 13")
    False
    """
    return " ".join(sorted(re.sub(r"[^\w]|_", " ", _LINE_NUMBER.sub("", fold(name))).split()))
