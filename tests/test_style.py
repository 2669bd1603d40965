"""The visual system: measured contrasts, fonts that are found, nothing left behind."""

from __future__ import annotations

import io
import re
from itertools import combinations

import matplotlib as mpl
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.figure import Figure

from necbilan import style
from necbilan.style.vision import VISIONS, difference

FRENCH = "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ«»’…–—−·\u202f\u00a0\u2009\u2011ᵉʳ€%→←≥≤■●○▲✓"


def _text(name: str, background: str = "white") -> float:
    return style.contrast(style.colour(name), style.colour(background))


def test_black_on_white_is_the_largest_contrast_whatever_the_order():
    assert style.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert style.contrast("#FFFFFF", "#000000") == pytest.approx(21)


def test_grey_777777_on_white_is_just_below_the_limit_as_webaim_says():
    assert style.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_a_colour_not_written_in_six_digits_is_refused():
    with pytest.raises(ValueError, match="#RRGGBB"):
        style.contrast("#FFF", "#000000")


@pytest.mark.parametrize("name", ["night", "green", "ink", "grey", "indigo_text", "ochre_text"])
@pytest.mark.parametrize("background", ["white", "ground", "tint"])
def test_text_colours_reach_4_5_on_every_background(name, background):
    assert _text(name, background) >= 4.5


@pytest.mark.parametrize("name", ["night", "brown", "green", "indigo", "ochre", "axis"])
def test_marks_reach_3_on_white(name):
    assert _text(name) >= 3


def test_scale_neighbours_reach_3_to_1_by_alternating():
    assert _text("night", "indigo") >= 3
    assert _text("ochre", "brown") >= 3


def test_labels_inside_bars_can_be_read():
    assert _text("white", "indigo") >= 4.5
    assert _text("deep", "ochre") >= 4.5


def test_tokens_cannot_be_changed():
    with pytest.raises(TypeError):
        style.tokens()["colour"]["night"] = "#000000"


def test_three_styles_are_embedded_in_both_forms():
    assert [path.stem for path in style.font_files()] == [
        "NecbilanSans-Italic",
        "NecbilanSans-Regular",
        "NecbilanSans-Semibold",
    ]
    assert [path.stem for path in style.font_files(".woff2")] == [
        path.stem for path in style.font_files()
    ]


@pytest.mark.parametrize("path", style.font_files(), ids=lambda path: path.stem)
def test_each_font_has_all_of_french_and_one_width_of_digits(path):
    font = TTFont(path)
    cmap = font.getBestCmap()
    assert [character for character in FRENCH if ord(character) not in cmap] == []
    assert len({font["hmtx"][cmap[ord(digit)]][0] for digit in "0123456789"}) == 1


@pytest.mark.parametrize("path", style.font_files(), ids=lambda path: path.stem)
def test_no_font_carries_the_reserved_name_and_each_keeps_its_copyright(path):
    names = TTFont(path)["name"]
    for identifier in (1, 3, 4, 6, 16):
        assert "Source" not in (names.getDebugName(identifier) or "")
    assert "Adobe" in names.getDebugName(0)
    assert "OFL" in names.getDebugName(13) or "Open Font License" in names.getDebugName(13)
    assert (path.parent / "OFL.txt").read_text(encoding="utf-8").startswith("Copyright")


@pytest.mark.parametrize(("weight", "stem"), [(400, "Regular"), (600, "Semibold")])
def test_matplotlib_finds_each_weight(weight, stem):
    with style.use():
        found = font_manager.findfont(
            font_manager.FontProperties(family="Necbilan Sans", weight=weight),
            fallback_to_default=False,
        )
    assert found.endswith(f"NecbilanSans-{stem}.ttf")


def _draw() -> bytes:
    with style.use():
        figure = Figure(figsize=(3, 1))
        axes = figure.subplots()
        axes.bar([0, 1], [2, 3])
        axes.text(0, 1, "5\u202f% d’été", weight=600)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def test_a_drawing_keeps_its_text_and_repeats_byte_for_byte():
    first = _draw()
    assert first == _draw()
    assert "5\u202f% d’été" in first.decode()
    assert re.search(r"Necbilan Sans", first.decode())


def test_use_leaves_no_setting_behind():
    before = dict(mpl.rcParams)
    with style.use():
        assert mpl.rcParams["svg.fonttype"] == "none"
    assert dict(mpl.rcParams) == before


def test_use_leaves_no_setting_behind_after_an_error():
    before = dict(mpl.rcParams)
    with pytest.raises(ZeroDivisionError), style.use():
        1 / 0  # noqa: B018 (the error is the point)
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1ᵉʳ étage, 5\u202f%", "1ᵉʳ étage, 5\u202f%"),
        ("Bravo 👏🏽\u200d!", "Bravo [applaudissements]!"),
        ("ﬁn ① Ｆ", "fin 1 F"),
        ("مرحبا بك puis テスト", "[texte en arabe] puis [texte en japonais]"),
        ("Ế\u00a0!", "E\u0302\u0301\u00a0!"),
        ("a\nb\tc\x00d", "a b cd"),
        ("🦖", "[t-rex]"),
        ("\ue000", "[U+E000]"),
    ],
)
def test_a_character_without_glyph_is_named_in_brackets(text, printed):
    assert style.printable(text) == printed


@given(st.text())
def test_any_text_becomes_printable_and_stays_so(text):
    cmap = TTFont(style.font_files()[0]).getBestCmap()
    printed = style.printable(text)
    assert {ord(character) for character in printed} <= set(cmap)
    assert style.printable(printed) == printed


def test_english_signs_keep_their_unicode_name():
    assert style.printable("👍", "en") == "[thumbs up sign]"


def test_a_brand_replaces_the_titles_colour_and_the_bar():
    brand = {"primary": "#003366", "secondary": "#FFCC00"}
    assert style.brand_colours(brand) == {"night": "#003366", "yellow": "#FFCC00"}
    assert style.brand_colours({}) == {}


def test_a_brand_that_cannot_be_read_is_refused_with_its_measured_contrast():
    with pytest.raises(ValueError, match="#FFCC00 n’a qu’un contraste de 1,5 sur le blanc"):
        style.brand_colours({"primary": "#FFCC00"})


@pytest.mark.parametrize(
    ("primary", "pushed"),
    [
        ("#1E1651", {}),  # our own
        ("#5B21B6", {}),  # a violet far from all
        ("#14532D", {"green": "#1E1651"}),
        ("#4F5BB8", {"indigo": "#1E1651"}),
        ("#7C2D12", {"brown": "#1E1651"}),
    ],
)
def test_a_brand_close_to_a_mark_frees_our_dark_blue_for_it(primary, pushed):
    assert style.drawn_colours({"night": primary}) == {"night": primary, **pushed}


@given(st.integers(0, 0xFFFFFF))
def test_marks_stay_apart_whatever_the_brand(number):
    brand = f"#{number:06X}"
    marks = {name: style.colour(name) for name in ("night", *style.COMPANIONS)}
    marks |= {k: v for k, v in style.drawn_colours({"night": brand}).items() if k in marks}
    for one, two in combinations(marks.values(), 2):
        assert difference(one, two) >= style.APART
        assert min(difference(one, two, vision) for vision in VISIONS) >= style.LEAST_APART
    assert style.drawn_colours({}) == {}
