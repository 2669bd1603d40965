"""The one visual system: tokens.toml, the embedded fonts, and matplotlib set to both."""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from necbilan.style.glyphs import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "FONTS",
    "READABLE",
    "brand_colours",
    "colour",
    "contrast",
    "font_files",
    "printable",
    "tokens",
    "use",
]

FONTS = Path(__file__).parent / "fonts"

READABLE = 4.5
"""contrast that text needs on its ground (WCAG 2.2, 1.4.3)"""


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


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two ``#RRGGBB`` colours, 1 to 21, whatever their order.

    Source: W3C, Web Content Accessibility Guidelines 2.2 (2023), definitions of
    "contrast ratio" and "relative luminance".
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(hexadecimal: str) -> float:
    digits = hexadecimal.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"{hexadecimal!r} is not a colour written #RRGGBB")
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


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
