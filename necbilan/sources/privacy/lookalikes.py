"""Letters of other alphabets that are read as Latin ones: «Реtit» with a Cyrillic Р and е."""

from __future__ import annotations

import unicodedata
from functools import cache
from string import ascii_lowercase

from necbilan import vocabulary

__all__ = ["latinised"]


def latinised(text: str) -> str:
    """The text as it is read.

    Before case is folded: a Greek Ν is read N, and ν is read v.
    """
    return unicodedata.normalize("NFD", text).translate(_lookalikes())


@cache
def _lookalikes() -> dict[int, str]:
    said = vocabulary.read("lookalikes")
    letters = {ord(sign): latin for latin, signs in said["letters"].items() for sign in signs}
    for first in said["alphabets"]["first"]:
        letters |= {ord(first) + rank: latin for rank, latin in enumerate(ascii_lowercase)}
    return letters
