"""Maps: what stands on them, what is said beside them, what they refuse to show."""

from __future__ import annotations

import itertools
import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from necbilan import style
from necbilan.figures import maps
from necbilan.figures.canvas import WIDE, Canvas
from necbilan.figures.maps import france
from necbilan.figures.maps.land import scale_bar
from necbilan.figures.maps.placing import Circle, Room, apart, named
from necbilan.figures.maps.projection import Frame, clipped_lines, clipped_ring
from necbilan.model import Event, Facts
from necbilan.tables import MEASURES
from necbilan.words.spelling import spell

FRAME = Frame(0, 0, 540, 350, (6.2, 49.1), 3.0)
METZ = {"57463": 57, "57751": 19, "57672": 13, "57480": 11, "57283": 6, "54395": 6, "75056": 6}
GROUPS = {"other:57": 25, "abroad": 16, "not_given": 9}


def shown(
    communes: dict[str, int],
    *,
    venue: str = "57463",
    departments: dict[str, int] | None = None,
    countries: dict[str, int] | None = None,
    language: str = "fr",
):
    event = Event(slug="e", name="E", dates=(date(2025, 1, 1),), place="Ici", insee=venue)
    tables = {
        "origin_commune": communes,
        "origin_department": departments or {},
        "origin_country": countries or {},
    }
    rows = [
        {
            "event": "e", "metric": metric, "group": "", "level": level, "value": count,
            "low": count, "high": count, "unit": "people", "n": sum(counts.values()),
            "base": sum(counts.values()), "method": "count", "evidence": "microdata",
            "status": "ok",
        }
        for metric, counts in tables.items()
        for level, count in counts.items()
    ]  # fmt: skip
    return spell(MEASURES.frame(pd.DataFrame(rows) if rows else None), Facts(event=event), language)


def texts(svg: str) -> list[str]:
    return [element.text for element in ElementTree.fromstring(svg).iter() if element.text]


def test_the_map_around_names_communes_with_their_people() -> None:
    chart = maps.around(shown({**METZ, **GROUPS}))
    assert chart is not None
    said = texts(chart.svg)
    assert {"Metz 57", "Woippy", "19", "Thionville", "Nancy 6"} <= set(said)
    assert "Paris 6" not in said
    assert "Paris 6" in chart.source and "25" in chart.source
    assert "Metz 57" in chart.alt and "Première commune" in chart.title


def test_the_table_holds_every_row_of_the_measure() -> None:
    chart = maps.around(shown({**METZ, **GROUPS}))
    assert chart is not None
    assert chart.table.iloc[:, 1].tolist() == [str(n) for n in [*METZ.values(), *GROUPS.values()]]


@pytest.mark.parametrize("draw", [maps.around, maps.departments])
def test_nothing_to_print_is_no_map(draw) -> None:
    assert draw(shown({})) is None
    assert draw(shown({"not_given": 3}, departments={"not_given": 3})) is None
    assert draw(shown({"other:57": 7}, departments={"57": 7})) is None


@pytest.mark.parametrize("countries", [{}, {"BE": 12}])
def test_people_who_all_come_from_far_are_on_no_map_of_the_surroundings(countries) -> None:
    far = shown({"13055": 40, "31555": 12}, venue="59350", countries=countries)
    assert maps.around(far) is None


def test_countries_in_sight_stand_on_the_map_and_others_beside_it() -> None:
    near = {"57672": 20, "57463": 15, "abroad": 14}
    chart = maps.around(shown(near, countries={"FR": 35, "LU": 8, "PT": 6}))
    assert chart is not None
    assert any("Luxembourg (pays)" in text for text in texts(chart.svg))
    assert "Portugal 6" in chart.source and "étranger" not in chart.source


@pytest.mark.parametrize(
    ("venue", "communes"),
    [
        ("57463", METZ),
        ("97411", {"97411": 60, "97415": 22, "97416": 18}),
        ("75056", {"75056": 120, "93066": 25, "93048": 31, "92012": 8}),
        ("2A004", {"2A004": 40, "2B033": 25, "2A247": 8}),
        ("29155", {"29155": 9}),
        ("", {"57463": 9}),
    ],
)
def test_a_map_is_light_and_the_same_each_time(venue: str, communes: dict[str, int]) -> None:
    first, again = (maps.around(shown(communes, venue=venue)) for _ in range(2))
    assert first is not None and again is not None
    assert first.svg == again.svg and first.narrow == again.narrow
    assert len(first.svg) < 90_000 and len(first.narrow) < 90_000


def test_the_map_of_france_colours_departments_by_class() -> None:
    chart = maps.departments(shown({}, departments={"57": 143, "75": 12, "974": 30, "988": 6}))
    assert chart is not None
    said = texts(chart.svg)
    assert {"143", "100 et plus", "20 à 99", "moins de 20", "La Réunion 30"} <= set(said)
    assert "Nouvelle-Calédonie 6" in said
    assert len(chart.svg) < 90_000


def test_a_map_of_sixty_departments_stays_light() -> None:
    codes = [f"{number:02d}" for number in range(1, 62) if number != 20]
    chart = maps.departments(shown({}, departments={code: 5 + int(code) for code in codes}))
    assert chart is not None
    assert len(chart.svg) < 90_000 and len(chart.narrow) < 90_000


def test_the_darkest_class_is_for_most_people() -> None:
    assert france._breaks(143) == (20, 100)
    assert france._breaks(12) == (10,)
    assert france._breaks(7) == ()
    assert [france._class(value, (20, 100)) for value in (5, 20, 100)] == [
        "tint",
        "indigo",
        "night",
    ]
    assert [france._class(value, (10,)) for value in (9, 10)] == ["indigo", "night"]


def spots_of(svg: str, numbers: set[str]) -> dict[str, tuple[float, float]]:
    """Where the numbers stand on a drawing."""
    return {
        element.text: (float(element.get("x")), float(element.get("y")))
        for element in ElementTree.fromstring(svg).iter()
        if element.text in numbers and element.get("x")
    }


@pytest.mark.parametrize("form", ["svg", "narrow"])
def test_the_number_of_a_narrow_department_stands_beside_it_at_the_end_of_a_line(form) -> None:
    chart = maps.departments(shown({}, departments={"57": 143, "54": 11, "67": 6}))
    assert chart is not None
    assert {"143", "11", "6"} <= set(texts(getattr(chart, form)))
    dark = maps.departments(shown({}, departments={"2A": 60, "2B": 30, "13": 6}))
    assert dark is not None
    assert {"60", "30", "6"} <= set(texts(getattr(dark, form)))


def test_a_number_led_out_is_neither_on_a_shape_nor_on_a_number() -> None:
    thin = np.array([(100.0, 100.0), (104.0, 100.0), (104.0, 160.0), (100.0, 160.0)])
    filled = np.array([(104.0, 90.0), (150.0, 90.0), (150.0, 170.0), (104.0, 170.0)])
    land = np.array([(60.0, 60.0), (180.0, 60.0), (180.0, 190.0), (60.0, 190.0)])
    room = Room(FRAME, ())
    led = france._led_out([thin], "143", room, filled=[filled], land=[land])
    assert led is not None
    x, y = led.words
    assert x < 98 or not 82 < y < 178  # neither on it nor on its neighbour
    assert math.dist(led.start, led.end) >= 4
    again = france._led_out([thin], "143", room, filled=[filled], land=[land])
    assert again is not None and math.dist(again.words, led.words) > 8


def test_paris_and_its_neighbours_have_their_numbers_once_in_the_inset() -> None:
    chart = maps.departments(shown({}, departments={"75": 120, "93": 80, "92": 48, "94": 30}))
    assert chart is not None
    for form in (chart.svg, chart.narrow):
        assert [texts(form).count(number) for number in ("120", "80", "48", "30")] == [1] * 4


@pytest.mark.parametrize("form", ["svg", "narrow"])
@pytest.mark.parametrize(
    ("venue", "communes"),
    [
        ("67482", {"67482": 80, "67447": 12, "67218": 9, "67180": 6, "67043": 5, "68066": 8}),
        ("59350", {"59350": 90, "59512": 25, "59599": 18, "59009": 15, "59378": 8}),
        ("54395", {"54395": 150, "54547": 8, "54357": 6, "54578": 5}),
    ],
)
def test_communes_inside_the_ring_are_named(venue: str, communes: dict[str, int], form) -> None:
    chart = maps.around(shown(communes, venue=venue))
    assert chart is not None
    said = " ".join(texts(getattr(chart, form)))
    for name in chart.table.iloc[:, 0]:
        assert name in said


def test_a_country_is_named_once_and_its_circle_stands_off_the_frame() -> None:
    near = {"59350": 90, "59512": 25, "abroad": 12}
    chart = maps.around(shown(near, venue="59350", countries={"FR": 115, "BE": 12}))
    assert chart is not None
    assert [text for text in texts(chart.svg) if "Belgique" in text] == ["Belgique (pays)"]
    (x, y) = spots_of(chart.svg, {"12"})["12"]
    assert 30 < x < 510 and 20 < y < 330


def test_circles_stay_whole_inside_the_frame() -> None:
    (kept,) = apart([Circle(539, 349, 20, "Bâle", "15")], FRAME)
    assert kept.x + kept.radius <= 540 and kept.y + kept.radius <= 350


def test_the_scale_bar_stands_in_a_corner_that_no_border_crosses() -> None:
    border = np.array([(0.0, 335.0), (120.0, 330.0), (240.0, 349.0), (120.0, 349.0)])
    with style.use():
        canvas = Canvas(WIDE)
        scale_bar(canvas, FRAME, Room(FRAME, ()), "20 km", 20, land=[border])
        drawn = spots_of(canvas.svg(350, "scale"), {"20 km"})
    assert drawn["20 km"][0] > 240


def test_english_maps_speak_english() -> None:
    chart = maps.around(shown(METZ, language="en"))
    assert chart is not None and "Most common commune of origin" in chart.title


# --- placing ------------------------------------------------------------------------------

CIRCLES = st.lists(
    st.builds(
        Circle,
        x=st.floats(150, 400),
        y=st.floats(100, 250),
        radius=st.floats(3, 22),
        label=st.sampled_from(["Metz", "Montigny-lès-Metz", "Woippy"]),
        text=st.sampled_from(["5", "19", "143"]),
    ),
    max_size=9,
)


@settings(max_examples=40, deadline=None)
@given(CIRCLES)
def test_circles_do_not_touch_and_names_do_not_cross(circles: list[Circle]) -> None:
    placed = apart(circles, FRAME)
    for one, two in itertools.combinations(placed, 2):
        assert math.hypot(one.x - two.x, one.y - two.y) >= one.radius + two.radius
    names = named(placed, Room(FRAME, placed))
    for one_box, two_box in itertools.combinations([name.box for name in names], 2):
        across = one_box[2] <= two_box[0] or two_box[2] <= one_box[0]
        assert across or one_box[3] <= two_box[1] or two_box[3] <= one_box[1]
    for name in names:
        assert FRAME.holds(*name.box[:2]) and FRAME.holds(*name.box[2:])


def test_a_ring_lets_its_neighbours_stand_inside_it() -> None:
    ring = Circle(200, 150, 40, "Metz", "57", home=True, ring=True)
    woippy = Circle(215, 150, 8, "Woippy", "19")
    assert apart([ring, woippy], FRAME) == [ring, woippy]


# --- projection ---------------------------------------------------------------------------


def test_a_degree_of_latitude_is_111_km_on_the_page() -> None:
    (_, middle), (_, above) = FRAME.points(np.array([(6.2, 49.1), (6.2, 49.2)]))
    assert middle == 175
    assert middle - above == pytest.approx(11.12 * 3, abs=0.01)


def test_the_cone_keeps_distances_on_its_parallels() -> None:
    cone = Frame(0, 0, 500, 500, (3.0, 46.5), 1.0, conic=True)
    west, east = cone.points(np.array([(2.5, 49.0), (3.5, 49.0)]))
    # one degree of longitude at 49° N: 111.195 cos 49° = 72.95 km
    assert math.dist(west, east) == pytest.approx(72.95, abs=0.05)


def test_a_square_is_cut_at_the_frame() -> None:
    small = Frame(0, 0, 10, 10, (0, 0), 1.0)
    square = np.array([(-5.0, -5), (5, -5), (5, 5), (-5, 5), (-5, -5)])
    cut = clipped_ring(square, small)
    assert {tuple(point) for point in cut.tolist()} == {(0, 0), (5, 0), (5, 5), (0, 5)}
    assert clipped_ring(square - 20, small).size == 0


def test_a_line_is_cut_even_when_both_ends_are_outside() -> None:
    small = Frame(0, 0, 10, 10, (0, 0), 1.0)
    parts = list(clipped_lines(np.array([(-5.0, 5), (15, 5), (15, 20), (5, 20), (5, 2)]), small))
    assert [part.tolist() for part in parts] == [[[0, 5], [10, 5]], [[5, 10], [5, 2]]]
