"""Rebuild the fonts of this folder from Source Sans 3.

Run by hand, only when the character set changes; README.md beside this file says how.
Needs fontTools (which matplotlib brings) and brotli (``pip install brotli``).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Necbilan Sans"
STYLES = {
    "Regular": "SourceSans3-Regular",
    "Semibold": "SourceSans3-Semibold",
    "Italic": "SourceSans3-It",
}
RIBBI = {"Regular", "Bold", "Italic", "Bold Italic"}

# Latin, Latin-1, Latin Extended-A, the comma-below letters of Romanian, French
# superscripts (ᵉ ʳ), spaces, dashes, quotes, super- and subscripts, currency, arrows,
# comparison signs, and the marks that charts draw as text.
RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x017F),
    (0x0218, 0x021B),
    (0x02B3, 0x02B3),
    (0x02BC, 0x02BC),
    (0x02C6, 0x02DD),
    (0x0300, 0x0328),
    (0x1D48, 0x1D49),
    (0x1E9E, 0x1E9E),
    (0x2000, 0x206F),
    (0x2070, 0x209C),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2199),
    (0x2202, 0x2265),
    (0x25A0, 0x25CF),
    (0x2713, 0x2717),
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]


def subset(font: TTFont) -> None:
    """Cut ``font`` down to RANGES and FEATURES."""
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in RANGES for code in range(low, high + 1)])
    subsetter.subset(font)


def rename(font: TTFont, style: str) -> None:
    """Give ``font`` our family name: its licence reserves «Source» for unmodified files.

    Name IDs 1 and 2 can only say four styles, so the Semibold is a family of its own
    there and joins the others by IDs 16 and 17, which matplotlib and typst both read.
    """
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    family, legacy_style = (FAMILY, style) if style in RIBBI else (f"{FAMILY} {style}", "Regular")
    full = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    texts = {1: family, 2: legacy_style, 3: f"necbilan;{postscript}", 4: full, 6: postscript}
    if style not in RIBBI:
        texts |= {16: FAMILY, 17: style}
    for identifier, text in texts.items():
        font["name"].setName(text, identifier, 3, 1, 0x409)


def rebuild(source: Path, target: Path) -> None:
    """Write each of STYLES from the folder ``source`` as TTF and WOFF2 into ``target``."""
    for style, original in STYLES.items():
        font = TTFont(source / f"{original}.ttf", recalcTimestamp=False)
        subset(font)
        rename(font, style)
        stem = target / f"{FAMILY.replace(' ', '')}-{style}"
        font.save(stem.with_suffix(".ttf"))
        font.flavor = "woff2"
        font.save(stem.with_suffix(".woff2"))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("source", type=Path, help="the TTF folder of npm's source-sans")
    rebuild(arguments.parse_args().source, Path(__file__).parent)
