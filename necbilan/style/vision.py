"""How far two colours stand apart, to ordinary eyes and to those that confuse some hues.

Simulation: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, *A Physiologically-based
Model for Simulation of Color Vision Deficiency* (IEEE TVCG, 2009), severity 1.0.
Difference: CIEDE2000, as in G. Sharma, W. Wu, E. N. Dalal, *The CIEDE2000
Color-Difference Formula* (Color Research and Application, 2005).
Contrast: W3C, Web Content Accessibility Guidelines 2.2 (2023), relative luminance.
"""

from __future__ import annotations

from math import atan2, cos, degrees, exp, hypot, radians, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VISIONS", "contrast", "difference", "lab_difference", "lightness"]

Triple = tuple[float, float, float]

VISIONS: Mapping[str, tuple[Triple, Triple, Triple]] = {
    "ordinary": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""what each vision makes of linear red, green and blue"""

_LUMINANCE = (0.2126, 0.7152, 0.0722)
_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def contrast(first: str, second: str, vision: str = "ordinary") -> float:
    """The contrast ratio of two ``#RRGGBB`` colours, 1 to 21, whatever their order.

    Raises ValueError for a colour written otherwise.
    """
    darker, lighter = sorted(_dot(_LUMINANCE, _seen(colour, vision)) for colour in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


def difference(first: str, second: str, vision: str = "ordinary") -> float:
    """CIEDE2000 of two ``#RRGGBB`` colours: about 1 is just noticed, 100 black on white."""
    return lab_difference(_lab(_seen(first, vision)), _lab(_seen(second, vision)))


def lightness(colour: str) -> float:
    """CIE L* of a ``#RRGGBB`` colour, 0 (black) to 100: the grey it prints as."""
    return _lab(_seen(colour, "ordinary"))[0]


def _dot(row: Triple, column: Triple) -> float:
    return row[0] * column[0] + row[1] * column[1] + row[2] * column[2]


def _seen(colour: str, vision: str) -> Triple:
    """Linear red, green and blue, 0 to 1, as that vision sees them."""
    digits = colour.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"{colour!r} is not a colour written #RRGGBB")

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    seen = [min(max(_dot(row, (red, green, blue)), 0.0), 1.0) for row in VISIONS[vision]]
    return seen[0], seen[1], seen[2]


def _lab(linear: Triple) -> Triple:
    def root(ratio: float) -> float:
        small = (6 / 29) ** 3
        return ratio ** (1 / 3) if ratio > small else ratio / (3 * (6 / 29) ** 2) + 4 / 29

    x, y, z = (root(_dot(row, linear) / white) for row, white in zip(_XYZ, _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def lab_difference(one: Triple, two: Triple) -> float:
    """CIEDE2000 of two CIE Lab colours."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - (mean**7 / (mean**7 + 25**7)) ** 0.5)
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2
    h_mean = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    t = (
        1
        - 0.17 * cos(radians(h_mean - 30))
        + 0.24 * cos(radians(2 * h_mean))
        + 0.32 * cos(radians(3 * h_mean + 6))
        - 0.20 * cos(radians(4 * h_mean - 63))
    )
    part_l = (l2 - l1) / (1 + 0.015 * (l_mean - 50) ** 2 / (20 + (l_mean - 50) ** 2) ** 0.5)
    part_c = (c2 - c1) / (1 + 0.045 * c_mean)
    part_h = 2 * (c1 * c2) ** 0.5 * sin(radians(turn / 2)) / (1 + 0.015 * c_mean * t)
    rotation = -2 * (c_mean**7 / (c_mean**7 + 25**7)) ** 0.5
    rotation *= sin(radians(60 * exp(-(((h_mean - 275) / 25) ** 2))))
    return float((part_l**2 + part_c**2 + part_h**2 + rotation * part_c * part_h) ** 0.5)
