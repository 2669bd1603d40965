"""Outputs made from a report's content: within limits, safe, the same bytes twice."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan import blocks, figures, vocabulary
from necbilan.figures.gallery.easy import easy
from necbilan.metrics.catalogue import measure
from necbilan.model import Dossier, Improvement, Remark
from necbilan.publishing.content import Content, from_blocks
from necbilan.publishing.figure_files import figure_files
from necbilan.publishing.financial_statement import financial_statement
from necbilan.publishing.les_bases import fitted, les_bases_files
from necbilan.publishing.review_page import review_blocks
from necbilan.publishing.slides import slides
from necbilan.publishing.tables_workbook import _cell, tables_workbook
from necbilan.sources.open_questions import OpenQuestion
from necbilan.tables import BUDGET
from necbilan.words.spelling import spell


@pytest.fixture(scope="module")
def shown():
    drawn = easy()
    event = replace(
        drawn.facts.event,
        description="Une journée. " * 80,
        context="=HYPERLINK(1)",
        themes=("Données & territoires", "Communs & souveraineté"),
        improvements=(Improvement("Ouvrir plus tôt."),),
        dates=(date(2023, 10, 12),),
    )
    facts = replace(drawn.facts, event=event, remarks=(Remark("Indiquer le parking", "lieu"),))
    return replace(drawn, facts=facts)


@pytest.fixture(scope="module")
def content(shown) -> Content:
    charts = tuple(figure(shown) for figure in (figures.impression, figures.origin))
    figures_of = blocks.KeyFigures((blocks.KeyFigure("181", "personnes présentes", "n"),))
    parts = (
        blocks.Cover("NEC", "NEC Metz", "Une journée", "fr", credits=("CC BY-SA 4.0",)),
        blocks.Section("summary", "L’essentiel", (figures_of, blocks.Caution("58 réponses.", "À"))),
        blocks.Section("satisfaction", "La satisfaction", charts),
    )
    return from_blocks([part.data() for part in parts])


def test_les_bases_texts_keep_to_the_limits_of_the_platform(content, shown):
    limits = vocabulary.read("les_bases")["limits"]
    files = {
        name: data.decode()
        for name, data in les_bases_files(content, shown).items()
        if not name.endswith(".png")
    }
    assert len(files["01-titre.txt"].strip()) <= limits["title"]
    assert len(files["02-description.txt"].strip()) <= limits["description"]
    assert "181 personnes" in files["02-description.txt"][: limits["card"]]
    for name, text in files.items():
        for line in text.splitlines():
            if line.startswith("## "):
                assert len(line) - 3 <= limits["content_title"]
            if line.startswith(("Légende", "Alternative")):
                assert len(line.split(": ", 1)[1]) <= limits["alternative"], name
        assert "|" not in text
        assert "![" not in text
    assert "donnees, communs_numeriques" in files["00-a-lire.md"]
    assert "CC\u00a0BY-SA\u00a04.0" in files["00-a-lire.md"]


@given(st.text(alphabet="ab .!?é", max_size=80), st.integers(5, 60))
def test_a_fitted_text_never_passes_its_limit(text, limit):
    assert len(fitted(text, limit)) <= limit


def test_each_chart_is_three_files_and_its_picture_is_large(content):
    files = figure_files(content)
    assert [name for name in files if name.endswith(".svg")] == [
        "01-impression.svg",
        "02-origin.svg",
    ]
    png = files["01-impression.png"]
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") > 2000
    assert files["01-impression.csv"].decode("utf-8-sig").startswith("Niveau")
    assert figure_files(content) == files


def test_the_workbook_has_a_sheet_a_section_and_no_formula(content, shown):
    book = openpyxl.load_workbook(io.BytesIO(tables_workbook(content, shown)))
    assert book.sheetnames == ["Sommaire", "01 La satisfaction"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "Très positive" in {cell.value for cell in cells}
    (share,) = [cell for cell in cells if cell.value == 0.29]
    assert share.number_format == '#,##0"\u202f"%'
    assert {cell.value for cell in cells if isinstance(cell.value, int)} >= {17, 33, 6, 2, 0}
    assert all(cell.font.bold for cell in book["01 La satisfaction"][2])


@pytest.mark.parametrize(
    ("text", "value", "number_format"),
    [
        ("1\u202f181", 1181, "#,##0"),
        ("1,181", 1181, "#,##0"),
        ("2,5", 2.5, "#,##0.0"),
        ("65\u202f%", 0.65, '#,##0"\u202f"%'),
        ("\u221216", -16, "#,##0"),
        ("+34", 34, "+#,##0;\u2212#,##0;0"),
        ("+140,50\u202f€", 140.5, '+#,##0.00"\u202f€";\u2212#,##0.00"\u202f€";0"\u202f€"'),
        ("\u2212€500", -500, '#,##0"\u202f€"'),
        ("14\u202f000\u202f€", 14000, '#,##0"\u202f€"'),
    ],
)
def test_a_number_of_the_workbook_is_a_number_shown_as_in_the_report(text, value, number_format):
    cell = _cell(text, is_number=True)
    assert (cell.value, cell.number_format) == (value, number_format)


@pytest.mark.parametrize("text", ["–", "moins de 1\u202f%", "6 sur 7", "de 77 à 92\u202f%", "2023"])
def test_what_is_no_number_alone_stays_a_text(text):
    assert _cell(text, is_number=text != "2023") == text


def test_the_financial_statement_adds_up_and_explains_the_gaps(shown):
    lines = [
        {"line": "Salle", "nature": "expense", "planned": 1000, "actual": 1300},
        {"line": "Repas", "nature": "expense", "planned": 500, "actual": 510},
        {"line": "Trains", "nature": "expense", "planned": 100, "actual": 60},
        {"line": "ANCT", "nature": "income", "grant": True, "planned": 1500},
    ]
    event = replace(shown.facts.event, organiser="Association Clic")
    facts = replace(shown.facts, event=event, explained={("expense", "Salle"): "Une de plus."})
    spent = Dossier(event=event, facts=facts, budget=BUDGET.frame(lines))
    text = financial_statement(spell(measure(spent), facts, "fr"))
    assert "| Total | 1\u202f600\u202f€ | 1\u202f870\u202f€ | +270\u202f€ |" in text
    assert "Salle\u00a0: +300\u202f€ par rapport au prévu. Une de plus." in text
    assert "Trains\u00a0: −40\u202f€ par rapport au prévu. Explication à compléter." in text
    assert "Repas\u00a0: " not in text
    assert "| ANCT | 1\u202f500\u202f€ | – | – |" in text
    assert "représente légalement l’organisme (Association Clic" in text
    asked = ("Mise en œuvre", "Bénéficiaires", "Dates et lieux", "Objectifs", "Tableau", "Écarts")
    assert all(f"## {head}" in text for head in asked)
    assert "charges indirectes" in text


def test_the_review_page_gives_the_line_to_answer(shown):
    waiting = [
        OpenQuestion("word", "partage", "", "", 2),
        OpenQuestion("organisation", "CCAS", "CCAS de Metz", "proche"),
    ]
    made = [block.data() for block in review_blocks(shown, waiting)]
    assert [block["kind"] for block in made] == ["cover", "section", "section"]
    assert made[2]["blocks"][1]["rows"] == [["–", "CCAS", "CCAS de Metz", "proche"]]
    assert review_blocks(shown, [])[1].data()["kind"] == "caution"


def test_slides_hold_native_charts_with_their_alternative_and_no_other_number(content, shown):
    from pptx import Presentation

    data = slides(content, shown)
    assert slides(content, shown) == data
    deck = Presentation(io.BytesIO(data))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[0] == "NEC Metz"
    charts = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 2
    for shape in charts:
        assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
    values = list(charts[1].chart.plots[0].series[0].values)
    assert values == [row.value for row in shown.rows("overall_impression")]
    assert deck.core_properties.language == "fr"
    with ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
