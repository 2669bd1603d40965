"""What cells say: statuses, presence, days, amounts, and several answers in one cell."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan.sources.cells import amount, days, is_blank, meaning, presence, whole_number, yes_no
from necbilan.sources.survey import choices


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Confirmé", "registered"),
        ("ANNULÉ", "cancelled"),
        ("annulation le 09/10", "cancelled"),
        ("désistement", "cancelled"),
        ("Sur liste d’attente", "waiting_list"),
        ("En attente du paiement", "pending"),
        ("Inscrite sur place", "walk_in"),
        ("Participant⋅e", "registered"),
        ("Rejeté⋅e", "cancelled"),
        ("peut-être", "pending"),
        ("zut", None),
    ],
)
def test_status_is_understood_whatever_its_dress(written: str, status: str | None) -> None:
    assert meaning(written, "status") == status


def test_words_of_a_tool_win_over_the_common_ones() -> None:
    assert meaning("Attending", "status", {"attending": "pending"}) == "pending"


@pytest.mark.parametrize(
    "written", ["X", "x", "✓", "1", "oui", "OK", "présent", "14/10/2025 09:22"]
)
def test_marks_of_presence_say_yes(written: str) -> None:
    assert presence(written) is True


@pytest.mark.parametrize("written", ["ABS", "absente", "non", "0", "excusé", "-"])
def test_marks_of_absence_say_no(written: str) -> None:
    assert presence(written) is False


@pytest.mark.parametrize("written", ["", "  ", "repas pris"])
def test_blank_or_unknown_mark_says_nothing(written: str) -> None:
    assert presence(written) is None


def test_day_comes_first_unless_a_value_proves_the_contrary() -> None:
    assert days(["01/10/2025 08:00"]) == [datetime(2025, 10, 1)]
    assert days(["11/12/08 10:47", "11/25/08 19:21"]) == [
        datetime(2008, 11, 12),
        datetime(2008, 11, 25),
    ]


def test_days_are_read_in_every_way_that_tools_write_them() -> None:
    written = [
        "2022/03/21 1:30:20 PM UTC+1",
        "2026-10-08 07:09:00+00:00",
        "12 sept. 2025, 18:03:11",
        "08/10/2026 - 19:29",
        "46279.89",
    ]
    assert days(written) == [
        datetime(2022, 3, 21),
        datetime(2026, 10, 8),
        datetime(2025, 9, 12),
        datetime(2026, 10, 8),
        datetime(2026, 9, 14),
    ]


def test_what_is_no_day_gives_none() -> None:
    assert days(["", "bientôt", "31/02/2025", "1980-01-01 00:00:00"]) == [None] * 4


@given(st.dates(min_value=datetime(2000, 1, 1).date(), max_value=datetime(2099, 12, 31).date()))
def test_french_and_iso_ways_give_the_same_day(day: datetime) -> None:
    assert days([day.strftime("%d/%m/%Y")]) == days([day.isoformat()])


@pytest.mark.parametrize(
    ("written", "euros"),
    [
        ("5200", 5200.0),
        ("900 €", 900.0),
        ("1 250,50 €", 1250.5),
        ("1 250 euros TTC", 1250.0),
        ("1.250,50", 1250.5),
        ("12,5", 12.5),
        ("offert", None),
        ("", None),
    ],
)
def test_amount_is_read_as_the_french_write_it(written: str, euros: float | None) -> None:
    assert amount(written) == euros


@given(st.integers(min_value=0, max_value=10_000_000))
def test_amount_grouped_by_narrow_spaces_is_whole(cents: int) -> None:
    euros = cents / 100
    grouped = f"{euros:,.2f}".replace(",", "\u202f").replace(".", ",")
    assert amount(f"{grouped}\u00a0€") == pytest.approx(euros)


def test_counts_and_ticks() -> None:
    assert whole_number("12 places") == 12
    assert whole_number("Illimité") is None
    assert (yes_no("TRUE"), yes_no("Non"), yes_no("peut-être")) == (True, False, None)
    assert is_blank("N/A")


# --- several answers in one cell --------------------------------------------------------


def test_semicolons_part_options_and_the_last_one_is_nothing() -> None:
    assert choices.split_choices(["Accueil;Repas;", "", "Repas;"]) == [
        ["Accueil", "Repas"],
        [],
        ["Repas"],
    ]


def test_json_lists_are_read_as_options() -> None:
    assert choices.split_choices(['["A, et B","C"]'], separator=";") == [["A, et B", "C"]]


def test_comma_before_a_lower_case_letter_belongs_to_the_label() -> None:
    cells = ["Les rencontres, les échanges informels, Le repas", "Le repas"]
    assert choices.split_choices(cells) == [
        ["Les rencontres, les échanges informels", "Le repas"],
        ["Le repas"],
    ]


def test_parts_never_met_apart_are_one_label() -> None:
    cells = ["Regard croisé Danemark, Luxembourg, France"] * 3 + ["Clôture"]
    assert choices.split_choices(cells)[0] == ["Regard croisé Danemark, Luxembourg, France"]
    assert not choices.are_choices(cells)


def test_known_labels_are_found_whatever_commas_they_hold() -> None:
    cells = ["Ateliers, Débats, Forum", "Forum, Ateliers, Débats"]
    assert choices.split_choices(cells, options=["Ateliers, Débats"]) == [
        ["Ateliers, Débats", "Forum"],
        ["Forum", "Ateliers, Débats"],
    ]


def test_tight_comma_parts_options_and_a_spaced_one_does_not() -> None:
    assert choices.split_choices(["Les échanges, informels,Le repas"]) == [
        ["Les échanges, informels", "Le repas"]
    ]


def test_labels_joined_by_a_space_are_told_apart_by_the_others() -> None:
    cells = ["Le repas", "Les ateliers", "Le repas Les ateliers"]
    assert choices.split_choices(cells, separator=" ")[2] == ["Le repas", "Les ateliers"]


def test_single_answers_with_commas_are_not_split() -> None:
    assert not choices.are_choices(["Oui, tout à fait", "Non, pas du tout"] * 10)


def test_ranking_is_told_from_a_choice() -> None:
    assert choices.are_ranks(['["A","B"]', '["B","A"]'])
    assert not choices.are_ranks(['["A","B"]', '["A"]'])


def test_question_not_reached_is_no_unticked_box() -> None:
    assert choices.ticks(["Oui", "Non", "N/A", ""]) == [True, False, None, False]
    assert choices.ticks(["Oui", "peut-être"]) is None


def test_words_typed_beside_an_option_are_an_answer_of_their_own() -> None:
    cells = ["Atelier IA, Fresque", "Atelier IA", "Fresque", "Atelier IA, les pauses café"]
    assert choices.split_choices(cells)[3] == ["Atelier IA", "les pauses café"]


def test_one_answer_a_line_is_several_choices() -> None:
    cells = ["Atelier IA\nFresque", "Fresque", "Atelier IA"]
    assert choices.are_choices(cells)
    assert choices.split_choices(cells)[0] == ["Atelier IA", "Fresque"]


def test_option_that_its_heading_repeats_is_a_tick() -> None:
    assert choices.ticks(["Fresque", "", "fresque"], "Fresque") == [True, False, True]
    assert choices.ticks(["Fresque", "Autre"], "Fresque") is None
