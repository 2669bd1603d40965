"""One organisation a name: what is merged, what never is, and what a human decides."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necbilan import vocabulary
from necbilan.model import Merge
from necbilan.sources.decisions import Proposal, add_proposals, read_decisions
from necbilan.sources.organisations import cluster_organisations, counted_organisations
from necbilan.sources.organisations.lexicon import fold_name


def organisations(*labels: str, **where) -> list[str | None]:
    found = cluster_organisations(pd.Series(labels), **where)["organisation"]
    return [None if pd.isna(name) else str(name) for name in found]


def same(*labels: str, **where) -> bool:
    return len(set(organisations(*labels, **where))) == 1


METZ = {"commune": "Metz", "department": "57"}


@pytest.mark.parametrize(
    "labels",
    [
        ("Ville de Metz", "Mairie de  METZ.", "METZ (ville)", "Metz - Mairie", "mairie de mets"),
        (
            "Ville de Metz",
            "Ville de Metz - service jeunesse",
            "Ville de Metz, direction du numérique",
        ),
        ("CCAS de Metz", "Ville de METZ - CCAS", "C.C.A.S. Metz", "CCAS - Ville de Metz"),
        ("Eurométropole de Metz", "Metz Métropole", "Eurométropole de Metz (EMM)", "EMM"),
        ("Conseil départemental", "CD57", "Dépt Moselle", "Moselle (département)", "CD 57"),
        ("France Travail", "Pôle emploi Metz Blida", "France Travail (ex Pôle emploi)"),
        ("CAF", "CAF 57", "Caisse d'allocations familiales de la Moselle", "Caf de Metz"),
        ("Emmaüs", "Emmaus Metz", "Communauté Emmaüs de Metz"),
        ("Crédit Agricole de Lorraine", "CA Lorraine"),
        ("CC Pays Orne Moselle", "CCPOM", "Communauté de communes du Pays Orne-Moselle"),
        ("Lycée Robert Schuman", "Lycée R. Schuman Metz"),
        ("MJC des 4 Bornes", "MJC Quatre Bornes"),
        ("Web Moselle SAS", "WebMoselle"),
        ("Tiers-lieu l'Octroi", "L’Octroi", "Octroi Metz"),
        ("Ville de Montigny-lès-Metz", "Mairie de Montigny"),
        ("Association Gestion Actions Socio Culturelles", "AGASC"),
        ("Élan Numérique", "Elan numérique (association)"),
        ("Mission locale du Pays Messin", "ML Pays messin", "MLPM"),
        ("Simplon.co", "SIMPLON"),
    ],
)
def test_spellings_of_one_organisation_are_one(labels):
    assert same(*labels, **METZ)


@pytest.mark.parametrize(
    "labels",
    [
        ("Ville de Metz", "CCAS de Metz", "Metz Métropole", "MJC Metz Sud"),
        ("Département de la Moselle", "Préfecture de la Moselle", "Moselle Fibre"),
        ("Emmaüs", "Emmaüs Connect", "Emmaüs Forbach"),
        ("UDAF 57", "UDAF 54", "UDAF de la Meuse"),
        ("MJC Borny", "MJC Metz Sud"),
        ("Maison de quartier - Archipel", "Maison de quartier - Lac de Maine"),
        ("Numérique en Lorraine", "Lorraine Numérique", "Hub Numérique"),
        ("Orange", "Ville d'Orange", "Orange bleue"),
        ("Lycée Robert Schuman", "Collège Robert Schuman", "Lycée Robert Schuman Haguenau"),
        ("Ville de Bischheim", "Ville de Bischwiller"),
        ("EHPAD Saint-Jean", "EHPAD Saint-Joseph"),
        ("Inno TSD", "Inno TSF"),
        ("Familles rurales 57", "Familles rurales 88"),
        ("Club Mosellan", "Club Vosgien"),
    ],
)
def test_near_misses_stay_apart(labels):
    assert len(set(organisations(*labels, **METZ))) == len(labels)


@pytest.mark.parametrize(
    "label",
    ["particulier", "Retraitée", "-", "", "à titre personnel", "néant", "N/A", "étudiant·e",
     "Habitante de Metz", "en recherche d'emploi", "je ne représente pas de structure", "/",
     "pas d'organisation", "Hors structure", "je viens seul·e", "sans", "indépendante",
     "Consultante indépendante", "aucune organisation"],
)  # fmt: skip
def test_people_without_organisation_are_apart(label):
    row = cluster_organisations(pd.Series([label])).iloc[0]
    assert row["status"] == "none"
    assert pd.isna(row["organisation"])


def test_names_that_begin_like_no_organisation_are_kept():
    labels = pd.Series(["Association Sans Frontières", "Solidarité Formateurs", "Hors les Murs"])
    assert cluster_organisations(labels)["organisation"].notna().all()


def test_a_cooperative_is_the_one_of_its_bare_name():
    found = cluster_organisations(pd.Series(["MedNum coopérative", "La Mednum", "Mednum"]))
    assert found["organisation"].nunique() == 1


def test_bare_networks_follow_the_place_of_the_event():
    labels = ("Conseil départemental", "CD54", "CD57")
    alone, of_54, of_57 = organisations(*labels, department="57")
    assert alone == of_57 != of_54
    alone, of_54, of_57 = organisations(*labels, department="54")
    assert alone == of_54 != of_57


def test_a_misspelt_name_is_not_another_commune():
    assert same("Ville de Thionville", "Ville de Thionvile")
    assert not same("Mairie de Montigny", "Mairie de Montagny")


def test_the_index_and_the_labels_are_left_as_they_were():
    labels = pd.Series(["Ville de Metz", None, "Mairie de Metz"], index=[7, 3, 9])
    before = labels.copy()
    found = cluster_organisations(labels, **METZ)
    pd.testing.assert_series_equal(labels, before)
    assert found.index.tolist() == [7, 3, 9]
    assert found["status"].tolist() == ["sure", "none", "sure"]
    assert found["type"].tolist()[0] == "local_authority"


def test_the_name_shown_is_the_usual_complete_spelling():
    shown = organisations(
        "METZ (ville)", "mairie de metz", "VILLE DE METZ", "Ville de Metz", **METZ
    )
    assert set(shown) == {"Ville de Metz"}
    assert set(organisations("Pôle emploi", "POLE EMPLOI")) == {"France Travail"}
    assert set(organisations("CAF", "CAF", "CAF 57", department="57")) == {"CAF 57"}


def test_every_merge_is_listed_with_its_spellings_and_a_reason():
    labels = pd.Series(["CPAM 57", "CPAM Moselle", "Ville de Metz", "CPAM 57"])
    assert counted_organisations(labels, **METZ).merges() == (
        Merge(
            organisation="CPAM 57",
            labels=("CPAM 57", "CPAM Moselle"),
            reason="même territoire, écrit autrement",
        ),
    )


# ---------------------------------------------------------------- what a human decides
DOUBT = pd.Series(
    ["Centre social Laënnec", "Centre social Laënnec", "Centre Social Laennec-Mermoz"]
)


def test_a_doubtful_pair_is_proposed_and_not_merged():
    found = cluster_organisations(DOUBT)
    assert found["organisation"].nunique() == 2
    assert set(found["status"]) == {"proposed"}
    assert counted_organisations(DOUBT).pairs().to_dict("records") == [
        {
            "label_a": "Centre Social Laennec-Mermoz",
            "label_b": "Centre social Laënnec",
            "organisation": "Centre social Laënnec",
            "reason": "un nom est contenu dans l'autre",
        }
    ]


@pytest.mark.parametrize(
    ("answer", "count"), [("Centre social Laënnec", 1), ("Centre Social Laennec-Mermoz", 2)]
)
def test_either_answer_closes_the_question(answer, count):
    decided = {"centre social LAENNEC-MERMOZ": answer}
    found = cluster_organisations(DOUBT, decided=decided)
    assert found["organisation"].nunique() == count
    assert set(found["status"]) == {"sure"}
    assert counted_organisations(DOUBT, decided=decided).pairs().empty


def test_a_decision_comes_before_every_rule_and_takes_a_split_label_alone():
    labels = ("Ville de Metz", "Mairie de Metz", "METZ (ville)")
    shown = organisations(*labels, decided={"METZ (ville)": "Metz Plage"}, **METZ)
    assert shown == ["Ville de Metz", "Ville de Metz", "Metz Plage"]


def test_a_refused_pair_leaves_its_label_with_those_surely_the_same():
    labels = [*DOUBT, "CS Laennec-Mermoz"]
    decided = {"CS Laennec-Mermoz": "CS Laennec-Mermoz", DOUBT[2]: DOUBT[2]}
    found = cluster_organisations(pd.Series(labels), decided=decided)
    assert found["organisation"].nunique() == 2
    assert set(found["status"]) == {"sure"}


def test_what_is_surely_the_same_follows_a_decision_that_merges():
    labels = ("UNEOS", "Uneos", "Hôpital Schuman", "HOPITAL SCHUMAN.")
    assert same(*labels, decided={"Hôpital Schuman": "UNEOS"})


def test_a_human_may_say_that_a_label_is_no_organisation_or_that_it_is_one():
    assert organisations("Ville de Metz", decided={"Ville de Metz": "-"}) == [None]
    assert organisations("indépendant", decided={"Indépendant": "Studio Dupré"}) == ["Studio Dupré"]


def test_decisions_are_listed_among_the_merges():
    decided = {"Hôpital Schuman": "UNEOS"}
    labels = pd.Series(["UNEOS", "Hôpital Schuman"])
    listed = counted_organisations(labels, decided=decided).merges()
    assert listed == (Merge("UNEOS", ("UNEOS", "Hôpital Schuman"), "décision"),)


# ---------------------------------------------------------------- whatever is typed
LABELS = st.lists(
    st.one_of(
        st.text(max_size=25),
        st.sampled_from(
            ["CAF 57", "CAF", "Ville de Metz", "- / (", "UL", "CC", "Metz", "ex", "57"]
        ),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(LABELS, st.sampled_from([None, "Metz"]))
def test_any_labels_give_one_row_each_whatever_their_order(labels, commune):
    found = cluster_organisations(pd.Series(labels, dtype="object"), commune=commune)
    assert len(found) == len(labels)
    assert (found["organisation"].isna() == found["status"].eq("none")).all()
    back = cluster_organisations(pd.Series(labels[::-1], dtype="object"), commune=commune)
    assert back["organisation"].nunique() == found["organisation"].nunique()


@given(st.text(max_size=30))
def test_a_folded_label_folds_to_itself(label):
    assert fold_name(fold_name(label)) == fold_name(label)


def test_the_vocabulary_speaks_of_known_types_and_scopes():
    raw = vocabulary.read("organisations")
    types = {entry["id"] for entry in raw["type"]}
    assert len(types | {"individual"}) == 8
    for kind in raw["kind"]:
        assert kind["type"] in types
        assert kind["scope"] in {"one", "department", "region", "commune", "name"}
        assert (kind.get("extra", "") in {"any", "places"}) == (kind["scope"] == "one")
        assert kind["words"] == [fold_name(word) for word in kind["words"]]
    ids = [kind["id"] for kind in raw["kind"]]
    assert len(ids) == len(set(ids))
    assert {other for kind in raw["kind"] for other in kind.get("over", ())} <= set(ids)


def test_a_pair_decided_last_year_is_not_asked_again_when_its_decisions_are_copied(tmp_path):
    last, this = tmp_path / "2024", tmp_path / "2025"
    last.mkdir()
    this.mkdir()
    (pair,) = counted_organisations(DOUBT).pairs().to_dict("records")
    add_proposals(last, [Proposal("organisation", pair["label_a"], pair["organisation"], "")])
    table = (last / "decisions.csv").read_text("utf-8-sig")
    head, row = table.splitlines()
    cells = dict(zip(head.split(";"), row.split(";"), strict=True)) | {"decision": "oui"}
    (this / "decisions.csv").write_text("\r\n".join([head, ";".join(cells.values())]), "utf-8-sig")
    answers = read_decisions(this).answers("organisation")
    later = pd.concat([DOUBT, pd.Series(["Ville de Metz"])], ignore_index=True)
    assert counted_organisations(later, decided=answers).pairs().empty
    assert cluster_organisations(later, decided=answers)["organisation"].nunique() == 2
