"""The words that outputs hold whatever the event: ours, and those of their formats.

A person called Page, White or Arial is not told by them; her first and last name together are.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.privacy.identifiers import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["own_words"]

_HOLDING = ("words", "markup", "publishing/templates", "style")
"""folders of the package whose texts are printed, or are styles of what is printed"""
_TEXTS = (".toml", ".css", ".j2", ".typ", ".json")


@cache
def own_words() -> frozenset[bytes]:
    """Words folded as the leak test folds them, of 5 letters and more."""
    texts = [
        text
        for folder in _HOLDING
        for text in _texts(files("necbilan").joinpath(*folder.split("/")))
    ]
    texts.append(vocabulary.read("format_words")["words"])
    return frozenset(word for text in texts for word in folded_words(text) if len(word) >= 5)


def _texts(place: Traversable) -> Iterator[str]:
    for entry in place.iterdir():
        if entry.is_dir():
            yield from _texts(entry)
        elif entry.name.endswith(_TEXTS):
            yield entry.read_text(encoding="utf-8")
