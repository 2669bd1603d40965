"""Numbers, dates and spaces as the Imprimerie nationale writes them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from necbilan.errors import UsageError
from necbilan.words.language import LANGUAGES, language

FRENCH = language("fr")


def test_thousands_decimals_and_minus():
    assert FRENCH.number(14000) == "14\u202f000"
    assert FRENCH.number(77.35, 2) == "77,35"
    assert FRENCH.number(-24.1, 0) == "\u221224"
    assert FRENCH.number(0.344 * 100, 0, signed=True) == "+34"
    assert FRENCH.number(-0.2, 0) == "0"


def test_money_is_exact_or_short():
    assert FRENCH.euros(77.35) == "77,35\u202f€"
    assert FRENCH.euros(14000, short=True) == "14\u202fk€"
    assert FRENCH.euros(14350, short=True) == "14,4\u202fk€"
    assert FRENCH.euros(3190.5, short=True) == "3\u202f190,50\u202f€"


def test_a_percentage_is_never_rounded_to_all_or_none():
    assert FRENCH.percent(0.997) == "plus de 99\u202f%"
    assert FRENCH.percent(0.002) == "moins de 1\u202f%"
    assert FRENCH.percent(1.0) == "100\u202f%"
    assert FRENCH.percent(0.0) == "0\u202f%"
    assert FRENCH.percent(0.125) == "13\u202f%"


def test_intervals_are_written_out():
    assert FRENCH.between(0.768, 0.9227) == "de 77 à 92\u202f%"


def test_the_first_of_the_month_and_ranges_of_days():
    assert FRENCH.day(date(2024, 3, 1)) == "1ᵉʳ mars 2024"
    two = [date(2025, 10, 12), date(2025, 10, 13)]
    assert FRENCH.days(two) == "12 et 13 octobre 2025"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2025, 9, 30), date(2025, 10, 1)], "30 septembre et 1ᵉʳ octobre 2025"),
        ([date(2025, 10, 1), date(2025, 10, 2), date(2025, 10, 3)], "du 1ᵉʳ au 3 octobre 2025"),
        ([date(2025, 12, 31), date(2026, 1, 1)], "31 décembre 2025 et 1ᵉʳ janvier 2026"),
        ([date(2025, 10, 1), date(2026, 10, 1)], "1ᵉʳ octobre 2025 et 1ᵉʳ octobre 2026"),
    ],
)
def test_the_month_and_the_year_that_days_share_are_said_once(days: list[date], said: str) -> None:
    assert FRENCH.days(days) == said


def test_singular_below_two():
    assert FRENCH.say("key.present", count=1) == "personne présente"
    assert FRENCH.say("key.present", count=1.9) == "personne présente"
    assert FRENCH.say("key.present", count=2) == "personnes présentes"


def test_spaces_before_double_punctuation_and_inside_quotes():
    assert FRENCH.typeset("« L'été » : 5 % ?") == "«\u00a0L’été\u00a0»\u00a0: 5\u202f%\u202f?"
    assert FRENCH.typeset("à 14:30") == "à 14:30"


def test_an_unknown_language_names_those_that_exist():
    with pytest.raises(UsageError, match="fr ou en"):
        language("de")


def test_every_language_says_the_same_things():
    keys = {code: set(language(code).words) for code in LANGUAGES}
    assert keys["fr"] == keys["en"]


def test_the_median_point_shortens_words_that_exist():
    shortened = language("fr", median_point=True)
    assert set(shortened.words) == set(FRENCH.words)
    assert shortened.say("key.speakers", count=2) == "intervenant·es"


def test_the_median_point_shortens_every_doublet_of_ours():
    doublet = re.compile(r"\b(\w{3,})es(?:,| et)(?: des)? \1s?\b|toutes et tous", re.I)
    long, short = language("fr").words, language("fr", median_point=True).words
    doubled = [key for key, text in long.items() if doublet.search(text)]
    assert len(doubled) >= 8
    assert [key for key in doubled if doublet.search(short[key])] == []


def test_every_language_fills_the_same_blanks():
    import string

    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for key, text in FRENCH.words.items():
        english = language("en").words[key]
        assert blanks(text) == blanks(english), key
        assert ("|" in text) == ("|" in english), key
