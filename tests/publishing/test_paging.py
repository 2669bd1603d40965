"""Figures drawn a little smaller when that fills a page, closer gaps when that saves one."""

from __future__ import annotations

import io

import pandas as pd
import pikepdf
import pytest
import specimen

from necbilan import blocks
from necbilan.publishing import typesetting
from necbilan.publishing.content import from_blocks
from necbilan.publishing.paging import SMALLEST, fitted

LINE = blocks.Paragraph("Une ligne.")
TABLE = pd.DataFrame({"Commune": ["Metz"], "n": ["5"]})


def drawn(height: int) -> blocks.Chart:
    svg = specimen.svg(540).replace('viewBox="0 0 540 60"', f'viewBox="0 0 540 {height}"')
    svg = svg.replace('height="60pt"', f'height="{height}pt"')
    return blocks.Chart("o", "Origine", svg, "Un résultat.", TABLE)


def given(*shown: blocks.Block) -> dict:
    content = from_blocks([specimen.COVER.data(), blocks.Section("s", "Titre", shown).data()])
    return typesetting._given(content)


def chart_of(made: dict) -> dict:
    (section,) = made["blocks"]
    return next(block for block in section["blocks"] if block["kind"] == "chart")


def pages_of(*shown: blocks.Block) -> int:
    content = from_blocks([specimen.COVER.data(), blocks.Section("s", "Titre", shown).data()])
    return len(pikepdf.open(io.BytesIO(typesetting.report(content))).pages)


def ends(made: dict) -> list[dict]:
    return typesetting.json.loads(typesetting._ends(made))


def page_of_chart(made: dict) -> int:
    return next(end["page"] for end in ends(made) if end.get("chart"))


@pytest.fixture(scope="module")
def lines_before() -> int:
    """The lines after which a figure of 300 points just misses the first page."""
    return next(n for n in range(40) if page_of_chart(given(*[LINE] * n, drawn(300))) == 2)


def test_a_figure_that_just_misses_its_page_is_drawn_smaller(lines_before):
    before = given(*[LINE] * lines_before, drawn(300))
    after = fitted(before, typesetting._ends)
    assert page_of_chart(after) == 1
    assert SMALLEST <= chart_of(after)["share"] < chart_of(before)["share"] == 1
    kept = chart_of(after)["height"] / chart_of(before)["height"]
    assert kept == pytest.approx(chart_of(after)["share"])


def test_a_figure_that_misses_it_by_far_keeps_its_size(lines_before):
    before = given(*[LINE] * (lines_before + 8), drawn(300))
    assert chart_of(fitted(before, typesetting._ends))["share"] == 1


def test_what_stands_on_one_page_is_left_as_it_is():
    before = given(LINE, drawn(60))
    assert fitted(before, typesetting._ends) == before


def test_a_last_page_of_a_few_lines_is_won_by_closer_gaps():
    parts = [part for n in range(7) for part in (blocks.Subheading(f"Partie {n}"), *[LINE] * 2)]
    more = next(
        n for n in range(60) if max(end["page"] for end in ends(given(*parts, *[LINE] * n))) == 2
    )
    assert pages_of(*parts, *[LINE] * more) == 1


def test_a_report_without_marks_is_left_as_it_is():
    assert fitted({"blocks": []}, lambda made: "[]") == {"blocks": []}
