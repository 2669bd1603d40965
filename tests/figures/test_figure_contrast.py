"""Contrast of every text and mark; colours apart in grey and under colour blindness."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from svg_reading import Area, Drawing, Letters

from necbilan import style
from necbilan.figures.canvas import GAP
from necbilan.figures.scales import ON, WORDS, fills
from necbilan.style.vision import VISIONS, contrast, difference, lab_difference, lightness

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKS = ("night", "brown", "green", "indigo", "ochre")
ORNAMENT = {style.colour(name).lower() for name in ("white", "tint", "rule", "ground")}


def test_difference_agrees_with_the_published_test_data():
    # Sharma, Wu and Dalal (2005), table 1, pairs 1, 7 and 25
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for one, two, published in pairs:
        assert lab_difference(one, two) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
def test_marks_stay_apart_under_every_vision(vision):
    for one, two in combinations(MARKS, 2):
        found = difference(style.colour(one), style.colour(two), vision)
        assert found >= style.APART, (one, two)


def test_marks_print_as_five_distinct_greys():
    greys = sorted(lightness(style.colour(name)) for name in MARKS)
    assert min(two - one for one, two in pairwise(greys)) >= 9.5


@pytest.mark.parametrize("vision", VISIONS)
def test_marks_and_scale_neighbours_keep_three_to_one_under_every_vision(vision):
    for name in MARKS:
        assert contrast(style.colour(name), "#ffffff", vision) >= 3, name
    for one, two in (("night", "indigo"), ("ochre", "brown")):
        assert contrast(style.colour(one), style.colour(two), vision) >= 3, (one, two)


@pytest.mark.parametrize("vision", VISIONS)
def test_every_text_keeps_four_and_a_half_to_one_under_every_vision(drawings, vision):
    pairs = {
        (text.fill, ground) for drawing in drawings.values() for text, ground in _grounds(drawing)
    }
    assert len(pairs) > 8
    worst = min(pairs, key=lambda pair: contrast(*pair, vision))
    assert contrast(*worst, vision) >= 4.5, worst


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
