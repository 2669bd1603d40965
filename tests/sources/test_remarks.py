"""Ordinary remarks get the theme a reader gives them; what is unknown stays unsorted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan import vocabulary
from necbilan.sources.free_text.remarks import UNSORTED, theme_of

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "text"


@pytest.mark.parametrize("name", ["remarks.csv", "further_remarks.csv"])
def test_ordinary_remarks_get_their_theme(name):
    """On remarks that the lexicon's authors have read: an upper bound."""
    table = pd.read_csv(DATA / name)
    assert (theme_of(table["commentaire"]) == table["theme"]).mean() >= 0.95


def test_short_and_messy_remarks_get_one_of_their_themes():
    table = pd.read_csv(DATA / "field_remarks.csv", keep_default_na=False)
    found = theme_of(table["commentaire"])
    assert (found.eq(table["theme"]) | found.eq(table["aussi"])).mean() >= 0.98


def test_remarks_that_the_lexicon_has_not_learned_from():
    """What may be expected of it: nine in ten, and of those sorted nineteen in twenty."""
    table = pd.read_csv(DATA / "unlearned_remarks.csv", keep_default_na=False)
    found = theme_of(table["commentaire"])
    right = found.eq(table["theme"]) | found.eq(table["aussi"])
    assert right.mean() >= 0.88
    assert right[found != UNSORTED].mean() >= 0.93


def test_a_word_inside_a_longer_expression_does_not_count():
    remarks = pd.Series(
        ["Les tables rondes se suivent", "Des tables", "Programme envoyé trop tard"]
    )
    assert list(theme_of(remarks)) == ["programme", "logistique", "communication"]


def test_a_theme_that_a_human_decided_replaces_the_lexicons():
    remarks = pd.Series(["Hmm", "Le wifi"])
    decided = {"Hmm": "RESTAURATION", "Le wifi": "accueil"}
    assert list(theme_of(remarks, decided)) == ["restauration", "accueil"]


@pytest.mark.parametrize(
    ("remark", "theme"),
    [
        ("Indiquer le parking", "logistique"),
        ("Prévoir de l'eau et du café l'après-midi", "restauration"),
        ("Merci pour tout", "satisfaction"),
        ("Merci, mais le micro grésillait", "logistique"),
        ("LE BUFFET", "restauration"),
        ("Plus de chaises", "logistique"),
        ("Hmm", UNSORTED),
        ("🙂", UNSORTED),
        ("لا شيء", UNSORTED),
    ],
)
def test_a_theme_is_read_from_the_words_of_the_remark(remark, theme):
    assert list(theme_of(pd.Series([remark]))) == [theme]


def test_encouragement_gives_way_to_any_other_theme():
    assert list(theme_of(pd.Series(["Bravo et merci pour le buffet, super, génial !"]))) == [
        "restauration"
    ]


def test_no_remark_has_no_theme_and_the_index_is_kept():
    remarks = pd.Series([None, "Le wifi"], index=[4, 2], dtype="object")
    themes = theme_of(remarks)
    assert list(themes.index) == [4, 2]
    assert pd.isna(themes.loc[4])
    assert themes.loc[2] == "logistique"


def test_every_theme_of_the_lexicon_has_its_words_in_each_language():
    words = tomllib.loads(
        (ROOT / "necbilan" / "words" / "parts" / "remarks.toml").read_text(encoding="utf-8")
    )
    ids = {theme["id"] for theme in vocabulary.read("remark_themes")["theme"]} | {UNSORTED}
    for language in ("fr", "en"):
        assert {f"remark_theme.{theme}" for theme in ids} == set(words[language])


def test_no_word_stands_twice_in_a_theme():
    for theme in vocabulary.read("remark_themes")["theme"]:
        repeated = {word for word in theme["words"] if theme["words"].count(word) > 1}
        assert not repeated, theme["id"]


def test_a_remark_of_two_thousand_letters_is_sorted():
    remark = "Le déroulement était comme ceci et comme cela. " * 45 + "Le parking"
    assert list(theme_of(pd.Series([remark]))) == ["logistique"]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_text_has_a_theme_or_is_unsorted(texts):
    themes = theme_of(pd.Series(texts, dtype="object"))
    ids = {theme["id"] for theme in vocabulary.read("remark_themes")["theme"]} | {UNSORTED}
    assert set(themes) <= ids
