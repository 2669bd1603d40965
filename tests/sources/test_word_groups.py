"""Words that say the same are grouped; words that only look alike are not."""

from __future__ import annotations

import doctest
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necbilan.sources.free_text import french_words, word_groups
from necbilan.sources.free_text.word_groups import echoes_question, group_words, split_words

DATA = Path(__file__).parents[1] / "data" / "text"

METZ = [
    "Evolution sociétale", "Changement", "Engagé", "Emmancipation", "Opportunité",
    "Enjeu essentiel", "Ampleur de problème", "Changement", "Paradigme", "Accessibilité",
    "Rassuré", "Priorité", "Défi", "Solidarité", "inclusion",
]  # fmt: skip


def grouped(*answers: str | None) -> list[str | None]:
    shown = group_words(pd.Series(answers, dtype="object"))
    return [None if pd.isna(form) else str(form) for form in shown]


def pairwise_f1(forms: pd.Series, groups: pd.Series) -> float:
    found = group_words(forms)
    pairs = [
        (groups[one] == groups[two], found[one] == found[two])
        for one, two in combinations(forms.index, 2)
    ]
    both = sum(true and shown for true, shown in pairs)
    return 2 * both / (sum(true for true, _ in pairs) + sum(shown for _, shown in pairs))


def test_the_examples_of_the_modules_hold():
    assert doctest.testmod(word_groups).failed == 0
    assert doctest.testmod(french_words).failed == 0


@pytest.mark.parametrize("name", ["words.csv", "further_words.csv", "field_words.csv"])
def test_forms_are_put_in_the_groups_a_reader_puts_them_in(name):
    table = pd.read_csv(DATA / name)
    assert pairwise_f1(table["forme"], table["groupe"]) >= 0.97


def test_the_words_of_metz_are_fourteen_and_one_was_said_twice():
    shown = group_words(pd.Series(METZ))
    assert shown.nunique() == 14
    assert dict(shown.value_counts())["Changement"] == 2
    assert {"Emmancipation", "Ampleur de problème"} <= set(shown)


def test_decided_spellings_are_applied_and_the_words_of_metz_stay_fourteen():
    decided = {
        "Emmancipation": "Émancipation",
        "Ampleur de problème": "Ampleur du problème",
    }
    shown = group_words(pd.Series(METZ), decided=decided)
    assert shown.nunique() == 14
    assert {"Émancipation", "Ampleur du problème"} <= set(shown)
    assert "Emmancipation" not in set(shown)


def test_a_decision_about_the_form_shown_reaches_every_answer_of_its_group():
    answers = pd.Series(["emancipations", "Emancipation", "émancipation"])
    shown = group_words(answers, decided={"émancipation": "Pouvoir d’agir"})
    assert set(shown) == {"Pouvoir d’agir"}


def test_a_lone_misspelling_is_left_as_written():
    assert grouped("Emmancipation", "Solidarité") == ["Emmancipation", "Solidarité"]


def test_a_misspelling_joins_a_more_frequent_twin():
    assert grouped("solidarté", "solidarité", "Solidarité") == ["solidarité"] * 3


def test_words_known_to_the_dictionary_never_join_a_neighbour():
    answers = ["légalité", "égalité", "égalité", "médiation", "méditation", "médiation"]
    assert grouped(*answers) == answers


def test_words_of_one_root_stay_apart():
    answers = ["solidaire", "solidarité", "engagé", "engagement", "accessible", "accessibilité"]
    assert grouped(*answers) == answers


def test_no_word_is_dropped_from_a_short_answer():
    answers = ["personne", "la force", "parole", "pour tous", "tous"]
    assert grouped(*answers) == answers


def test_the_form_shown_is_the_most_frequent_one_with_its_accents():
    assert grouped("egalité", "égalité", "ÉGALITÉ")[0] == "égalité"
    assert grouped("liens sociaux", "lien social", "liens sociaux") == ["liens sociaux"] * 3
    assert grouped("Evolution") == ["Évolution"]
    assert grouped("Elan") == ["Élan"]


def test_inclusive_writing_is_the_same_word():
    assert len(set(grouped("engagé", "engagé.e", "engagé·e·s", "engagé(e)", "engagée"))) == 1


@pytest.mark.parametrize(
    "nothing",
    [
        "", "   ", "-", "?", "...", "RAS", "r.a.s.", "Rien", "rien à signaler", "Néant",
        "Aucun", "Non", "NSP", "Je ne sais pas", "x", "n/a", "!!!", None, float("nan"),
    ],
)  # fmt: skip
def test_an_answer_that_says_nothing_is_no_answer(nothing):
    assert grouped(nothing) == [None]


def test_the_index_and_the_name_are_kept_and_the_answers_not_changed():
    answers = pd.Series(["Défis", None, "défi"], index=[7, 3, 7], name="mots")
    before = answers.copy()
    shown = group_words(answers)
    assert list(shown.index) == [7, 3, 7]
    assert shown.name == "mots"
    pd.testing.assert_series_equal(answers, before)


def test_no_answer_at_all_gives_an_empty_series():
    assert group_words(pd.Series([], dtype="object")).empty
    assert split_words(pd.Series([], dtype="object")).empty


def test_emoji_and_other_scripts_are_words_like_any_other():
    assert grouped("❤️", "❤", "🙂", "التضامن", "التضامن") == [
        "❤️", "❤️", "🙂", "التضامن", "التضامن",
    ]  # fmt: skip


def test_a_sentence_is_one_answer_shown_as_written():
    text = "Un accès aux droits pour toutes les personnes éloignées du numérique"
    assert grouped(text, "droits") == [text, "droits"]


def test_several_words_in_one_answer_are_separated():
    parts = split_words(
        pd.Series(["Solidarité, accès aux droits ; défi", "RAS", "1. lien\n2. peur"])
    )
    assert list(parts.dropna()) == ["Solidarité", "accès aux droits", "défi", "lien", "peur"]
    assert list(parts.index) == [0, 0, 0, 1, 2, 2]
    assert pd.isna(parts.loc[1])


def test_words_joined_by_a_hyphen_or_an_apostrophe_are_not_separated():
    answers = pd.Series(["vivre-ensemble", "l'entraide", "e-administration", "3,5"])
    assert list(split_words(answers)) == list(answers)


def test_a_word_of_the_question_itself_is_recognised():
    wording = "Qu’évoque pour vous l’inclusion numérique ?"
    assert echoes_question("Inclusion", wording)
    assert echoes_question("l'inclusion numerique", wording)
    assert not echoes_question("inclusion sociale", wording)
    assert not echoes_question("solidarité", wording)


def test_five_thousand_answers_take_seconds():
    words = list(pd.read_csv(DATA / "words.csv")["forme"])
    answers = pd.Series([f"{words[row % 215]} {row // 3}" for row in range(5000)])
    shown = group_words(answers)
    assert len(shown) == 5000
    assert shown.notna().all()


@given(st.lists(st.text(max_size=30), max_size=12))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_grouped_and_what_is_shown_stands_for_itself(texts):
    answers = pd.Series(texts, dtype="object")
    shown = group_words(answers)
    assert list(shown.index) == list(answers.index)
    assert shown.notna().sum() <= len(texts)


@given(st.permutations(list(pd.read_csv(DATA / "words.csv")["forme"])[:40]))
@settings(max_examples=15, deadline=None)
def test_groups_do_not_depend_on_the_order_of_answers(forms):
    reference = pd.Series(sorted(forms))
    one = group_words(reference)
    two = group_words(pd.Series(forms))
    same = dict(zip(forms, two, strict=True))
    pairs = combinations(range(len(reference)), 2)
    assert all((one[a] == one[b]) == (same[reference[a]] == same[reference[b]]) for a, b in pairs)
