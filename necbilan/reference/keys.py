"""How the name of a place is made comparable: one key, the pack's and the resolver's."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["loose_key", "place_key"]

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_LINKS = frozenset(
    (
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "d",
        "sur",
        "s",
        "sous",
        "en",
        "lez",
        "aux",
        "au",
        "a",
        "et",
    )
)


def place_key(name: str) -> str:
    """Lower case, without accents or punctuation, « St » and « Ste » in full.

    The pack holds the keys of its names, made by this function when it is built.

    >>> place_key("Montigny-lès-Metz"), place_key("ST. AVOLD"), place_key("Œting")
    ('montigny les metz', 'saint avold', 'oeting')
    """
    plain = unicodedata.normalize("NFKD", name.translate(_LIGATURES))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = _NOT_A_WORD.sub(" ", bare).split()
    return " ".join("saint" if w == "st" else "sainte" if w == "ste" else w for w in words)


def loose_key(key: str) -> str:
    """The key without its small words: «Ban-St-Martin» is «Le Ban-Saint-Martin».

    A key made of small words only is returned as it is.

    >>> loose_key("le ban saint martin"), loose_key("chalons s marne")
    ('ban saint martin', 'chalons marne')
    """
    return " ".join(word for word in key.split() if word not in _LINKS) or key
