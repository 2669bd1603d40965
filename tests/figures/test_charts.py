"""What each chart says of Metz, worked out by hand from its figures, and of odd data."""

from __future__ import annotations

import re

import pytest
from svg_reading import taken_apart

from necbilan import figures, style
from necbilan.figures import gallery
from necbilan.figures.gallery import hard
from necbilan.figures.gallery.easy import easy
from necbilan.figures.gallery.records import (
    LIKED,
    OVERALL,
    counted,
    differential_of,
    impression_of,
    judged,
    spelled,
)
from necbilan.words.language import language

NIGHT, INDIGO, OCHRE, BROWN = (
    style.colour(name).lower() for name in ("night", "indigo", "ochre", "brown")
)


def _texts(svg: str) -> list[str]:
    return [text.text for text in taken_apart(svg).letters]


def _filled(svg: str, fill: str) -> list[float]:
    """Widths of the rectangles of that colour, in the order of drawing."""
    return [area.right - area.left for area in taken_apart(svg).areas if area.fill == fill]


def test_impression_states_fifty_of_fifty_eight(metz):
    chart = figures.impression(metz)
    assert chart.title == metz.sentences["overall_impression"].title
    assert "Six réponses sur sept" in chart.title
    assert "Quelle est votre impression générale sur cette journée\u202f?" in chart.subtitle
    assert chart.subtitle.endswith(
        "nombre de réponses, n\u00a0=\u00a058 sur 181 personnes présentes"
    )
    assert "86\u202f% de réponses positives" in _texts(chart.svg)
    assert "intervalle de 77 à 92\u202f%" in _texts(chart.svg)
    assert chart.table.iloc[:, 1].tolist() == ["17", "33", "6", "2", "0"]
    assert "exact pour 181 personnes présentes" in chart.source
    assert "2 réponses" in chart.source  # without an opinion, apart


def test_impression_segments_are_as_long_as_their_counts(metz):
    svg = figures.impression(metz).svg
    assert _filled(svg, NIGHT)[0] == pytest.approx(540 * 17 / 58 - 1.5, abs=0.2)
    assert _filled(svg, INDIGO)[0] == pytest.approx(540 * 33 / 58 - 1.5, abs=0.2)
    assert _filled(svg, OCHRE)[0] == pytest.approx(540 * 2 / 58, abs=0.2)
    assert _filled(svg, BROWN) == []


def test_impression_under_five_answers_has_counts_and_no_percentage():
    chart = figures.impression(hard.three_answers())
    assert "%" not in "".join(_texts(chart.svg)) + chart.alt + chart.source
    assert chart.table.shape == (5, 2)


def test_impression_under_twenty_answers_has_x_of_n():
    chart = figures.impression(spelled(impression_of((4, 7, 1, 1, 0)), questions=(OVERALL,)))
    assert "réponses positives\u00a0: 11 sur 13" in _texts(chart.svg)
    assert "Plutôt positive 7," in chart.alt


def test_impression_keeps_a_phone_list_of_every_level(metz):
    texts = _texts(figures.impression(metz).narrow)
    for level in ("Très positive", "Plutôt positive", "Mitigée", "Plutôt négative"):
        assert level in texts
    assert "Très négative" in texts


def test_impression_of_a_survey_without_known_presence_claims_no_exact_interval():
    rows = [row for row in impression_of((17, 33, 6, 2, 0)) if row["metric"] != "satisfied_share"]
    rows.append(
        judged(
            "satisfied_share",
            "",
            50 / 58,
            (0.7507, 0.9284),
            group="impression",
            base=None,
            method="wilson",
        )
    )
    chart = figures.impression(spelled(rows, questions=(OVERALL,)))
    assert "95\u202f%" in chart.source and "exact" not in chart.source
    assert "intervalle de 75 à 93\u202f%" in _texts(chart.svg)


def test_differential_counts_both_ways_and_ties_two_groups_of_three(metz):
    chart = figures.differential(metz)
    texts = _texts(chart.svg)
    for net in ("+34", "+31", "+12", "−16", "−21", "−24"):
        assert net in texts
    assert chart.svg.count('stroke="#0f6052"') == 2
    assert "Stands découverte\u00a0»\u00a0: 21 voix pour, 1 contre" in chart.alt
    assert (
        "L’ordre entre «\u00a0Stands découverte\u00a0», «\u00a0Ateliers professionnels\u00a0» et "
        "«\u00a0Regard croisé Danemark, Luxembourg, France\u00a0» n’est pas établi." in chart.alt
    )
    row = chart.table.iloc[2].tolist()
    assert row[1:5] == ["11", "4", "+12", "de −1 à 25"]


def test_differential_is_hollow_exactly_where_the_interval_holds_zero(metz):
    hollow = figures.differential(metz).svg.count('fill="#ffffff" stroke="#1e1651"')
    assert hollow == 1  # the "regard croisé" alone


def test_differential_bars_share_one_scale(metz):
    svg = figures.differential(metz).svg
    liked, disliked = _filled(svg, INDIGO), _filled(svg, OCHRE)
    assert liked[0] / liked[1] == pytest.approx(21 / 19, rel=0.02)
    assert liked[0] / disliked[-1] == pytest.approx(21 / 17, rel=0.02)


def test_differential_that_nobody_compared_ties_everything():
    rows = [
        row
        for row in hard.three_answers().table.to_dict("records")
        if row["metric"] in ("liked_most", "liked_least", "differential")
    ]
    names = ("label", "text", "share", "share_text", "interval_text", "n_text")
    bare = [{key: value for key, value in row.items() if key not in names} for row in rows]
    chart = figures.differential(spelled(bare))
    assert chart.svg.count('stroke="#0f6052"') == 1


def test_differential_without_exposure_says_so(metz):
    assert "Là où l’on ne sait pas qui a suivi" in figures.differential(metz).source


def test_differential_over_unequal_numbers_of_people_says_from_how_many_to_how_many():
    rows = differential_of(
        [("Atelier", 9, 1, 0.1, 0.5), ("Plénière", 9, 5, -0.1, 0.2)], lambda one, two: False, n=60
    )
    unequal = [
        {**row, "n": 20} if (row["metric"], row["level"]) == ("differential", "Atelier") else row
        for row in rows
    ]
    chart = figures.differential(spelled(unequal, questions=LIKED))
    assert "n de 20 à 60 selon l’activité" in chart.subtitle


def test_attendance_draws_losses_and_walk_ins(metz):
    chart = figures.attendance(metz)
    texts = _texts(chart.svg)
    for words in ("188", "175", "181", "−14 annulations", "−13 absences"):
        assert words in texts
    assert "dont 6 venues sans inscription" in texts
    assert "Taux de présence des 188 personnes inscrites\u00a0: 93\u202f%." in chart.source
    assert "émargement" in chart.source
    night, green = _filled(chart.svg, NIGHT), _filled(chart.svg, "#0f6052")
    assert night[0] == pytest.approx(night[1], abs=0.2)  # the same 175 people, twice
    assert green[0] / (night[1] + 1.5) == pytest.approx(6 / 175, rel=0.05)


def test_attendance_needs_more_than_one_number():
    assert figures.attendance(spelled(counted("present", {"": 90}, n=90))) is None


def test_attendance_of_one_registration_is_singular():
    rows = [
        *counted("registered", {"": 9}, n=9),
        *counted("cancelled", {"": 1}, n=1),
        *counted("present", {"": 9}, n=9),
    ]
    assert "−1 annulation" in _texts(figures.attendance(spelled(rows)).svg)


def test_target_marks_the_range_and_the_seats(metz):
    texts = _texts(figures.target(metz).svg)
    assert {"objectif\u00a0: 150 à 250", "places\u00a0: 300", "188", "181"} <= set(texts)


def test_a_single_aim_is_one_row():
    rows = [
        *counted("present", {"": 35}, n=35),
        *counted("target", {"low": 60, "high": 60}),
    ]
    chart = figures.target(spelled(rows))
    assert chart.table.iloc[:, 0].tolist() == ["Personnes présentes", "Objectif"]
    assert "objectif\u00a0: 60" in _texts(chart.svg)


def test_target_needs_something_to_compare_with():
    assert figures.target(spelled(counted("present", {"": 90}, n=90))) is None


def test_timeline_says_when_half_had_registered(metz):
    chart = figures.timeline(metz)
    assert chart.title == "La moitié des inscriptions datées à J−31"
    assert "la moitié à J−31" in _texts(chart.svg)
    assert chart.table.iloc[-1].tolist() == ["jour J", "131"]
    assert "sans date" in chart.source  # 57 of 188


def test_profiles_fall_back_on_the_audience_and_show_respondents(metz):
    chart = figures.profiles(metz)
    assert chart.id == "audience"
    assert {"118 (65\u202f%)", "39 (67\u202f%)", "63 (35\u202f%)", "19 (33\u202f%)"} <= set(
        _texts(chart.svg)
    )


def test_profiles_are_not_compared_with_respondents_sorted_otherwise():
    rows = [
        *counted("profile", {"student": 40, "general_public": 20}, n=60, base=60),
        *counted("respondent_profile", {"professional": 9, "general_public": 11}, n=20, base=20),
    ]
    chart = figures.profiles(spelled(rows))
    assert chart.id == "profiles"
    assert "11" not in chart.table.to_string()


def test_profiles_mostly_not_given_leave_room_to_the_audience():
    rows = [
        *counted("profile", {"student": 10, "not_given": 50}, n=60, base=60),
        *counted("audience", {"professional": 40, "general_public": 20}, n=60, base=60),
    ]
    assert figures.profiles(spelled(rows)).id == "audience"
    assert figures.profiles(spelled(rows[:2])).id == "profiles"


def test_profiles_without_a_survey_are_plain_bars():
    chart = figures.profiles(hard.long_labels())
    assert chart.id == "profiles"
    assert len(chart.table.columns) == 3


def test_organisation_types_put_in_dark_what_the_title_names(metz):
    chart = figures.organisation_types(metz)
    assert chart.title == "Associations et collectivités\u00a0: 43 des 71 structures"
    assert len(_filled(chart.svg, NIGHT)) == 2
    assert len(_filled(chart.svg, INDIGO)) == 5


def test_no_bar_is_dark_when_no_title_speaks_of_it():
    rows = counted("organisation_type", {"association": 4, "company": 2}, n=6, base=6)
    chart = figures.organisation_types(spelled(rows))
    assert _filled(chart.svg, NIGHT) == []
    assert "bleu nuit" not in chart.source


def test_origin_keeps_the_total_and_leaves_the_unknown_white(metz):
    chart = figures.origin(metz)
    assert chart.table.iloc[:, 1].astype(int).sum() == 181
    whites = [area for area in taken_apart(chart.svg).areas if area.fill == "#ffffff"]
    assert len(whites) == 2  # other départements, not given
    assert "%" not in "".join(_texts(chart.svg))


def test_communes_and_first_time_are_drawn_when_they_are_known():
    rows = [
        *counted("origin_commune", {"57463": 57, "other:57": 20}, n=77, base=80),
        *counted("first_time", {"yes": 30, "no": 40, "not_given": 10}, n=80, base=80),
    ]
    shown = spelled(rows)
    assert figures.communes(shown).table.iloc[:, 1].tolist() == ["57", "20"]
    first = figures.first_time(shown)
    assert first.table.iloc[:, 0].tolist() == ["Oui", "Non", "Non renseigné"]
    assert "38\u202f%" in _texts(first.svg)


def test_remark_themes_leave_what_is_not_sorted_in_sight(metz):
    chart = figures.remark_themes(metz)
    assert chart.table.iloc[-1].tolist() == ["À classer", "3"]


def test_remarks_of_two_questions_are_not_mixed():
    rows = [
        *counted("remark_theme", {"accueil": 6, "unsorted": 1}, group="improvement", n=7),
        *counted("remark_theme", {"accueil": 5}, group="free_comment", n=5),
        *counted("remark_theme", {"accueil": 4}, group="next_topics", n=4),
    ]
    chart = figures.remark_themes(spelled(rows))
    assert chart.table.iloc[:, 2].tolist() == ["6", "1", "5"]
    assert chart.numeric == ("Remarques",)
    assert _filled(chart.svg, INDIGO)[1] / _filled(chart.svg, INDIGO)[0] == pytest.approx(
        5 / 6, rel=0.01
    )


def test_four_remarks_are_quoted_not_drawn():
    rows = counted("remark_theme", {"accueil": 3, "unsorted": 1}, unit="remarks", n=4)
    assert figures.remark_themes(spelled(rows)) is None


def test_ratings_stand_on_both_sides_of_one_axis(metz):
    chart = figures.ratings(metz)
    assert chart.table.columns[1:5].tolist() == [
        "Très satisfait",
        "Plutôt satisfait",
        "Plutôt pas satisfait",
        "Pas du tout satisfait",
    ]
    areas = [area for area in taken_apart(chart.svg).areas if area.bottom - area.top > 12]
    positive = [area.left for area in areas if area.fill == INDIGO]
    assert len(set(positive)) == 1  # all rows start at the axis
    assert all(area.right <= positive[0] for area in areas if area.fill in (OCHRE, BROWN))


def test_ratings_of_different_scales_have_a_legend_each():
    chart = figures.ratings(hard.odd_scales())
    texts = _texts(chart.svg)
    assert "Trop courte" in texts and "Plutôt pas d’accord" in texts
    assert "Trop longue 4 · " in chart.table.iloc[0, 1]
    assert "de part et d’autre" in chart.source


def test_activity_ratings_keep_the_order_of_the_programme(metz):
    chart = figures.activity_ratings(metz)
    assert chart.table.iloc[:, 0].tolist() == [
        "Plénière d’ouverture",
        "Atelier RGPD",
        "Table ronde Moselle",
    ]
    assert "14 sur 15" in _texts(chart.svg)  # under 20 answers


def test_speakers_are_never_guessed(metz):
    chart = figures.speaker_gender(metz)
    assert "jamais déduit d’un prénom" in chart.source
    assert chart.table.iloc[0].tolist() == ["Ensemble", "7", "8", "0", "15"]


def test_activities_prefer_people_counted_to_choices(metz):
    chart = figures.activities(metz)
    assert chart.title == "Fréquentation des activités"
    assert "pour 20 places" in _texts(chart.svg)
    chosen = figures.activities(spelled(counted("activity_chosen", {"Atelier": 12}, n=40)))
    assert chosen.title == "Activités choisies à l’inscription"


def test_budget_lines_share_one_scale_in_euros(metz):
    chart = figures.budget(metz)
    spent, received = _filled(chart.svg, NIGHT), _filled(chart.svg, INDIGO)
    assert spent[0] / received[0] == pytest.approx(5200 / 5000, rel=0.02)
    assert chart.numeric == ("Montant",)
    assert "5\u202f200\u202f€" in _texts(chart.svg)


def test_rows_beyond_the_drawing_are_said_and_stay_in_the_table():
    chart = figures.organisation_types(hard.forty_levels())
    assert len(chart.table) == 40
    assert "les 24 autres sont dans le tableau" in chart.source


def test_both_ends_of_a_long_order_of_activities_are_drawn():
    chart = figures.differential(hard.forty_levels())
    (net,) = (name for name in chart.table.columns if name == "Écart net")
    order = list(chart.table[net])
    drawn = [text for text in _texts(chart.svg) if text in order]
    assert len(order) == 40
    assert drawn[-16:] == [*order[:8], *order[-8:]]
    assert "Les 8 premières et les 8 dernières lignes sont dessinées" in chart.source


def test_a_metric_of_zeros_draws_nothing():
    shown = hard.zeros()
    assert figures.organisation_types(shown) is None
    assert figures.timeline(shown) is None


# --- words -------------------------------------------------------------------------------

BAD_SPACE = re.compile(r"[^\u202f];| [;!?%€:»]|« |\d %|[A-Za-zé]'[a-zé]|\.\.\.|–\d")


def test_french_typography_holds_in_every_text(drawn):
    for case, chart in drawn:
        texts = [chart.title, chart.subtitle, chart.source, chart.alt, chart.caption]
        texts += _texts(chart.svg) + _texts(chart.narrow)
        texts += [str(cell) for row in chart.table.values.tolist() for cell in row]
        wrong = [text for text in texts if BAD_SPACE.search(text)]
        assert wrong == [], (case, chart.id)


def test_every_chart_speaks_english_too():
    french = language("fr").words
    for draw in gallery.CHARTS:
        chart = draw(easy("en"))
        if chart is not None:
            assert "{" not in chart.alt + chart.source + chart.subtitle
            assert chart.title not in french.values()


def test_both_languages_have_the_same_words_with_the_same_places():
    french, english = language("fr").words, language("en").words
    mine = {key for key in french if key.startswith("figure.")}
    assert mine == {key for key in english if key.startswith("figure.")}
    for key in mine:
        places = [set(re.findall(r"\{(\w+)\}", words[key])) for words in (french, english)]
        assert places[0] == places[1], key
