"""The PDF: tagged, titled, with alternatives and column headers, and never lost."""

from __future__ import annotations

import io
import itertools
import re

import pandas as pd
import pdfua
import pikepdf
import pypdfium2
import pytest
import specimen
import tagged_pdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from necbilan import blocks, markup, style
from necbilan.publishing.content import from_blocks
from necbilan.publishing.typesetting import one_page, report


def _opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def _report(*shown: blocks.Block) -> pikepdf.Pdf:
    return _opened(report(from_blocks([block.data() for block in shown])))


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return _report(*specimen.BLOCKS)


@pytest.fixture(scope="module")
def tree(pdf) -> tagged_pdf.Node:
    return tagged_pdf.structure(pdf)


def test_it_declares_both_standards_language_title_and_tags(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("fr")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"].startswith("NEC Metz 2023 – Numérique")
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def test_bookmarks_are_the_headings(pdf):
    with pdf.open_outline() as outline:
        (top,) = outline.root
        assert top.title == "NEC Metz 2023"
        assert [part.title for part in top.children] == [
            "L’essentiel",
            "Ce que le public en dit",
            "Paroles",
            "Ce que nous changerons",
        ]


def test_pdfua_finds_nothing(tmp_path):
    path = tmp_path / "bilan.pdf"
    for data in (report(from_blocks(specimen.data())), one_page(_loose())):
        path.write_bytes(data)
        assert list(pdfua.validate(path).findings) == []


def test_every_figure_says_its_result(tree):
    photo = specimen.PHOTO.alternative
    assert [figure.alternative for figure in tree.all("Figure")] == [
        specimen.chart().alt,
        specimen.chart().alt,
        photo,
        photo,
    ]


def test_tables_have_a_caption_and_column_headers(tree):
    tables = tree.all("Table")
    assert len(tables) == 3
    for table in tables:
        heads = table.all("THead")[0].all("TH")
        assert [head.text() for head in heads] == list(specimen.LEVELS.columns)
        assert {head.scope for head in heads} == {"Column"}
        assert table.all("Caption")[0].text()


@pytest.mark.parametrize("rows", [3, 30])
def test_a_table_keeps_its_caption_wherever_the_page_ends(rows):
    table = pd.DataFrame({"Commune": [f"Commune {n}" for n in range(rows)], "n": ["5"] * rows})
    for lines in range(0, 36, 3):
        filling = [blocks.Paragraph("Une ligne.")] * lines
        origin = blocks.Chart("o", "Origine", specimen.svg(540), "Un résultat.", table)
        shown = blocks.Section("s", "Titre", (*filling, origin, blocks.DataTable("Autre", table)))
        tree = tagged_pdf.structure(_report(specimen.COVER, shown))
        captions = [node.all("Caption")[0].text() for node in tree.all("Table")]
        assert captions == ["Figure 1 · Origine", "Autre"]


def test_headings_skip_no_level(tree):
    levels = [int(node.role[1]) for node in tree.walk() if re.fullmatch(r"H\d", node.role)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_only_our_fonts_are_used_and_all_are_embedded(pdf):
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            name = str(font.BaseFont)
            assert "NecbilanSans" in name
            (descendant,) = font.DescendantFonts
            assert "/FontFile2" in descendant.FontDescriptor or (
                "/FontFile3" in descendant.FontDescriptor
            )


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_text_outside_figures_is_that_of_the_page_in_the_same_order(tree):
    content = from_blocks(specimen.data())
    blocks_of_page = [content.cover, *content.blocks]
    page = html.fromstring(
        "<div>" + "".join(markup.fragment(b, content.labels) for b in blocks_of_page) + "</div>"
    )
    for drawn in page.xpath("//svg | //summary"):
        drawn.drop_tree()
    figures = {id(node) for figure in tree.all("Figure") for node in figure.walk()}

    def words(node: tagged_pdf.Node) -> str:
        return "".join(
            part if isinstance(part, str) else "" if id(part) in figures else words(part)
            for part in node.parts
        )

    expected = style.printable(page.text_content()) + "".join(specimen.COVER.credits)
    # a list's marks are its own in a page, and written out in a PDF
    labels = [label.text() for label in tree.all("Lbl")]
    assert labels == ["•", "•", "1.", "2."]
    shown = words(tree)
    for label in ("•", "1.D’abord", "2.Ensuite"):
        shown = shown.replace(label, label.split(".", 1)[-1].strip("•"))
    assert _squeezed(shown) == _squeezed(expected)


def test_what_the_public_wrote_is_text_and_never_markup(tree):
    assert _squeezed(specimen.HOSTILE) in _squeezed(tree.text())


def test_a_character_without_glyph_never_loses_a_report(tree):
    assert "Merci [pouce levé] [texte en arabe] [texte en caractères chinois]" in tree.text()
    drawn = specimen.chart(svg=specimen.svg(540, specimen.EMOJI), alt=specimen.EMOJI)
    figure = tagged_pdf.structure(_report(specimen.COVER, drawn)).all("Figure")[0]
    assert figure.alternative.startswith("Merci [pouce levé]")
    assert "[texte en arabe]" in figure.text()


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1), st.text(min_size=1))
def test_any_text_can_be_set(title, text):
    shown = _report(
        blocks.Cover(text, title, text, "fr", credits=(text,)),
        blocks.Section("s", title, (blocks.Paragraph(text, title), blocks.Bullets((text,)))),
    )
    assert len(shown.pages) >= 1


def test_the_same_day_gives_the_same_bytes(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    content = from_blocks(specimen.data())
    assert report(content) == report(content)
    assert one_page(_loose()) == one_page(_loose())


def test_pages_are_numbered_out_of_the_reading_order(pdf, tree):
    assert len(pdf.pages) >= 2
    assert "page 2 sur" not in tree.text()


def test_a_very_long_number_shrinks_to_its_column():
    large = blocks.KeyFigures(
        (blocks.KeyFigure("12\u202f345\u202f678,50\u202f€", "de budget"),) * 3
    )
    pdf = _report(specimen.COVER, blocks.Section("s", "Titre", (large,)))
    sizes = []
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(operator) == "Tf":
            sizes.append(float(operands[1]))
    assert len(pdf.pages) == 1
    assert max(sizes) == 34  # the title; the numbers, at 37 when short, are smaller here


def test_long_tables_repeat_their_head_over_pages():
    towns = [f"Commune {n} de la vallée, du plateau et des rives" for n in range(90)]
    long = pd.DataFrame({"Commune": towns, "n": ["5"] * 90})
    shown = _report(specimen.COVER, blocks.DataTable("Origine", long, ("n",)))
    assert len(shown.pages) == 2
    table = tagged_pdf.structure(shown).all("Table")[0]
    assert len(table.all("TBody")[0].all("TR")) == 90


def test_a_narrow_table_of_many_rows_runs_in_columns_and_stays_one_table():
    narrow = pd.DataFrame({"Jour": [f"J−{n}" for n in range(60)], "n": ["5"] * 60})
    shown = _report(specimen.COVER, blocks.DataTable("Inscriptions", narrow, ("n",)))
    assert len(shown.pages) == 1
    (table,) = tagged_pdf.structure(shown).all("Table")
    days = [row.parts[0].text() for row in table.all("TBody")[0].all("TR")]
    assert days == narrow["Jour"].tolist()


def _loose() -> list[dict]:
    inner = [
        block
        for section in specimen.BLOCKS[1:]
        for block in section.data()["blocks"]
        if block["kind"] in ("key_figures", "paragraph", "caution", "chart", "lessons")
    ]
    return [specimen.COVER.data(), *inner]


def test_the_one_page_holds_numbers_findings_a_figure_lessons_and_credits():
    pdf = _opened(one_page(_loose()))
    assert len(pdf.pages) == 1
    tree = tagged_pdf.structure(pdf)
    text = tree.text()
    for words in ("181", "stands découverte", "Un public averti", "Indiquer le parking", "CC BY"):
        assert words in text
    assert len(tree.all("Figure")) == 2
    assert "Synthèse du bilan" in text


@pytest.mark.parametrize("repeat", [0, 3, 8, 20, 60, 300])
def test_the_one_page_is_never_two_and_never_half_a_word(repeat):
    long = "Une phrase qui ne dit rien de plus. " * repeat + "Fin."
    lessons = blocks.Lessons("Suite", tuple(blocks.Lesson(long, "L’équipe", long) for _ in "abcd"))
    parts = [blocks.Paragraph(long, "Un constat.") for _ in "abc"]
    shown = [specimen.COVER, *specimen.SUMMARY.blocks[:1], *parts, specimen.chart(), lessons]
    pdf = _opened(one_page([block.data() for block in shown]))
    assert len(pdf.pages) == 1
    text = tagged_pdf.structure(pdf).text()
    assert text.count("Un constat") == 3
    assert "CC BY-SA 4.0." in text


def test_the_one_page_of_almost_nothing_is_still_a_page():
    pdf = _opened(one_page([blocks.Cover("", "Titre", "", "fr").data()]))
    assert len(pdf.pages) == 1


def test_a_chart_too_tall_for_the_one_page_is_left_out():
    tall = specimen.chart(
        svg=specimen.svg(540).replace('viewBox="0 0 540 60"', 'viewBox="0 0 540 900"')
    )
    pdf = _opened(one_page([specimen.COVER.data(), tall.data()]))
    assert tagged_pdf.structure(pdf).all("Figure") == []


@pytest.mark.parametrize("text", ["é" * 32_767, "a-" * 16_383, "été " * 8_191])
def test_the_longest_cell_of_a_spreadsheet_is_set_wherever_it_stands(text):
    """PDF/A refuses strings above 32,767 bytes: lines that cannot break, entries of the outline."""
    shown = (blocks.Subheading(text=text), blocks.Paragraph(text=text))
    told = "".join(_text_of(report(from_blocks([block.data() for block in shown]))).split())
    told = re.sub("[\u200b\u00ad\ufffe\\-]", "", told)
    assert told.count("é" if "é" in text else "a") >= text.count("é" if "é" in text else "a")


def _text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in document)
