"""Misspellings are proposed with their reason, and the trade's words left alone."""

from __future__ import annotations

import doctest
from pathlib import Path

import pandas as pd

from necbilan.sources.free_text import spelling
from necbilan.sources.free_text.spelling import proposed_spellings

DATA = Path(__file__).parents[1] / "data" / "text"


def proposals(*answers: str | None) -> dict[str, str]:
    table = proposed_spellings(pd.Series(answers, dtype="object"))
    return dict(zip(table["form"], table["proposal"], strict=True))


def test_the_examples_of_the_module_hold():
    assert doctest.testmod(spelling).failed == 0


def test_the_two_misspellings_of_metz_are_proposed_and_nothing_else():
    found = proposals(
        "Evolution sociétale", "Changement", "Engagé", "Emmancipation", "Opportunité",
        "Enjeu essentiel", "Ampleur de problème", "Changement", "Paradigme", "Accessibilité",
        "Rassuré", "Priorité", "Défi", "Solidarité", "inclusion", None,
    )  # fmt: skip
    assert found == {
        "Emmancipation": "Émancipation",
        "Ampleur de problème": "Ampleur du problème",
    }


def test_each_proposal_gives_its_reason_in_french():
    table = proposed_spellings(pd.Series(["acompagnement"]))
    assert list(table["reason"]) == [
        "« acompagnement » n’est pas au dictionnaire, « accompagnement » y est"
    ]


def test_words_of_the_trade_derived_words_and_proper_nouns_are_left_alone():
    assert not proposals(
        "linux", "illectronisme", "cybersécurité", "dématérialisation", "Bliida",
        "accès aux droits", "progrès", "tiers-lieu", "RGPD", "❤️", "التضامن", "2023",
    )  # fmt: skip


def test_ordinary_answers_are_hardly_ever_questioned():
    """Misspelt forms of the list have a twin and are merged without asking."""
    words = pd.read_csv(DATA / "words.csv")["forme"]
    assert len(proposed_spellings(words)) <= 2


def test_capitals_are_those_of_the_answer():
    assert proposals("oportunité", "OPORTUNITE ESSENTIELLE") == {
        "oportunité": "opportunité",
        "OPORTUNITE ESSENTIELLE": "OPPORTUNITÉ ESSENTIELLE",
    }


def test_no_answer_gives_no_proposal():
    table = proposed_spellings(pd.Series([None, "RAS"], dtype="object"))
    assert table.empty
    assert list(table.columns) == ["form", "proposal", "reason"]
