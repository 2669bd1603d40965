"""Local words for who people are, mapped onto the common nomenclature."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan import vocabulary
from necbilan.sources.people.profiles import classify_profiles
from necbilan.words.language import LANGUAGES, language

LABELS = Path(__file__).parent.parent / "data" / "profiles" / "libelles.csv"


def one(label: str) -> tuple[object, object, object]:
    row = classify_profiles(pd.Series([label])).iloc[0]
    return tuple(None if pd.isna(value) else value for value in row)


@pytest.mark.parametrize(
    ("label", "profile"),
    [
        ("Élue", "elected_official"),
        ("élu·e", "elected_official"),
        ("ÉLU(E)", "elected_official"),
        ("Conseillère municipale déléguée au numérique", "elected_official"),
        ("Agent de collectivité", "local_authority_agent"),
        ("Adjoint administratif", "local_authority_agent"),
        ("Bibliothécaire", "local_authority_agent"),
        ("Conseiller numérique", "digital_mediator"),
        ("Conseiller·ère numérique France Services", "digital_mediator"),
        ("Médiatrice numérique à la médiathèque", "digital_mediator"),
        ("salarié·e associatif·ve / bénévole", "association"),
        ("Cheffe d'entreprise", "company"),
        ("Agent de l'État", "state"),
        ("Conseillère France Travail", "state"),
        ("Enseignante-chercheuse", "education_research"),
        ("Travailleur·se social·e", "social_health"),
        ("Étudiant.e", "student"),
        ("retraitée", "retired"),
        ("demandeur d'emploi", "general_public"),
        ("Habitante du quartier", "general_public"),
        ("Autre (précisez)", "other"),
        ("Local authority officer", "local_authority_agent"),
        ("Digital mediator", "digital_mediator"),
        ("Member of the public", "general_public"),
    ],
)
def test_local_labels_and_job_titles_have_a_profile(label, profile):
    assert one(label)[0] == profile


@pytest.mark.parametrize(
    "label", ["Chargé de mission", "Agent", "public", "formatrice", "Directeur adjoint", "", "zzz"]
)
def test_what_says_too_little_has_no_profile(label):
    assert one(label) == (None, None, None)


def test_what_is_plain_is_mapped_and_nothing_is_mapped_wrongly():
    listed = pd.read_csv(LABELS, sep=";", dtype=str, keep_default_na=False)
    found = classify_profiles(listed["libelle"])["profile"].fillna("")
    wrong = listed.assign(obtenu=found)[found.ne(listed["attendu"])]
    assert wrong.to_dict("records") == []
    assert len(listed) >= 100


@pytest.mark.parametrize(
    ("label", "audience"),
    [("Élu / agent de collectivité", "professional"), ("Bénévole retraité", None)],
)
def test_several_profiles_may_share_an_audience(label, audience):
    assert one(label) == (None, audience, None)


def test_audience_comes_with_the_profile_or_is_asked_as_such():
    assert one("Élue")[1] == "professional"
    assert one("retraité")[1] == "general_public"
    assert one("Grand public") == ("general_public", "general_public", 1.0)
    assert one("Professionnel") == (None, "professional", None)
    assert one("Autre")[1] is None


def test_the_longest_known_words_decide():
    assert one("Conseiller numérique en mairie")[0] == "digital_mediator"
    assert one("Chargée de mission, association")[0] == "association"


def test_confidence_is_lower_for_a_part_of_the_label():
    assert one("Maire")[2] == 1.0
    assert one("Maire de Woippy")[2] == 0.8


def test_index_kept_and_labels_unchanged():
    labels = pd.Series(["Élue", None], index=["b", "a"])
    before = labels.copy()
    found = classify_profiles(labels)
    pd.testing.assert_series_equal(labels, before)
    assert found.index.tolist() == ["b", "a"]
    assert found.dtypes.astype(str).tolist() == ["string", "string", "Float64"]


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_label_gives_a_known_profile_or_none(labels):
    found = classify_profiles(pd.Series(labels, dtype="object"))
    known = {entry["id"] for entry in vocabulary.read("profiles")["profile"]}
    assert set(found["profile"].dropna()) <= known
    assert len(found) == len(labels)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_id_has_its_words_in_each_language(code):
    words = language(code)
    profiles = [entry["id"] for entry in vocabulary.read("profiles")["profile"]]
    types = [entry["id"] for entry in vocabulary.read("organisations")["type"]]
    keys = [f"profile.{name}" for name in profiles]
    keys += [f"organisation_type.{name}" for name in [*types, "individual", "unclassified"]]
    keys += ["audience.professional", "audience.general_public"]
    assert [key for key in keys if not words.has(key)] == []


def test_no_word_stands_for_two_profiles():
    seen: dict[str, str] = {}
    for entry in vocabulary.read("profiles")["profile"]:
        for word in set(entry["words"]):
            assert seen.setdefault(word, entry["id"]) == entry["id"], word


def test_profile_that_a_human_gave_a_label_wins() -> None:
    labels = pd.Series(["Pixel artiste", "pixel  ARTISTES", "Maire"], dtype="string")
    decided = {"Pixel artiste": "entreprise", "Maire": "general_public"}
    found = classify_profiles(labels, decided)
    assert found["profile"].tolist() == ["company", "company", "general_public"]
    assert found["audience"].tolist() == ["professional", "professional", "general_public"]
