"""The Metz report shows what the Metz spreadsheets hold: measures, words, page and PDF."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from published import first_page, page, pdf, plain

import necbilan as nec
from necbilan import sections
from necbilan.blocks import Bullets, Quotes
from necbilan.model import Dossier
from necbilan.sources.account import check
from necbilan.sources.organisations.lexicon import fold_name
from necbilan.words.spelled import Spelled

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data_samples" / "metz-2023"
EXPECTED = json.loads((ROOT / "tests/data/metz/attendu.json").read_text(encoding="utf-8"))
PUBLISHED, INVENTED, WORKED = (EXPECTED[part] for part in ("publie", "invente", "calcule"))


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return nec.load(SAMPLE)


@pytest.fixture(scope="module")
def raw(dossier: Dossier) -> pd.DataFrame:
    return nec.measure(dossier)


@pytest.fixture(scope="module")
def protected(raw: pd.DataFrame) -> pd.DataFrame:
    return nec.protect(raw)


@pytest.fixture(scope="module")
def shown(protected: pd.DataFrame, dossier: Dossier) -> Spelled:
    return nec.spell(protected, dossier.facts, "fr")


@pytest.fixture(scope="module", params=["bilan.html", "bilan.pdf"])
def words(metz: Path, request: pytest.FixtureRequest) -> str:
    """What a reader of the page, then of the PDF, finds."""
    path = metz / request.param
    return page(path) if path.suffix == ".html" else pdf(path)


def value(measures: pd.DataFrame, metric: str, level: str = "") -> float:
    rows = measures[measures["metric"].eq(metric) & measures["level"].eq(level)]
    assert len(rows) == 1, (metric, level)
    return float(rows["value"].iloc[0])


def levels(measures: pd.DataFrame, metric: str) -> dict[str, int]:
    rows = measures[measures["metric"].eq(metric) & measures["status"].ne("not_collected")]
    return {
        str(level): int(count) for level, count in zip(rows["level"], rows["value"], strict=True)
    }


def sentence(shown: Spelled, subject: str) -> str:
    said = shown.sentences[subject]
    return plain(f"{said.title}. {said.text}")


def test_the_published_figures_are_measured_from_the_spreadsheets(protected):
    kinds = levels(protected, "activities")
    assert value(protected, "present") == PUBLISHED["personnes"] == 181
    assert value(protected, "organisations") == PUBLISHED["structures"] == 71
    assert value(protected, "speakers") == PUBLISHED["intervenants"] == 15
    assert kinds["Atelier professionnel"] == PUBLISHED["ateliers_professionnels"] == 4
    assert kinds["Stand découverte"] == PUBLISHED["stands_decouverte"] == 5
    assert value(protected, "budget_actual") == PUBLISHED["budget_eur"] == 14_000
    assert value(protected, "cost_per_participant") == pytest.approx(14_000 / 181)


def test_the_published_figures_are_printed(words, shown):
    for said in (
        "181 personnes présentes",
        "71 structures représentées",
        "15 intervenantes et intervenants",
        "4 ateliers professionnels",
        "5 stands découverte",
        "14 k€ de budget",
        "77,35 € par personne présente",
    ):
        assert said in words
    assert plain(shown.one("cost_per_participant").text) == "77,35 €"


def test_exact_matching_alone_leaves_88_spellings_of_the_71_organisations(dossier, protected):
    forms = sum(
        len({fold_name(label) for label in merge.labels}) - 1 for merge in dossier.facts.merges
    )
    assert value(protected, "organisations") + forms == 88
    people = dossier.registrations[dossier.registrations["present"].fillna(False)]
    merged = {merge.organisation for merge in dossier.facts.merges}
    assert merged <= set(people["organisation"].dropna())
    assert people["organisation"].nunique() == 71


def test_every_merged_spelling_is_listed_for_the_reader(words, dossier):
    assert "16 structures écrites de plusieurs façons" in words
    for merge in dossier.facts.merges:
        if len(merge.labels) > 1:
            assert plain(" · ".join(merge.labels)) in words


def test_spellings_name_no_organisation_where_nearly_every_one_sent_one_person(dossier, protected):
    held = protected["metric"].eq("organisations")
    alone = protected.assign(value=protected["value"].mask(held, protected["n"]))
    section = sections.data_quality(nec.spell(alone, dossier.facts, "fr"))
    told = json.dumps(section.data(), ensure_ascii=False)
    assert "1 structure écrite de plusieurs façons" in told
    assert "15 structures écrites de plusieurs façons ne sont pas nommées" in told
    named = set(protected.loc[protected["metric"].eq("organisation"), "level"])
    for merge in dossier.facts.merges:
        if len(merge.labels) > 1 and merge.organisation not in named:
            assert json.dumps(" · ".join(merge.labels), ensure_ascii=False) not in told


def test_without_a_humans_answers_no_word_and_no_remark_is_shown(tmp_path):
    folder = tmp_path / "metz-2023"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("decisions.csv"))
    waiting = check(folder).waiting
    undecided = nec.load(folder)
    measures = nec.measure(undecided)
    assert set(measures.loc[measures["metric"].eq("word"), "status"]) == {"to_review"}
    text = nec.spell(nec.protect(measures), undecided.facts, "fr")
    assert text.rows("word") == []
    assert not undecided.facts.remarks
    assert dict(undecided.facts.waiting) == dict(waiting)
    assert (waiting["word"], waiting["remark"]) == (14, 2)
    assert "Indiquer le parking" not in str(text.table.to_dict())


def test_raw_counts_by_departement_and_country_are_those_expected(raw):
    expected = dict(INVENTED["origine_departements_ou_pays_des_presents"])
    unknown = expected.pop("non renseigné")
    abroad = {code: count for code, count in expected.items() if code.isalpha()}
    departements = {code: count for code, count in expected.items() if not code.isalpha()}
    assert levels(raw, "origin_department") == departements | {
        "abroad": sum(abroad.values()),
        "not_given": unknown,
    }
    assert levels(raw, "origin_country") == abroad | {
        "FR": sum(departements.values()),
        "not_given": unknown,
    }


@pytest.mark.parametrize(
    "metric", ["origin_department", "origin_country", "origin_commune", "origin_epci"]
)
def test_protected_origins_hold_no_group_under_five_and_everybody(protected, metric):
    counts = levels(protected, metric)
    assert sum(counts.values()) == 181
    assert min(counts.values()) >= 5


def test_the_reader_sees_regrouped_origins(words):
    for label, count in (
        ("Moselle (57)", 143),
        ("Meurthe-et-Moselle (54)", 11),
        ("À l’étranger", 7),
        ("Autres départements", 11),
        ("Non renseigné", 9),
    ):
        assert f"{label} {count}" in words
    assert "Vosges" not in words
    assert "Bas-Rhin (67)" not in words


def test_shares_of_an_origin_are_of_the_people_placed_and_add_up(shown):
    for metric in ("origin_department", "distance_band"):
        shares = {row.level: row.share for row in shown.rows(metric)}
        # at Metz, beside the communes, those of unknown distance stand with a band
        assert metric == "distance_band" or pd.isna(shares.pop("not_given"))
        assert sum(shares.values()) == pytest.approx(1)


def test_118_of_181_came_for_their_work_and_it_is_a_full_count(protected, words, shown):
    row = protected[protected["metric"].eq("audience") & protected["level"].eq("professional")]
    found = row[["value", "low", "high", "n", "base", "method", "evidence"]].to_numpy().tolist()
    assert found == [[118, 118, 118, 181, 181, "count", "microdata"]]
    said = "118 des 181 personnes présentes (65 %) le sont à titre professionnel, 63 au titre"
    assert said in sentence(shown, "audience")
    assert said in words


def test_50_of_58_are_positive_within_the_exact_interval(protected, words, shown):
    assert levels(protected, "overall_impression") == WORKED["impression"]
    row = protected[protected["metric"].eq("satisfied_share")].iloc[0]
    assert (round(row["value"] * row["n"]), row["n"], row["base"]) == (50, 58, 181)
    assert row["method"] == "hypergeometric"
    assert [row["low"], row["high"]] == pytest.approx(
        WORKED["ic95_hypergeometrique_N181"], abs=5e-5
    )
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.768, 0.923)
    for said in ("50 des 58 réponses (86 %) sont positives", "la part va de 77 à 92 %"):
        assert said in sentence(shown, "overall_impression")
        assert said in words


def test_58_of_181_answered(protected, words):
    row = protected[protected["metric"].eq("response_rate")].iloc[0]
    assert (row["n"], row["base"], row["value"]) == (58, 181, 58 / 181)
    assert INVENTED["reponses_enquete"] == 58
    assert "58 réponses pour 181 personnes présentes, soit 32 %" in words


def test_the_differential_is_in_its_order_with_its_intervals(protected):
    rows = protected[protected["metric"].eq("differential")]
    assert rows["level"].tolist() == WORKED["classement"]
    assert set(rows["n"]) == {58}
    assert set(rows["method"]) == {"bonett_price"}
    assert "Rien" not in " ".join(protected["level"])
    for row in rows.to_dict("records"):
        worked = WORKED["differentiel"][row["level"]]
        assert row["value"] == pytest.approx(worked["differentiel"] / 58)
        assert [row["low"], row["high"]] == pytest.approx(worked["ic95_bonett_price"], abs=5e-5)
        assert value(protected, "liked_most", row["level"]) == worked["plus"]
        assert value(protected, "liked_least", row["level"]) == worked["moins"]


def test_the_differential_is_printed_in_its_order_with_n(words):
    table = "Activité Voix pour Voix contre Écart net Intervalle à 95 % n"
    rows = (
        "Stands découverte 21 1 +34 de 20 à 47 58",
        "Ateliers professionnels 19 1 +31 de 17 à 43 58",
        "Regard croisé Danemark, Luxembourg, France 11 4 +12 de −1 à 25 58",
        "Table ronde Moselle 3 12 −16 de −28 à −2 58",
        "Clôture 1 13 −21 de −32 à −8 58",
        "Plénière d’ouverture 3 17 −24 de −37 à −9 58",
    )
    assert " ".join((table, *rows)) in words


def test_no_order_is_claimed_that_the_answers_do_not_establish(shown):
    said = sentence(shown, "differential")
    assert said.startswith(
        "« Stands découverte » et « Ateliers professionnels » : plus de voix pour que contre"
    )
    assert (
        "ni de départager ces activités, ni de les placer devant « Regard croisé Danemark" in said
    )


def test_14_distinct_words_are_said_and_changement_twice(protected, words, shown):
    counts = levels(protected, "word")
    assert len(counts) == WORKED["mots_distincts"] == 14
    assert counts.pop("Changement") == 2
    assert set(counts.values()) == {1}
    assert {"Émancipation", "Ampleur du problème"} <= set(counts)
    assert "« Changement » revient 2 fois" in words
    assert "14 mots ou expressions en tout, dont 13 cités une seule fois" in words
    assert "Qu’évoque pour vous l’inclusion numérique" in words
    drawn = " ".join(chart.svg for chart in sections.words_said(shown).charts)
    for word in (*counts, "Changement"):
        assert word in drawn


def test_both_voices_say_what_to_improve(words, shown):
    blocks = sections.improvements(shown).blocks
    public = [quote for block in blocks if isinstance(block, Quotes) for quote in block.quotes]
    team = [item for block in blocks if isinstance(block, Bullets) for item in block.items]
    typeset = [remark.replace("'", "’") for remark in PUBLISHED["ameliorations"]]
    assert sorted(public) == sorted(typeset)
    assert len(team) == 3
    for said in (*public, *team, "Ce que dit le public", "Ce que dit l’équipe"):
        assert plain(said) in words


def test_the_preparation_and_the_19_people_mobilised_are_told(protected, words):
    assert value(protected, "mobilised") == 19
    assert sum(count for task, count in levels(protected, "mobilised").items() if task) == 19
    assert "19 personnes se sont mobilisées le jour même" in words
    for said in ("J−12 mois : budget", "Comités de pilotage 3", "Réunions thématiques 20"):
        assert said in words


def test_the_target_stands_beside_the_turnout(protected, words):
    assert levels(protected, "target") == {"low": 150, "high": 250}
    assert "150 à 250 attendues" in words
    assert "L’objectif de 150 à 250 personnes est atteint" in words


def test_the_key_figures_fill_the_first_page_of_the_pdf(metz):
    first = first_page(metz / "bilan.pdf")
    for said in ("L’essentiel", "181 personnes présentes", "77,35 €", "À lire avec prudence"):
        assert said in first


def test_every_chart_is_also_a_table_with_its_n(shown):
    charts = [
        chart
        for name in sections.__all__
        for section in [getattr(sections, name)(shown)]
        if section is not None and name != "cover"
        for chart in section.charts
    ]
    assert len(charts) == 11
    for chart in charts:
        assert not chart.table.empty
        assert chart.tag == "données fictives"
    surveyed = [chart for chart in charts if chart.id in ("impression", "differential", "words")]
    assert all("n = " in plain(chart.subtitle) for chart in surveyed)
