"""The comparison page: its sections, charts and sentences, in both languages."""

from __future__ import annotations

import re

import pytest

from necbilan.comparison import compare, report
from necbilan.comparison.funnel import funnel_of
from necbilan.comparison.told import tell
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
    makers = (report.summary, report.sent, report.opinions, report.totals, report.method)
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
    (chart,) = sections(EVENTS)["sent"].charts
    table = chart.table.set_index("Événement")
    assert table.loc["NEC c", "Présents"] == "individuel (50)"
    assert table.loc["NEC d", "Inscrits"] == "effectif"
    assert table.loc["NEC a", "Budget"] == "non collecté"
    assert "4 événements" in chart.alt


def test_a_figure_that_does_not_say_from_what_is_shown_as_such():
    mute = row("registered", 60.0, "people", evidence="")
    (chart,) = sections([event("a", 8, 10, 50, more=(mute,)), EVENTS[1]])["sent"].charts
    assert chart.table.set_index("Événement").loc["NEC a", "Inscrits"] == "source inconnue"


def test_what_is_not_compared_is_said_with_its_reason():
    opinions = sections(EVENTS)["opinions"]
    chart = opinions.charts[0]
    assert "NEC d (échelle à 4 niveaux)" in opinions.blocks[-1].items[-1]
    compared = dict(zip(chart.table["Événement"], chart.table["Comparé"], strict=True))
    assert compared["NEC d"] == "échelle à 4 niveaux"
    assert compared["NEC a"] == "oui"


def test_the_caterpillar_follows_the_number_of_answers():
    chart = sections(EVENTS)["opinions"].charts[0]
    assert chart.table["Réponses"].tolist() == ["50", "40", "20", "10", "100"]
    assert chart.table["Avis positifs"].tolist()[3] == "8 sur 10"


def test_a_funnel_needs_three_comparable_events():
    assert [chart.id for chart in sections(EVENTS)["opinions"].charts] == [
        "caterpillar-1",
        "funnel",
    ]
    assert [chart.id for chart in sections(EVENTS[:2])["opinions"].charts] == ["caterpillar-1"]


def test_without_any_comparable_event_the_page_says_why():
    opinions = sections([EVENTS[0], EVENTS[3]])["opinions"]
    assert opinions.charts == ()
    assert "ne se comparent pas" in opinions.blocks[0].lead
    assert opinions.blocks[1].table["Part d’avis positifs"].str.contains("échelle à").all()


def test_only_an_event_beyond_the_far_limit_is_named_in_the_funnel():
    table = compare(FAR)
    found = funnel_of(tell(table, "fr"))
    assert found.far_outside == 1
    assert found.spread.differ
    chart = report.opinions(table).charts[-1]
    assert chart.title == "1 événement s’écarte fortement de l’ensemble"
    assert "bêta-binomiale" in chart.source
    assert ">NEC far<" in chart.svg
    assert ">NEC e1<" not in chart.svg


def test_many_events_are_shared_over_several_figures():
    events = [event(f"e{rank}", 8, 10 + rank, 100) for rank in range(35)]
    charts = sections(events)["sent"].charts
    assert [len(chart.table) for chart in charts] == [30, 5]
    assert charts[0].title.endswith("(1 sur 2)")


def test_totals_name_who_is_missing():
    table = sections(EVENTS)["totals"].blocks[0].table.set_index("Mesure")
    assert table.loc["Personnes présentes", "Y manquent"] == "aucun"
    assert table.loc["Part d’avis positifs", "Y manquent"] == "NEC d"
    assert table.loc["Personnes inscrites", "Y manquent"] == "NEC c, NEC b et NEC a"
    assert table.loc["Budget dépensé", "Y manquent"] == "tous"


def test_a_rate_is_said_of_those_present_and_not_of_the_answers():
    table = sections([event("a", 8, 10, 40), EVENTS[1]])["opinions"].blocks
    survey = next(
        block.table for block in table if "Taux de réponse" in getattr(block, "table", ())
    )
    assert survey["Taux de réponse"].tolist()[1] == "25\u202f%"


def test_invented_events_are_marked_on_every_figure():
    measures, attributes = EVENTS[0]
    invented = {**attributes, "event": {**attributes["event"], "fictional": "Données inventées"}}
    made = sections([(measures, invented), EVENTS[1]])
    assert {chart.tag for chart in made["sent"].charts} == {"Données inventées\u00a0: 1 sur 2"}


def test_the_same_events_give_the_same_bytes():
    first, second = (
        [chart.svg + chart.narrow for chart in section.charts]
        for section in (sections(EVENTS)["opinions"], sections(EVENTS)["opinions"])
    )
    assert first == second
    assert all("<text" in svg and not re.search(r"\d{4}-\d\d-\d\dT", svg) for svg in first)


def test_a_file_that_cannot_be_read_is_named_with_its_reason(tmp_path):
    bad = tmp_path / "measures.csv"
    bad.write_text("bonjour\n", encoding="utf-8")
    made = sections([*EVENTS, bad])
    assert "measures.csv" in made["sent"].blocks[-1].items[0]
    assert "fichier illisible" in made["opinions"].blocks[-1].items[-1]
