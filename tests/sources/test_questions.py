"""Columns to questions: put together, given a kind, a scale and a role."""

from __future__ import annotations

import pandas as pd
import pytest

from necbilan import vocabulary
from necbilan.sources.headings.heading import headings
from necbilan.sources.survey.asked import Asked
from necbilan.sources.survey.groups import spread_groups
from necbilan.sources.survey.questions import find_questions
from necbilan.sources.survey.scales import decided_scale, recognise_scale


def asked(
    table: dict[str, list[str]],
    *,
    roles: dict[str, str] | None = None,
    scales: dict[str, str] | None = None,
) -> dict[str, Asked]:
    columns = headings([list(table)], [])
    text = pd.DataFrame(table, dtype="string")
    found = find_questions(columns, text, roles=roles, scales=scales)
    return {question.question.wording: question for question in found}


# --- scales -----------------------------------------------------------------------------


def test_scale_is_known_from_all_its_labels_whatever_case_and_spaces() -> None:
    scale = recognise_scale([" plutôt positive", "Plutôt positive", "Mitigée", "TRÈS POSITIVE"])
    assert scale is not None
    assert scale.labels == (
        "Très négative",
        "Plutôt négative",
        "Mitigée",
        "Plutôt positive",
        "TRÈS POSITIVE",
    )
    assert (scale.level("mitigee"), scale.positive, scale.neutral) == (3, 2, True)


def test_same_label_ranks_by_the_scale_it_stands_in() -> None:
    four = recognise_scale(
        ["Très satisfait", "Satisfait", "Peu satisfait", "Pas du tout satisfait"]
    )
    five = recognise_scale(
        ["Très satisfait", "Satisfait", "Neutre", "Insatisfait", "Très insatisfait"]
    )
    assert four is not None
    assert five is not None
    assert (four.level("Satisfait"), five.level("satisfaite")) == (3, 4)


def test_satisfied_beside_rather_satisfied_is_a_scale_of_its_own() -> None:
    scale = recognise_scale(
        [
            "Très satisfait",
            "Satisfait(e)",
            "Plutôt satisfait",
            "Peu satisfait",
            "Pas du tout satisfait",
        ]
    )
    assert scale is not None
    assert (scale.level("Plutôt satisfait"), scale.level("Satisfait(e)")) == (3, 4)


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("Trés satisfait", 4),
        ("Plutot satisfaite", 3),
        ("Plutôt satifait", 3),
        ("Peu satisfait·e", 2),
    ],
)
def test_misspelt_label_is_still_its_level(written: str, level: int) -> None:
    known = ["Très satisfait", "Plutôt satisfait", "Peu satisfait", "Pas du tout satisfait"]
    scale = recognise_scale([*known, written])
    assert scale is not None
    assert scale.level(written) == level


def test_no_opinion_stands_apart_and_is_shown_as_written() -> None:
    scale = recognise_scale(["Bien", "Moyen", "Mal", "sans avis"])
    assert scale is not None
    assert (scale.level("sans avis"), scale.shown("sans avis")) == (None, "Sans avis")


def test_range_of_numbers_is_never_read_off_the_largest_seen() -> None:
    assert recognise_scale(["3", "4", "5"]) is None
    ten = recognise_scale(["3", "4", "5"], "Votre note (de 0 à 10)")
    five = recognise_scale(["3/5", "4/5"])
    assert ten is not None
    assert five is not None
    assert (len(ten.labels), ten.level("3")) == (11, 4)
    assert (len(five.labels), five.level("4/5")) == (5, 4)


def test_one_may_be_the_best() -> None:
    scale = recognise_scale(["1", "2"], "De 1 à 5, 1 étant le meilleur, quelle note ?")
    assert scale is not None
    assert (scale.labels[-1], scale.level("1")) == ("1", 5)


def test_stars_and_smileys_are_levels() -> None:
    stars = recognise_scale(["★★★★☆", "★★★★★", "★★★☆☆"])
    smileys = recognise_scale(["😀", "😐", "🙁"])
    assert stars is not None
    assert smileys is not None
    assert stars.level("★★★★☆") == 4
    assert smileys.level("🙁") == 1


def test_labels_of_no_scale_are_none() -> None:
    assert recognise_scale(["Rouge vif", "Bleu nuit"]) is None


def test_decided_scale_is_the_humans() -> None:
    scale = decided_scale("Bof < Sympa < Génial", ["Génial", "Bof"])
    numbers = decided_scale("de 0 à 10", ["7"])
    assert scale is not None
    assert numbers is not None
    assert (scale.labels, scale.level("génial")) == (("Bof", "Sympa", "Génial"), 3)
    assert numbers.level("7") == 8
    assert decided_scale("bof", ["bof"]) is None


def test_every_scale_of_the_vocabulary_has_its_levels_told_apart() -> None:
    for scale in vocabulary.read("levels")["scale"]:
        labels = [label for level in scale["levels"] for label in level]
        assert len(set(labels)) == len(labels), scale["id"]
        assert 0 < scale["positive"] < len(scale["levels"]), scale["id"]


# --- roles ------------------------------------------------------------------------------

SCALE = ["Très satisfait", "Plutôt satisfait", "Peu satisfait", "Pas du tout satisfait"]


@pytest.mark.parametrize(
    ("wording", "answers", "role"),
    [
        ("Quelle est votre impression générale ?", SCALE, "overall_satisfaction"),
        ("Overall, how satisfied were you?", SCALE, "overall_satisfaction"),
        ("Qu'avez-vous LE PLUS apprécié ?", ["Fresque"] * 4, "liked_most"),
        ("Qu'avez-vous le moins aimé ?", ["Fresque"] * 4, "liked_least"),
        ("En un mot, NEC c'est…", ["lien", "partage", "joie", "lien"], "word_association"),
        (
            "Vos pistes d’amélioration",
            ["plus d'eau", "un parking", "du café", "rien"],
            "improvement",
        ),
        ("Recommanderiez-vous la journée (0 à 10) ?", ["7", "8", "9", "10"], "nps"),
        ("Recommanderiez-vous la journée ?", ["Oui", "Oui", "Non", "Oui"], "recommendation"),
        ("L'accueil", SCALE, "organisation_logistics"),
        ("Vous êtes", ["Élu", "Élu", "Agent", "Agent"], "profile"),
    ],
)
def test_wording_and_kind_give_the_role(wording: str, answers: list[str], role: str) -> None:
    (question,) = asked({wording: answers}).values()
    assert question.question.role == role


def test_your_organisation_is_no_logistics_and_is_left_out() -> None:
    (question,) = asked({"Votre structure :": ["CCAS", "La Poste", "CAF", "MSA"]}).values()
    assert (question.question.role, question.kept) == ("organisation_name", False)


def test_most_and_least_in_one_question_is_a_comment() -> None:
    wording = "Qu'avez-vous le plus et le moins aimé ?"
    (question,) = asked({wording: ["le café", "la salle", "rien", "tout"]}).values()
    assert question.question.role == "free_comment"


def test_suggested_role_is_used_and_asked() -> None:
    (question,) = asked({"Une suggestion ?": ["a b", "c d", "e f", "g h"]}).values()
    assert (question.question.role, question.doubt) == ("improvement", "role")


def test_open_question_without_role_is_left_out_and_asked() -> None:
    (question,) = asked({"Racontez": ["a b", "c d", "e f", "g h"]}).values()
    assert (question.kept, question.doubt) == (False, "role")
    (decided,) = asked(
        {"Racontez": ["a b", "c d", "e f", "g h"]}, roles={"Racontez": "commentaire libre"}
    ).values()
    assert (decided.kept, decided.question.role) == (True, "free_comment")


def test_unknown_scale_of_the_overall_impression_is_asked_then_decided() -> None:
    table = {"Note globale": ["1", "2", "3", "2"]}
    (question,) = asked(table).values()
    assert (question.doubt, question.question.scale) == ("scale", ())
    (decided,) = asked(table, scales={"Note globale": "de 1 à 5"}).values()
    assert (decided.doubt, decided.question.scale) == ("", ("1", "2", "3", "4", "5"))


def test_only_one_question_is_the_overall_impression() -> None:
    found = asked({"Impression générale": SCALE, "Satisfaction globale du repas": SCALE})
    roles = [question.question.role for question in found.values()]
    assert roles.count("overall_satisfaction") == 1


# --- columns put together ---------------------------------------------------------------


def test_grid_in_brackets_is_one_question_with_its_rows() -> None:
    table = {"Votre avis sur [Accueil]": ["Bien", "Mal"], "Votre avis sur [Repas]": ["Moyen", ""]}
    (question,) = asked(table).values()
    assert (question.form, question.question.items) == ("grid", ("Accueil", "Repas"))
    assert question.question.scale == ("Mal", "Moyen", "Bien")


def test_grid_after_a_dash_is_one_question() -> None:
    table = {
        "Votre avis sur - L'accueil": ["Bien", "Mal"],
        "Votre avis sur - Le repas": ["Moyen", ""],
    }
    (question,) = asked(table).values()
    assert question.items == ("L'accueil", "Le repas")


@pytest.mark.parametrize("yes", ["X", "Oui", "Y", "TRUE", "1"])
def test_one_column_an_option_is_one_question(yes: str) -> None:
    table = {"Q1[SQ1]. Le plus apprécié [A]": [yes, ""], "Q1[SQ2]. Le plus apprécié [B]": ["", yes]}
    (question,) = asked(table).values()
    assert (question.form, question.items) == ("ticks", ("A", "B"))


def test_summary_beside_its_ticks_is_counted_once() -> None:
    table = {
        "Le plus aimé ?": ["A B", "A"],
        "Le plus aimé ?/A": ["1", "1"],
        "Le plus aimé ?/B": ["1", "0"],
    }
    (question,) = asked(table).values()
    assert (question.form, question.columns) == ("ticks", (1, 2))


def test_what_is_not_listed_is_no_question_of_its_own() -> None:
    table = {"Vous êtes": ["Élu", "Élu", "Autre"], "Si autre, précisez": ["", "", "a@b.fr"]}
    assert list(asked(table)) == ["Vous êtes"]


def test_section_before_a_question_is_no_part_of_it() -> None:
    table = {"La journée: Impression générale ?": SCALE, "La journée: Le plus aimé ?": ["A"] * 4}
    assert list(asked(table)) == ["Impression générale ?", "Le plus aimé ?"]


def test_second_question_of_a_title_keeps_its_title() -> None:
    assert list(asked({"Accueil": SCALE, "Accueil2": SCALE})) == ["Accueil", "Accueil (2)"]


def test_blank_placeholder_is_no_question() -> None:
    assert asked({"Question2": ["", ""], "Column1": ["", ""]}) == {}


def test_scale_of_a_column_is_completed_by_its_sisters() -> None:
    found = asked(
        {
            "L'accueil": ["Plutôt satisfait", "Très satisfait", "Très satisfait", ""],
            "Le contenu": ["Peu satisfait", "Plutôt satisfait", "Très satisfait", ""],
        }
    )
    assert found["L'accueil"].question.scale[1] == "Peu satisfait"


def test_ranking_is_told_from_several_choices_in_one_cell_or_one_column_a_rank() -> None:
    (cell,) = asked({"Vos préférences": ['["A","B"]', '["B","A"]']}).values()
    (columns,) = asked({"Classez [Rang 1]": ["A", "B"], "Classez [Rang 2]": ["B", "A"]}).values()
    assert (cell.form, cell.question.role, cell.doubt) == ("ranks", "other", "")
    assert (columns.form, columns.items, columns.doubt) == ("grid", ("1", "2"), "")


def test_options_headed_by_themselves_are_one_question_that_is_asked() -> None:
    (question,) = asked(
        {
            "Atelier IA": ["Atelier IA", "", ""],
            "Fresque": ["", "Fresque", "Fresque"],
            "Other": [""] * 3,
        }
    ).values()
    assert (question.form, question.items) == ("ticks", ("Atelier IA", "Fresque"))
    assert (question.question.role, question.doubt) == ("attended_activities", "role")


def test_row_of_a_grid_beside_a_column_of_that_name_loses_neither() -> None:
    table = {
        "Votre avis": ["Bon accueil", "Trop long", "Rien à dire", "Merci"],
        "Votre avis [Accueil]": ["Bien", "Moyen", "Bien", "Mauvais"],
    }
    found = find_questions(headings([list(table)], []), pd.DataFrame(table, dtype="string"))
    assert [(question.form, question.columns) for question in found] == [
        ("cell", (0,)),
        ("grid", (1,)),
    ]


def test_note_between_two_levels_is_counted_at_the_even_one() -> None:
    scale = recognise_scale(["8", "9/10", "7,5"], "Note sur 10")
    assert scale is not None
    assert [scale.level(text) for text in ("8", "9/10", "7,5")] == [9, 10, 9]


@pytest.mark.parametrize(
    ("wording", "levels"),
    [
        ("Notez de 1 (pas du tout) à 5 (beaucoup)", 5),
        ("Votre note, 1 étant la plus basse et 6 la plus haute", 6),
        ("Recommandation (0 = pas du tout, 10 = tout à fait)", 11),
        ("Note de la journée /10", 11),
        ("Rate from 1 to 7", 7),
        ("Une note sur 20", 21),
    ],
)
def test_range_of_notes_is_read_in_the_wording(wording: str, levels: int) -> None:
    scale = recognise_scale(["3", "4", "4"], wording)
    assert scale is not None
    assert len(scale.labels) == levels


@pytest.mark.parametrize("wording", ["Note globale", "Au 05/11", "Étape 2"])
def test_range_of_notes_is_never_guessed(wording: str) -> None:
    assert recognise_scale(["3", "4", "5"], wording) is None


def test_words_beside_the_notes_say_which_end_is_the_best() -> None:
    labels = ["1 - Très satisfait", "2 - Plutôt satisfait", "3 - Peu satisfait"]
    scale = recognise_scale([*labels, "4 - Pas du tout satisfait"])
    assert scale is not None
    assert [scale.level(label) for label in labels] == [4, 3, 2]
    ends = recognise_scale(["1 (très bien)", "2", "3", "5 (très mauvais)"], "de 1 à 5")
    assert ends is not None
    assert ends.level("2") == 4


def test_group_row_goes_on_while_the_cells_are_of_one_kind() -> None:
    header = [
        ["", "Le plus aimé ?", "", "", ""],
        ["Vous êtes", "A", "B", "Autre, précisez", "Avis"],
    ]
    text = pd.DataFrame(
        [["Élu", "X", "", "", "très bien"], ["Élu", "", "X", "le café", "long"]], dtype="string"
    )
    spread = spread_groups(headings(header, []), text)
    assert [heading.group for heading in spread] == ["", *["Le plus aimé ?"] * 3, ""]


def test_group_row_stops_at_a_question_that_stands_alone() -> None:
    header = [
        ["Votre satisfaction", "", "", "Ateliers suivis", "", ""],
        ["Accueil", "Repas", "Globalement, la journée", "IA", "Fresque", "Premier NEC ?"],
    ]
    rows = [["Très satisfait", "Peu satisfait", "Très satisfait", "X", "", "Oui"]] * 2
    spread = spread_groups(headings(header, []), pd.DataFrame(rows, dtype="string"))
    assert [heading.group for heading in spread] == [
        "Votre satisfaction", "Votre satisfaction", "", "Ateliers suivis", "Ateliers suivis", "",
    ]  # fmt: skip


def test_ids_are_stable_slugs_and_never_twice_the_same() -> None:
    found = asked({"Le plus aimé ?": ["A"] * 4, "Le plus aimé !": ["B"] * 4})
    assert [q.question.id for q in found.values()] == ["le-plus-aime", "le-plus-aime-2"]


def test_refused_open_question_is_left_out_and_no_more_asked() -> None:
    (question,) = asked(
        {"Racontez": ["a b", "c d", "e f", "g h"]}, roles={"Racontez": "other"}
    ).values()
    assert (question.kept, question.doubt) == (False, "")


def test_range_of_numbers_is_known_from_its_two_labelled_ends() -> None:
    answers = ["0 - Not at all satisfied", "7", "8", "10 - Completely satisfied"]
    scale = recognise_scale(answers)
    assert scale is not None
    assert (len(scale.labels), scale.level("7"), scale.positive) == (11, 8, 3)
    assert recognise_scale(["7", "8", "10 - Completely satisfied"]) is None
    five = recognise_scale(["1 - Nul", "3", "5 - Parfait"])
    assert five is not None
    assert five.labels == ("1", "2", "3", "4", "5")


def test_grid_between_brackets_is_unwrapped() -> None:
    table = {"x[1]. [How satisfied with [work]]": SCALE, "x[2]. [How satisfied with [pay]]": SCALE}
    (question,) = asked(table).values()
    assert question.question.items == ("work", "pay")


# --- scales that nobody knows -------------------------------------------------------------

FRANK = ["Carrément", "Plutôt", "Bof", "Pas trop"] * 5


def test_judgement_on_an_unknown_scale_is_asked_and_follows_the_answer() -> None:
    wording = "Globalement, êtes-vous satisfait de la journée ?"
    (found,) = asked({wording: FRANK}).values()
    assert (found.question.role, found.doubt, found.asks_scale) == (
        "overall_satisfaction",
        "scale",
        True,
    )
    order = "Pas trop < Bof < Plutôt < Carrément"
    (told,) = asked({wording: FRANK}, scales={wording: order}).values()
    assert told.question.scale == ("Pas trop", "Bof", "Plutôt", "Carrément")
    assert (told.question.positive, told.asks_scale) == (2, False)


@pytest.mark.parametrize(
    ("wording", "role"),
    [
        ("L’accueil vous a-t-il plu ?", "organisation_logistics"),
        ("Qu’avez-vous pensé de la plénière ?", "other"),
    ],
)
def test_scale_of_a_question_on_a_part_of_the_day_is_asked_too(wording: str, role: str) -> None:
    (found,) = asked({wording: FRANK}).values()
    assert (found.question.role, found.asks_scale) == (role, True)
    (left,) = asked({wording: FRANK}, scales={wording: "aucune"}).values()
    assert not left.asks_scale


@pytest.mark.parametrize(
    ("wording", "answers"),
    [
        ("Quel repas avez-vous choisi ?", ["Viande", "Poisson", "Végétarien"] * 5),
        ("Votre atelier du matin", ["Mots de passe", "Fresque"] * 5),
        ("Reviendriez-vous ?", ["Oui", "Non"] * 5),
    ],
)
def test_choice_that_judges_nothing_is_no_scale(wording: str, answers: list[str]) -> None:
    (found,) = asked({wording: answers}).values()
    assert not found.asks_scale


def test_decided_scale_that_orders_nothing_is_asked_again() -> None:
    wording = "Globalement, êtes-vous satisfait de la journée ?"
    (found,) = asked({wording: FRANK}, scales={wording: "du pire au meilleur"}).values()
    assert found.asks_scale


@pytest.mark.parametrize(
    "levels",
    [
        ("Nul", "Moyen", "Top"),
        ("Nul", "Bof", "Bien", "Super"),
        ("👎", "😐", "👍", "🔥"),
        ("Bof", "Génial"),
    ],
)
def test_plain_colloquial_scales_are_known(levels: tuple[str, ...]) -> None:
    scale = recognise_scale([*levels, *reversed(levels)])
    assert scale is not None
    ranks = [scale.level(label) or 0 for label in levels]
    assert ranks == sorted(set(ranks))
    assert scale.sure


@pytest.mark.parametrize(
    ("wording", "role"),
    [
        ("Quelle note donnez-vous au NEC de Brest ?", "overall_satisfaction"),
        ("Comment avez-vous trouvé cette édition ?", "overall_satisfaction"),
        ("Sur une échelle de 1 à 5, êtes-vous satisfait·e ?", "overall_satisfaction"),
        ("Satisfaction", "overall_satisfaction"),
        ("Comment évaluez-vous l’accueil pendant la journée ?", "organisation_logistics"),
        ("Êtes-vous satisfait des horaires de la journée ?", "organisation_logistics"),
    ],
)
def test_judgement_of_the_day_is_told_from_that_of_a_part_of_it(wording: str, role: str) -> None:
    levels = ["Très satisfait", "Satisfait", "Peu satisfait", "Pas satisfait"] * 3
    (found,) = asked({wording: levels}).values()
    assert (found.question.role, found.doubt) == (role, "")


@pytest.mark.parametrize(
    ("wording", "role"),
    [
        ("Qu’avez-vous aimé ?", "liked_most"),
        ("Ce qui vous a plu", "liked_most"),
        ("Ce qui ne vous a pas plu", "liked_least"),
    ],
)
def test_plain_words_say_what_was_liked(wording: str, role: str) -> None:
    (found,) = asked({wording: ["Ateliers;Repas", "Repas", "Ateliers", "Plénière"] * 4}).values()
    assert (found.question.role, found.doubt) == (role, "")
