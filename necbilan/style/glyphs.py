"""Text that our font can print: a character without a glyph becomes its name in brackets.

PDF/UA refuses a whole document for one missing glyph, so an emoji in a remark must
never reach the compiler as it is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["printable"]

FONTS = Path(__file__).parent / "fonts"
_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")


def printable(text: str, language: str = "fr") -> str:
    """The text with only characters that every style of the font has.

    Compatible forms are tried first («ﬁ» → «fi»), then a sign is named («[pouce levé]»),
    and words in another script become one mention («[texte en arabe]»).

    >>> printable("Merci 👍🏽 مرحبا بك")
    'Merci [pouce levé] [texte en arabe]'
    """
    known = _characters()
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    if known.issuperset(text):
        return text
    pieces: list[str] = []
    script = ""  # of the mention that stands last in pieces
    for character in text:
        if character in known:
            script = script if character == " " else ""
            pieces.append(character)
            continue
        plain = unicodedata.normalize("NFKD", character)
        if known.issuperset(plain):
            composed = unicodedata.normalize("NFKC", character)
            pieces.append(composed if known.issuperset(composed) else plain)
            script = ""
        elif not _is_invisible(character):
            name, is_letter = _named(character, language)
            if is_letter and name == script:
                while pieces[-1] == " ":
                    pieces.pop()
                continue
            script = name if is_letter else ""
            pieces.append(name)
    return "".join(pieces)


def _is_invisible(character: str) -> bool:
    """Joiners, variation selectors, skin tones, marks on a letter we do not have, controls."""
    return unicodedata.category(character) in (
        "Cc",
        "Cf",
        "Cs",
        "Mn",
        "Me",
    ) or character in ("🏻", "🏼", "🏽", "🏾", "🏿")


def _named(character: str, language: str) -> tuple[str, bool]:
    """What stands for the character, and whether it is a letter of another script."""
    words = _words(language)
    name = unicodedata.name(character, "")
    if unicodedata.category(character)[0] in "LMN":
        for start, script in words["scripts"].items():
            if name.startswith(start):
                return f"[{words['text_in'].format(script=script)}]", True
        return f"[{words['text_in_other']}]", True
    sign = words["signs"].get(character) or name.lower() or f"U+{ord(character):04X}"
    return f"[{sign}]", False


@cache
def _words(language: str) -> dict[str, Any]:
    text = Path(__file__).with_name("glyphs.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    found: dict[str, Any] = words.get(language, words["fr"])
    return found


@cache
def _characters() -> frozenset[str]:
    from matplotlib.ft2font import FT2Font

    charmaps = [set(FT2Font(str(path)).get_charmap()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset(map(chr, set.intersection(*charmaps)))
