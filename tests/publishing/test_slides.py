"""The presentation: what a room can read, intervals on native charts, nothing hidden or cut."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches, Pt

from necbilan import blocks, figures
from necbilan.figures.gallery import easy as easy_gallery
from necbilan.figures.gallery import hard
from necbilan.publishing.content import Content, from_blocks
from necbilan.publishing.deck import HEIGHT, SMALLEST, WIDTH
from necbilan.publishing.native_bars import GAP_LABEL, MOST_BARS, Bar, shown_of
from necbilan.publishing.slides import slides
from necbilan.words.spelled import Spelled

FIGURES = (
    figures.origin,
    figures.profiles,
    figures.impression,
    figures.ratings,
    figures.activity_ratings,
    figures.differential,
    figures.words,
)
EVENTS: dict[str, Callable[[], Spelled]] = {
    "easy": easy_gallery.easy,
    "forty levels": hard.forty_levels,
    "long labels": hard.long_labels,
    "odd scales": hard.odd_scales,
    "one level": hard.one_level,
    "three answers": hard.three_answers,
    "zeros": hard.zeros,
}


def content_of(shown: Spelled, language: str = "fr") -> Content:
    """A report of the figures that slides show, with long texts around them."""
    drawn = tuple(chart for make in FIGURES if (chart := make(shown)) is not None)
    long = "Numérique en Commun[s], rencontre départementale des médiatrices et médiateurs " * 3
    numbers = blocks.KeyFigures((blocks.KeyFigure("1\u202f234\u202f567,50\u202f€", long),) * 6)
    parts = [
        blocks.Cover(long, long, long, language, credits=(long, long), tag="événement inventé"),
        blocks.Section("summary", "L’essentiel", (numbers, blocks.Caution(long, "Prudence"))),
        blocks.Section("all", "Tout", drawn or (blocks.Paragraph("Rien."),)),
    ]
    return from_blocks([part.data() for part in parts])


@pytest.fixture(scope="module", params=sorted(EVENTS))
def made(request: pytest.FixtureRequest) -> tuple[Spelled, Any]:
    """An event's measures and its presentation, opened again."""
    shown = EVENTS[request.param]()
    return shown, Presentation(io.BytesIO(slides(content_of(shown), shown)))


def charts(deck: Any) -> list[Any]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def test_no_native_chart_holds_more_bars_than_a_room_reads(made: tuple[Spelled, Any]) -> None:
    for chart in charts(made[1]):
        names = [str(name) for name in chart.plots[0].categories]
        assert len([name for name in names if name != GAP_LABEL]) <= MOST_BARS


def test_forty_activities_show_both_ends_and_say_so_in_title_and_note() -> None:
    shown = hard.forty_levels()
    deck = Presentation(io.BytesIO(slides(content_of(shown), shown)))
    (slide,) = [
        one
        for one in deck.slides
        if any("en tête" in shape.text_frame.text for shape in one.shapes if shape.has_text_frame)
    ]
    assert "(10\u00a0sur\u00a040)" in slide.shapes.title.text
    (chart,) = charts_of_slide(slide)
    names = [str(name).replace("\n", " ") for name in chart.plots[0].categories]
    activities = [row.label for row in shown.rows("differential")]
    assert names == [*activities[:5], GAP_LABEL, *activities[-5:]]
    said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Les 5 activités en tête et les 5 en queue, sur 40" in said
    notes = slide.notes_slide.notes_text_frame.text
    assert all(f"{row.label} {row.text}" in notes for row in shown.rows("differential"))


def charts_of_slide(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def amounts(chart: Any, side: str) -> dict[int, float]:
    """The custom amounts of the error bars, by the place of the bar."""
    points = chart.plots[0].series[0]._element.xpath(f"./c:errBars/c:{side}/c:numLit/c:pt")
    return {int(point.get("idx")): float(point.xpath("./c:v")[0].text) for point in points}


def test_error_bars_end_at_the_bounds_of_the_measures() -> None:
    shown = easy_gallery.easy()
    deck = Presentation(io.BytesIO(slides(content_of(shown), shown)))
    rows = {row.label: row for row in shown.rows("differential")}
    (chart,) = [
        one
        for one in charts(deck)
        if {str(name).replace("\n", " ") for name in one.plots[0].categories} == set(rows)
    ]
    over, under = amounts(chart, "plus"), amounts(chart, "minus")
    values = list(chart.plots[0].series[0].values)
    for at, name in enumerate(chart.plots[0].categories):
        row = rows[str(name).replace("\n", " ")]
        assert values[at] == pytest.approx(100 * row.value)
        assert values[at] + over[at] == pytest.approx(100 * row.high)
        assert values[at] - under[at] == pytest.approx(100 * row.low)


def test_every_estimate_has_its_interval_on_the_chart_and_beside_it(
    made: tuple[Spelled, Any],
) -> None:
    shown, deck = made
    intervals = {
        row.interval_text
        for metric in ("differential", "rating_satisfied")
        for row in shown.rows(metric)
        if row.interval_text
    }
    for slide in deck.slides:
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        for chart in charts_of_slide(slide):
            bars = chart.plots[0].series[0]._element.xpath("./c:errBars")
            assert bool(bars) == bool(tables)
        for table in tables:
            rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
            assert all(
                GAP_LABEL in (value, interval)
                or (interval in intervals and n.startswith("n\u00a0="))
                for value, interval, n in rows
                if interval
            )


def test_each_slide_has_a_title_and_each_picture_chart_and_table_an_alternative(
    made: tuple[Spelled, Any],
) -> None:
    for slide in made[1].slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.shapes[0] == slide.shapes.title  # read first
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_no_text_is_under_fourteen_points_and_all_say_their_language(
    made: tuple[Spelled, Any],
) -> None:
    for slide in made[1].slides:
        frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        frames += [cell.text_frame for table in tables for row in table.rows for cell in row.cells]
        for run in (run for frame in frames for text in frame.paragraphs for run in text.runs):
            assert run.font.size >= Pt(SMALLEST)
            assert run._r.rPr.get("lang") == "fr-FR"
    assert all(chart.font.size >= Pt(SMALLEST) for chart in charts(made[1]))


def test_nothing_leaves_the_slide(made: tuple[Spelled, Any]) -> None:
    for slide in made[1].slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= Inches(WIDTH) + 1
            assert shape.top + shape.height <= Inches(HEIGHT) + 1


def test_no_placeholder_is_left_empty(made: tuple[Spelled, Any]) -> None:
    for slide in made[1].slides:
        assert all(place.text_frame.text.strip() for place in slide.placeholders)


def test_the_file_names_its_event_and_its_language_and_nobody() -> None:
    shown = easy_gallery.easy("en")
    deck = Presentation(io.BytesIO(slides(content_of(shown, "en"), shown)))
    properties = deck.core_properties
    assert (properties.title, properties.language) == (shown.facts.event.name, "en-GB")
    assert {properties.author, properties.last_modified_by} == {shown.facts.event.organiser}
    assert properties.comments == ""
    parts = {str(part.partname) for part in deck.part.package.iter_parts()}
    assert not [name for name in parts if "printer" in name or "thumbnail" in name]


@pytest.mark.parametrize("count", [1, 9, 10, 11, 40])
def test_what_is_shown_of_a_ranking_is_its_two_ends(count: int) -> None:
    bars = [Bar(str(number), number, str(number)) for number in range(count)]
    shown, gap_after = shown_of(bars, ranked=True)
    assert len(shown) == min(count, MOST_BARS)
    assert shown == (bars if count <= MOST_BARS else [*bars[:5], *bars[-5:]])
    assert gap_after == (0 if count <= MOST_BARS else 5)


def test_what_gathers_the_small_ones_stays_when_the_others_are_too_many() -> None:
    bars = [Bar(str(number), 20 - number, "") for number in range(20)]
    shown, _ = shown_of(bars, kept=2)
    assert [bar.label for bar in shown] == ["0", "1", "2", "3", "4", "5", "6", "7", "18", "19"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_presentation_and_prints_every_slide(tmp_path: Path) -> None:
    import pypdfium2

    shown = hard.forty_levels()
    path = tmp_path / "diaporama.pptx"
    path.write_bytes(slides(content_of(shown), shown))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    pages = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    assert len(pages) == len(Presentation(str(path)).slides)
    pages.close()
