"""The one visual system: tokens.toml, the embedded fonts, and matplotlib set to both."""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from necbilan.style.glyphs import printable
from necbilan.style.vision import VISIONS, contrast, difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "APART",
    "COMPANIONS",
    "FONTS",
    "LEAST_APART",
    "READABLE",
    "brand_colours",
    "colour",
    "contrast",
    "drawn_colours",
    "font_files",
    "printable",
    "tokens",
    "use",
]

FONTS = Path(__file__).parent / "fonts"

READABLE = 4.5
"""contrast that text needs on its ground (WCAG 2.2, 1.4.3)"""
APART = 14.5
"""CIEDE2000 by which any two of our marks differ, whoever looks"""
LEAST_APART = 6.0
"""what a brand keeps to colour-blind eyes, which labels and white gaps help; APART to others"""
COMPANIONS = ("indigo", "green", "ochre", "brown")
"""the marks that stand beside ``night`` in a drawing"""


@cache
def tokens() -> Mapping[str, Mapping[str, Any]]:
    """tokens.toml, table by table, read-only."""
    text = (Path(__file__).parent / "tokens.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {name: MappingProxyType(table) for name, table in tomllib.loads(text).items()}
    )


def colour(name: str) -> str:
    """The colour of that name as ``#RRGGBB``.

    Raises KeyError when tokens.toml has no such name.
    """
    return str(tokens()["colour"][name])


def brand_colours(brand: Mapping[str, str]) -> dict[str, str]:
    """Our colours that an organiser's ``[brand]`` replaces, by name.

    ``primary`` is for titles and large numbers, ``secondary`` for the bar under the
    title, which is an ornament.  Raises ValueError, a French sentence with the measured
    contrast, when text in ``primary`` could not be read on white.
    """
    replaced = {}
    for key, name in (("primary", "night"), ("secondary", "yellow")):
        if not brand.get(key):
            continue
        ratio = contrast(brand[key], colour("white"))
        if key == "primary" and ratio < READABLE:
            measured = f"{ratio:.1f}".replace(".", ",")
            raise ValueError(
                f"event.toml, brand.primary\u00a0: {brand[key]} n’a qu’un contraste de {measured} "
                "sur le blanc\u202f; choisissez une couleur plus foncée (4,5 au moins)."
            )
        replaced[name] = brand[key]
    return replaced


def drawn_colours(colours: Mapping[str, str]) -> dict[str, str]:
    """What ``colours``, those of a brand, replace inside a drawing.

    A brand may come close to one of the other marks, a blue one to indigo: then our own
    dark blue, which it has freed, stands for that mark.  Close to two of them, it stays
    out of the drawings.
    """
    if "night" not in colours:
        return {}
    brand, freed = colours["night"], colour("night")
    pushed = [name for name in COMPANIONS if not _apart(brand, colour(name))]
    if len(pushed) > 1 or (pushed and not _apart(brand, freed)):
        return {}
    made = {"night": brand, **dict.fromkeys(pushed, freed)}
    if "ochre" in pushed:
        made |= {"ochre_text": freed, "deep": colour("white")}
    return made


def _apart(first: str, second: str) -> bool:
    return all(
        difference(first, second, vision) >= (APART if vision == "ordinary" else LEAST_APART)
        for vision in VISIONS
    )


def font_files(suffix: str = ".ttf") -> tuple[Path, ...]:
    """The embedded font files: ``.ttf`` (matplotlib, typst) or ``.woff2`` (the page)."""
    return tuple(sorted(FONTS.glob(f"*{suffix}")))


@contextmanager
def use() -> Iterator[None]:
    """Draw with our font, sizes and colours; matplotlib is as before on leaving.

    SVG text stays text, and the same drawing gives the same bytes (save with
    ``metadata={"Date": None}``).
    """
    import matplotlib as mpl

    _register_fonts()
    with mpl.rc_context(rc=_matplotlib_settings()):
        yield


@cache
def _register_fonts() -> None:
    from matplotlib import font_manager

    for path in font_files():
        font_manager.fontManager.addfont(str(path))


def _matplotlib_settings() -> Any:  # its stubs type the keys as literals only since 3.11
    chart = tokens()["chart"]
    return {
        "font.family": [tokens()["font"]["family"]],
        "font.size": chart["text_points"],
        "axes.labelsize": chart["secondary_points"],
        "xtick.labelsize": chart["secondary_points"],
        "ytick.labelsize": chart["secondary_points"],
        "axes.titlesize": chart["text_points"],
        "axes.edgecolor": colour("axis"),
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": False,
        "grid.color": colour("rule"),
        "grid.linewidth": 0.8,
        "text.color": colour("ink"),
        "axes.labelcolor": colour("grey"),
        "xtick.color": colour("grey"),
        "ytick.color": colour("grey"),
        "hatch.color": colour("grey"),
        "hatch.linewidth": 0.8,
        "lines.linewidth": 2.2,
        "figure.facecolor": colour("white"),
        "axes.facecolor": colour("white"),
        "savefig.transparent": True,
        "svg.fonttype": "none",
        "svg.hashsalt": "necbilan",
        "text.usetex": False,
        "text.parse_math": False,
    }
