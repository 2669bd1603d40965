"""Figures smaller, or beside their table, when that fills a page; other gaps for a last page."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pikepdf
import pytest
import specimen

from necbilan import blocks
from necbilan.publishing import typesetting
from necbilan.publishing.content import from_blocks
from necbilan.publishing.paging import BODY, SMALLEST, TOP, _Mark, _whites, fitted

LINE = blocks.Paragraph("Une ligne.")
TABLE = pd.DataFrame({"Commune": ["Metz"], "n": ["5"]})


def drawn(height: int) -> blocks.Chart:
    svg = specimen.svg(540).replace('viewBox="0 0 540 60"', f'viewBox="0 0 540 {height}"')
    svg = svg.replace('height="60pt"', f'height="{height}pt"')
    return blocks.Chart("o", "Origine", svg, "Un résultat.", TABLE)


def given(*shown: blocks.Block, after: int = 20) -> dict:
    """What the template reads of these blocks, and of enough lines to fill a last page."""
    section = blocks.Section("s", "Titre", (*shown, *[LINE] * after))
    return typesetting._given(from_blocks([specimen.COVER.data(), section.data()]))


def chart_of(made: dict) -> dict:
    return charts_of(made)[0]


def charts_of(made: dict) -> list[dict]:
    (section,) = made["blocks"]
    return [block for block in section["blocks"] if block["kind"] == "chart"]


def pages_of_charts(made: dict) -> set[int]:
    return {mark["page"] for mark in marks(made) if mark.get("figure")}


def pages_of(*shown: blocks.Block) -> int:
    content = from_blocks([specimen.COVER.data(), blocks.Section("s", "Titre", shown).data()])
    return len(pikepdf.open(io.BytesIO(typesetting.report(content))).pages)


def marks(made: dict) -> list[dict]:
    return typesetting.json.loads(typesetting._marks(made))


def page_of_chart(made: dict) -> int:
    return next(mark["page"] for mark in marks(made) if mark.get("figure"))


@pytest.fixture(scope="module")
def lines_before() -> int:
    """The lines after which a figure of 300 points just misses the first page."""
    return next(n for n in range(40) if page_of_chart(given(*[LINE] * n, drawn(300))) == 2)


def test_a_figure_that_just_misses_its_page_is_drawn_smaller(lines_before):
    before = given(*[LINE] * lines_before, drawn(300))
    after = fitted(before, typesetting._marks)
    assert page_of_chart(after) == 1
    assert SMALLEST["chart"] <= chart_of(after)["share"] < chart_of(before)["share"] == 1
    kept = chart_of(after)["height"] / chart_of(before)["height"]
    assert kept == pytest.approx(chart_of(after)["share"])


def test_figures_of_one_page_shrink_together_when_one_alone_would_be_too_small(lines_before):
    first, second = drawn(150), drawn(320)
    lines = next(n for n in range(20) if pages_of_charts(given(first, *[LINE] * n, second)) != {1})
    before = given(first, *[LINE] * (lines + 2), second)
    after = fitted(before, typesetting._marks)
    assert pages_of_charts(before) == {1, 2}
    assert pages_of_charts(after) == {1}
    shares = {block["share"] for block in charts_of(after)}
    assert len(shares) == 1
    assert SMALLEST["chart"] <= shares.pop() < 1


def test_a_figure_that_misses_it_by_far_stands_small_beside_its_table(lines_before):
    tall = replace(drawn(300), narrow=drawn(216).svg.replace("540 216", "216 150"))
    before = given(*[LINE] * (lines_before + 5), tall)
    after = fitted(before, typesetting._marks)
    assert page_of_chart(before) == 2
    assert page_of_chart(after) == 1
    assert chart_of(after)["beside"]


def test_a_figure_without_a_small_drawing_keeps_its_size_when_it_misses_by_far(lines_before):
    before = given(*[LINE] * (lines_before + 8), drawn(300))
    assert chart_of(fitted(before, typesetting._marks))["share"] == 1


def test_what_stands_on_one_page_is_left_as_it_is():
    before = given(LINE, drawn(60), after=0)
    assert fitted(before, typesetting._marks) == {**before, "gaps": "usual"}


def test_a_last_page_of_a_few_lines_is_won_by_closer_gaps():
    parts = [part for n in range(7) for part in (blocks.Subheading(f"Partie {n}"), *[LINE] * 2)]
    more = next(
        n for n in range(60) if max(mark["page"] for mark in marks(given(*parts, *[LINE] * n))) == 2
    )
    assert pages_of(*parts, *[LINE] * more) == 1


def test_a_report_without_marks_is_left_as_it_is():
    assert fitted({"blocks": []}, lambda made: "[]") == {"blocks": [], "gaps": "usual"}


def test_a_page_over_which_a_table_runs_on_is_full():
    opens, ends = _Mark(1, TOP, opens=True), _Mark(3, TOP + BODY / 2)
    assert _whites([opens, ends]) == [0, 0, pytest.approx(0.5)]
