"""What a sample's report does not say twice: a table or a figure is there for a reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import necbilan as nec
from necbilan import sections
from necbilan.blocks import Chart, DataTable, Section
from necbilan.publishing.financial_statement import financial_statement
from necbilan.sections.opening import cover
from necbilan.words.spelled import Spelled

SAMPLES = Path(__file__).parents[2] / "data_samples"


@cache
def shown(sample: str) -> Spelled:
    dossier = nec.load(SAMPLES / sample)
    return nec.spell(nec.protect(nec.measure(dossier)), dossier.facts, "fr")


def captions(section: Section | None) -> list[str]:
    assert section is not None
    return [block.caption for block in section.blocks if isinstance(block, DataTable)]


def charts(section: Section | None) -> dict[str, Chart]:
    assert section is not None
    return {block.id: block for block in section.blocks if isinstance(block, Chart)}


def test_two_voices_that_share_no_theme_stand_in_two_lists() -> None:
    assert "Les deux voix, thème par thème" not in captions(
        sections.improvements(shown("metz-2023"))
    )


def test_a_distance_that_is_everybodys_is_no_table() -> None:
    near = "Distance entre la commune d’origine et le lieu"
    assert near in captions(sections.origin(shown("metz-2023")))
    assert near not in captions(sections.origin(shown("reunion-2025")))


def test_the_map_of_france_waits_for_a_third_departement() -> None:
    drawn = charts(sections.origin(shown("metz-2023")))
    assert "origin" in drawn
    assert "map_departments" not in drawn


def test_a_budget_of_one_line_is_told_and_not_drawn() -> None:
    section = sections.organisation(shown("lyon-2025"))
    assert "budget" not in charts(section)
    assert "Budget" in captions(section)


def test_the_table_of_the_chart_of_activities_holds_their_fill() -> None:
    section = sections.programme(shown("littoral-2024"))
    assert "Places, choix et fréquentation des activités" not in captions(section)
    assert charts(section)["activities"].table["Remplissage"].tolist() == [
        "15 sur 16",
        "9 sur 12",
        "43\u202f%",
    ]


@pytest.mark.parametrize(
    ("sample", "title"),
    [
        ("metz-2023", "L’objectif de 150 à 250 personnes est atteint"),
        ("littoral-2024", "L’objectif de 60 personnes n’est pas atteint"),
    ],
)
def test_the_title_of_the_target_says_whether_it_is_met(sample: str, title: str) -> None:
    assert charts(sections.audience(shown(sample)))["target"].title == title


def test_the_financial_statement_says_a_target_and_a_group_once() -> None:
    text = financial_statement(shown("littoral-2024"))
    assert "- Objectif\u00a0: 60 personnes\n" in text
    assert text.count("Objectif") == 2  # and the heading
    assert financial_statement(shown("metz-2023")).count("\n- Grand public") == 0


def test_those_placed_are_counted_before_the_share() -> None:
    assert shown("metz-2023").sentences["origin"].text.startswith("172 des 181 personnes")
    few = shown("reunion-2025").sentences["origin"].text
    assert few == "14 des 15 personnes présentes sont localisées."


def test_the_credits_of_geography_stand_only_where_places_are_shown() -> None:
    dossier = nec.load(SAMPLES / "metz-2023")
    measures = nec.protect(nec.measure(dossier))
    nowhere = measures[~measures["metric"].str.startswith("origin_")]
    assert any("IGN" in credit for credit in cover(shown("metz-2023")).credits)
    unplaced = cover(nec.spell(nowhere, dossier.facts, "fr")).credits
    assert not any("IGN" in credit for credit in unplaced)
