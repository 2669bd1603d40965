"""People whose line holds nothing but their name, told from the titles of sections.

A sheet signed at the door often has a name and a blank signature.  The reader of
workbooks takes such a line for a title; written like the other names of the list, and
unlike a title («Structures institutionnelles»), it is a person.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from necbilan.sources.cells import meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from necbilan.sources.workbook import Reading

__all__ = ["lone_names"]

_PARTICLES = frozenset({"de", "du", "des", "la", "le", "les", "d", "l", "van", "von", "el", "ben"})
_USUAL = 0.6
"""share of the names of the list that must be written alike"""


def lone_names(reading: Reading, names: Iterable[str]) -> list[tuple[int, str]]:
    """(line, name) of the lines of one cell that name somebody.

    ``names`` are those of the column of full names; none is recovered without it.
    """
    alone = [
        (reject.line, reject.text)
        for reject in reading.account.rejects
        if reject.reason in ("section", "footnote") and reject.text
    ]
    styles = Counter(style for name in names if name.strip() and (style := _style(name)))
    usual, count = styles.most_common(1)[0] if styles else ("", 0)
    if not usual or usual == "capitals" or count < _USUAL * styles.total():
        return []
    return [
        (line, text)
        for line, text in alone
        if _style(text) == usual and meaning(text, "sections") is None
    ]


def _style(name: str) -> str:
    """How a name is written: «NOM Prénom» (mixed), «Nom Prénom» (title), «NOM PRÉNOM»."""
    if re.search(r"[\d:;!?.]", name):
        return ""
    words = [
        w for w in re.split(r"[\s\-'’]+", name.strip()) if w and w.casefold() not in _PARTICLES
    ]
    if not 2 <= len(words) <= 5 or not all(word[:1].isupper() for word in words):
        return ""
    capitals = [word.isupper() and len(word) > 1 for word in words]
    if all(capitals):
        return "capitals"
    return "mixed" if any(capitals) else "title"
