"""Every chart on easy and hard data: nothing is clipped, overlaps or says more than its table."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from necbilan import figures
from necbilan.figures import gallery
from necbilan.figures.gallery import hard
from necbilan.figures.gallery.__main__ import main
from necbilan.figures.gallery.easy import easy

if TYPE_CHECKING:
    from svg_reading import Drawing, Letters

NUMBER = re.compile(r"[+−-]?\d+(?:[\u202f,]\d+)*")


def test_every_chart_is_drawn_on_some_case(drawn):
    names = {chart.id for _, chart in drawn}
    # first_time and communes need questions that no case asks; see test_counts
    assert set(figures.__all__) - names <= {"first_time", "communes"}


def test_nothing_collected_draws_nothing():
    shown = hard.missing()
    assert [draw(shown) for draw in gallery.CHARTS] == [None] * len(gallery.CHARTS)


def test_drawings_have_their_two_widths(drawings):
    for name, drawing in drawings.items():
        assert drawing.width == (216 if name.endswith("narrow") else 540), name
        assert 15 < drawing.height < 1300, name


def test_a_page_drawing_fits_on_one_page_of_paper(drawings):
    for name, drawing in drawings.items():
        if name.endswith("wide"):
            assert drawing.height <= 620, name


def test_no_text_leaves_its_drawing(drawings):
    outside = [
        (name, letters.text)
        for name, drawing in drawings.items()
        for letters in drawing.letters
        if letters.left < -0.6
        or letters.right > drawing.width + 0.6
        or letters.top < -0.6
        or letters.bottom > drawing.height + 0.6
    ]
    assert outside == []


def _outside_the_cloud(drawing: Drawing) -> tuple[Letters, ...]:
    """Words of a cloud may run into each other's empty corners: see test_words."""
    end = next(
        (text.baseline for text in drawing.letters if text.text.startswith("Les mêmes mots")),
        drawing.height,
    )
    return tuple(text for text in drawing.letters if text.baseline <= end + 15)


def test_no_two_texts_overlap(drawings):
    clashes = [
        (name, one.text, two.text)
        for name, drawing in drawings.items()
        for one, two in combinations(_outside_the_cloud(drawing), 2)
        if one.overlaps(two)
    ]
    assert clashes == []


def test_no_text_is_smaller_than_twelve_pixels(drawings):
    for name, drawing in drawings.items():
        assert all(letters.size >= 9 for letters in drawing.letters), name


def test_every_chart_states_its_result_and_has_its_table(drawn):
    for case, chart in drawn:
        assert len(chart.alt) > 40, (case, chart.id)
        assert not chart.table.isna().any().any()
        assert chart.tag == "données fictives"
        assert not chart.title.endswith(".")
        assert set(chart.numeric) < set(chart.table.columns)


def _numbers(*texts: str) -> set[str]:
    return {number for text in texts for number in NUMBER.findall(text)}


TICKS = {
    "audience": {"0", "25", "50", "75", "100"},
    "timeline": {"0", "50", "100", "−45", "−30", "−21", "−14", "−7"},
    "ratings": {"0", "50", "100"},
    "activity_ratings": {"0", "50", "100"},
}


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_every_number_drawn_is_a_number_of_the_table(metz, drawings, width):
    for draw in gallery.CHARTS:
        chart = draw(metz)
        if chart is None:
            continue
        cells = [str(cell) for row in chart.table.values.tolist() for cell in row]
        known = _numbers(*cells, *chart.table.columns, chart.subtitle, chart.alt)
        known |= TICKS.get(chart.id, set())
        drawing = drawings[f"metz-{chart.id}-{width}"]
        drawn_numbers = _numbers(*(letters.text for letters in drawing.letters))
        lost = {number for number in drawn_numbers if number.lstrip("−") not in known}
        assert lost - known == set(), chart.id


def test_the_same_measures_give_the_same_bytes():
    for draw in gallery.CHARTS:
        one, two = draw(easy()), draw(easy())
        if one is not None:
            assert (one.svg, one.narrow) == (two.svg, two.narrow)


def test_charts_change_nothing_in_what_they_read(metz):
    before = metz.table.copy(deep=True)
    for draw in gallery.CHARTS:
        draw(metz)
    assert metz.table.equals(before)


def test_the_gallery_is_one_command(tmp_path):
    assert main([str(tmp_path)]) == 0
    page = (tmp_path / "gallery.html").read_text(encoding="utf-8")
    assert page.count("<figure") == len(list(tmp_path.glob("*-narrow.svg")))
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_gallery_without_a_folder_says_how_to_use_it(capsys):
    assert main([]) == 64
    assert "DOSSIER" in capsys.readouterr().err
