"""Blocks as HTML and text: everything escaped, every figure with its words and its table."""

from __future__ import annotations

import copy
import html
import re

import pytest
import specimen
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from necbilan import blocks, markup
from necbilan.style import printable

LABELS = markup.furniture("fr")


def _tree(fragment: str) -> etree._Element:
    return etree.fromstring(f"<div>{fragment}</div>".replace("&nbsp;", " "))


def _words(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "\n", fragment))


def test_every_kind_of_block_has_html_and_text():
    shown = {block["kind"] for block in specimen.data()}
    for section in specimen.BLOCKS[1:]:
        shown |= {block.data()["kind"] for block in section.blocks}
    kinds = len({"Cover", "Section"} | (set(blocks.__all__) - {"MIME", "Block"}))
    assert len(shown) == kinds - len({"KeyFigure", "Lesson"})
    for data in specimen.data():
        assert markup.to_html(data).startswith('<div class="necbilan"><style>')
        assert markup.to_text(data)


def test_a_kind_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="pie"):
        markup.to_html({"kind": "pie"})
    with pytest.raises(ValueError, match="pie"):
        markup.to_text({"kind": "pie"})


def test_text_of_the_public_never_becomes_markup():
    page = markup.fragment(specimen.WORDS.data(), LABELS)
    assert specimen.HOSTILE in _words(page)
    assert _tree(page).findall(".//script") == []


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_comes_back_as_it_was(text):
    data = blocks.Subheading(text).data()
    assert _words(markup.fragment(data, LABELS)) == f"\n{text}\n"


def test_a_hostile_alternative_stays_inside_its_attribute():
    page = markup.fragment(specimen.chart(alt=specimen.HOSTILE).data(), LABELS)
    drawings = _tree(page).findall(".//svg")
    assert [drawing.get("aria-label") for drawing in drawings] == [specimen.HOSTILE] * 2


def test_a_chart_has_its_title_its_alternative_and_its_table_beside_it():
    figure = _tree(markup.fragment(specimen.chart().data(), LABELS)).find("figure")
    title = figure.find(".//h3")
    assert figure.get("aria-labelledby") == title.get("id")
    assert figure[0].tag == "figcaption"
    assert {svg.get("role") for svg in figure.findall(".//svg")} == {"img"}
    assert figure.find(".//table/caption").text == "Impression globale"


def test_a_chart_without_narrow_drawing_is_shown_once_at_any_width():
    page = markup.fragment(specimen.chart(narrow="").data(), LABELS)
    assert 'class="nb-only"' in page
    assert len(_tree(page).findall(".//svg")) == 1


def test_table_heads_say_what_they_head_and_numbers_are_set_right():
    table = _tree(markup.fragment(specimen.WORDS.blocks[-1].data(), LABELS)).find(".//table")
    assert [head.get("scope") for head in table.findall("thead//th")] == ["col"] * 3
    assert [head.text for head in table.findall("tbody//th")] == list(specimen.LEVELS["Réponse"])
    assert {head.get("scope") for head in table.findall("tbody//th")} == {"row"}
    assert {cell.get("class") for cell in table.findall(".//td")} == {"nb-number-cell"}


def test_ids_stand_once_in_a_page_and_figures_are_numbered_through():
    placed = markup.arranged(specimen.data(), LABELS["figure"])
    page = "".join(markup.fragment(block, LABELS) for block in placed)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 5
    numbered = ["Figure 1", "Figure 1", "Figure 2", "Figure 2"]  # the drawing, then its table
    assert re.findall(r"Figure \d", page) == numbered
    for reference in re.findall(r'(?:aria-labelledby="|href="#|url\(#)([^")]+)', page):
        assert reference in ids


def test_arranging_changes_nothing_in_place():
    before = specimen.data()
    kept = copy.deepcopy(before)
    markup.arranged(before, LABELS["figure"])
    assert before == kept


def test_a_long_number_is_set_smaller_than_a_short_one():
    figures = (
        blocks.KeyFigure("181", "personnes"),
        blocks.KeyFigure("12\u202f190,50\u202f€", "budget"),
    )
    page = markup.fragment(blocks.KeyFigures(figures).data(), LABELS)
    assert re.findall(r'class="(nb-value[^"]*)"', page) == ["nb-value", "nb-value nb-long"]


def test_lessons_show_decision_owner_and_date_only_when_given():
    text = _words(markup.fragment(specimen.LESSONS.data(), LABELS))
    assert text.count("Décision\u00a0: ") == text.count("Échéance\u00a0: ") == 1
    assert "Fléchage" in text


def test_plain_text_of_a_chart_states_its_result_and_its_numbers():
    text = markup.to_text(specimen.chart().data())
    assert "très positive 17" in text
    assert "Plutôt positive\t33\t57\u202f%" in text


def test_a_language_without_furniture_has_the_french_one():
    assert markup.furniture("xx") == markup.furniture("fr")
    assert set(markup.furniture("en")) == set(markup.furniture("fr"))


DANGEROUS = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 10 10" onload="alert(1)"><script>alert(1)</script>
 <foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>
 <style>*{display:none}</style><a xlink:href="javascript:alert(1)"><text>mot</text></a>
 <image xlink:href="https://example.org/x.png"/><use href="other.svg#a"/>
 <rect style="fill: url(https://example.org/#a)" fill="url(#grad)" onclick="alert(1)"/>
 <linearGradient id="grad"/><g id="unused"><text x="1.23456">&lt;b&gt; &amp; 5</text></g></svg>"""


def test_a_drawing_keeps_shapes_and_words_and_nothing_that_acts():
    cleaned = markup.clean_svg(DANGEROUS, "f1", alternative="Un résultat")
    for word in ("script", "foreignObject", "alert", "example.org", "other.svg", "<style", "<a"):
        assert word not in cleaned
    assert 'fill="url(#f1-grad)"' in cleaned
    assert '<linearGradient id="f1-grad"/>' in cleaned
    assert "unused" not in cleaned
    assert '<text x="1.23">&lt;b&gt; &amp; 5</text>' in cleaned


def test_a_drawing_with_an_embedded_image_keeps_it():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/png;base64,iVBO=" '
        'width="1" height="1"/></svg>'
    )
    assert "data:image/png;base64,iVBO=" in markup.clean_svg(svg, "f")
    assert "svg+xml" not in markup.clean_svg(svg.replace("png", "svg+xml"), "f")


@pytest.mark.parametrize(
    "svg",
    [
        "not a drawing",
        "<svg>",
        "<html xmlns='http://www.w3.org/1999/xhtml'/>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
    ],
)
def test_what_is_no_drawing_is_refused(svg):
    with pytest.raises(ValueError, match="drawing"):
        markup.clean_svg(svg, "f")


def test_texts_of_a_drawing_can_be_rewritten_for_print():
    cleaned = markup.clean_svg(
        specimen.svg(100, specimen.EMOJI), "f", in_page=False, written=printable
    )
    assert "Merci [pouce levé] [texte en arabe]" in cleaned
    assert 'xmlns="http://www.w3.org/2000/svg"' in cleaned


def test_a_page_that_drops_our_style_shows_one_drawing_in_a_font_it_has():
    data = markup.arranged([specimen.chart().data()], "Figure {n}")[0]
    page = markup.fragment(data, markup.furniture("fr"))
    assert page.count("<svg") == 2
    assert '<div class="nb-narrow" hidden="">' in page
    assert ".necbilan svg text{font-family:" in markup.block_css()
