"""Outputs made from a report's content: within limits, safe, the same bytes twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan import blocks, figures, vocabulary
from necbilan.figures.gallery.easy import easy
from necbilan.metrics.catalogue import measure
from necbilan.model import Dossier, Improvement, Remark
from necbilan.publishing.content import Content, from_blocks
from necbilan.publishing.figure_files import _table, figure_files
from necbilan.publishing.financial_statement import financial_statement
from necbilan.publishing.les_bases import fitted, les_bases_files
from necbilan.publishing.review_page import review_blocks
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
    assert "Données (donnees), Communs numériques (communs_numeriques)" in files["00-a-lire.md"]
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


def test_a_figure_s_numbers_are_numbers_to_a_french_spreadsheet():
    cells = ["+9", "\u22123,5", "1\u202f135", "35\u202f%", "de \u22121 à 25", "=1+1"]
    chart = {"headers": ["", *cells], "rows": [["7", *cells]]}
    written = _table(chart).decode("utf-8-sig").splitlines()[1]
    assert written == "7;9;-3,5;1135;35\u202f%;de \u22121 à 25;'=1+1"


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
