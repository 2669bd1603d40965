"""The comparison page: its sections, charts and sentences, in both languages."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest
import tagged_pdf

from necbilan import style
from necbilan.comparison import compare, report
from necbilan.comparison.funnel import funnel_of
from necbilan.comparison.told import tell
from necbilan.errors import UsageError
from necbilan.exchange import measures_csv
from necbilan.publishing.content import from_blocks
from necbilan.publishing.typesetting import report as typeset
from necbilan.words.language import LANGUAGES, language
from tests.comparison.events import FOUR, event, row

EVENTS = [
    event("a", 8, 10, 50),
    event("b", 30, 40, 100),
    event("c", 45, 50, 50),
    event("d", 19, 20, 60, scale=FOUR, more=(row("registered", 70.0, "people", evidence="count"),)),
]
FAR = [event(f"e{rank}", 45, 50, 200) for rank in range(40)] + [event("far", 15, 50, 200)]


def sections(events, code="fr"):
    table = compare(events)
    makers = (report.events, report.totals, report.method)
    return {maker.__name__: maker(table, code) for maker in makers}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_section_says_itself_in_each_language(code):
    made = sections(EVENTS, code)
    assert [section.title for section in made.values()] == [
        language(code).say(f"comparison.{name}") for name in made
    ]
    assert report.cover(compare(EVENTS), code).language == code


def test_both_languages_have_the_same_words():
    keys = [
        {key for key in language(code).words if key.startswith("comparison.")} for code in LANGUAGES
    ]
    assert keys[0] == keys[1]


def test_the_board_tells_in_words_what_its_discs_show():
    (chart,) = sections(EVENTS)["events"].charts[:1]
    table = chart.table.set_index("Événement")
    assert table.loc["NEC c", "Présence"] == "individuel (50)"
    assert table.loc["NEC d", "Inscriptions"] == "effectif"
    assert table.loc["NEC a", "Budget"] == "non collecté"
    assert "4 événements" in chart.alt


def test_a_figure_that_does_not_say_from_what_is_shown_as_such():
    mute = row("registered", 60.0, "people", evidence="")
    (chart,) = sections([event("a", 8, 10, 50, more=(mute,)), EVENTS[1]])["events"].charts
    assert chart.table.set_index("Événement").loc["NEC a", "Inscriptions"] == "source inconnue"


def test_what_is_not_compared_is_said_with_its_reason():
    events = sections(EVENTS)["events"]
    chart = events.charts[0]
    assert any("NEC d (échelle à 4 niveaux)" in item for item in events.blocks[-1].items)
    compared = dict(zip(chart.table["Événement"], chart.table["Comparé"], strict=True))
    assert compared["NEC d"] == "échelle à 4 niveaux"
    assert compared["NEC a"] == "oui"


def test_the_board_follows_the_number_of_answers():
    table = sections(EVENTS)["events"].charts[0].table
    assert table["Événement"].tolist() == ["NEC c", "NEC b", "NEC d", "NEC a", "Ensemble"]
    assert table["Avis positifs"].tolist()[3] == "8 sur 10"


def test_a_funnel_needs_three_comparable_events():
    assert [chart.id for chart in sections(EVENTS)["events"].charts] == ["board-1", "funnel"]
    assert [chart.id for chart in sections(EVENTS[:2])["events"].charts] == ["board-1"]


def test_without_any_comparable_event_the_page_says_why():
    made = sections([EVENTS[0], EVENTS[3]])
    (chart, caution, _) = made["events"].blocks
    assert "Intervalle" not in chart.svg
    assert chart.table["Comparé"].str.contains("échelle à").all()
    assert "ne se comparent pas" in caution.lead
    survey = next(b for b in made["totals"].blocks[1:] if "enquête" in b.caption)
    assert survey.table["Part d’avis positifs"].str.contains("échelle à").all()


def test_only_an_event_beyond_the_far_limit_is_named_in_the_funnel():
    table = compare(FAR)
    found = funnel_of(tell(table, "fr"))
    assert found.far_outside == 1
    assert found.spread.differ
    chart = report.events(table).charts[-1]
    said = "1 événement s’écarte fortement de l’ensemble"
    assert report.cover(table).title == said
    assert chart.alt.startswith(said)
    assert "bêta-binomiale" in chart.source
    assert ">NEC far<" in chart.svg
    assert ">NEC e1<" not in chart.svg


def test_many_events_are_shared_over_several_figures():
    events = [event(f"e{rank}", 8, 10 + rank, 100) for rank in range(35)]
    charts = sections(events)["events"].charts[:2]
    assert [len(chart.table) for chart in charts] == [24 + 1, 11 + 1]  # each ends with the whole
    assert charts[0].title.endswith("(1 sur 2)")


def test_totals_name_who_is_missing():
    table = sections(EVENTS)["totals"].blocks[1].table.set_index("Mesure")
    assert table.loc["Personnes présentes", "Y manquent"] == "aucun"
    assert table.loc["Part d’avis positifs", "Y manquent"] == "NEC d"
    assert table.loc["Personnes inscrites", "Y manquent"] == "NEC c, NEC b et NEC a"
    assert table.loc["Budget dépensé", "Y manquent"] == "tous"


def test_a_rate_is_said_of_those_present_and_not_of_the_answers():
    table = sections([event("a", 8, 10, 40), EVENTS[1]])["totals"].blocks
    survey = next(
        block.table for block in table if "Taux de réponse" in getattr(block, "table", ())
    )
    assert survey["Taux de réponse"].tolist()[1] == "25\u202f%"


def test_invented_events_are_marked_on_every_figure():
    measures, attributes = EVENTS[0]
    invented = {**attributes, "event": {**attributes["event"], "fictional": "Données inventées"}}
    made = sections([(measures, invented), EVENTS[1]])
    assert {chart.tag for chart in made["events"].charts} == {"Données inventées\u00a0: 1 sur 2"}


def test_the_same_events_give_the_same_bytes():
    first, second = (
        [chart.svg + chart.narrow for chart in section.charts]
        for section in (sections(EVENTS)["events"], sections(EVENTS)["events"])
    )
    assert first == second
    assert all("<text" in svg and not re.search(r"\d{4}-\d\d-\d\dT", svg) for svg in first)


def test_a_file_that_cannot_be_read_is_named_with_its_reason(tmp_path):
    bad = tmp_path / "measures.csv"
    bad.write_text("bonjour\n", encoding="utf-8")
    made = sections([*EVENTS, bad])
    items = made["events"].blocks[-1].items
    assert "measures.csv" in items[-1]
    assert any("fichier illisible" in item for item in items)


def test_the_reader_s_own_event_stands_in_dark_and_no_other():
    own, tint = (style.colour(name).lower() for name in ("night", "tint"))
    with_mine = report.events(compare(EVENTS, mine="b")).charts
    without = report.events(compare(EVENTS)).charts
    for chart, plain in zip(with_mine, without, strict=True):
        assert chart.svg.count(own) > plain.svg.count(own)
    assert tint in with_mine[0].svg
    assert tint not in without[0].svg
    assert ">NEC b<" in with_mine[1].svg
    assert ">NEC c<" not in with_mine[1].svg


@pytest.mark.parametrize("given", ["", "measures.csv"])
def test_the_own_event_may_be_named_by_its_path(tmp_path, given):
    for slug in "ab":
        measures, _ = EVENTS["ab".index(slug)]
        (tmp_path / slug).mkdir()
        text = measures_csv(measures)
        (tmp_path / slug / "measures.csv").write_text(text, encoding="utf-8")
    paths = [tmp_path / slug / "measures.csv" for slug in "ab"]
    table = compare(paths, mine=tmp_path / "b" / given)
    assert table.loc[table["mine"], "event"].unique().tolist() == ["b"]


def test_an_own_event_that_is_not_compared_is_refused():
    with pytest.raises(UsageError, match="n’est pas parmi"):
        compare(EVENTS, mine="z")


@pytest.mark.parametrize("count", [2, 3, 12, 24, 25, 40])
def test_the_pdf_stands_across_and_shows_the_board_and_the_funnel_on_its_first_page(count):
    many = [event(f"e{rank}", 8 + rank % 9, 20 + rank, 100) for rank in range(count)]
    table = compare(many, mine="e1")
    shown = (report.cover(table), report.events(table), report.totals(table), report.method(table))
    pdf = pikepdf.open(io.BytesIO(typeset(from_blocks([block.data() for block in shown]))))
    left, bottom, right, top = (float(side) for side in pdf.pages[0].mediabox)
    assert (round(right - left), round(top - bottom)) == (842, 595)
    first = pypdfium2.PdfDocument(_bytes(pdf))[0].get_textpage().get_text_range()
    names = table.loc[table["event"].ne("ensemble"), "name"].unique()[:24]
    assert [name for name in names if name not in first] == []
    assert ("limite à 99,8" in first) == (count > 2)
    tree = tagged_pdf.structure(pdf)
    assert [node.text() for node in tree.all("H1")] == [report.cover(table).title]
    assert len(tree.all("Figure")) == (1 if count == 2 else 2) + (count > 24)
    for head in (node for node in tree.all("Table")):
        assert {cell.scope for cell in head.all("THead")[0].all("TH")} == {"Column"}


def _bytes(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()
