"""protect(): tables worked by hand; test_disclosure_attacked.py attacks them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from measured_rows import answers, people, printed

from necbilan.disclosure import protect
from necbilan.disclosure.holders import told_without_number
from necbilan.disclosure.rules import (
    ANSWERED,
    CHANGES,
    COMPARED,
    CUMULATED,
    HOLDERS,
    LABELS,
    MEANS_OF_MOMENTS,
    MOMENTS,
    OPEN,
    PLACED,
    RESIDUAL,
    SHARES_OF_A_PLACE,
    WHO,
)
from necbilan.disclosure.versions import told_apart
from necbilan.metrics.catalogue import METRICS, measure
from necbilan.metrics.rows import full_count
from necbilan.sources import load
from necbilan.tables import MEASURES

K = 5
SAMPLES = Path(__file__).parent.parent / "data_samples"


METZ_DEPARTMENTS = {
    "57": 143,
    "54": 11,
    "abroad": 7,
    "75": 4,
    "51": 3,
    "88": 2,
    "67": 2,
    "not_given": 9,
}


def test_small_departments_of_metz_are_regrouped_and_the_total_stays_181():
    shown = printed(
        protect(MEASURES.frame(people("origin_department", METZ_DEPARTMENTS))), "origin_department"
    )
    assert shown == {"57": 143, "54": 11, "abroad": 7, "other": 11, "not_given": 9}
    assert sum(shown.values()) == 181


def test_regrouped_row_stands_before_those_who_said_nothing():
    frame = protect(MEASURES.frame(people("origin_department", METZ_DEPARTMENTS)))
    assert frame["level"].tolist() == ["57", "54", "abroad", "other", "not_given"]


def test_regrouped_full_count_keeps_its_bounds_n_and_base():
    frame = protect(MEASURES.frame(people("profile", {"elu": 30, "asso": 3, "etat": 2})))
    other = frame[frame["level"] == "other"].iloc[0]
    assert (other["low"], other["high"], other["n"], other["base"]) == (5, 5, 35, 35)


def test_lone_small_group_takes_the_smallest_other_with_it():
    shown = printed(
        protect(MEASURES.frame(people("profile", {"elu": 30, "asso": 9, "etat": 2}))), "profile"
    )
    assert shown == {"elu": 30, "other": 11}


def test_two_levels_are_suppressed_together_since_regrouping_would_say_nothing():
    shown = printed(
        protect(MEASURES.frame(people("audience", {"professional": 178, "general_public": 3}))),
        "audience",
    )
    assert shown == {"": None}


def test_those_who_said_nothing_are_printed_whatever_their_number():
    counts = {"yes": 80, "no": 60, "not_given": 2}
    assert printed(protect(MEASURES.frame(people("first_time", counts))), "first_time") == counts


def test_a_total_never_gives_back_the_only_suppressed_level():
    shown = printed(
        protect(MEASURES.frame(people("first_time", {"yes": 3, "not_given": 178}))), "first_time"
    )
    assert shown == {"": None}


def test_small_communes_are_regrouped_within_their_departement():
    communes = {
        "57463": 57,
        "57751": 6,
        "57001": 3,
        "57002": 2,
        "54395": 6,
        "54001": 5,
        "not_given": 2,
    }
    departments = {"57": 68, "54": 11, "not_given": 2}
    frame = protect(
        MEASURES.frame(
            [*people("origin_commune", communes), *people("origin_department", departments)]
        )
    )
    assert printed(frame, "origin_commune") == {
        "57463": 57,
        "57751": 6,
        "54395": 6,
        "54001": 5,
        "other:57": 5,
        "not_given": 2,
    }


def test_communes_of_a_regrouped_departement_follow_it():
    communes = {"57463": 57, "54395": 3, "75056": 4}
    departments = {"57": 57, "54": 3, "75": 4}
    frame = protect(
        MEASURES.frame(
            [*people("origin_commune", communes), *people("origin_department", departments)]
        )
    )
    assert printed(frame, "origin_commune") == {"57463": 57, "other": 7}
    assert printed(frame, "origin_department") == {"57": 57, "other": 7}


def test_country_is_suppressed_when_it_would_give_back_a_departement():
    departments = {"57": 100, "75": 3, "abroad": 7}
    countries = {"FR": 103, "LU": 7}
    frame = protect(
        MEASURES.frame(
            [*people("origin_department", departments), *people("origin_country", countries)]
        )
    )
    assert printed(frame, "origin_department") == {"57": 100, "other": 10}
    assert printed(frame, "origin_country") == {"": None}


def test_a_cross_of_two_profiles_is_suppressed():
    frame = protect(MEASURES.frame(people("profile", {"elu": 30, "asso": 30}, group="yes")))
    assert frame[["level", "status"]].to_numpy().tolist() == [["", "suppressed"]]


def test_a_type_of_organisation_counts_organisations_and_is_printed():
    counts = {"collectivite": 15, "sante": 1}
    frame = MEASURES.frame(people("organisation_type", counts, unit="organisations"))
    assert printed(protect(frame), "organisation_type") == counts


def test_an_organisation_that_sent_fewer_than_five_people_is_not_named():
    counts = {"Ville de Metz": 12, "Bliida": 4, "CCAS de Metz": 1}
    shown = printed(protect(MEASURES.frame(people("organisation", counts))), "organisation")
    assert shown == {"Ville de Metz": 12, "other": 5}


def test_unknown_metric_is_taken_for_a_count_of_who_people_are():
    frame = MEASURES.frame(people("age_band", {"18-25": 40, "26-40": 40, "75+": 2}))
    assert printed(protect(frame), "age_band") == {"26-40": 40, "other": 42}


def test_timeline_hides_the_days_that_show_fewer_than_five_registrations():
    cumulated = {"10": 4, "8": 6, "7": 6, "3": 8, "1": 20, "0": 23}
    frame = protect(MEASURES.frame(people("registration_timeline", cumulated)))
    assert printed(frame, "registration_timeline") == {
        "": None,
        "8": 6,
        "7": 6,
        "0": 23,
    }


def test_answers_of_five_people_are_printed_in_full_and_those_of_four_are_not():
    frame = protect(
        MEASURES.frame(
            [
                answers("overall_impression", "Mauvaise", 1, 5),
                answers("satisfied_share", "", 0.75, 4),
            ]
        )
    )
    assert frame["status"].tolist() == ["ok", "suppressed"]
    assert frame["n"].tolist() == [5, 4]
    assert frame.loc[1, ["value", "low", "high"]].isna().all()


def test_words_that_wait_for_a_yes_lose_their_text():
    frame = protect(
        MEASURES.frame(
            [
                answers("word", "Solidarité", 2, 14),
                answers("word", "Nadia", 1, 14, status="to_review"),
                answers("word", "Karim", 1, 14, status="to_review"),
            ]
        )
    )
    assert frame["level"].tolist() == ["Solidarité", ""]
    assert frame["status"].tolist() == ["ok", "suppressed"]
    assert "Nadia" not in frame.to_csv() and "Karim" not in frame.to_csv()


def test_local_share_is_hidden_with_the_people_it_would_count():
    def share(value: float, n: int) -> dict[str, object]:
        return {**answers("local_share", "", value, n), "group": "", "unit": "share"}

    assert protect(MEASURES.frame([share(0.02, 100)]))["status"].tolist() == ["suppressed"]
    assert protect(MEASURES.frame([share(0.98, 100)]))["status"].tolist() == ["suppressed"]
    assert protect(MEASURES.frame([share(0.60, 100)]))["status"].tolist() == ["ok"]


def test_a_gap_stays_a_gap():
    gap = {
        **people("profile", {"": 1})[0],
        "value": None,
        "low": None,
        "high": None,
        "status": "not_collected",
    }
    frame = protect(MEASURES.frame([gap]))
    assert frame["status"].tolist() == ["not_collected"]


def test_protect_changes_nothing_in_place():
    frame = MEASURES.frame(people("origin_department", METZ_DEPARTMENTS))
    before = frame.copy()
    protect(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_the_change_of_too_few_answers_is_hidden_and_that_of_a_count_is_not():
    change = {**answers("change", "satisfied_share", 0.1, 4), "group": ""}
    frame = protect(MEASURES.frame([change, {**change, "level": "present"}]))
    assert frame["status"].tolist() == ["suppressed", "ok"]


def test_the_change_since_too_few_answers_is_hidden_too():
    change = {**answers("change", "satisfied_share", 0.1, 40), "group": "", "base": 4}
    assert protect(MEASURES.frame([change]))["status"].tolist() == ["suppressed"]


def test_every_metric_stands_in_one_list():
    lists = [WHO, CHANGES, CUMULATED, SHARES_OF_A_PLACE, ANSWERED, OPEN]
    lists += [frozenset(COMPARED), LABELS, MOMENTS, frozenset(MEANS_OF_MOMENTS)]
    lists += [frozenset(PLACED), frozenset(HOLDERS)]
    known = {metric for names in lists for metric in names}
    assert {metric.__name__ for metric in METRICS} - known == set()


@pytest.mark.parametrize("sample", ["metz-2023", "littoral-2024"])
def test_no_group_of_one_to_four_is_printed_of_a_sample_and_totals_stay(sample):
    raw = measure(load(SAMPLES / sample))
    safe = protect(raw)
    who = safe[safe["metric"].isin(WHO) & ~safe["level"].isin(RESIDUAL)]
    assert not who["value"].between(1, K - 1).any()
    for metric in WHO:
        before, after = (frame[frame["metric"] == metric] for frame in (raw, safe))
        if not after["status"].eq("suppressed").any():
            assert before["value"].sum() == after["value"].sum(), metric


def test_no_metric_stands_in_two_lists():
    lists = [
        WHO,
        CHANGES,
        frozenset(COMPARED),
        frozenset(PLACED),
        frozenset(HOLDERS),
        CUMULATED,
        SHARES_OF_A_PLACE,
        ANSWERED,
        OPEN,
    ]
    assert max(Counter(metric for names in lists for metric in names).values()) == 1


def test_a_gap_between_answers_and_presence_is_hidden_with_the_people_behind_it():
    came = people("audience", {"professional": 100, "general_public": 40})
    answered = people("respondent_profile", {"professional": 30, "general_public": 3})
    gap = {**answers("representativeness", "general_public", 0.1, 33), "group": ""}
    frame = protect(MEASURES.frame([*came, *answered, gap]))
    assert frame[frame["metric"] == "representativeness"]["status"].tolist() == ["suppressed"]
    answered = people("respondent_profile", {"professional": 30, "general_public": 13})
    frame = protect(MEASURES.frame([*came, *answered, gap]))
    assert frame[frame["metric"] == "representativeness"]["status"].tolist() == ["ok"]


def test_first_timers_who_did_not_answer_are_protected_with_those_who_did():
    came = people("first_time", {"yes": 20, "no": 30})
    answered = people("respondent_first_time", {"yes": 17, "no": 20}, unit="answers")
    frame = protect(MEASURES.frame([*came, *answered]))
    assert printed(frame, "first_time") == {"yes": 20, "no": 30}
    assert printed(frame, "respondent_first_time") == {"other": 37}


def test_types_of_organisations_are_hidden_where_each_sent_one_person():
    named = people("organisation", {f"o{rank}": 1 for rank in range(11)})
    types = {"association": 8, "local_authority": 2, "health_social": 1}
    held = people("organisation_type", types, unit="organisations")
    frame = protect(MEASURES.frame([*named, *held]))
    assert printed(frame, "organisation_type") == {"": None}
    pairs = people("organisation", {f"o{rank}": 2 for rank in range(11)})
    frame = protect(MEASURES.frame([*pairs, *held]))
    assert printed(frame, "organisation_type") == types


def test_a_hidden_audience_keeps_room_beside_the_profiles_of_the_other():
    counts = {"elected_official": 100, "association": 77, "not_given": 4}
    audience = people("audience", {"professional": 178, "general_public": 3})
    frame = protect(MEASURES.frame([*audience, *people("profile", counts)]))
    told = printed(frame, "profile")
    assert sum(told.get(level) or 0 for level in counts if level != "not_given") < 177


def test_the_located_share_is_hidden_with_the_only_departement():
    places = people("origin_department", {"57": 3, "not_given": 178})
    share = {**answers("located_share", "", 3 / 181, 181), "group": "", "unit": "share"}
    frame = protect(MEASURES.frame([*places, share]))
    assert frame.loc[frame["metric"] == "located_share", "status"].tolist() == ["suppressed"]
    assert set(frame["n"]) == {181}


def test_dates_between_two_published_steps_are_not_told():
    cumulated = {str(day): 11 - day for day in range(10, -1, -1)}
    frame = protect(MEASURES.frame(people("registration_timeline", cumulated)))
    assert printed(frame, "registration_timeline") == {"": None, "6": 5, "0": 11}


def test_a_hidden_audience_keeps_room_beside_profiles_when_some_gave_no_audience():
    """Nine of the ten with an audience are trainers: one at most is of the general public."""
    audience = people("audience", {"professional": 9, "general_public": 1, "not_given": 4})
    profile = people("profile", {"education_research": 9, "not_given": 5})
    told = printed(protect(MEASURES.frame([*audience, *profile])), "profile")
    assert told == {"": None}


def test_answers_of_no_level_of_those_who_came_do_not_give_back_who_did_not_answer():
    """136 came and 125 of them answered, 10 of the 12 silent are agents: 2 are left."""
    came = people("profile", {"local_authority_agent": 124, "association": 12, "unclassified": 14})
    answered = people(
        "respondent_profile",
        {"local_authority_agent": 114, "other": 13, "association": 11},
        unit="answers",
    )
    told = printed(protect(MEASURES.frame([*came, *answered])), "respondent_profile")
    assert told == {"other": 138}


def test_who_gave_no_profile_and_did_not_answer_does_not_count_a_hidden_audience():
    """Two without profile did not answer, so at most two of the three of the general public."""
    came = people("audience", {"professional": 37, "general_public": 3})
    profiles = people("profile", {"association": 22, "not_given": 18})
    told = [
        printed(
            protect(
                MEASURES.frame(
                    [
                        *came,
                        *profiles,
                        *people("respondent_profile", {"association": 17, "not_given": n}),
                    ]
                )
            ),
            "respondent_profile",
        )
        for n in (16, 12)
    ]
    assert told == [{"": None}, {"association": 17, "not_given": 12}]


def test_an_audience_all_of_whose_profiles_answered_keeps_room_among_who_gave_none():
    """The retired all answered: of the general public, two of no profile at most did not."""
    came = people("audience", {"professional": 54, "general_public": 26})
    profiles = people("profile", {"association": 50, "retired": 20, "not_given": 10})
    told = [
        printed(
            protect(
                MEASURES.frame(
                    [
                        *came,
                        *profiles,
                        *people(
                            "respondent_profile",
                            {"association": 40, "retired": 20, "not_given": n},
                        ),
                    ]
                )
            ),
            "respondent_profile",
        )
        for n in (8, 5)
    ]
    assert told == [{"": None}, {"association": 40, "retired": 20, "not_given": 5}]


def test_an_audience_that_is_one_profile_but_for_four_does_not_count_its_answers():
    """Of the six of the general public who answered, two to six are students."""
    came = people("audience", {"professional": 60, "general_public": 29})
    profiles = people("profile", {"association": 60, "student": 25, "not_given": 4})
    few, many = (
        people("respondent_profile", {"professional": 20, "general_public": n}, unit="answers")
        for n in (6, 10)
    )
    told = [
        printed(protect(MEASURES.frame([*came, *profiles, *table])), "respondent_profile")
        for table in (few, many)
    ]
    assert told == [{"other": 26}, {"professional": 20, "general_public": 10}]


def test_types_beside_organisations_that_are_named_count_five_that_are_not():
    """Five associations of which one is named: four people would be of the others."""
    sent = {"Grande association": 9} | {f"o{rank}": 1 for rank in range(19)}
    named = people("organisation", sent)
    types = {"association": 5, "company": 7, "state": 8}
    held = people("organisation_type", types, unit="organisations")
    told = printed(protect(MEASURES.frame([*named, *held])), "organisation_type")
    assert told == {"state": 8, "other": 12}


def test_labels_that_are_hidden_name_no_profile():
    rows = [
        *people("profile", {"association": 30, "company": 3, "state": 4}),
        *people("profile_label", {"Bénévole": 30}, group="association"),
        *people("profile_label", {"Cheffe d’entreprise": 3}, group="company"),
        *people("profile_label", {"Préfète": 4}, group="state"),
    ]
    frame = protect(MEASURES.frame(rows))
    labels = frame[frame["metric"] == "profile_label"]
    assert labels[["group", "level"]].to_numpy().tolist() == [["association", "Bénévole"], ["", ""]]


def test_a_hidden_row_stands_last_so_that_its_rank_says_nothing():
    moments = people("half_day", {"morning": 96, "afternoon": 60})
    frame = protect(MEASURES.frame([{**row, "n": 98, "base": 98} for row in moments]))
    assert frame["level"].tolist() == ["afternoon", ""]


def test_a_cross_tells_nothing_of_how_many_it_would_have_counted():
    frame = protect(MEASURES.frame(people("age_band", {"18-25": 2, "26-40": 1}, group="student")))
    assert frame[["group", "level"]].to_numpy().tolist() == [["", ""]]
    assert frame[["n", "base"]].isna().all(axis=None)


def test_two_versions_tell_on_the_few_who_were_added_between_them():
    before = protect(MEASURES.frame(people("origin_department", {"57": 60, "54": 20})))
    two_more = protect(MEASURES.frame(people("origin_department", {"57": 62, "54": 20})))
    six_more = protect(MEASURES.frame(people("origin_department", {"57": 66, "54": 20})))
    assert told_apart(before, two_more) == ["origin_department"]
    assert told_apart(two_more, before) == ["origin_department"]
    assert told_apart(before, six_more) == told_apart(before, before) == []


def test_names_without_a_number_are_listed_where_organisations_sent_several_people():
    def sent(number: int, people_: int) -> pd.DataFrame:
        held = full_count(number, unit="organisations", n=people_, base=100)
        return protect(MEASURES.frame([{"event": "essai", "metric": "organisations"} | held]))

    assert told_without_number(sent(30, 35))
    assert not told_without_number(sent(30, 34))
