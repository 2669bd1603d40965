"""SVG that can share a page, and text measured before it is placed."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from svg_reading import taken_apart

from necbilan import style
from necbilan.figures.canvas import Canvas, drawn_twice
from necbilan.figures.lettering import SEMIBOLD, labelled, lines, printable, shortened, width_of
from necbilan.figures.svg import _shortened, to_svg


def _draw(canvas: Canvas) -> float:
    canvas.bar(0, 0, 100, 20, "night")
    canvas.lost(102, 0, 30, 20)
    canvas.text(10, 15, "17", colour="white", bold=True)
    canvas.text(10, 35, "Moselle", halo=True)
    canvas.interval(20, 80, 45, at=50, hollow=True)
    canvas.diamond(150, 10)
    return 55


def test_text_stays_text_in_our_font():
    wide, narrow = drawn_twice(_draw, "essai")
    for svg in (wide, narrow):
        texts = [element for element in ElementTree.fromstring(svg).iter() if element.text]
        assert [element.text for element in texts] == ["17", "Moselle"]
        assert {element.get("font-family") for element in texts} == {"Necbilan Sans, sans-serif"}


def test_nothing_leaks_into_the_page():
    wide, _ = drawn_twice(_draw, "essai")
    assert "<style" not in wide and "style=" not in wide
    assert " id=" not in wide and "<metadata" not in wide and "<!" not in wide


def test_ids_that_are_used_start_with_the_chart():
    with style.use():
        figure = Figure()
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        axes.plot([0, 1], [0, 3])
        svg = to_svg(figure, "carte-wide")
    ids = re.findall(r' id="([^"]+)"', svg)
    used = re.findall(r"url\(#([^)]+)\)", svg) + re.findall(r'href="#([^"]+)"', svg)
    assert ids and set(used) == set(ids)
    assert all(name.startswith("carte-wide-") for name in ids)


def test_coordinates_have_one_decimal_at_most():
    wide, _ = drawn_twice(_draw, "essai")
    coordinates = re.findall(r' (?:d|x|y|transform)="([^"]*)"', wide)
    assert coordinates
    assert not re.search(r"\d\.\d\d", " ".join(coordinates))


def test_a_halo_is_white_and_under_the_letters():
    wide, _ = drawn_twice(_draw, "essai")
    (moselle,) = [text for text in taken_apart(wide).letters if text.text == "Moselle"]
    assert moselle.halo
    assert 'paint-order="stroke" stroke="#ffffff"' in wide


def test_marks_are_painted_in_the_order_of_the_calls():
    wide, _ = drawn_twice(_draw, "essai")
    assert wide.index("#1e1651") < wide.index(">17<") < wide.index(">Moselle<")


def test_the_height_is_what_the_drawing_needed():
    wide, narrow = drawn_twice(_draw, "essai")
    assert (taken_apart(wide).width, taken_apart(wide).height) == (540, 55)
    assert (taken_apart(narrow).width, taken_apart(narrow).height) == (216, 55)


def test_matplotlib_is_left_as_it_was():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    drawn_twice(_draw, "essai")
    assert dict(mpl.rcParams) == before


def test_drawing_a_report_never_imports_pyplot():
    code = (
        "import sys; from necbilan import figures; from necbilan.figures.gallery.easy import easy;"
        "figures.words(easy()); sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- lettering ---------------------------------------------------------------------------


def test_french_is_printable_as_it_is():
    french = "Œuvre « à l’ancienne » : 1ᵉʳ, 12 %, −3 ; Ÿ ÆŒ → ←"
    assert printable(french) == french


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🎉", "[…]"),
        ("bravo 🎉🎉", "bravo […]"),
        ("مرحبا بكم", "[…]"),
        ("e\u0301", "é"),
        ("deux\nlignes", "deux lignes"),
        ("", ""),
    ],
)
def test_what_the_font_cannot_write_is_shown_as_a_gap(text, shown):
    assert printable(text) == shown


def test_digits_have_one_width():
    assert len({width_of(digit) for digit in "0123456789"}) == 1


def test_semibold_is_wider_and_size_scales():
    assert width_of("Moselle", 10, SEMIBOLD) > width_of("Moselle", 10)
    assert width_of("Moselle", 20) == pytest.approx(2 * width_of("Moselle", 10), rel=0.01)


def test_a_label_breaks_at_spaces_on_two_lines():
    assert lines("Regard croisé Danemark, Luxembourg, France", 130) == [
        "Regard croisé Danemark,",
        "Luxembourg, France",
    ]


def test_a_line_never_begins_with_a_mark_set_apart():
    title = "Table ronde « Habiter le littoral connecté »"
    assert lines(title, width_of(title) - 2) == ["Table ronde « Habiter", "le littoral connecté »"]


def test_labels_that_begin_alike_keep_their_ends():
    start = "Table ronde des élues et élus de l’Eurométropole et des intercommunalités"
    found = labelled([f"{start} (matin)", f"{start} (soir)", "Atelier"], 120)
    assert found == [
        ["Table ronde des élues et…", "intercommunalités (matin)"],
        ["Table ronde des élues et…", "des intercommunalités (soir)"],
        ["Atelier"],
    ]
    assert all(width_of(line) <= 120.5 for label in found for line in label)


def test_labels_on_one_line_keep_beginning_and_end():
    one, two = labelled(["Atelier numéro un du matin", "Atelier numéro un du soir"], 90, most=1)
    assert one != two
    assert one[0].startswith("Atelier") and one[0].endswith("matin")
    assert width_of(one[0]) <= 90.5


def test_a_number_is_never_parted_from_its_unit():
    assert lines("environ 14\u202f000\u202f€", 55) == ["environ", "14\u202f000\u202f€"]


WORDS = st.text(st.sampled_from("abcé’- \u202f1W"), max_size=60)


@given(WORDS, st.floats(25, 300), st.integers(1, 4))
def test_no_line_is_wider_than_its_room(text, width, most):
    found = lines(text, width, most=most)
    assert 1 <= len(found) <= most
    assert all(width_of(line) <= width for line in found)


@given(WORDS, st.floats(25, 300))
def test_text_that_fits_is_not_cut(text, width):
    if width_of(text) <= width:
        assert shortened(text, width) == text
    else:
        assert shortened(text, width).endswith("…")


def _read(path: str) -> list[list[tuple[int, int]]]:
    """The parts of a path as points in tenths, by the grammar of SVG; "z" goes unread."""
    parts: list[list[tuple[int, int]]] = []
    command = ""
    numbers: list[int] = []
    for word in re.findall(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)", path):
        if word.isalpha():
            command = word
            continue
        numbers.append(round(10 * float(word)))
        if len(numbers) == 2:
            x, y = numbers
            numbers = []
            if command == "M":
                parts.append([(x, y)])
                command = "L"
            elif command == "L":
                parts[-1].append((x, y))
            else:
                parts[-1].append((parts[-1][-1][0] + x, parts[-1][-1][1] + y))
    return parts


tenths = st.integers(-5400, 5400).map(lambda number: number / 10)


@given(st.lists(st.lists(st.tuples(tenths, tenths), min_size=2, max_size=30), min_size=3))
def test_a_shortened_outline_goes_through_the_same_points(parts):
    path = " ".join(
        "M " + " L ".join(f"{x:g} {y:g}" for x, y in part) + (" z" if len(part) > 3 else "")
        for part in parts
    )
    short = _shortened(path, is_line=False)
    assert _read(short) == _read(path)
    assert len(short) <= len(path)


def test_parts_of_a_line_that_follow_one_another_become_one():
    path = "M 0 0 L 1 1 M 1 1 L 2 0 " + "L 3 0 " * 20
    assert len(_read(_shortened(path, is_line=True))) == 1
    assert len(_read(_shortened(path, is_line=False))) == 2
