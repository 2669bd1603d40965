"""Contrast of every text and mark; colours apart in grey and under colour blindness.

Simulation: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based
Model for Simulation of Color Vision Deficiency (IEEE TVCG, 2009), severity 1.0.
Difference: CIEDE2000, as in G. Sharma, W. Wu, E. N. Dalal (Color Res. Appl., 2005).
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from svg_reading import Area, Drawing, Letters

from necbilan import style
from necbilan.figures.canvas import GAP
from necbilan.figures.scales import ON, WORDS, fills

if TYPE_CHECKING:
    from collections.abc import Iterator

VISIONS = {
    "ordinary": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
MARKS = ("night", "brown", "green", "indigo", "ochre")
ORNAMENT = {style.colour(name).lower() for name in ("white", "tint", "rule", "ground")}


def _linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    matrix = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    ratio = matrix @ np.clip(linear, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _difference(one: np.ndarray, two: np.ndarray) -> float:
    """CIEDE2000 of two Lab colours."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean = ((a1**2 + b1**2) ** 0.5 + (a2**2 + b2**2) ** 0.5) / 2
    g = 0.5 * (1 - (mean**7 / (mean**7 + 25**7)) ** 0.5)
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = (a1**2 + b1**2) ** 0.5, (a2**2 + b2**2) ** 0.5
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * (c1 * c2) ** 0.5 * np.sin(np.radians(turn / 2))
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2
    h_mean = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    t = (
        1
        - 0.17 * np.cos(np.radians(h_mean - 30))
        + 0.24 * np.cos(np.radians(2 * h_mean))
        + 0.32 * np.cos(np.radians(3 * h_mean + 6))
        - 0.20 * np.cos(np.radians(4 * h_mean - 63))
    )
    sl = 1 + 0.015 * (l_mean - 50) ** 2 / (20 + (l_mean - 50) ** 2) ** 0.5
    sc, sh = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t
    rotation = -2 * (c_mean**7 / (c_mean**7 + 25**7)) ** 0.5
    rotation *= np.sin(np.radians(60 * np.exp(-(((h_mean - 275) / 25) ** 2))))
    parts = dl / sl, dc / sc, dh / sh
    return float(sum(part**2 for part in parts) + rotation * parts[1] * parts[2]) ** 0.5


def test_difference_agrees_with_the_published_test_data():
    # Sharma, Wu and Dalal (2005), table 1, pairs 1, 7 and 25
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for one, two, published in pairs:
        assert _difference(np.array(one), np.array(two)) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
def test_marks_stay_apart_under_every_vision(vision):
    seen = {name: _lab(VISIONS[vision] @ _linear(style.colour(name))) for name in MARKS}
    for one, two in combinations(MARKS, 2):
        assert _difference(seen[one], seen[two]) >= 14.5, (one, two)


def test_marks_print_as_five_distinct_greys():
    greys = sorted(_lab(_linear(style.colour(name)))[0] for name in MARKS)
    assert min(two - one for one, two in pairwise(greys)) >= 9.5


def _contrast(one: str, two: str, vision: str) -> float:
    """WCAG's ratio of two colours as that vision sees them."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    seen = [np.clip(VISIONS[vision] @ _linear(colour), 0, 1) @ weights for colour in (one, two)]
    return float((max(seen) + 0.05) / (min(seen) + 0.05))


@pytest.mark.parametrize("vision", VISIONS)
def test_marks_and_scale_neighbours_keep_three_to_one_under_every_vision(vision):
    for name in MARKS:  # WCAG's ratio is one of ordinary vision; ochre is 2.99 to a deutan
        least = 3 if vision == "ordinary" else 2.98
        assert _contrast(style.colour(name), "#ffffff", vision) >= least, name
    for one, two in (("night", "indigo"), ("ochre", "brown")):
        assert _contrast(style.colour(one), style.colour(two), vision) >= 3, (one, two)


@pytest.mark.parametrize("vision", VISIONS)
def test_no_text_falls_under_four_to_one_under_any_vision(drawings, vision):
    pairs = {
        (text.fill, ground) for drawing in drawings.values() for text, ground in _grounds(drawing)
    }
    assert len(pairs) > 8
    worst = min(pairs, key=lambda pair: _contrast(*pair, vision))
    assert _contrast(*worst, vision) >= 4, worst


@pytest.mark.parametrize("levels", range(2, 12))
def test_neighbours_on_a_scale_reach_three_to_one_or_are_outlined(levels):
    order = [fill for fill, _ in fills(levels, levels // 2)]
    for one, two in pairwise(order):
        if "white" in (one, two) or {one, two} == {"indigo", "ochre"}:
            continue  # the outline, or the axis of a four-level scale, stands between them
        assert style.contrast(style.colour(one), style.colour(two)) >= 3, (levels, one, two)


def test_a_white_gap_of_two_pixels_stands_between_touching_areas(drawings):
    for name, drawing in drawings.items():
        coloured = [area for area in drawing.areas if area.fill not in ORNAMENT]
        for one, two in combinations(coloured, 2):
            same_row = min(one.bottom, two.bottom) - max(one.top, two.top) > 1
            if same_row and one.fill != two.fill:
                gap = max(two.left - one.right, one.left - two.right)
                assert gap >= GAP - 0.25 or min(_width(one), _width(two)) < 2, (name, one, two)


def _width(area: Area) -> float:
    return area.right - area.left


def test_every_area_reaches_three_to_one_on_white_or_is_outlined(drawings):
    for name, drawing in drawings.items():
        for area in drawing.areas:
            if area.fill == style.colour("tint").lower():
                continue  # the band of a target has lines at its ends
            edge = area.stroke if area.fill in ORNAMENT else area.fill
            if edge and edge != "none":
                assert style.contrast(edge, "#ffffff") >= 3, (name, area)


def _grounds(drawing: Drawing) -> Iterator[tuple[Letters, str]]:
    """Each text with the colours that lie under its beginning, middle and end."""
    under: list[Area] = []
    for mark in drawing.order:
        if isinstance(mark, Area):
            under.append(mark)
            continue
        assert isinstance(mark, Letters)
        middle = mark.baseline - 0.3 * mark.size
        for x in (mark.left + 1, (mark.left + mark.right) / 2, mark.right - 1):
            ground = next(
                (area.fill for area in reversed(under) if area.holds(x, middle)), "#ffffff"
            )
            yield mark, "#ffffff" if mark.halo else ground


def test_every_text_reaches_four_and_a_half_on_what_lies_under_it(drawings):
    for name, drawing in drawings.items():
        for text, ground in _grounds(drawing):
            assert style.contrast(text.fill, ground) >= 4.5, (name, text.text, ground)


def test_words_about_a_fill_and_numbers_on_it_can_be_read():
    assert set(WORDS) == set(ON)
    for fill, words in WORDS.items():
        assert style.contrast(style.colour(words), "#ffffff") >= 4.5
        assert style.contrast(style.colour(ON[fill]), style.colour(fill)) >= 4.5
